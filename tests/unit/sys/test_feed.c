/* A program that is fed without being waited for. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/scratch.h"

#include "sys/feed.h"

static const double LONG = 60.0; /* seconds that nothing here takes */

/* Runs a line of the shell's in the folder. */
static smi_feed *feed_shell(const char *const folder, const char *const line)
{
    char command[1024];
    const char *const arguments[] = {"sh", "-c", command, NULL};
    smi_feed *feed = NULL;
    (void)snprintf(command, sizeof command, "cd '%s' && %s", folder, line);
    assert_int_equal(smi_feed_open(arguments, &feed), SM_OK);
    return feed;
}

/* The program makes a file when it is done. */
static void await_file(const char *const path)
{
    while (access(path, F_OK) != 0) {
        (void)usleep(1000);
    }
}

static void all_that_is_told_arrives_in_order(void **state)
{
    enum { TEXTS = 20, SIZE = 100000 };
    char *const text = malloc(SIZE);
    smi_feed *const feed = feed_shell(*state, "cat > all && mv all done");
    const scratch_path done = path_in(*state, "done");
    assert_non_null(text);
    for (int i = 0; i < TEXTS; i++) {
        memset(text, 'a' + i, SIZE);
        smi_feed_wait(feed, LONG);
        assert_true(smi_feed_is_idle(feed));
        assert_int_equal(smi_feed_tell(feed, text, SIZE), SM_OK);
    }
    smi_feed_wait(feed, LONG);
    assert_false(smi_feed_is_gone(feed));
    smi_feed_close(feed);
    await_file(done.text);

    FILE *const file = fopen(done.text, "rb");
    assert_non_null(file);
    char *const read = malloc(SIZE);
    assert_non_null(read);
    for (int i = 0; i < TEXTS; i++) {
        memset(text, 'a' + i, SIZE);
        assert_int_equal(fread(read, 1, SIZE, file), SIZE);
        assert_memory_equal(read, text, SIZE);
    }
    assert_int_equal(fgetc(file), EOF);
    (void)fclose(file);
    free(read);
    free(text);
}

/* More than a socket holds, told to one that reads when there is a file. */
static void one_that_does_not_read_is_busy(void **state)
{
    enum { SIZE = 1 << 24 };
    char *const text = calloc(SIZE, 1);
    smi_feed *const feed =
        feed_shell(*state, "until [ -e begin ]; do sleep 0.01; done; wc -c > all && mv all done");
    assert_non_null(text);
    assert_int_equal(smi_feed_tell(feed, text, SIZE), SM_OK);
    free(text);
    assert_false(smi_feed_is_idle(feed));
    smi_feed_wait(feed, 0.01);
    assert_false(smi_feed_is_idle(feed));
    write_file(path_in(*state, "begin").text, "", 0);
    smi_feed_wait(feed, LONG);
    assert_true(smi_feed_is_idle(feed));
    smi_feed_close(feed);
    await_file(path_in(*state, "done").text);
}

static void one_that_has_ended_is_gone(void **state)
{
    smi_feed *const feed = feed_shell(*state, "true; : > done");
    await_file(path_in(*state, "done").text);
    while (!smi_feed_is_gone(feed)) {
        assert_int_equal(smi_feed_tell(feed, "more", 4), SM_OK);
    }
    assert_true(smi_feed_is_idle(feed));
    smi_feed_close(feed);
}

static void a_program_that_is_not_there_is_told(void **state)
{
    (void)state;
#ifdef TESTS_EMULATED
    skip(); /* an emulator's child shares no memory, through which it would tell */
#endif
    static const char *const arguments[] = {"softmax-no-such-program", NULL};
    smi_feed *feed = NULL;
    assert_int_equal(smi_feed_open(arguments, &feed), SM_ERROR_IO);
    assert_message("cannot start 'softmax-no-such-program': No such file or directory");
    assert_null(feed);
    smi_feed_close(NULL);
}

int main(void)
{
    (void)signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        scratch_test(all_that_is_told_arrives_in_order),
        scratch_test(one_that_does_not_read_is_busy),
        scratch_test(one_that_has_ended_is_gone),
        cmocka_unit_test(a_program_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
