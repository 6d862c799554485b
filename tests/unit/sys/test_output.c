#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/scratch.h"

#include "sys/output.h"

static void assert_content(const char *const path, const char *const expected)
{
    uint8_t *const content = read_file(path, NULL);
    assert_non_null(content);
    assert_string_equal((const char *)content, expected);
    free(content);
}

static mode_t mode_of(const char *const path)
{
    struct stat about;
    assert_int_equal(lstat(path, &about), 0);
    return about.st_mode;
}

static void write_text(smi_output *const output, const char *const text)
{
    assert_int_equal(smi_output_write(output, text, strlen(text)), SM_OK);
}

static void a_new_file_appears_when_committed(void **state)
{
    const scratch_path path = path_in(*state, "new");
    smi_output *output = NULL;
    assert_int_equal(smi_output_open(path.text, &output), SM_OK);
    write_text(output, "hello ");
    write_text(output, "");
    write_text(output, "world");
    assert_null(read_file(path.text, NULL)); /* not yet */
    assert_int_equal(smi_output_commit(output), SM_OK);
    assert_content(path.text, "hello world");
    assert_int_equal(count_entries(*state), 1); /* and nothing else */
}

static void an_empty_file_is_a_file(void **state)
{
    const scratch_path path = path_in(*state, "empty");
    smi_output *output = NULL;
    assert_int_equal(smi_output_open(path.text, &output), SM_OK);
    assert_int_equal(smi_output_commit(output), SM_OK);
    assert_content(path.text, "");
}

static void an_old_file_is_whole_until_it_is_replaced(void **state)
{
    const scratch_path path = path_in(*state, "file");
    write_file(path.text, "old, and longer", 15);
    smi_output *output = NULL;
    assert_int_equal(smi_output_open(path.text, &output), SM_OK);
    write_text(output, "new");
    assert_content(path.text, "old, and longer");
    assert_int_equal(smi_output_commit(output), SM_OK);
    assert_content(path.text, "new");
    assert_int_equal(count_entries(*state), 1);
}

static void abandoning_leaves_no_trace(void **state)
{
    const scratch_path old = path_in(*state, "old");
    write_file(old.text, "old", 3);
    smi_output *output = NULL;
    assert_int_equal(smi_output_open(old.text, &output), SM_OK);
    write_text(output, "new");
    smi_output_abandon(output);
    assert_content(old.text, "old");

    assert_int_equal(smi_output_open(path_in(*state, "never").text, &output), SM_OK);
    write_text(output, "text");
    smi_output_abandon(output);
    assert_int_equal(count_entries(*state), 1);
    smi_output_abandon(NULL);
}

static void two_outputs_to_one_file_do_not_mix(void **state)
{
    const scratch_path path = path_in(*state, "file");
    smi_output *first = NULL;
    smi_output *second = NULL;
    assert_int_equal(smi_output_open(path.text, &first), SM_OK);
    assert_int_equal(smi_output_open(path.text, &second), SM_OK);
    write_text(first, "first");
    write_text(second, "second");
    assert_int_equal(smi_output_commit(second), SM_OK);
    assert_content(path.text, "second");
    assert_int_equal(smi_output_commit(first), SM_OK);
    assert_content(path.text, "first");
    assert_int_equal(count_entries(*state), 1);
}

static void the_present_folder_needs_no_name(void **state)
{
    char before[PATH_MAX];
    smi_output *output = NULL;
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(*state), 0);
    sm_status status = smi_output_open("plain", &output);
    if (status == SM_OK) {
        status = smi_output_commit(output);
    }
    assert_int_equal(chdir(before), 0);
    assert_int_equal(status, SM_OK);
    assert_content(path_in(*state, "plain").text, "");
}

/* ---- permissions and links ---- */

static void the_mode_of_a_replaced_file_is_kept(void **state)
{
    const scratch_path path = path_in(*state, "file");
    static const mode_t modes[] = {0600, 0640, 0755, 0666};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        smi_output *output = NULL;
        write_file(path.text, "old", 3);
        assert_int_equal(chmod(path.text, modes[i]), 0);
        assert_int_equal(smi_output_open(path.text, &output), SM_OK);
        assert_int_equal(smi_output_commit(output), SM_OK);
        assert_int_equal(mode_of(path.text) & 07777, modes[i]);
    }
}

static void a_new_file_gets_the_usual_mode(void **state)
{
    const scratch_path path = path_in(*state, "file");
    const mode_t before = umask(027);
    smi_output *output = NULL;
    const sm_status status = smi_output_open(path.text, &output);
    umask(before);
    assert_int_equal(status, SM_OK);
    assert_int_equal(smi_output_commit(output), SM_OK);
    assert_int_equal(mode_of(path.text) & 07777, 0640);
}

