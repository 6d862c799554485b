/* The same bits for any number of threads where rows are multiplied as dense matrices. */
#include "support/cmocka_all.h"
#include "unit/train/row_runs.h"

static void floats_of_many_classes(void **state)
{
    (void)state;
    check_rows(FULL, SM_F32, SMI_DENSE);
}

static void bytes_of_many_classes(void **state)
{
    (void)state;
    check_rows(FULL, SM_U8, SMI_DENSE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(floats_of_many_classes),
        cmocka_unit_test(bytes_of_many_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
