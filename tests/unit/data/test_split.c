#include <math.h>

#include "support/cmocka_all.h"
#include "support/message.h"

#include <softmax.h>

#include "base/number_text.h"

enum { ROWS = 100, CLASSES = 4 };

/* Row r holds the number r, so that parts tell which rows they have; its class is given by
 * class_of(). */
static float numbers[ROWS];
static int32_t classes[ROWS];

/* 50 of class 0, 30 of class 1, 19 of class 2, 1 of class 3, mixed. */
static int32_t class_of(const size_t row)
{
    const size_t place = row * 37 % ROWS;
    return place < 50 ? 0 : place < 80 ? 1 : place < 99 ? 2 : 3;
}

static int fill(void **state)
{
    (void)state;
    for (size_t r = 0; r < ROWS; r++) {
        numbers[r] = (float)r;
        classes[r] = class_of(r);
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

/* How often each row of the whole is in the dataset; its rows must ascend, with their classes. */
static void count_rows(const sm_dataset *const dataset, size_t *const counts)
{
    for (size_t r = 0; r < sm_dataset_rows(dataset); r++) {
        const size_t number = number_of(dataset, r);
        assert_true(number < ROWS);
        assert_true(r == 0 || number > number_of(dataset, r - 1)); /* order is kept */
        assert_int_equal(sm_dataset_label(dataset, r), classes[number]);
        counts[number]++;
    }
}

static void assert_partition(const sm_dataset *const first, const sm_dataset *const second)
{
    size_t counts[ROWS] = {0};
    count_rows(first, counts);
    count_rows(second, counts);
    for (size_t r = 0; r < ROWS; r++) {
        assert_int_equal(counts[r], 1);
    }
}

static size_t rows_of_class(const sm_dataset *const dataset, const int32_t class)
{
    size_t count = 0;
    for (size_t r = 0; r < sm_dataset_rows(dataset); r++) {
        count += sm_dataset_label(dataset, r) == class;
    }
    return count;
}

static void every_row_is_in_one_part_and_order_is_kept(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 2, 20, 50, 98, 99};
    sm_dataset *const dataset = whole();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (int stratify = 0; stratify < 2; stratify++) {
            sm_split_options options = sm_split_options_default(sizes[i]);
            sm_dataset *first = NULL;
            sm_dataset *second = NULL;
            options.stratify = stratify == 1;
            assert_int_equal(sm_dataset_split(dataset, &options, &first, &second), SM_OK);
            assert_int_equal(sm_dataset_rows(first), ROWS - sizes[i]);
            assert_int_equal(sm_dataset_rows(second), sizes[i]);
            assert_partition(first, second);
            assert_int_equal(sm_dataset_shape(first).classes, CLASSES); /* all of them */
            assert_int_equal(sm_dataset_shape(second).classes, CLASSES);
            sm_dataset_free(first);
            sm_dataset_free(second);
        }
    }
    sm_dataset_free(dataset);
}

static void the_default_is_a_plain_random_choice(void **state)
{
    (void)state;
    const sm_split_options options = sm_split_options_default(7);
    assert_int_equal(options.held_out, 7);
    assert_false(options.stratify);
    assert_int_equal(options.seed, 0);
}

static void stratified_parts_have_each_class_in_its_share(void **state)
{
    (void)state;
    sm_dataset *const dataset = whole();
    for (size_t held_out = 1; held_out < ROWS; held_out++) {
        for (uint64_t seed = 0; seed < 3; seed++) {
            const sm_split_options options = {held_out, true, seed};
            sm_dataset *first = NULL;
            sm_dataset *second = NULL;
            assert_int_equal(sm_dataset_split(dataset, &options, &first, &second), SM_OK);
            for (int32_t c = 0; c < CLASSES; c++) {
                const double share = (double)rows_of_class(dataset, c) * (double)held_out / ROWS;
                const double taken = (double)rows_of_class(second, c);
                assert_true(fabs(taken - share) < 1.0); /* exact to a row */
            }
            assert_int_equal(sm_dataset_rows(second), held_out);
            sm_dataset_free(first);
            sm_dataset_free(second);
        }
    }
    sm_dataset_free(dataset);
}

static void shares_that_are_whole_are_met_exactly(void **state)
{
    (void)state;
    int32_t even[ROWS];
    for (size_t r = 0; r < ROWS; r++) {
        even[r] = (int32_t)(r % CLASSES);
    }
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_f32(numbers, ROWS, 1, even, CLASSES, &dataset), SM_OK);
    for (size_t held_out = 4; held_out < ROWS; held_out += 4) {
        const sm_split_options options = {held_out, true, held_out};
        sm_dataset *first = NULL;
        sm_dataset *second = NULL;
        assert_int_equal(sm_dataset_split(dataset, &options, &first, &second), SM_OK);
        for (int32_t c = 0; c < CLASSES; c++) {
            assert_int_equal(rows_of_class(second, c), held_out / CLASSES);
        }
        sm_dataset_free(first);
        sm_dataset_free(second);
    }
    sm_dataset_free(dataset);
}

