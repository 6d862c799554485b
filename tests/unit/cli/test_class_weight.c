/* Weights of classes as they are written on the command line. */
#include <stdlib.h>

#include <softmax.h>

#include "cli/class_weight.h"
#include "cli/exit_status.h"
#include "support/cmocka_all.h"

enum { CLASSES = 5 };

static const char *const names[CLASSES] = {"plain", "red, white", "a=b", "back\\slash",
                                           "ends with \\"};

/* weights: NULL when the text must be refused. */
static void assert_weights(const char *const text, const double *const weights)
{
    const sm_shape shape = {.features = 1, .classes = CLASSES, .scale = 1.0F, .class_names = names};
    sm_model *model = NULL;
    double *found = NULL;
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    assert_int_equal(cli_class_weights(text, model, NULL, &found),
                     weights == NULL ? CLI_WRONG_USAGE : CLI_SUCCESS);
    for (size_t c = 0; weights != NULL && c < CLASSES; c++) {
        assert_true(found[c] == weights[c]);
    }
    free(found);
    sm_model_free(model);
}

static void names_come_with_their_weights(void **state)
{
    (void)state;
    static const double one[CLASSES] = {2.0, 1.0, 1.0, 1.0, 1.0};
    static const double two[CLASSES] = {0.5, 1.0, 3.0, 1.0, 1.0};
    assert_weights("plain=2", one);
    assert_weights("a=b=3,plain=0.5", two);
}

static void commas_and_backslashes_of_names_have_a_backslash_before_them(void **state)
{
    (void)state;
    static const double comma[CLASSES] = {3.0, 2.0, 1.0, 1.0, 1.0};
    static const double slashes[CLASSES] = {1.0, 1.0, 1.0, 2.0, 4.0};
    static const double all[CLASSES] = {5.0, 4.0, 3.0, 2.0, 1.5};
    assert_weights("red\\, white=2,plain=3", comma);
    assert_weights("back\\\\slash=2,ends with \\\\=4", slashes);
    assert_weights("back\\slash=2,ends with \\=4", slashes); /* before others it is itself */
    assert_weights("ends with \\\\=1.5,back\\\\slash=2,a=b=3,red\\, white=4,plain=5", all);
}

static void what_is_no_list_of_weights_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        ",",
                                        "plain",
                                        "plain=",
                                        "plain=0",
                                        "plain=-1",
                                        "plain=1,",
                                        "plain=1,,a=b=1",
                                        "plain=1,plain=2",
                                        "other=1",
                                        "red, white=2",
                                        "red\\\\, white=2",
                                        "plain=1\\,a=b=1"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_weights(wrong[i], NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_come_with_their_weights),
        cmocka_unit_test(commas_and_backslashes_of_names_have_a_backslash_before_them),
        cmocka_unit_test(what_is_no_list_of_weights_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
