/* What terminals answer. */
#include <string.h>

#include "support/cmocka_all.h"

#include "sys/terminal_query.h"

static bool has_sixels(const char *const answer)
{
    return smi_attributes_have_sixels(answer, strlen(answer));
}

static void sixels_are_attribute_4(void **state)
{
    (void)state;
    assert_true(has_sixels("\033[?62;4c"));                    /* foot */
    assert_true(has_sixels("\033[?63;1;2;4;6;9;15;22c"));      /* xterm -ti vt340 */
    assert_true(has_sixels("x\033[?65;22;4c"));                /* behind a key */
    assert_false(has_sixels("\033[?64;1;2;6;9;15;18;21;22c")); /* xterm */
    assert_false(has_sixels("\033[?1;2c"));
    assert_false(has_sixels("\033[?4;22c")); /* the class, a VT132 */
    assert_false(has_sixels("\033[?62;14;41;44c"));
}

static void no_answer_is_none(void **state)
{
    (void)state;
    static const char *const answers[] = {"",           "\033",         "\033[",      "\033[?",
                                          "\033[?62;4", "\033[?62;4;x", "\033[62;4c", "4c",
                                          "\033[?;;c",  "\033[?62:4c",  "\033[?62;;4"};
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        assert_false(has_sixels(answers[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sixels_are_attribute_4),
        cmocka_unit_test(no_answer_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
