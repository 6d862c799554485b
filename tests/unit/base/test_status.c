#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "support/cmocka_all.h"

#include "base/status.h"

static void a_failure_returns_its_status_and_keeps_its_message(void **state)
{
    (void)state;
    assert_int_equal(smi_fail(SM_ERROR_DATA, "row %d: '%s'", 7, "abc"), SM_ERROR_DATA);
    assert_string_equal(sm_error_message(), "row 7: 'abc'");
    assert_int_equal(smi_fail(SM_ERROR_IO, "later"), SM_ERROR_IO);
    assert_string_equal(sm_error_message(), "later");
}

static void usual_failures_have_words_of_their_own(void **state)
{
    (void)state;
    assert_int_equal(smi_fail_memory("a row"), SM_ERROR_MEMORY);
    assert_string_equal(sm_error_message(), "not enough memory for a row");
    assert_int_equal(smi_fail_null("sm_train", "model"), SM_ERROR_ARGUMENT);
    assert_string_equal(sm_error_message(), "sm_train: model is NULL");
}

static void a_message_of_the_longest_size_is_kept_whole(void **state)
{
    (void)state;
    char text[SMI_MESSAGE_SIZE];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    (void)smi_fail(SM_ERROR_IO, "%s", text);
    assert_string_equal(sm_error_message(), text);
}

static void a_longer_message_is_cut(void **state)
{
    (void)state;
    char text[2 * SMI_MESSAGE_SIZE];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(smi_fail(SM_ERROR_IO, "begins %s", text), SM_ERROR_IO);
    assert_int_equal(strlen(sm_error_message()), SMI_MESSAGE_SIZE - 1);
    assert_memory_equal(sm_error_message(), "begins xxx", 10);
}

static void the_present_message_may_be_a_part_of_the_next(void **state)
{
    (void)state;
    (void)smi_fail(SM_ERROR_DATA, "row 3: not a number");
    (void)smi_fail(SM_ERROR_DATA, "file.csv: %s (%s)", sm_error_message(), sm_error_message());
    assert_string_equal(sm_error_message(), "file.csv: row 3: not a number (row 3: not a number)");
}

/* What the other thread saw; looked at by the test's own. */
typedef struct other_thread {
    char before[SMI_MESSAGE_SIZE];
    char after[SMI_MESSAGE_SIZE];
} other_thread;

static void *fail_elsewhere(void *const argument)
{
    other_thread *const seen = argument;
    strcpy(seen->before, sm_error_message());
    (void)smi_fail(SM_ERROR_IO, "theirs");
    strcpy(seen->after, sm_error_message());
    return NULL;
}

static void each_thread_has_its_own_message(void **state)
{
    (void)state;
    pthread_t thread;
    other_thread seen = {.before = "?"};
    (void)smi_fail(SM_ERROR_IO, "ours");
    assert_int_equal(pthread_create(&thread, NULL, fail_elsewhere, &seen), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_string_equal(seen.before, "");
    assert_string_equal(seen.after, "theirs");
    assert_string_equal(sm_error_message(), "ours");
}

static void every_status_has_a_name(void **state)
{
    (void)state;
    assert_string_equal(sm_status_name(SM_OK), "SM_OK");
    assert_string_equal(sm_status_name(SM_ERROR_ARGUMENT), "SM_ERROR_ARGUMENT");
    assert_string_equal(sm_status_name(SM_ERROR_MEMORY), "SM_ERROR_MEMORY");
    assert_string_equal(sm_status_name(SM_ERROR_IO), "SM_ERROR_IO");
    assert_string_equal(sm_status_name(SM_ERROR_FORMAT), "SM_ERROR_FORMAT");
    assert_string_equal(sm_status_name(SM_ERROR_DATA), "SM_ERROR_DATA");
    assert_string_equal(sm_status_name(SM_ERROR_DIVERGED), "SM_ERROR_DIVERGED");
    assert_non_null(sm_status_name((sm_status)99));
}

static void library_and_header_are_of_one_version(void **state)
{
    (void)state;
    char numbers[32];
    (void)snprintf(numbers, sizeof numbers, "%d.%d.%d", SM_VERSION_MAJOR, SM_VERSION_MINOR,
                   SM_VERSION_PATCH);
    assert_string_equal(sm_version(), SM_VERSION_STRING);
    assert_string_equal(sm_version(), numbers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_returns_its_status_and_keeps_its_message),
        cmocka_unit_test(usual_failures_have_words_of_their_own),
        cmocka_unit_test(a_message_of_the_longest_size_is_kept_whole),
        cmocka_unit_test(a_longer_message_is_cut),
        cmocka_unit_test(the_present_message_may_be_a_part_of_the_next),
        cmocka_unit_test(each_thread_has_its_own_message),
        cmocka_unit_test(every_status_has_a_name),
        cmocka_unit_test(library_and_header_are_of_one_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
