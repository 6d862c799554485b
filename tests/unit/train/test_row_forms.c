/* However rows are stored and multiplied, with weights and without, any number of threads gives the
 * same bits. */
#include "support/cmocka_all.h"
#include "unit/train/row_runs.h"

static void bytes_with_blank_parts(void **state)
{
    (void)state;
    check_rows(STRETCHES, SM_U8, SMI_MARKED);
}

static void bytes_that_are_listed(void **state)
{
    (void)state;
    check_rows(THIN, SM_U8, SMI_LISTED);
}

static void floats(void **state)
{
    (void)state;
    check_rows(STRETCHES, SM_F32, SMI_FULL);
}

static void floats_that_are_listed(void **state)
{
    (void)state;
    check_rows(THIN, SM_F32, SMI_LISTED);
}

static void sparse_rows(void **state)
{
    (void)state;
    check_rows(STRETCHES, SM_CSR, SMI_LISTED);
    check_rows(THIN, SM_CSR, SMI_LISTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_with_blank_parts),
        cmocka_unit_test(bytes_that_are_listed),
        cmocka_unit_test(floats),
        cmocka_unit_test(floats_that_are_listed),
        cmocka_unit_test(sparse_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