static void through_a_link_the_file_it_leads_to_is_replaced(void **state)
{
    const scratch_path folder = path_in(*state, "elsewhere");
    const scratch_path target = path_in(folder.text, "target");
    const scratch_path link = path_in(*state, "link");
    make_folder(folder.text);
    write_file(target.text, "old", 3);
    assert_int_equal(symlink("elsewhere/target", link.text), 0);
    smi_output *output = NULL;
    assert_int_equal(smi_output_open(link.text, &output), SM_OK);
    write_text(output, "new");
    assert_content(target.text, "old");
    assert_int_equal(smi_output_commit(output), SM_OK);
    assert_true(S_ISLNK(mode_of(link.text)));
    assert_content(target.text, "new");
    assert_int_equal(count_entries(folder.text), 1);
    assert_int_equal(count_entries(*state), 2);
}

static void a_link_to_nothing_yet_leads_to_the_new_file(void **state)
{
    const scratch_path link = path_in(*state, "link");
    smi_output *output = NULL;
    assert_int_equal(symlink("second", link.text), 0);
    assert_int_equal(symlink("target", path_in(*state, "second").text), 0);
    assert_int_equal(smi_output_open(link.text, &output), SM_OK);
    write_text(output, "new");
    assert_int_equal(smi_output_commit(output), SM_OK);
    assert_true(S_ISLNK(mode_of(link.text)));
    assert_content(path_in(*state, "target").text, "new");
    assert_int_equal(count_entries(*state), 3);
}

static void what_a_killed_process_left_behind_is_in_nobodys_way(void **state)
{
    const scratch_path path = path_in(*state, "file");
    char name[64];
    for (int number = 0; number < 200; number++) {
        (void)snprintf(name, sizeof name, ".softmax-%ld-%d.tmp", (long)getpid(), number);
        write_file(path_in(*state, name).text, "half", 4);
    }
    smi_output *output = NULL;
    assert_int_equal(smi_output_open(path.text, &output), SM_OK);
    write_text(output, "whole");
    assert_int_equal(smi_output_commit(output), SM_OK);
    assert_content(path.text, "whole");
}

static void two_names_of_one_output_are_found_out(void **state)
{
    const scratch_path file = path_in(*state, "file");
    const scratch_path other = path_in(*state, "other");
    const scratch_path roundabout = path_in(*state, "folder/../file");
    const scratch_path link = path_in(*state, "link");
    const scratch_path second = path_in(*state, "second");
    make_folder(path_in(*state, "folder").text);
    assert_int_equal(symlink("file", link.text), 0);
    for (int there = 0; there < 2; there++) {
        assert_true(smi_output_is_same(file.text, file.text));
        assert_true(smi_output_is_same(file.text, roundabout.text));
        assert_true(smi_output_is_same(link.text, file.text));
        assert_false(smi_output_is_same(file.text, other.text));
        assert_false(smi_output_is_same(file.text, path_in(*state, "folder/file").text));
        assert_false(smi_output_is_same(file.text, path_in(*state, "none/file").text));
        write_file(file.text, "", 0);
    }
    assert_int_equal(linkat(AT_FDCWD, file.text, AT_FDCWD, second.text, 0), 0);
    assert_true(smi_output_is_same(file.text, second.text));
    assert_false(smi_output_is_same("/dev/null", "/dev/null"));
}

/* Whether the file system has files without names. */
static bool has_nameless_files(const char *const folder)
{
    const int descriptor = open(folder, O_WRONLY | O_TMPFILE, 0600);
    if (descriptor >= 0) {
        close(descriptor);
    }
    return descriptor >= 0;
}

static void a_killed_process_leaves_nothing(void **state)
{
    const scratch_path path = path_in(*state, "file");
    write_file(path.text, "old", 3);
    if (!has_nameless_files(*state)) {
        skip();
    }
    int ended = -1;
    const pid_t child = fork();
    if (child == 0) {
        static const char text[65536];
        smi_output *output = NULL;
        const bool written = smi_output_open(path.text, &output) == SM_OK &&
                             smi_output_write(output, text, sizeof text) == SM_OK;
        raise(written ? SIGTERM : SIGABRT);
        _exit(1);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFSIGNALED(ended));
    assert_int_equal(WTERMSIG(ended), SIGTERM);
    assert_content(path.text, "old");
    assert_int_equal(count_entries(*state), 1);
}

/* ---- what is no regular file ---- */

/* A device to write to: the system's own, or, for the superuser, one made in the scratch folder. A
 * library that replaced it instead would else take it away from the whole machine. */