/* The rows of the second part as bits. */
static void held_out_rows(const sm_dataset *const dataset, const sm_split_options options,
                          bool *const marks)
{
    sm_dataset *first = NULL;
    sm_dataset *second = NULL;
    assert_int_equal(sm_dataset_split(dataset, &options, &first, &second), SM_OK);
    for (size_t r = 0; r < ROWS; r++) {
        marks[r] = false;
    }
    for (size_t r = 0; r < sm_dataset_rows(second); r++) {
        marks[number_of(second, r)] = true;
    }
    sm_dataset_free(first);
    sm_dataset_free(second);
}

static void the_same_seed_gives_the_same_parts(void **state)
{
    (void)state;
    sm_dataset *const dataset = whole();
    for (int stratify = 0; stratify < 2; stratify++) {
        bool one[ROWS];
        bool again[ROWS];
        bool other[ROWS];
        held_out_rows(dataset, (sm_split_options){30, stratify == 1, 5}, one);
        held_out_rows(dataset, (sm_split_options){30, stratify == 1, 5}, again);
        held_out_rows(dataset, (sm_split_options){30, stratify == 1, 6}, other);
        assert_memory_equal(one, again, sizeof one);
        assert_memory_not_equal(one, other, sizeof one);
    }
    sm_dataset_free(dataset);
}

static void the_choice_is_the_same_on_every_platform(void **state)
{
    (void)state;
    /* Computed with an implementation of its own, in Python. */
    static const size_t expected[] = {52, 58, 72, 81, 88, 95};
    const sm_split_options options = {6, false, 5};
    sm_dataset *const dataset = whole();
    sm_dataset *first = NULL;
    sm_dataset *second = NULL;
    assert_int_equal(sm_dataset_split(dataset, &options, &first, &second), SM_OK);
    for (size_t r = 0; r < 6; r++) {
        assert_int_equal(number_of(second, r), expected[r]);
    }
    sm_dataset_free(dataset);
    sm_dataset_free(first);
    sm_dataset_free(second);
}

static void every_row_is_held_out_equally_often(void **state)
{
    (void)state;
    enum { SEEDS = 400 };
    sm_dataset *const dataset = whole();
    size_t times[ROWS] = {0};
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        bool marks[ROWS];
        held_out_rows(dataset, (sm_split_options){25, false, seed}, marks);
        for (size_t r = 0; r < ROWS; r++) {
            times[r] += marks[r];
        }
    }
    for (size_t r = 0; r < ROWS; r++) {
        assert_in_range(times[r], 65, 135); /* 100 ± 4 standard deviations of 8.7 */
    }
    sm_dataset_free(dataset);
}

static void a_part_can_be_split_again(void **state)
{
    (void)state;
    sm_dataset *const dataset = whole();
    sm_dataset *rest = NULL;
    sm_dataset *test = NULL;
    sm_dataset *train = NULL;
    sm_dataset *validation = NULL;
    const sm_split_options a_fifth = {20, true, 1};
    const sm_split_options a_tenth = {10, true, 2};
    assert_int_equal(sm_dataset_split(dataset, &a_fifth, &rest, &test), SM_OK);
    assert_int_equal(sm_dataset_split(rest, &a_tenth, &train, &validation), SM_OK);
    assert_int_equal(sm_dataset_rows(train), 70);
    assert_int_equal(sm_dataset_rows(validation), 10);
    size_t counts[ROWS] = {0};
    count_rows(train, counts);
    count_rows(validation, counts);
    count_rows(test, counts);
    for (size_t r = 0; r < ROWS; r++) {
        assert_int_equal(counts[r], 1);
    }
    sm_dataset_free(dataset);
    sm_dataset_free(rest);
    sm_dataset_free(train);
    sm_dataset_free(validation);
    sm_dataset_free(test);
}

static void parts_and_whole_are_freed_in_any_order(void **state)
{
    (void)state;
    static const size_t orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                       {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        sm_dataset *all[3] = {NULL, NULL, NULL};
        const sm_split_options options = sm_split_options_default(30);
        assert_int_equal(sm_dataset_open("moons:n=100", &all[0]), SM_OK); /* owns its rows */
        assert_int_equal(sm_dataset_split(all[0], &options, &all[1], &all[2]), SM_OK);
        for (size_t k = 0; k < 3; k++) {
            /* Those that are left can still be read, names and all. */
            for (size_t left = k; left < 3; left++) {
                float row[2];
                const sm_dataset *const dataset = all[orders[i][left]];
                assert_int_equal(sm_dataset_row(dataset, 29, row), SM_OK);
                assert_string_equal(sm_dataset_shape(dataset).class_names[1], "1");
            }
            sm_dataset_free(all[orders[i][k]]);
        }
    }
}

