/* Folds for cross-validation. */
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/message.h"

enum { ROWS = 103, CLASSES = 4 };

/* Row r holds the number r, so that parts tell which rows they have. */
static float numbers[ROWS];
static int32_t classes[ROWS];

/* 1 of class 3, a quarter of class 2, the rest of 0 and 1. */
static int fill(void **state)
{
    (void)state;
    for (size_t r = 0; r < ROWS; r++) {
        numbers[r] = (float)r;
        classes[r] = r == 50 ? 3 : r % 4 == 0 ? 2 : r < 30 ? 1 : 0;
    }
    return 0;
}

static sm_dataset *whole(void)
{
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_f32(numbers, ROWS, 1, classes, CLASSES, &dataset), SM_OK);
    return dataset;
}

static size_t number_of(const sm_dataset *const dataset, const size_t row)
{
    float value = -1.0F;
    assert_int_equal(sm_dataset_row(dataset, row, &value), SM_OK);
    return (size_t)value;
}

/* places[r] = the fold that row r of the whole is held out in. Each pair of parts must be a
 * partition, in the order of the rows. */
static void find_folds(const sm_dataset *const dataset, const sm_fold_options *const options,
                       size_t *const places)
{
    size_t times[ROWS] = {0};
    for (size_t k = 0; k < options->folds; k++) {
        sm_dataset *rest = NULL;
        sm_dataset *held_out = NULL;
        assert_int_equal(sm_dataset_fold(dataset, options, k, &rest, &held_out), SM_OK);
        assert_int_equal(sm_dataset_rows(rest) + sm_dataset_rows(held_out), ROWS);
        size_t taken = 0;
        size_t kept = 0;
        for (size_t r = 0; r < ROWS; r++) {
            if (taken < sm_dataset_rows(held_out) && number_of(held_out, taken) == r) {
                assert_int_equal(sm_dataset_label(held_out, taken), classes[r]);
                places[r] = k;
                times[r]++;
                taken++;
            } else {
                assert_int_equal(number_of(rest, kept), r);
                kept++;
            }
        }
        assert_int_equal(taken, sm_dataset_rows(held_out));
        assert_int_equal(sm_dataset_shape(held_out).classes, CLASSES);
        sm_dataset_free(rest);
        sm_dataset_free(held_out);
    }
    for (size_t r = 0; r < ROWS; r++) {
        assert_int_equal(times[r], 1);
    }
}

/* The most by which the folds differ in rows of the class; −1: of any class. */
static size_t spread(const size_t *const places, const size_t folds, const int32_t class)
{
    size_t least = ROWS;
    size_t most = 0;
    for (size_t k = 0; k < folds; k++) {
        size_t count = 0;
        for (size_t r = 0; r < ROWS; r++) {
            count += places[r] == k && (class < 0 || classes[r] == class);
        }
        least = count < least ? count : least;
        most = count > most ? count : most;
    }
    return most - least;
}

static void each_row_is_held_out_once_in_folds_of_a_size(void **state)
{
    (void)state;
    static const size_t counts[] = {2, 3, 5, 10, ROWS - 1, ROWS};
    sm_dataset *const dataset = whole();
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        for (int stratify = 0; stratify < 2; stratify++) {
            size_t places[ROWS];
            sm_fold_options options = sm_fold_options_default(counts[i]);
            options.stratify = stratify == 1;
            find_folds(dataset, &options, places);
            assert_true(spread(places, counts[i], -1) <= 1);
            for (int32_t c = 0; c < CLASSES && stratify == 1; c++) {
                assert_true(spread(places, counts[i], c) <= 1);
            }
        }
    }
    sm_dataset_free(dataset);
}

static void the_seed_chooses_the_rows(void **state)
{
    (void)state;
    size_t first[ROWS];
    size_t same[ROWS];
    size_t other[ROWS];
    sm_dataset *const dataset = whole();
    sm_fold_options options = sm_fold_options_default(5);
    assert_true(options.stratify && options.seed == 0 && options.folds == 5);
    find_folds(dataset, &options, first);
    find_folds(dataset, &options, same);
    assert_memory_equal(first, same, sizeof first);
    options.seed = 1;
    find_folds(dataset, &options, other);
    assert_memory_not_equal(first, other, sizeof first);
    options.seed = 0;
    options.stratify = false;
    find_folds(dataset, &options, other);
    assert_memory_not_equal(first, other, sizeof first);
    sm_dataset_free(dataset);
}