static scratch_path device(const char *const folder, const char *const name, const unsigned minor)
{
    if (geteuid() != 0) {
        return path_in("/dev", name);
    }
    const scratch_path path = path_in(folder, name);
    const int made = mknod(path.text, S_IFCHR | 0600, makedev(1, minor));
    const int opened = made == 0 ? open(path.text, O_WRONLY) : -1;
    if (opened < 0) {
        print_message("devices can be neither made nor used here\n");
        skip();
    }
    close(opened);
    return path;
}

static void devices_are_written_directly_and_stay_devices(void **state)
{
    const scratch_path null = device(*state, "null", 3);
    smi_output *output = NULL;
    assert_int_equal(smi_output_open(null.text, &output), SM_OK);
    write_text(output, "into the void");
    assert_int_equal(smi_output_commit(output), SM_OK);
    assert_true(S_ISCHR(mode_of(null.text)));
    assert_int_equal(smi_output_open(null.text, &output), SM_OK);
    smi_output_abandon(output);
    assert_true(S_ISCHR(mode_of(null.text)));
}

static void a_pipe_is_written_directly(void **state)
{
    const scratch_path path = path_in(*state, "pipe");
    smi_output *output = NULL;
    char got[16] = "";
    assert_int_equal(mkfifo(path.text, 0600), 0);
    const int reader = open(path.text, O_RDONLY | O_NONBLOCK);
    assert_true(reader >= 0);
    assert_int_equal(smi_output_open(path.text, &output), SM_OK);
    write_text(output, "through");
    assert_int_equal(smi_output_commit(output), SM_OK);
    assert_int_equal(read(reader, got, sizeof got - 1), 7);
    assert_string_equal(got, "through");
    close(reader);
    assert_true(S_ISFIFO(mode_of(path.text)));
    assert_int_equal(count_entries(*state), 1);
}

/* ---- failures ---- */

static void what_cannot_be_written_is_named(void **state)
{
    smi_output *output = NULL;
    const scratch_path missing = path_in(*state, "missing/file");
    assert_int_equal(smi_output_open(missing.text, &output), SM_ERROR_IO);
    assert_message("cannot write '%s': No such file or directory", missing.text);

    assert_int_equal(smi_output_open(*state, &output), SM_ERROR_IO);
    assert_message("cannot write '%s': Is a directory", (const char *)*state);

    const scratch_path file = path_in(*state, "file");
    const scratch_path below = path_in(file.text, "below");
    write_file(file.text, "", 0);
    assert_int_equal(smi_output_open(below.text, &output), SM_ERROR_IO);
    assert_message("cannot write '%s': Not a directory", below.text);

    /* What only the renaming at the end would notice. */
    assert_int_equal(smi_output_open("", &output), SM_ERROR_IO);
    assert_message("cannot write '%s': No such file or directory", "");
    char name[301];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    const scratch_path long_name = path_in(*state, name);
    assert_int_equal(smi_output_open(long_name.text, &output), SM_ERROR_IO);
    assert_message("cannot write '%s': File name too long", long_name.text);
    assert_null(output);
    assert_int_equal(count_entries(*state), 1);
}

static void a_full_device_is_noticed_at_the_latest_when_committing(void **state)
{
    const scratch_path full = device(*state, "full", 7);
    smi_output *output = NULL;
    assert_int_equal(smi_output_open(full.text, &output), SM_OK);
    write_text(output, "small enough to wait in the buffer");
    assert_int_equal(smi_output_commit(output), SM_ERROR_IO);
    assert_message("cannot write '%s': No space left on device", full.text);

    const size_t large = (size_t)1 << 20;
    char *const text = calloc(1, large);
    assert_non_null(text);
    assert_int_equal(smi_output_open(full.text, &output), SM_OK);
    assert_int_equal(smi_output_write(output, text, large), SM_ERROR_IO);
    assert_message("cannot write '%s': No space left on device", full.text);
    smi_output_abandon(output);
    free(text);
}

/* How the child below ended. */
enum { AS_EXPECTED = 0, OPEN_FAILED, WRITE_DID_NOT_FAIL, COMMIT_DID_NOT_FAIL, OTHER_MESSAGE };

/* Writes 64 KiB where files may not pass 1,000 bytes. Runs in a process of its own, since the
 * limit stays; it makes no assertions. */