static void soft_targets_go_with_their_rows(void **state)
{
    (void)state;
    static float targets[ROWS * 2];
    for (size_t r = 0; r < ROWS; r++) {
        targets[2 * r] = r % 3 == 0 ? 0.75F : 0.25F;
        targets[2 * r + 1] = 1.0F - targets[2 * r];
    }
    for (int stratify = 0; stratify < 2; stratify++) {
        const sm_split_options options = {33, stratify == 1, 9};
        sm_dataset *dataset = NULL;
        sm_dataset *parts[2] = {NULL, NULL};
        assert_int_equal(sm_dataset_borrow_f32(numbers, ROWS, 1, NULL, 2, &dataset), SM_OK);
        assert_int_equal(sm_dataset_set_targets(dataset, targets), SM_OK);
        assert_int_equal(sm_dataset_split(dataset, &options, &parts[0], &parts[1]), SM_OK);
        for (size_t p = 0; p < 2; p++) {
            for (size_t r = 0; r < sm_dataset_rows(parts[p]); r++) {
                assert_int_equal(sm_dataset_label(parts[p], r),
                                 number_of(parts[p], r) % 3 == 0 ? 0 : 1);
            }
        }
        if (stratify == 1) {
            assert_in_range(rows_of_class(parts[1], 0), 11, 12); /* 33 · 34/100 = 11.22 */
        }
        sm_dataset_free(parts[0]);
        sm_dataset_free(parts[1]);
        sm_dataset_free(dataset);
    }
}

static void data_without_labels_is_split_too_but_not_by_class(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    sm_dataset *first = NULL;
    sm_dataset *second = NULL;
    sm_split_options options = sm_split_options_default(40);
    assert_int_equal(sm_dataset_borrow_f32(numbers, ROWS, 1, NULL, 1, &dataset), SM_OK);
    assert_int_equal(sm_dataset_split(dataset, &options, &first, &second), SM_OK);
    assert_int_equal(sm_dataset_rows(second), 40);
    assert_false(sm_dataset_has_labels(first));
    sm_dataset_free(first);
    sm_dataset_free(second);
    options.stratify = true;
    assert_int_equal(sm_dataset_split(dataset, &options, &first, &second), SM_ERROR_ARGUMENT);
    assert_message("data without labels cannot be split by class");
    sm_dataset_free(dataset);
}

static void a_part_must_not_be_empty(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, ROWS, ROWS + 1, SIZE_MAX};
    sm_dataset *const dataset = whole();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const sm_split_options options = sm_split_options_default(sizes[i]);
        sm_dataset *first = NULL;
        sm_dataset *second = NULL;
        assert_int_equal(sm_dataset_split(dataset, &options, &first, &second), SM_ERROR_ARGUMENT);
        char size[SMI_NUMBER_TEXT_SIZE];
        assert_message("cannot hold out %s of 100 rows: possible are 1 … 99",
                       smi_grouped_text(sizes[i], size));
        assert_null(first);
        assert_null(second);
    }
    sm_dataset_free(dataset);
}

static void null_is_answered(void **state)
{
    (void)state;
    sm_dataset *const dataset = whole();
    sm_dataset *part = NULL;
    const sm_split_options options = sm_split_options_default(1);
    assert_int_equal(sm_dataset_split(NULL, &options, &part, &part), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_dataset_split(dataset, NULL, &part, &part), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_dataset_split(dataset, &options, NULL, &part), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_dataset_split(dataset, &options, &part, NULL), SM_ERROR_ARGUMENT);
    sm_dataset_free(dataset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_in_one_part_and_order_is_kept),
        cmocka_unit_test(the_default_is_a_plain_random_choice),
        cmocka_unit_test(stratified_parts_have_each_class_in_its_share),
        cmocka_unit_test(shares_that_are_whole_are_met_exactly),
        cmocka_unit_test(the_same_seed_gives_the_same_parts),
        cmocka_unit_test(the_choice_is_the_same_on_every_platform),
        cmocka_unit_test(every_row_is_held_out_equally_often),
        cmocka_unit_test(a_part_can_be_split_again),
        cmocka_unit_test(parts_and_whole_are_freed_in_any_order),
        cmocka_unit_test(soft_targets_go_with_their_rows),
        cmocka_unit_test(data_without_labels_is_split_too_but_not_by_class),
        cmocka_unit_test(a_part_must_not_be_empty),
        cmocka_unit_test(null_is_answered),
    };
    return cmocka_run_group_tests(tests, fill, NULL);
}
