#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/idx_set.h"
#include "support/message.h"
#include "support/scratch.h"

#include <softmax.h>

/* Where the real data sets are, if anywhere: SOFTMAX_DATA as it was when the tests began. */
static char *real_data;

static int keep_real_data(void **state)
{
    (void)state;
    const char *const given = getenv("SOFTMAX_DATA");
    real_data = given == NULL ? NULL : strdup(given);
    return 0;
}

static int forget_real_data(void **state)
{
    (void)state;
    free(real_data);
    return 0;
}

/* A scratch folder that is also HOME, and no data anywhere. */
static int scratch_home_setup(void **state)
{
    return scratch_setup(state) == 0 && unsetenv("SOFTMAX_DATA") == 0 &&
                   unsetenv("XDG_CACHE_HOME") == 0 && setenv("HOME", *state, 1) == 0
               ? 0
               : -1;
}

#define home_test(test) cmocka_unit_test_setup_teardown(test, scratch_home_setup, scratch_teardown)

/* What opens is told by the first byte of its first row; 10 and 20 in write_idx_set()'s parts. */
static void assert_opens(const char *const data, const float first)
{
    sm_dataset *dataset = NULL;
    float row[2] = {-1.0F, -1.0F};
    const sm_status status = sm_dataset_open(data, &dataset);
    if (status != SM_OK) {
        print_message("%s: %s\n", data, sm_error_message());
    }
    assert_int_equal(status, SM_OK);
    assert_int_equal(sm_dataset_shape(dataset).features, 2);
    assert_int_equal(sm_dataset_row(dataset, 0, row), SM_OK);
    assert_true(row[0] == first);
    assert_true(sm_dataset_has_labels(dataset));
    sm_dataset_free(dataset);
}

static void assert_opens_test(const char *const data, const float first)
{
    sm_dataset *dataset = NULL;
    float row[2] = {-1.0F, -1.0F};
    assert_int_equal(sm_dataset_open_test(data, &dataset), SM_OK);
    assert_non_null(dataset);
    assert_int_equal(sm_dataset_row(dataset, 0, row), SM_OK);
    assert_true(row[0] == first);
    sm_dataset_free(dataset);
}

static void assert_no_test_part(const char *const data)
{
    sm_dataset *const other = (sm_dataset *)(uintptr_t)&real_data;
    sm_dataset *dataset = other; /* must be overwritten */
    assert_int_equal(sm_dataset_open_test(data, &dataset), SM_OK);
    assert_null(dataset);
}

static void write_text(const char *const path, const char *const text)
{
    write_file(path, text, strlen(text));
}

/* ---- named sets ---- */

static void named_sets_are_looked_for_in_softmax_data(void **state)
{
    static const char *const names[] = {"mnist", "fashion-mnist"};
    assert_int_equal(setenv("SOFTMAX_DATA", *state, 1), 0);
    for (size_t i = 0; i < 2; i++) {
        char train[32] = "";
        char test[32] = "";
        strcat(strcat(train, names[i]), ":train");
        strcat(strcat(test, names[i]), ":test");
        make_folder(path_in(*state, names[i]).text);
        write_idx_set(path_in(*state, names[i]).text);
        assert_opens(names[i], 10.0F);
        assert_opens(train, 10.0F);
        assert_opens(test, 20.0F);
        assert_opens_test(names[i], 20.0F);
        assert_no_test_part(train); /* names a part itself */
        assert_no_test_part(test);
    }
}

static void then_in_the_cache_folder(void **state)
{
    make_folder(path_in(*state, ".cache").text);
    make_folder(path_in(*state, ".cache/softmax").text);
    make_folder(path_in(*state, ".cache/softmax/mnist").text);
    write_idx_set(path_in(*state, ".cache/softmax/mnist").text);
    assert_opens("mnist:test", 20.0F);

    /* Also when SOFTMAX_DATA leads elsewhere, but not there. */
    make_folder(path_in(*state, "data").text);
    assert_int_equal(setenv("SOFTMAX_DATA", path_in(*state, "data").text, 1), 0);
    assert_opens("mnist", 10.0F);
    make_folder(path_in(*state, "data/mnist").text);
    write_idx_set(path_in(*state, "data/mnist").text);
    write_pictures(path_in(*state, "data/mnist/train-images-idx3-ubyte").text, 3, 77);
    assert_opens("mnist", 77.0F);
}