static int write_beyond_the_limit(const char *const path, const bool in_one_piece,
                                  const bool commit_all_the_same)
{
    static const char text[65536];
    const struct rlimit limit = {1000, 1000};
    smi_output *output = NULL;
    signal(SIGXFSZ, SIG_IGN); /* the write then fails with EFBIG */
    setrlimit(RLIMIT_FSIZE, &limit);
    if (smi_output_open(path, &output) != SM_OK) {
        return OPEN_FAILED;
    }
    if (in_one_piece) {
        if (smi_output_write(output, text, sizeof text) != SM_ERROR_IO) {
            return WRITE_DID_NOT_FAIL;
        }
        if (commit_all_the_same) {
            return smi_output_commit(output) == SM_ERROR_IO ? AS_EXPECTED : COMMIT_DID_NOT_FAIL;
        }
        smi_output_abandon(output);
    } else { /* it fits the buffer, and fails when that is flushed */
        if (smi_output_write(output, text, 2000) != SM_OK) {
            return OPEN_FAILED;
        }
        if (smi_output_commit(output) != SM_ERROR_IO) {
            return COMMIT_DID_NOT_FAIL;
        }
    }
    return strstr(sm_error_message(), "File too large") == NULL ? OTHER_MESSAGE : AS_EXPECTED;
}

static void a_failed_write_leaves_the_old_file(void **state)
{
    const scratch_path path = path_in(*state, "file");
    write_file(path.text, "old", 3);
    for (int way = 0; way < 3; way++) {
        int ended = -1;
        const pid_t child = fork();
        if (child == 0) {
            _exit(write_beyond_the_limit(path.text, way > 0, way == 2));
        }
        assert_true(child > 0);
        assert_int_equal(waitpid(child, &ended, 0), child);
        assert_true(WIFEXITED(ended));
        assert_int_equal(WEXITSTATUS(ended), AS_EXPECTED);
        assert_content(path.text, "old");
        assert_int_equal(count_entries(*state), 1);
    }
}

static smi_output *written(const char *const path, const char *const text)
{
    smi_output *output = NULL;
    assert_int_equal(smi_output_open(path, &output), SM_OK);
    write_text(output, text);
    return output;
}

static void files_of_a_group_appear_at_its_end(void **state)
{
    const scratch_path one = path_in(*state, "one");
    const scratch_path two = path_in(*state, "two");
    smi_output_group_begin();
    assert_int_equal(smi_output_commit(written(one.text, "first")), SM_OK);
    smi_output_group_begin(); /* one within another */
    assert_int_equal(smi_output_finish(written(two.text, "second"), SM_OK), SM_OK);
    assert_int_equal(smi_output_group_end(SM_OK), SM_OK);
    assert_int_equal(count_entries(*state), 0); /* not yet */
    assert_int_equal(smi_output_group_end(SM_OK), SM_OK);
    assert_content(one.text, "first");
    assert_content(two.text, "second");
    assert_int_equal(count_entries(*state), 2);
    assert_int_equal(smi_output_commit(written(one.text, "after it")), SM_OK);
    assert_content(one.text, "after it");
}

static void a_group_that_fails_leaves_what_was_there(void **state)
{
    const scratch_path old = path_in(*state, "old");
    const scratch_path new = path_in(*state, "new");
    assert_int_equal(smi_output_commit(written(old.text, "as it was")), SM_OK);
    smi_output_group_begin();
    assert_int_equal(smi_output_commit(written(old.text, "changed")), SM_OK);
    assert_int_equal(smi_output_commit(written(new.text, "added")), SM_OK);
    assert_int_equal(smi_output_commit(written("/dev/full", "too much")), SM_ERROR_IO);
    assert_message("cannot write '/dev/full': No space left on device");
    assert_int_equal(smi_output_group_end(SM_ERROR_IO), SM_ERROR_IO);
    assert_content(old.text, "as it was");
    assert_int_equal(count_entries(*state), 1);
    smi_output_group_begin();
    assert_int_equal(smi_output_group_end(SM_OK), SM_OK); /* nothing of the other is left in it */
    assert_content(old.text, "as it was");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(a_new_file_appears_when_committed),
        scratch_test(an_empty_file_is_a_file),
        scratch_test(an_old_file_is_whole_until_it_is_replaced),
        scratch_test(abandoning_leaves_no_trace),
        scratch_test(two_outputs_to_one_file_do_not_mix),
        scratch_test(the_present_folder_needs_no_name),
        scratch_test(the_mode_of_a_replaced_file_is_kept),
        scratch_test(a_new_file_gets_the_usual_mode),
        scratch_test(through_a_link_the_file_it_leads_to_is_replaced),
        scratch_test(a_link_to_nothing_yet_leads_to_the_new_file),
        scratch_test(what_a_killed_process_left_behind_is_in_nobodys_way),
        scratch_test(two_names_of_one_output_are_found_out),
        scratch_test(a_killed_process_leaves_nothing),
        scratch_test(devices_are_written_directly_and_stay_devices),
        scratch_test(a_pipe_is_written_directly),
        scratch_test(what_cannot_be_written_is_named),
        scratch_test(a_full_device_is_noticed_at_the_latest_when_committing),
        scratch_test(a_failed_write_leaves_the_old_file),
        scratch_test(files_of_a_group_appear_at_its_end),
        scratch_test(a_group_that_fails_leaves_what_was_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
