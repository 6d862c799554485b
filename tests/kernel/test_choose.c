/* Which table is used: the widest, or what SOFTMAX_ISA says. */
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "kernel/kernel.h"
#include "support/cmocka_all.h"
#include "sys/processor.h"

static int forget_choice(void **state)
{
    (void)state;
    return unsetenv("SOFTMAX_ISA");
}

static const smi_kernels *widest(void)
{
    const smi_kernels *last = NULL;
    const smi_kernels *next = NULL;
    for (size_t i = 0; (next = smi_kernels_supported(i)) != NULL; i++) {
        last = next;
    }
    return last;
}

static void the_reference_comes_first_and_every_table_is_complete(void **state)
{
    (void)state;
    assert_ptr_equal(smi_kernels_supported(0), &smi_kernels_reference);
    const smi_kernels *kernels = NULL;
    size_t count = 0;
    for (; (kernels = smi_kernels_supported(count)) != NULL; count++) {
        for (int element = 0; element < SMI_ELEMENTS; element++) {
            assert_non_null(kernels->logits[element]);
            assert_non_null(kernels->gradient[element]);
        }
        assert_non_null(kernels->loss_labels);
        assert_non_null(kernels->loss_targets);
        for (size_t other = 0; other < count; other++) {
            assert_string_not_equal(kernels->isa, smi_kernels_supported(other)->isa);
        }
    }
    assert_null(smi_kernels_supported(count + 1));
    assert_null(smi_kernels_supported(SIZE_MAX));
}

static bool is_supported(const char *const isa)
{
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        if (strcmp(kernels->isa, isa) == 0) {
            return true;
        }
    }
    return false;
}

static void the_tables_are_those_the_processor_supports(void **state)
{
    (void)state;
#if defined(__x86_64__)
    assert_true(is_supported("x86_64"));
#endif
#if defined(__aarch64__)
    assert_true(is_supported("neon"));
#endif
    assert_true(is_supported("avx2") == smi_processor_has_avx2());
    assert_true(is_supported("avx512") == smi_processor_has_avx512());
}

static void without_a_wish_the_widest_is_chosen(void **state)
{
    (void)state;
    const smi_kernels *chosen = NULL;
    assert_int_equal(smi_kernels_choose(&chosen), SM_OK);
    assert_ptr_equal(chosen, widest());
    assert_string_equal(sm_isa(), widest()->isa);
#if defined(__aarch64__)
    assert_string_equal(sm_isa(), "neon");
#endif

    assert_int_equal(setenv("SOFTMAX_ISA", "", 1), 0); /* as good as unset */
    chosen = NULL;
    assert_int_equal(smi_kernels_choose(&chosen), SM_OK);
    assert_ptr_equal(chosen, widest());
    assert_string_equal(sm_isa(), widest()->isa);
}

static void a_name_chooses_its_table(void **state)
{
    (void)state;
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        const smi_kernels *chosen = NULL;
        assert_int_equal(setenv("SOFTMAX_ISA", kernels->isa, 1), 0);
        assert_int_equal(smi_kernels_choose(&chosen), SM_OK);
        assert_ptr_equal(chosen, kernels);
        assert_string_equal(sm_isa(), kernels->isa);
    }
}

static void unknown_names_fail_and_list_what_there_is(void **state)
{
    (void)state;
    static const char *const names[] = {"mmx", "AVX2", "avx", "avx2 ", "reference,avx2"};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        const smi_kernels *chosen = &smi_kernels_reference;
        assert_int_equal(setenv("SOFTMAX_ISA", names[n], 1), 0);
        assert_int_equal(smi_kernels_choose(&chosen), SM_ERROR_ARGUMENT);
        assert_ptr_equal(chosen, &smi_kernels_reference); /* written only on SM_OK */
        assert_non_null(strstr(sm_error_message(), "SOFTMAX_ISA"));
        assert_non_null(strstr(sm_error_message(), names[n]));
        const smi_kernels *kernels = NULL;
        for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
            assert_non_null(strstr(sm_error_message(), kernels->isa));
        }
        assert_string_equal(sm_isa(), "");
    }
}

static void a_model_uses_the_table_that_was_chosen_when_it_was_made(void **state)
{
    (void)state;
    const sm_shape shape = {.features = 3, .classes = 2, .scale = 1.0F};
    sm_model *model = NULL;
    assert_int_equal(setenv("SOFTMAX_ISA", "no such set", 1), 0);
    assert_int_equal(sm_model_create(shape, &model), SM_ERROR_ARGUMENT);
    assert_null(model);
    assert_non_null(strstr(sm_error_message(), "no such set"));
    assert_int_equal(setenv("SOFTMAX_ISA", "reference", 1), 0);
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    sm_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reference_comes_first_and_every_table_is_complete),
        cmocka_unit_test(the_tables_are_those_the_processor_supports),
        cmocka_unit_test_setup(without_a_wish_the_widest_is_chosen, forget_choice),
        cmocka_unit_test_setup(a_name_chooses_its_table, forget_choice),
        cmocka_unit_test_setup(unknown_names_fail_and_list_what_there_is, forget_choice),
        cmocka_unit_test_setup(a_model_uses_the_table_that_was_chosen_when_it_was_made,
                               forget_choice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
