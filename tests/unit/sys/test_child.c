#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "support/cmocka_all.h"
#include "support/message.h"
#include "sys/child.h"

static const size_t PLENTY = (size_t)1 << 24;

/* Runs a line of the shell's, which must be able to start; what it wrote is freed. */
static smi_child_end run_shell(const char *const line)
{
    const char *const arguments[] = {"sh", "-c", line, NULL};
    smi_child_end end = {0};
    bool missing = true;
    assert_int_equal(smi_child_run(arguments, "", 0, PLENTY, &missing, &end), SM_OK);
    assert_false(missing);
    smi_free(end.output);
    return end;
}

static void what_goes_in_comes_out(void **state)
{
    (void)state;
    static const char *const cat[] = {"cat", NULL};
    static const size_t sizes[] = {0, 1, 4096, 1 << 20, 5000001};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *const input = malloc(sizes[i] + 1);
        smi_child_end end = {0};
        bool missing = true;
        assert_non_null(input);
        for (size_t b = 0; b < sizes[i]; b++) {
            input[b] = (char)(b * 7 % 256);
        }
        assert_int_equal(smi_child_run(cat, input, sizes[i], PLENTY, &missing, &end), SM_OK);
        assert_int_equal(end.exit_status, 0);
        assert_int_equal(end.size, sizes[i]);
        assert_true(sizes[i] == 0 || memcmp(end.output, input, sizes[i]) == 0);
        assert_string_equal(end.errors, "");
        smi_free(end.output);
        free(input);
    }
}

/* gnuplot is told its script so: standard input itself it reads a byte at a time. */
static void input_may_be_opened_by_name(void **state)
{
    (void)state;
    static const char *const cat[] = {"cat", "/dev/stdin", NULL};
    smi_child_end end = {0};
    bool missing = true;
    assert_int_equal(smi_child_run(cat, "one\ntwo", 7, PLENTY, &missing, &end), SM_OK);
    assert_string_equal(end.errors, "");
    assert_int_equal(end.size, 7);
    assert_memory_equal(end.output, "one\ntwo", 7);
    smi_free(end.output);
}

static void how_it_ended_is_told(void **state)
{
    (void)state;
    assert_int_equal(run_shell("true").exit_status, 0);
    assert_int_equal(run_shell("exit 7").exit_status, 7);
    assert_int_equal(run_shell("kill -KILL $$").exit_status, -1);
}

static void the_beginning_of_its_errors_is_kept(void **state)
{
    (void)state;
    assert_string_equal(run_shell("echo one >&2; echo two >&2").errors, "one\ntwo");
    const smi_child_end end = run_shell("yes no | head -n 100000 >&2");
    assert_int_equal(end.exit_status, 0);
    assert_int_equal(strlen(end.errors), sizeof end.errors - 1);
    assert_int_equal(strncmp(end.errors, "no\nno\nno", 8), 0);
}

static void arguments_are_no_shell_s(void **state)
{
    (void)state;
    static const char *const arguments[] = {"printf", "%s|", "$(exit 1)", "`a` 'b'", "", NULL};
    smi_child_end end = {0};
    bool missing = true;
    assert_int_equal(smi_child_run(arguments, "", 0, PLENTY, &missing, &end), SM_OK);
    assert_int_equal(end.size, strlen("$(exit 1)|`a` 'b'||"));
    assert_memory_equal(end.output, "$(exit 1)|`a` 'b'||", end.size);
    smi_free(end.output);
}

/* SIGPIPE has its default here, and would end the test. */
static void input_may_be_left_unread(void **state)
{
    (void)state;
    static const char *const arguments[] = {"true", NULL};
    char *const input = calloc(1 << 20, 1);
    smi_child_end end = {0};
    bool missing = true;
    assert_non_null(input);
    assert_true(signal(SIGPIPE, SIG_DFL) != SIG_ERR);
    assert_int_equal(smi_child_run(arguments, input, 1 << 20, PLENTY, &missing, &end), SM_OK);
    assert_int_equal(end.exit_status, 0);
    sigset_t blocked, pending;
    assert_int_equal(sigpending(&pending), 0);
    assert_int_equal(sigismember(&pending, SIGPIPE), 0);
    assert_int_equal(pthread_sigmask(SIG_BLOCK, NULL, &blocked), 0);
    assert_int_equal(sigismember(&blocked, SIGPIPE), 0);
    smi_free(end.output);
    free(input);
}

static void children_of_the_child_are_not_waited_for(void **state)
{
    (void)state;
    static const char *const arguments[] = {"sh", "-c", "sleep 100000 & echo $!", NULL};
    smi_child_end end = {0};
    bool missing = true;
    assert_int_equal(smi_child_run(arguments, "", 0, PLENTY, &missing, &end), SM_OK);
    assert_int_equal(end.exit_status, 0);
    char text[32] = "";
    assert_in_range(end.size, 2, sizeof text - 1);
    memcpy(text, end.output, end.size);
    assert_int_equal(kill((pid_t)strtol(text, NULL, 10), SIGKILL), 0);
    smi_free(end.output);
}

static void a_program_that_is_not_there_is_told(void **state)
{
    (void)state;
#ifdef TESTS_EMULATED
    skip(); /* an emulator's child shares no memory, through which it would tell */
#endif
    static const char *const arguments[] = {"softmax-no-such-program", NULL};
    smi_child_end end = {.exit_status = 42};
    bool missing = false;
    assert_int_equal(smi_child_run(arguments, "", 0, PLENTY, &missing, &end), SM_ERROR_IO);
    assert_true(missing);
    assert_message("cannot start 'softmax-no-such-program': No such file or directory");
    assert_int_equal(end.exit_status, 42);
}

static void too_much_output_is_refused(void **state)
{
    (void)state;
    static const char *const arguments[] = {"yes", NULL};
    smi_child_end end = {.exit_status = 42};
    bool missing = true;
    assert_int_equal(smi_child_run(arguments, "", 0, 100000, &missing, &end), SM_ERROR_DATA);
    assert_message("yes writes more than 100000 bytes");
    assert_int_equal(end.exit_status, 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_in_comes_out),
        cmocka_unit_test(input_may_be_opened_by_name),
        cmocka_unit_test(how_it_ended_is_told),
        cmocka_unit_test(the_beginning_of_its_errors_is_kept),
        cmocka_unit_test(arguments_are_no_shell_s),
        cmocka_unit_test(input_may_be_left_unread),
        cmocka_unit_test(children_of_the_child_are_not_waited_for),
        cmocka_unit_test(a_program_that_is_not_there_is_told),
        cmocka_unit_test(too_much_output_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
