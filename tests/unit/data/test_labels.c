#include <stdlib.h>

#include "support/cmocka_all.h"

#include "base/names.h"
#include "data/dataset.h"
#include "data/labels.h"

static void labels_become_places_among_the_distinct_ones(void **state)
{
    (void)state;
    int32_t labels[] = {7, 3, 7, 0, 255, 3};
    static const int32_t expected[] = {2, 1, 2, 0, 3, 1};
    char **names = NULL;
    size_t classes = 0;
    assert_int_equal(smi_index_labels("data", labels, 6, &names, &classes), SM_OK);
    assert_int_equal(classes, 4);
    assert_memory_equal(labels, expected, sizeof expected);
    assert_string_equal(names[0], "0");
    assert_string_equal(names[1], "3");
    assert_string_equal(names[2], "7");
    assert_string_equal(names[3], "255");
    smi_names_free(names, classes);
}

static void negative_and_extreme_labels_are_labels(void **state)
{
    (void)state;
    int32_t labels[] = {INT32_MAX, -1, INT32_MIN, 0, 1};
    static const int32_t expected[] = {4, 1, 0, 2, 3};
    char **names = NULL;
    size_t classes = 0;
    assert_int_equal(smi_index_labels("data", labels, 5, &names, &classes), SM_OK);
    assert_int_equal(classes, 5);
    assert_memory_equal(labels, expected, sizeof expected);
    assert_string_equal(names[0], "-2147483648");
    assert_string_equal(names[1], "-1");
    assert_string_equal(names[4], "2147483647");
    smi_names_free(names, classes);
}

static void one_label_is_one_class(void **state)
{
    (void)state;
    int32_t labels[] = {5, 5, 5};
    char **names = NULL;
    size_t classes = 0;
    assert_int_equal(smi_index_labels("data", labels, 3, &names, &classes), SM_OK);
    assert_int_equal(classes, 1);
    assert_int_equal(labels[2], 0);
    assert_string_equal(names[0], "5");
    smi_names_free(names, classes);
}

static void many_rows_of_few_classes_are_indexed(void **state)
{
    (void)state;
    const size_t rows = 5 * (size_t)SMI_MAX_CLASSES + 3; /* the list of them fills up twice */
    int32_t *const labels = malloc(rows * sizeof *labels);
    assert_non_null(labels);
    for (size_t r = 0; r < rows; r++) {
        labels[r] = 1000 - (int32_t)(r % 10);
    }
    labels[rows - 1] = 2000; /* the very last is a class of its own */
    char **names = NULL;
    size_t classes = 0;
    assert_int_equal(smi_index_labels("data", labels, rows, &names, &classes), SM_OK);
    assert_int_equal(classes, 11);
    for (size_t r = 0; r + 1 < rows; r++) {
        assert_int_equal(labels[r], 9 - (int32_t)(r % 10));
    }
    assert_int_equal(labels[rows - 1], 10);
    smi_names_free(names, classes);
    free(labels);
}

/* `rows` labels, of which `distinct` are different, in an order that is not sorted. */
static int32_t *scattered_labels(const size_t rows, const size_t distinct)
{
    int32_t *const labels = malloc(rows * sizeof *labels);
    assert_non_null(labels);
    for (size_t r = 0; r < rows; r++) {
        labels[r] = (int32_t)(r % distinct * 7919 % distinct) - 500;
    }
    return labels;
}

static void as_many_classes_as_allowed_are_indexed(void **state)
{
    (void)state;
    for (size_t repeated = 1; repeated <= 4; repeated++) {
        const size_t rows = repeated * (size_t)SMI_MAX_CLASSES;
        int32_t *const labels = scattered_labels(rows, SMI_MAX_CLASSES);
        char **names = NULL;
        size_t classes = 0;
        assert_int_equal(smi_index_labels("data", labels, rows, &names, &classes), SM_OK);
        assert_int_equal(classes, SMI_MAX_CLASSES);
        assert_string_equal(names[0], "-500");
        assert_string_equal(names[SMI_MAX_CLASSES - 1], "65035");
        smi_names_free(names, classes);
        free(labels);
    }
}

static void more_classes_than_allowed_are_refused(void **state)
{
    (void)state;
    static const size_t counts[] = {65537, 65538, 131072, 131073, 300007};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        const size_t distinct = counts[i];
        const size_t repeated = i % 3 + 1;
        int32_t *const labels = scattered_labels(repeated * distinct, distinct);
        char **names = NULL;
        size_t classes = 0;
        assert_int_equal(
            smi_index_labels("labels.idx", labels, repeated * distinct, &names, &classes),
            SM_ERROR_DATA);
        assert_string_equal(sm_error_message(), "labels.idx: more than 65,536 different labels");
        assert_null(names);
        free(labels);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_become_places_among_the_distinct_ones),
        cmocka_unit_test(negative_and_extreme_labels_are_labels),
        cmocka_unit_test(one_label_is_one_class),
        cmocka_unit_test(many_rows_of_few_classes_are_indexed),
        cmocka_unit_test(as_many_classes_as_allowed_are_indexed),
        cmocka_unit_test(more_classes_than_allowed_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