static void the_cache_folder_may_be_elsewhere(void **state)
{
    make_folder(path_in(*state, "softmax").text);
    make_folder(path_in(*state, "softmax/fashion-mnist").text);
    write_idx_set(path_in(*state, "softmax/fashion-mnist").text);
    assert_int_equal(setenv("XDG_CACHE_HOME", *state, 1), 0);
    assert_opens("fashion-mnist", 10.0F);
}

static void a_set_that_is_not_there_says_how_to_get_it(void **state)
{
    sm_dataset *dataset = NULL;
    const scratch_path cache = path_in(*state, ".cache/softmax");
    assert_int_equal(sm_dataset_open("mnist:test", &dataset), SM_ERROR_IO);
    assert_message("the data set 'mnist' is neither in $SOFTMAX_DATA (not set) nor in '%s'; "
                   "'softmax data fetch mnist' gets it",
                   cache.text);
    assert_int_equal(setenv("SOFTMAX_DATA", "/nowhere", 1), 0);
    assert_int_equal(sm_dataset_open_test("fashion-mnist", &dataset), SM_ERROR_IO);
    assert_message("the data set 'fashion-mnist' is neither in $SOFTMAX_DATA (/nowhere) nor in "
                   "'%s'; 'softmax data fetch fashion-mnist' gets it",
                   cache.text);
    assert_null(dataset);
}

static void a_set_with_a_file_missing_says_which(void **state)
{
    sm_dataset *dataset = NULL;
    const scratch_path folder = path_in(*state, "mnist");
    make_folder(folder.text);
    write_idx_set(folder.text);
    assert_int_equal(unlink(path_in(folder.text, "t10k-labels-idx1-ubyte").text), 0);
    assert_int_equal(setenv("SOFTMAX_DATA", *state, 1), 0);
    assert_opens("mnist", 10.0F);
    assert_int_equal(sm_dataset_open("mnist:test", &dataset), SM_ERROR_IO);
    assert_message("the folder '%s' has no file 't10k-labels-idx1-ubyte' or "
                   "'t10k-labels-idx1-ubyte.gz'",
                   folder.text);
    assert_null(dataset);
}

/* ---- paths ---- */

static void a_folder_has_parts(void **state)
{
    const scratch_path folder = path_in(*state, "set");
    make_folder(folder.text);
    write_idx_set(folder.text);
    assert_opens(folder.text, 10.0F);
    assert_opens(path_in(*state, "set:train").text, 10.0F);
    assert_opens(path_in(*state, "set:test").text, 20.0F);
    assert_opens(path_in(*state, "set/:test").text, 20.0F);
    assert_opens_test(folder.text, 20.0F);
    assert_no_test_part(path_in(*state, "set:train").text);
    assert_no_test_part(path_in(*state, "set:test").text);
}

static void a_file_has_none(void **state)
{
    const scratch_path path = path_in(*state, "a-images-idx3-ubyte");
    write_pictures(path.text, 2, 30);
    write_labels(path_in(*state, "a-labels-idx1-ubyte").text, "01");
    assert_opens(path.text, 30.0F);
    assert_no_test_part(path.text);
}

static void a_file_need_not_have_labels(void **state)
{
    const scratch_path path = path_in(*state, "pictures.gz");
    sm_dataset *dataset = NULL;
    write_pictures(path.text, 2, 30);
    assert_int_equal(sm_dataset_open(path.text, &dataset), SM_OK);
    assert_false(sm_dataset_has_labels(dataset));
    sm_dataset_free(dataset);
}