static void a_part_can_be_cut_again(void **state)
{
    (void)state;
    const sm_split_options split = sm_split_options_default(60);
    const sm_fold_options options = sm_fold_options_default(3);
    sm_dataset *first = NULL;
    sm_dataset *second = NULL;
    sm_dataset *rest = NULL;
    sm_dataset *held_out = NULL;
    sm_dataset *const dataset = whole();
    assert_int_equal(sm_dataset_split(dataset, &split, &first, &second), SM_OK);
    assert_int_equal(sm_dataset_fold(second, &options, 2, &rest, &held_out), SM_OK);
    sm_dataset_free(dataset);
    sm_dataset_free(first);
    assert_int_equal(sm_dataset_rows(rest), 40);
    assert_int_equal(sm_dataset_rows(held_out), 20);
    for (size_t r = 0; r < 20; r++) {
        size_t place = 0;
        while (place < 60 && number_of(second, place) != number_of(held_out, r)) {
            place++;
        }
        assert_true(place < 60);
    }
    sm_dataset_free(second);
    sm_dataset_free(rest);
    sm_dataset_free(held_out);
}

static void folds_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const struct {
        size_t folds;
        size_t fold;
        const char *message;
    } cases[] = {
        {0, 0, "103 rows cannot be cut into 0 folds: it takes at least 2"},
        {1, 0, "103 rows cannot be cut into 1 fold: it takes at least 2"},
        {104, 0, "103 rows cannot be cut into 104 folds: each needs a row"},
        {5, 5, "there is no fold 5: there are 5, from 0"},
    };
    sm_dataset *rest = NULL;
    sm_dataset *held_out = NULL;
    sm_dataset *const dataset = whole();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sm_fold_options options = sm_fold_options_default(cases[i].folds);
        assert_int_equal(sm_dataset_fold(dataset, &options, cases[i].fold, &rest, &held_out),
                         SM_ERROR_ARGUMENT);
        assert_message("%s", cases[i].message);
    }
    const sm_fold_options options = sm_fold_options_default(2);
    assert_int_equal(sm_dataset_fold(NULL, &options, 0, &rest, &held_out), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_dataset_fold(dataset, NULL, 0, &rest, &held_out), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_dataset_fold(dataset, &options, 0, NULL, &held_out), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_dataset_fold(dataset, &options, 0, &rest, NULL), SM_ERROR_ARGUMENT);
    assert_null(rest);
    assert_null(held_out);
    sm_dataset_free(dataset);
}

static void rows_without_labels_have_folds_but_not_by_class(void **state)
{
    (void)state;
    size_t rows = 0;
    sm_dataset *rest = NULL;
    sm_dataset *held_out = NULL;
    sm_dataset *bare = NULL;
    sm_fold_options options = sm_fold_options_default(4);
    assert_int_equal(sm_dataset_borrow_f32(numbers, ROWS, 1, NULL, CLASSES, &bare), SM_OK);
    assert_int_equal(sm_dataset_fold(bare, &options, 0, &rest, &held_out), SM_ERROR_ARGUMENT);
    assert_message("data without labels cannot be spread by class");
    options.stratify = false;
    for (size_t k = 0; k < 4; k++) {
        assert_int_equal(sm_dataset_fold(bare, &options, k, &rest, &held_out), SM_OK);
        rows += sm_dataset_rows(held_out);
        sm_dataset_free(rest);
        sm_dataset_free(held_out);
    }
    assert_int_equal(rows, ROWS);
    sm_dataset_free(bare);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_is_held_out_once_in_folds_of_a_size),
        cmocka_unit_test(the_seed_chooses_the_rows),
        cmocka_unit_test(a_part_can_be_cut_again),
        cmocka_unit_test(folds_that_cannot_be_are_refused),
        cmocka_unit_test(rows_without_labels_have_folds_but_not_by_class),
    };
    return cmocka_run_group_tests(tests, fill, NULL);
}
