#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/scratch.h"

#include "sys/folder.h"

static void folders_and_files_are_told_apart(void **state)
{
    const char *const folder = *state;
    const scratch_path file = path_in(folder, "file");
    const scratch_path link = path_in(folder, "link");
    const scratch_path missing = path_in(folder, "missing");
    write_file(file.text, "", 0);
    assert_int_equal(symlink(folder, link.text), 0);
    assert_true(smi_is_folder(folder));
    assert_false(smi_is_file(folder));
    assert_false(smi_is_folder(file.text));
    assert_true(smi_is_file(file.text));
    assert_true(smi_is_folder(link.text)); /* what it leads to */
    assert_false(smi_is_folder(missing.text));
    assert_false(smi_is_file(missing.text));
    assert_true(smi_is_file("/dev/null")); /* no folder */
}

static void folders_are_made_with_those_above(void **state)
{
    static const char *const names[] = {"one", "a/b/c", "a/b/d/", "x//y///z", "./p/../q"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const scratch_path path = path_in(*state, names[i]);
        assert_int_equal(smi_make_folders(path.text), SM_OK);
        assert_true(smi_is_folder(path.text));
        assert_int_equal(smi_make_folders(path.text), SM_OK); /* once more is fine */
    }
    assert_int_equal(smi_make_folders("/"), SM_OK);
}

static void folders_are_made_below_the_present_one(void **state)
{
    char before[PATH_MAX];
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(*state), 0);
    const sm_status status = smi_make_folders("relative/path");
    const bool made = smi_is_folder("relative/path");
    assert_int_equal(chdir(before), 0);
    assert_int_equal(status, SM_OK);
    assert_true(made);
}

static void what_stands_in_the_way_is_named(void **state)
{
    const scratch_path file = path_in(*state, "file");
    write_file(file.text, "", 0);
    assert_int_equal(smi_make_folders(path_in(*state, "file/below").text), SM_ERROR_IO);
    assert_message("cannot make the folder '%s': File exists", file.text);
    assert_int_equal(smi_make_folders(""), SM_ERROR_IO);
    assert_int_equal(count_entries(*state), 1);
}

static void folders_that_were_made_are_removed_again(void **state)
{
    const scratch_path above = path_in(*state, "above");
    const scratch_path path = path_in(*state, "above/one//two/three/");
    assert_int_equal(smi_make_folders(above.text), SM_OK);
    const size_t existing = smi_existing_folder(path.text);
    assert_int_equal(existing, strlen(above.text));
    assert_int_equal(smi_make_folders(path.text), SM_OK);
    assert_int_equal(smi_existing_folder(path.text), strlen(path.text));
    smi_remove_folders(path.text, existing);
    assert_true(smi_is_folder(above.text));
    assert_int_equal(count_entries(above.text), 0);

    assert_int_equal(smi_make_folders(path.text), SM_OK);
    write_file(path_in(*state, "above/one/kept").text, "", 0);
    smi_remove_folders(path.text, existing);
    assert_int_equal(count_entries(path_in(*state, "above/one").text), 1);
    assert_int_equal(smi_existing_folder("/nowhere/at/all"), 1);
    assert_int_equal(smi_existing_folder("no-such-folder/below"), 0);
}

/* Sets or, for NULL, removes a variable. */
static void set_variable(const char *const name, const char *const value)
{
    assert_int_equal(value == NULL ? unsetenv(name) : setenv(name, value, 1), 0);
}

static void the_cache_folder_is_where_the_specification_says(void **state)
{
    (void)state;
    static const struct {
        const char *cache, *home, *folder; /* NULL: not set; fails */
    } cases[] = {
        {"/var/cache/me", "/place/me", "/var/cache/me/softmax"},
        {"/var/cache/me", NULL, "/var/cache/me/softmax"},
        {NULL, "/place/me", "/place/me/.cache/softmax"},
        {"", "/place/me", "/place/me/.cache/softmax"},
        {"relative", "/place/me", "/place/me/.cache/softmax"},
        {"./relative", "/place/me", "/place/me/.cache/softmax"},
        {NULL, NULL, NULL},
        {NULL, "", NULL},
        {NULL, "relative", NULL},
        {"relative", "relative", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char folder[64] = "unchanged";
        set_variable("XDG_CACHE_HOME", cases[i].cache);
        set_variable("HOME", cases[i].home);
        const sm_status status = smi_cache_folder(folder, sizeof folder);
        if (cases[i].folder == NULL) {
            assert_int_equal(status, SM_ERROR_IO);
            assert_non_null(strstr(sm_error_message(), "HOME"));
        } else {
            assert_int_equal(status, SM_OK);
            assert_string_equal(folder, cases[i].folder);
        }
    }
}

static void a_cache_folder_too_long_for_its_room_is_refused(void **state)
{
    (void)state;
    char folder[20];
    set_variable("XDG_CACHE_HOME", "/12345678901");
    assert_int_equal(smi_cache_folder(folder, sizeof folder), SM_ERROR_IO);
    assert_string_equal(sm_error_message(), "the path of the cache folder is too long");
    set_variable("XDG_CACHE_HOME", "/1234567890");
    assert_int_equal(smi_cache_folder(folder, sizeof folder), SM_OK);
    assert_string_equal(folder, "/1234567890/softmax"); /* fits to the byte */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(folders_and_files_are_told_apart),
        scratch_test(folders_are_made_with_those_above),
        scratch_test(folders_are_made_below_the_present_one),
        scratch_test(what_stands_in_the_way_is_named),
        scratch_test(folders_that_were_made_are_removed_again),
        cmocka_unit_test(the_cache_folder_is_where_the_specification_says),
        cmocka_unit_test(a_cache_folder_too_long_for_its_room_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