static void a_path_may_have_colons_of_its_own(void **state)
{
    const scratch_path folder = path_in(*state, "run 12:30");
    const scratch_path as_a_part = path_in(*state, "my:test");
    const scratch_path file = path_in(*state, "b:test-images-idx3-ubyte");
    make_folder(folder.text);
    write_idx_set(folder.text);
    assert_opens(folder.text, 10.0F);
    assert_opens(path_in(*state, "run 12:30:test").text, 20.0F);

    make_folder(as_a_part.text); /* a folder that is called like the part of another */
    write_idx_set(as_a_part.text);
    assert_opens(as_a_part.text, 10.0F);
    assert_opens_test(as_a_part.text, 20.0F);
    assert_opens(path_in(*state, "my:test:test").text, 20.0F);
    assert_no_test_part(path_in(*state, "my:test:test").text);

    write_pictures(file.text, 2, 30);
    write_labels(path_in(*state, "b:test-labels-idx1-ubyte").text, "01");
    assert_opens(file.text, 30.0F);
}

static void a_path_with_a_slash_is_never_a_name(void **state)
{
    char before[PATH_MAX];
    assert_non_null(getcwd(before, sizeof before));
    make_folder(path_in(*state, "mnist").text);
    make_folder(path_in(*state, "blobs").text);
    write_idx_set(path_in(*state, "mnist").text);
    write_idx_set(path_in(*state, "blobs").text);
    assert_int_equal(chdir(*state), 0);
    assert_opens("./mnist", 10.0F);
    assert_opens("blobs/", 10.0F);
    sm_dataset *dataset = NULL;
    const sm_status named = sm_dataset_open("mnist", &dataset); /* the set, which is not there */
    const sm_status generated = sm_dataset_open("blobs:n=3", &dataset);
    assert_int_equal(chdir(before), 0);
    assert_int_equal(named, SM_ERROR_IO);
    assert_int_equal(generated, SM_OK);
    assert_int_equal(sm_dataset_rows(dataset), 3);
    sm_dataset_free(dataset);
}

static void a_dash_is_standard_input(void **state)
{
    const scratch_path path = path_in(*state, "pictures");
    write_pictures(path.text, 2, 30);
    const int before = dup(STDIN_FILENO);
    const int file = open(path.text, O_RDONLY);
    assert_int_equal(dup2(file, STDIN_FILENO), STDIN_FILENO);
    close(file);
    sm_dataset *test = NULL;
    sm_dataset *dataset = NULL;
    const sm_status without_test = sm_dataset_open_test("-", &test); /* must read nothing */
    const sm_status status = sm_dataset_open("-", &dataset);
    assert_int_equal(dup2(before, STDIN_FILENO), STDIN_FILENO);
    close(before);
    assert_int_equal(without_test, SM_OK);
    assert_null(test);
    assert_int_equal(status, SM_OK);
    assert_int_equal(sm_dataset_rows(dataset), 2);
    sm_dataset_free(dataset);
}

static void a_path_to_nothing_is_named(void **state)
{
    sm_dataset *dataset = NULL;
    const scratch_path missing = path_in(*state, "missing");
    assert_int_equal(sm_dataset_open(missing.text, &dataset), SM_ERROR_IO);
    assert_message("cannot open '%s': No such file or directory", missing.text);
    assert_null(dataset);
}

static void a_word_that_means_nothing_says_what_there_is(void **state)
{
    (void)state;
    static const char *const words[] = {"", ":test", "mnits", "mnist:tset", "blob:n=5", "missing"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        sm_dataset *dataset = NULL;
        assert_int_equal(sm_dataset_open(words[i], &dataset), SM_ERROR_IO);
        assert_message("'%s' is neither a file or folder, nor a named set (mnist, fashion-mnist), "
                       "nor a generator (digits, blobs, circles, moons, spirals)",
                       words[i]);
        assert_null(dataset);
    }
}

