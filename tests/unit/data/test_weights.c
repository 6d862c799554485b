/* Weights of rows. */
#include <math.h>

#include "support/cmocka_all.h"
#include "support/message.h"

#include "data/dataset.h"

static const float values[] = {0.0F, -1.0F, 2.0F, 3.0F, 0.5F, 6.0F};
static const int32_t labels[] = {1, 0, 2};

static void weights_of_the_callers_are_borrowed(void **state)
{
    (void)state;
    static const float weights[] = {0.5F, 1e-30F, 7.0F};
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_f32(values, 3, 2, labels, 3, &dataset), SM_OK);
    assert_null(dataset->weights);
    assert_int_equal(sm_dataset_set_weights(dataset, weights), SM_OK);
    assert_ptr_equal(dataset->weights, weights);
    sm_dataset_free(dataset);
}

static void weights_that_are_none_are_refused(void **state)
{
    (void)state;
    static const struct {
        float weights[3];
        const char *message;
    } cases[] = {
        {{1.0F, 0.0F, 1.0F}, "row 1: weight 0; weights must be finite numbers above 0"},
        {{1.0F, 1.0F, -2.0F}, "row 2: weight -2; weights must be finite numbers above 0"},
        {{INFINITY, 1.0F, 1.0F}, "row 0: weight inf; weights must be finite numbers above 0"},
        {{1.0F, NAN, 1.0F}, "row 1: weight nan; weights must be finite numbers above 0"},
    };
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_f32(values, 3, 2, labels, 3, &dataset), SM_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(sm_dataset_set_weights(dataset, cases[i].weights), SM_ERROR_DATA);
        assert_message("%s", cases[i].message);
        assert_null(dataset->weights); /* left as it was */
    }
    assert_int_equal(sm_dataset_set_weights(dataset, NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_set_weights: weights is NULL");
    assert_int_equal(sm_dataset_set_weights(NULL, values), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_set_weights: dataset is NULL");
    sm_dataset_free(dataset);
}

static void a_part_has_the_weights_of_its_whole(void **state)
{
    (void)state;
    static const float entries[] = {1.0F, 2.0F, 3.0F};
    static const uint32_t columns[] = {0, 2, 1};
    static const size_t row_starts[] = {0, 2, 2, 3};
    static const float weights[] = {0.5F, 1.0F, 7.0F};
    const sm_split_options split = sm_split_options_default(1);
    sm_dataset *dataset = NULL;
    sm_dataset *first = NULL;
    sm_dataset *second = NULL;
    assert_int_equal(sm_dataset_borrow_csr(entries, columns, row_starts, 3, 3, labels, 3, &dataset),
                     SM_OK);
    assert_int_equal(sm_dataset_set_weights(dataset, weights), SM_OK);
    assert_int_equal(sm_dataset_split(dataset, &split, &first, &second), SM_OK);
    assert_ptr_equal(second->weights, weights);
    assert_int_equal(sm_dataset_set_weights(second, weights), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_set_weights: the dataset is a part of another");
    const size_t stored = smi_dataset_stored_row(second, 0);
    assert_ptr_equal(smi_dataset_entries(second, 0).values, entries + row_starts[stored]);
    sm_dataset_free(second);
    sm_dataset_free(first);
    sm_dataset_free(dataset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_of_the_callers_are_borrowed),
        cmocka_unit_test(weights_that_are_none_are_refused),
        cmocka_unit_test(a_part_has_the_weights_of_its_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