static void a_path_of_any_length_is_answered(void **state)
{
    static const char *const endings[] = {"", ":test", "-images-idx3-ubyte", "/"};
    char *const path = malloc(2 * PATH_MAX);
    (void)state;
    assert_non_null(path);
    for (size_t length = PATH_MAX - 40; length < PATH_MAX + 40; length++) {
        for (size_t e = 0; e < sizeof endings / sizeof *endings; e++) {
            sm_dataset *dataset = NULL;
            memset(path, 'x', length);
            strcpy(path + length, endings[e]);
            assert_int_equal(sm_dataset_open(path, &dataset), SM_ERROR_IO);
            assert_null(dataset);
        }
    }
    free(path);
}

/* ---- generators ---- */

static void a_generators_test_part_is_a_fresh_sample(void **state)
{
    (void)state;
    sm_dataset *train = NULL;
    sm_dataset *test = NULL;
    sm_dataset *named = NULL;
    float a[2];
    float b[2];
    float c[2];
    assert_int_equal(sm_dataset_open("moons:n=50,seed=4", &train), SM_OK);
    assert_int_equal(sm_dataset_open_test("moons:n=50,seed=4", &test), SM_OK);
    assert_int_equal(sm_dataset_open("moons:n=50,seed=4,test", &named), SM_OK);
    assert_int_equal(sm_dataset_rows(test), 50);
    for (size_t r = 0; r < 50; r++) {
        assert_int_equal(sm_dataset_row(train, r, a), SM_OK);
        assert_int_equal(sm_dataset_row(test, r, b), SM_OK);
        assert_int_equal(sm_dataset_row(named, r, c), SM_OK);
        assert_memory_not_equal(a, b, sizeof a);
        assert_memory_equal(b, c, sizeof b);
    }
    sm_dataset_free(train);
    sm_dataset_free(test);
    sm_dataset_free(named);
    assert_no_test_part("moons:test");
    assert_no_test_part("moons:train,n=5");
}

static void wrong_settings_are_told_either_way(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_open("moons:n=none", &dataset), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_dataset_open_test("moons:n=none", &dataset), SM_ERROR_ARGUMENT);
    assert_message("moons: n=none: it must be a whole number from 1 to 1000000000");
    assert_int_equal(sm_dataset_open_test("moons:test,n=none", &dataset), SM_ERROR_ARGUMENT);
    assert_null(dataset);
}

static void null_is_answered(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_open(NULL, &dataset), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_open: data is NULL");
    assert_int_equal(sm_dataset_open("moons", NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_open: dataset is NULL");
    assert_int_equal(sm_dataset_open_test(NULL, &dataset), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_open_test: data is NULL");
    assert_int_equal(sm_dataset_open_test("moons", NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_open_test: dataset is NULL");
}

/* ---- the real thing ---- */

static void assert_label_counts(const sm_dataset *const dataset, const size_t *const expected)
{
    size_t counts[10] = {0};
    const sm_shape shape = sm_dataset_shape(dataset);
    assert_int_equal(sm_dataset_element(dataset), SM_U8);
    assert_int_equal(shape.features, 784);
    assert_int_equal(shape.image_height, 28);
    assert_int_equal(shape.image_width, 28);
    assert_int_equal(shape.classes, 10);
    assert_string_equal(shape.class_names[9], "9");
    for (size_t r = 0; r < sm_dataset_rows(dataset); r++) {
        counts[sm_dataset_label(dataset, r)]++;
    }
    assert_memory_equal(counts, expected, sizeof counts);
}

static void mnist_is_what_it_is_known_to_be(void **state)
{
    (void)state;
    static const size_t train_counts[] = {5923, 6742, 5958, 6131, 5842,
                                          5421, 5918, 6265, 5851, 5949};
    static const size_t test_counts[] = {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009};
    static const int32_t first_labels[] = {5, 0, 4, 1, 9, 2, 1, 3, 1, 4};
    if (real_data == NULL || access(path_in(real_data, "mnist").text, F_OK) != 0) {
        print_message("SOFTMAX_DATA does not lead to a folder with 'mnist' in it\n");
        skip();
    }
    sm_dataset *train = NULL;
    sm_dataset *test = NULL;
    assert_int_equal(setenv("SOFTMAX_DATA", real_data, 1), 0);
    assert_int_equal(sm_dataset_open("mnist", &train), SM_OK);
    assert_int_equal(sm_dataset_open_test("mnist", &test), SM_OK);
    assert_int_equal(sm_dataset_rows(train), 60000);
    assert_int_equal(sm_dataset_rows(test), 10000);
    assert_label_counts(train, train_counts);
    assert_label_counts(test, test_counts);
    for (size_t r = 0; r < 10; r++) {
        assert_int_equal(sm_dataset_label(train, r), first_labels[r]);
    }
    float picture[784];
    double sum = 0.0;
    for (size_t r = 0; r < 60000; r++) {
        assert_int_equal(sm_dataset_row(train, r, picture), SM_OK);
        for (size_t p = 0; p < 784; p++) {
            sum += (double)picture[p];
        }
    }
    assert_true(sum / 60000 / 784 / 255 > 0.13065 && sum / 60000 / 784 / 255 < 0.13067);
    sm_dataset_free(train);
    sm_dataset_free(test);
}

/* ---- kinds of files ---- */

/* One row of class 1 that begins with 5, whatever the file is called. */
static void what_a_file_holds_comes_before_its_name(void **state)
{
    static const char *const names[] = {"a", "a.svm", "a.t", "a.csv", "x-images-idx3-ubyte"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        write_text(path_in(*state, names[i]).text, "1 1:5 2:6\n");
        assert_opens(path_in(*state, names[i]).text, 5.0F);
        assert_no_test_part(path_in(*state, names[i]).text);
    }
    write_pictures(path_in(*state, "b.svm").text, 2, 30);
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_open(path_in(*state, "b.svm").text, &dataset), SM_OK);
    assert_int_equal(sm_dataset_element(dataset), SM_U8);
    sm_dataset_free(dataset);
}

static void where_that_says_nothing_the_name_counts(void **state)
{
    static const char *const endings[] = {".svm", ".libsvm", ".svmlight", ".scale",
                                          ".t",   ".tr",     ".val"};
    const scratch_path unknown = path_in(*state, "a.words");
    const scratch_path empty = path_in(*state, "empty.svm");
    sm_dataset *dataset = NULL;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char name[32] = "a";
        const scratch_path path = path_in(*state, strcat(name, endings[i]));
        write_text(path.text, "1\nx\n");
        assert_int_equal(sm_dataset_open(path.text, &dataset), SM_ERROR_FORMAT);
        assert_message("%s:2: 'x' is not a number, as labels are", path.text);
    }
    write_text(unknown.text, "1\nx\n");
    assert_int_equal(sm_dataset_open(unknown.text, &dataset), SM_ERROR_FORMAT);
    assert_message(
        "%s: neither an IDX, LIBSVM, NPY, NPZ, PNG or SQLite file nor a text table, as its first "
        "bytes would tell",
        unknown.text);
    write_text(empty.text, "");
    assert_int_equal(sm_dataset_open(empty.text, &dataset), SM_ERROR_FORMAT);
    assert_message("%s: the file is empty", empty.text);
    assert_null(dataset);
}

static void data_can_be_opened_to_fit_other_data(void **state)
{
    const scratch_path path = path_in(*state, "a");
    const sm_shape shape = {.features = 4, .index_base = SM_INDEX_FROM_ONE};
    sm_open_options options = sm_open_options_default();
    sm_dataset *dataset = NULL;
    assert_null(options.like);
    assert_false(options.ignore_extra || options.test_part);
    assert_int_equal(options.index_base, SM_INDEX_AUTO);
    write_text(path.text, "1 1:5 2:6\n");
    options.like = &shape;
    assert_int_equal(sm_dataset_open_with(path.text, &options, &dataset), SM_OK);
    assert_int_equal(sm_dataset_shape(dataset).features, 4);
    sm_dataset_free(dataset);
    options.index_base = SM_INDEX_FROM_ZERO; /* said so, whatever the shape knows */
    assert_int_equal(sm_dataset_open_with(path.text, &options, &dataset), SM_OK);
    assert_int_equal(sm_dataset_shape(dataset).index_base, SM_INDEX_FROM_ZERO);
    sm_dataset_free(dataset);
    options.test_part = true;
    assert_int_equal(sm_dataset_open_with(path.text, &options, &dataset), SM_OK);
    assert_null(dataset); /* it has none */
    options.index_base = SM_INDEX_AUTO;
    assert_int_equal(sm_dataset_open_with("digits:n=20", &options, &dataset), SM_OK);
    assert_non_null(dataset);
    sm_dataset_free(dataset);
    dataset = NULL;
    options.index_base = (sm_index_base)7;
    assert_int_equal(sm_dataset_open_with(path.text, &options, &dataset), SM_ERROR_ARGUMENT);
    assert_message("index_base: there is no index base 7");
    assert_int_equal(sm_dataset_open_with(NULL, NULL, &dataset), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_dataset_open_with(path.text, NULL, NULL), SM_ERROR_ARGUMENT);
    assert_null(dataset);
}

/* Here of data without columns, with and without a shape, which makes the columns' options idle. */
static void options_of_other_kinds_of_data_are_refused(void **state)
{
    (void)state;
    const sm_shape shape = {.features = 784};
    sm_open_options options = sm_open_options_default();
    sm_dataset *dataset = NULL;
    options.header = SM_HEADER_YES;
    assert_int_equal(sm_dataset_open_with("digits:n=20", &options, &dataset), SM_ERROR_ARGUMENT);
    assert_message("digits:n=20: whether the first line is a header is said of text tables, and "
                   "this is made by a generator");
    options.header = SM_HEADER_AUTO;
    options.missing = SM_MISSING_DROP;
    assert_int_equal(sm_dataset_open_with("digits:n=20", &options, &dataset), SM_ERROR_ARGUMENT);
    assert_null(dataset);
    options.like = &shape;
    assert_int_equal(sm_dataset_open_with("digits:n=20", &options, &dataset), SM_OK);
    sm_dataset_free(dataset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        home_test(named_sets_are_looked_for_in_softmax_data),
        home_test(then_in_the_cache_folder),
        home_test(the_cache_folder_may_be_elsewhere),
        home_test(a_set_that_is_not_there_says_how_to_get_it),
        home_test(a_set_with_a_file_missing_says_which),
        home_test(a_folder_has_parts),
        home_test(a_file_has_none),
        home_test(a_file_need_not_have_labels),
        home_test(a_path_may_have_colons_of_its_own),
        home_test(a_path_with_a_slash_is_never_a_name),
        home_test(a_path_to_nothing_is_named),
        cmocka_unit_test(a_word_that_means_nothing_says_what_there_is),
        home_test(a_dash_is_standard_input),
        cmocka_unit_test(a_path_of_any_length_is_answered),
        cmocka_unit_test(a_generators_test_part_is_a_fresh_sample),
        cmocka_unit_test(wrong_settings_are_told_either_way),
        cmocka_unit_test(null_is_answered),
        home_test(what_a_file_holds_comes_before_its_name),
        home_test(where_that_says_nothing_the_name_counts),
        home_test(data_can_be_opened_to_fit_other_data),
        home_test(options_of_other_kinds_of_data_are_refused),
        home_test(mnist_is_what_it_is_known_to_be),
    };
    return cmocka_run_group_tests(tests, keep_real_data, forget_real_data);
}
