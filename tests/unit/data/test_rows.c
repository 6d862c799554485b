/* Rows that pass from their source to a file: the file is the one that is written of a dataset,
 * byte for byte, for any number of threads; and a source that changes on the way is found out. */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <softmax.h>

#include "support/bytes.h"
#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "support/message.h"
#include "support/npy_bytes.h"
#include "support/png.h"
#include "support/scratch.h"
#include "support/thread_counts.h"

#include "base/random.h"
#include "data/rows.h"

/* ---- sources ---- */

/* A text as long as several pieces of a table, or of a LIBSVM file. */
enum { LONG_TEXT = (2 << 20) + 100000 };

static void write_list(const char *const path, byte_list *const bytes)
{
    write_file(path, bytes->data, bytes->size);
    byte_list_free(bytes);
}

static unsigned any(smi_random *const random, const unsigned below)
{
    return (unsigned)smi_random_below(random, below);
}

static void put_line(byte_list *const text, const char *const line)
{
    put_bytes(text, line, strlen(line));
}

/* Numbers, some missing, and categories: full rows. */
static void write_table(const char *const path, const size_t size)
{
    smi_random random = smi_random_start(1, 0);
    byte_list text = {0};
    put_line(&text, "a,b,c,label\n");
    while (text.size < size) {
        char line[96];
        (void)snprintf(line, sizeof line, "%u.%u,%.*s,%c,class %u\n", any(&random, 1000),
                       any(&random, 1000), (int)any(&random, 2), "7", 'p' + (int)any(&random, 5),
                       any(&random, 3));
        put_line(&text, line);
    }
    write_list(path, &text);
}

/* A category of many: sparse rows. */
static void write_wide_table(const char *const path, const size_t size)
{
    smi_random random = smi_random_start(2, 0);
    byte_list text = {0};
    put_line(&text, "a,label\n");
    while (text.size < size) {
        char line[32];
        (void)snprintf(line, sizeof line, "c%u,%u\n", any(&random, 60), any(&random, 4));
        put_line(&text, line);
    }
    write_list(path, &text);
}

static void write_libsvm(const char *const path, const size_t size)
{
    smi_random random = smi_random_start(3, 0);
    byte_list text = {0};
    while (text.size < size) {
        char line[64];
        const unsigned first = 1 + any(&random, 20);
        (void)snprintf(line, sizeof line, "%d %u:%u.5 %u:-2\n", (int)any(&random, 3) - 1, first,
                       any(&random, 9), first + 1 + any(&random, 20));
        put_line(&text, line);
    }
    put_line(&text, "1 50:0\n"); /* shows the width, but no entry does */
    write_list(path, &text);
}

/* Pictures of 1 × 3, of bytes (type 0x08) or floats (0x0d), and their labels. */
static void write_idx(const char *const features, const char *const labels, const unsigned type)
{
    const uint32_t extents[] = {5000, 1, 3};
    byte_list bytes = idx_header(type, 3, extents);
    for (unsigned i = 0; i < extents[0] * extents[2]; i++) {
        if (type == 0x08) {
            put_u8(&bytes, i % 251);
        } else {
            put_f32(&bytes, (float)i / 7.0F);
        }
    }
    write_list(features, &bytes);
    bytes = idx_header(0x08, 1, extents);
    for (unsigned i = 0; i < extents[0]; i++) {
        put_u8(&bytes, i % 7);
    }
    write_list(labels, &bytes);
}

/* Two classes; the last picture has colour, so that all do. */
static void write_pictures(const char *const folder)
{
    static const uint8_t pixels[2 * 2 * 3] = {1, 2, 3, 40, 50, 60, 70, 80, 90, 200, 210, 220};
    make_folder(folder);
    make_folder(path_in(folder, "ape").text);
    make_folder(path_in(folder, "bee").text);
    for (unsigned i = 0; i < 9; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "ape/%u.png", i);
        write_grey_png(path_in(folder, name).text, 2, 2, pixels + i % 3);
    }
    write_grey_png(path_in(folder, "bee/0.png").text, 2, 2, pixels + 4);
    write_rgb_png(path_in(folder, "bee/1.png").text, 2, 2, pixels);
    write_file(path_in(folder, "bee/note.txt").text, "no picture", 10);
}

/* ---- files ---- */

/* What can be written of either. */
typedef struct target {
    const char *name;
    sm_status (*of_dataset)(const sm_dataset *dataset, const char *path);
    sm_status (*of_rows)(const sm_rows *rows, const char *path);
} target;

static sm_status dataset_csv(const sm_dataset *const dataset, const char *const path)
{
    return sm_dataset_save_csv(dataset, path, ';');
}

static sm_status rows_csv(const sm_rows *const rows, const char *const path)
{
    return sm_rows_save_csv(rows, path, ';');
}

static sm_status dataset_npy(const sm_dataset *const dataset, const char *const path)
{
    return sm_dataset_save_npy(dataset, path, NULL);
}

static sm_status rows_npy(const sm_rows *const rows, const char *const path)
{
    return sm_rows_save_npy(rows, path, NULL);
}

static sm_status dataset_idx(const sm_dataset *const dataset, const char *const path)
{
    return sm_dataset_save_idx(dataset, path, NULL);
}

static sm_status rows_idx(const sm_rows *const rows, const char *const path)
{
    return sm_rows_save_idx(rows, path, NULL);
}

static const target targets[] = {{"w.csv", dataset_csv, rows_csv},
                                 {"w.svm", sm_dataset_save_libsvm, sm_rows_save_libsvm},
                                 {"w.npz", sm_dataset_save_npz, sm_rows_save_npz},
                                 {"w.npy", dataset_npy, rows_npy},
                                 {"w-idx", dataset_idx, rows_idx}};

static void assert_same_files(const char *const one, const char *const other)
{
    size_t sizes[2];
    uint8_t *const bytes[2] = {read_file(one, &sizes[0]), read_file(other, &sizes[1])};
    assert_true((bytes[0] == NULL) == (bytes[1] == NULL));
    if (bytes[0] != NULL) {
        assert_int_equal(sizes[0], sizes[1]);
        assert_memory_equal(bytes[0], bytes[1], sizes[0]);
    }
    free(bytes[0]);
    free(bytes[1]);
}

/* Whatever can be written of the data, or cannot, is the same of rows that pass. The dataset's
 * files are written once, and stay. */
static void check_targets(const char *const folder, const sm_dataset *const dataset,
                          const sm_rows *const rows, const bool first)
{
    static sm_status of_dataset[sizeof targets / sizeof *targets];
    for (size_t t = 0; t < sizeof targets / sizeof *targets; t++) {
        const scratch_path held = path_in(folder, targets[t].name);
        const scratch_path passed = path_in(folder, "passed");
        if (first) {
            of_dataset[t] = targets[t].of_dataset(dataset, held.text);
        }
        assert_int_equal(targets[t].of_rows(rows, passed.text), of_dataset[t]);
        assert_same_files(held.text, passed.text);
        (void)unlink(passed.text);
    }
}

static void check_shapes(const sm_dataset *const dataset, const sm_rows *const rows)
{
    const sm_shape held = sm_dataset_shape(dataset);
    const sm_shape passing = sm_rows_shape(rows);
    assert_int_equal(sm_rows_count(rows), sm_dataset_rows(dataset));
    assert_int_equal(passing.features, held.features);
    assert_int_equal(passing.classes, held.classes);
    for (size_t c = 0; c < held.classes; c++) {
        assert_string_equal(passing.class_names[c], held.class_names[c]);
    }
    assert_true(passing.sparse == held.sparse && passing.image_resize == held.image_resize);
    assert_true(sm_rows_have_labels(rows) == sm_dataset_has_labels(dataset));
    assert_string_equal(sm_rows_notes(rows), sm_dataset_notes(dataset));
}

/* data: what sm_dataset_open() takes. */
static void check_data(const char *const folder, const char *const data)
{
    sm_open_options options = sm_open_options_default();
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_open(data, &dataset), SM_OK);
    for (size_t t = 0; t < THREAD_COUNTS; t++) {
        sm_rows *rows = NULL;
        options.threads = thread_counts[t];
        assert_int_equal(sm_rows_open(data, &options, &rows), SM_OK);
        check_shapes(dataset, rows);
        check_targets(folder, dataset, rows, t == 0);
        sm_rows_free(rows);
    }
    sm_dataset_free(dataset);
}

static void check_source(const char *const folder, const char *const name)
{
    check_data(folder, path_in(folder, name).text);
}

/* ---- tests ---- */

static void tables_pass(void **state)
{
    write_table(path_in(*state, "t.csv").text, LONG_TEXT);
    check_source(*state, "t.csv");
}

static void wide_tables_pass(void **state)
{
    write_wide_table(path_in(*state, "t.csv").text, LONG_TEXT / 4);
    check_source(*state, "t.csv");
}

static void libsvm_files_pass(void **state)
{
    write_libsvm(path_in(*state, "t.svm").text, LONG_TEXT / 2);
    check_source(*state, "t.svm");
}

static void idx_files_pass(void **state)
{
    write_idx(path_in(*state, "a-images-idx3-ubyte").text,
              path_in(*state, "a-labels-idx1-ubyte").text, 0x08);
    write_idx(path_in(*state, "b-images-idx3-float").text,
              path_in(*state, "b-labels-idx1-ubyte").text, 0x0d);
    check_source(*state, "a-images-idx3-ubyte");
    check_source(*state, "b-images-idx3-float");
}

static void pictures_pass(void **state)
{
    write_pictures(path_in(*state, "pictures").text);
    check_source(*state, "pictures");
    static const char *const arrays[] = {"w.npz", "w.npy"};
    for (size_t a = 0; a < sizeof arrays / sizeof *arrays; a++) {
        sm_dataset *read = NULL;
        assert_int_equal(sm_dataset_open(path_in(*state, arrays[a]).text, &read), SM_OK);
        assert_int_equal(sm_dataset_shape(read).features, 2 * 2 * 3);
        assert_int_equal(sm_dataset_shape(read).image_height, 2);
        sm_dataset_free(read);
    }
}

/* Numbers that become floats, in each order of bytes and of elements, and several blocks of them.
 */
static void arrays_pass(void **state)
{
    enum { ROWS = 60000 };
    static const struct {
        const char *name;
        const char *type;
        const char *shape;
        size_t bytes; /* of all elements */
    } arrays[] = {{"double.npy", "<f8", "(60000, 3)", (size_t)ROWS * 3 * 8},
                  {"swapped.npy", ">i2", "(60000, 1, 2)", (size_t)ROWS * 2 * 2},
                  {"half.npy", "<f2", "(3, 2)", 12},
                  {"boolean.npy", "|b1", "(2, 5)", 10}};
    for (size_t a = 0; a < sizeof arrays / sizeof *arrays; a++) {
        byte_list data = {0};
        for (size_t i = 0; data.size < arrays[a].bytes; i++) {
            const double value = (double)i / 7.0;
            uint64_t bits = i & 0x3fff; /* half a float, and no NaN */
            if (strcmp(arrays[a].type, "<f8") == 0) {
                memcpy(&bits, &value, sizeof bits);
            }
            put_little(&data, bits, arrays[a].bytes / ROWS == 24 ? 8 : 2);
        }
        byte_list array = npy_of(arrays[a].type, arrays[a].shape, data.data, data.size);
        byte_list_free(&data);
        write_list(path_in(*state, arrays[a].name).text, &array);
        check_source(*state, arrays[a].name);
    }
}

/* Takes over the labels. */
static void check_labels(const char *const folder, byte_list *const labels)
{
    byte_list x = npy_of(">f4", "(3, 1)", "\100\0\0\0\100\100\0\0\77\200\0\0", 12);
    write_list(path_in(folder, "x.npy").text, &x);
    write_list(path_in(folder, "y.npy").text, labels);
    check_source(folder, "x.npy");
}

static void numbers_beside_an_array_pass(void **state)
{
    byte_list labels = npy_of("|i1", "(3,)", "\7\5\7", 3);
    check_labels(*state, &labels);
}

static void names_beside_an_array_pass(void **state)
{
    byte_list labels = npy_of("|S2", "(3,)", "b\0aab\0", 6);
    check_labels(*state, &labels);
}

/* Whose members are deflated, so that they come out of it in order alone. */
static void archives_pass(void **state)
{
    byte_list pictures = {0};
    byte_list classes = {0};
    for (unsigned i = 0; i < 1500; i++) {
        for (unsigned pixel = 0; pixel < 900; pixel++) {
            put_u8(&pictures, (i + pixel) % 256);
        }
        put_u8(&classes, i % 10);
    }
    zip_part parts[] = {
        {"x_train.npy", npy_of("|u1", "(1500, 30, 30)", pictures.data, pictures.size), 8},
        {"y_train.npy", npy_of("|u1", "(1500,)", classes.data, classes.size), 8},
        {"x_test.npy", npy_of("|u1", "(1, 30, 30)", pictures.data, 900), 8},
        {"y_test.npy", npy_of("|u1", "(1,)", classes.data, 1), 8}};
    byte_list archive = zip_of(parts, sizeof parts / sizeof *parts);
    byte_list_free(&pictures);
    byte_list_free(&classes);
    write_list(path_in(*state, "a.npz").text, &archive);
    check_source(*state, "a.npz");
    char test[sizeof(scratch_path) + 8];
    (void)snprintf(test, sizeof test, "%s:test", path_in(*state, "a.npz").text);
    check_data(*state, test);
}

static void generators_pass(void **state)
{
    static const char *const all[] = {"blobs:n=4097,classes=7,seed=3", "circles:n=4096",
                                      "spirals:test,n=9000", "digits:n=5"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        check_data(*state, all[i]);
    }
}

/* The rows of a dataset and of parts of it, one block or many. */
static void datasets_pass(void **state)
{
    made_data made = made_data_of(SM_F32, 50, 3, 4, 1);
    const sm_split_options options = sm_split_options_default(20);
    sm_dataset *parts[2] = {NULL, NULL};
    assert_int_equal(sm_dataset_split(made.dataset, &options, &parts[0], &parts[1]), SM_OK);
    sm_rows *rows = NULL;
    assert_int_equal(sm_rows_of(parts[1], &rows), SM_OK);
    assert_int_equal(sm_rows_count(rows), 20);
    check_targets(*state, parts[1], rows, true);
    sm_rows_free(rows);
    sm_dataset_free(parts[0]);
    sm_dataset_free(parts[1]);
    made_data_free(&made);
}

/* They are those of when they were asked for, and class names stay while there are rows. */
static void rows_of_a_dataset_stay_as_they_are(void **state)
{
    static const float x[] = {1, 2};
    static const int32_t labels[] = {0, 1};
    static const float weights[] = {2, 3};
    static const char *const names[] = {"a", "b"};
    sm_dataset *dataset = NULL;
    sm_rows *rows = NULL;
    assert_int_equal(sm_dataset_borrow_f32(x, 2, 1, labels, 2, &dataset), SM_OK);
    assert_int_equal(sm_rows_of(dataset, &rows), SM_OK);
    assert_int_equal(sm_dataset_set_class_names(dataset, names), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_set_class_names: the dataset shares its classes with a part or rows "
                   "of it");
    assert_int_equal(sm_dataset_set_weights(dataset, weights), SM_OK);
    const scratch_path path = path_in(*state, "w.csv");
    assert_int_equal(sm_rows_save_csv(rows, path.text, ','), SM_OK);
    char *const text = (char *)read_file(path.text, NULL);
    assert_string_equal(text, "x1,label\n1,0\n2,1\n");
    free(text);
    sm_rows_free(rows);
    assert_int_equal(sm_dataset_set_class_names(dataset, names), SM_OK);
    assert_int_equal(sm_rows_of(dataset, &rows), SM_OK);
    sm_dataset_free(dataset);
    assert_int_equal(sm_rows_save_csv(rows, path.text, ','), SM_OK);
    char *const after = (char *)read_file(path.text, NULL);
    assert_string_equal(after, "x1,weight,label\n1,2,a\n2,3,b\n");
    free(after);
    sm_rows_free(rows);
}

/* A save on a thread of its own. */
typedef struct save_beside {
    const sm_rows *rows;
    scratch_path path;
    sm_status status;
} save_beside;

static void *save_csv(void *const argument)
{
    save_beside *const save = argument;
    save->status = sm_rows_save_csv(save->rows, save->path.text, ',');
    return NULL;
}

/* data: in the folder. */
static void check_saves_beside(const char *const folder, const char *const data)
{
    sm_rows *rows = NULL;
    sm_open_options options = sm_open_options_default();
    pthread_t thread;
    options.threads = 2;
    assert_int_equal(sm_rows_open(path_in(folder, data).text, &options, &rows), SM_OK);
    save_beside saves[2] = {{.rows = rows, .path = path_in(folder, "first.csv")},
                            {.rows = rows, .path = path_in(folder, "second.csv")}};
    assert_int_equal(pthread_create(&thread, NULL, save_csv, &saves[0]), 0);
    (void)save_csv(&saves[1]);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(saves[0].status, SM_OK);
    assert_int_equal(saves[1].status, SM_OK);
    assert_same_files(saves[0].path.text, saves[1].path.text);
    sm_rows_free(rows);
}

static void two_threads_can_save_the_same_rows(void **state)
{
    write_table(path_in(*state, "t.csv").text, LONG_TEXT / 2);
    write_libsvm(path_in(*state, "t.svm").text, LONG_TEXT / 2);
    write_pictures(path_in(*state, "pictures").text);
    check_saves_beside(*state, "t.csv");
    check_saves_beside(*state, "t.svm");
    check_saves_beside(*state, "pictures");
}

/* The message of a failure stays for as long as nothing else fails. */
static void success_leaves_the_message_alone(void **state)
{
    static const char *const sources[] = {"t.csv", "t.svm", "pictures"};
    write_table(path_in(*state, "t.csv").text, 1000);
    write_libsvm(path_in(*state, "t.svm").text, 1000);
    make_folder(path_in(*state, "pictures").text);
    make_folder(path_in(*state, "pictures/ape").text);
    write_grey_png(path_in(*state, "pictures/ape/0.png").text, 1, 1, (const uint8_t *)"x");
    write_file(path_in(*state, "pictures/ape/1.png").text, "damaged", 7);
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        sm_rows *rows = NULL;
        sm_open_options options = sm_open_options_default();
        options.threads = 1;
        assert_int_equal(sm_rows_open(NULL, NULL, &rows), SM_ERROR_ARGUMENT);
        assert_int_equal(sm_rows_open(path_in(*state, sources[i]).text, &options, &rows), SM_OK);
        assert_message("sm_rows_open: data is NULL");
        sm_rows_free(rows);
    }
}

static sm_status count_block(void *const context, const smi_row_block *const block)
{
    size_t *const counts = context; /* blocks, rows */
    counts[0]++;
    counts[1] += block->rows;
    return SM_OK;
}

static void a_long_text_passes_in_several_blocks_and_again(void **state)
{
    sm_rows *rows = NULL;
    write_table(path_in(*state, "t.csv").text, LONG_TEXT);
    assert_int_equal(sm_rows_open(path_in(*state, "t.csv").text, NULL, &rows), SM_OK);
    for (size_t pass = 0; pass < 2; pass++) {
        size_t counts[2] = {0, 0};
        assert_int_equal(smi_rows_pass(rows, count_block, counts), SM_OK);
        assert_in_range(counts[0], 3, 4);
        assert_int_equal(counts[1], sm_rows_count(rows));
    }
    sm_rows_free(rows);
}

static sm_status refuse(void *const context, const smi_row_block *const block)
{
    (void)block;
    ++*(size_t *)context;
    return SM_ERROR_IO;
}

static void who_takes_them_can_end_the_pass(void **state)
{
    size_t calls = 0;
    sm_rows *rows = NULL;
    write_libsvm(path_in(*state, "t.svm").text, LONG_TEXT / 2);
    assert_int_equal(sm_rows_open(path_in(*state, "t.svm").text, NULL, &rows), SM_OK);
    assert_int_equal(smi_rows_pass(rows, refuse, &calls), SM_ERROR_IO);
    assert_int_equal(calls, 1);
    sm_rows_free(rows);
}

/* Opens the file, writes it anew, hidden: with the time of before, and saves the rows. */
static void check_change(const char *const folder, const char *const name, const char *const after,
                         const bool hidden)
{
    const scratch_path path = path_in(folder, name);
    const scratch_path saved = path_in(folder, "saved.npz");
    struct stat before;
    sm_rows *rows = NULL;
    assert_int_equal(sm_rows_open(path.text, NULL, &rows), SM_OK);
    assert_int_equal(stat(path.text, &before), 0);
    write_file(path.text, after, strlen(after));
    const struct timespec times[2] = {before.st_atim, before.st_mtim};
    if (hidden) {
        assert_int_equal(utimensat(AT_FDCWD, path.text, times, 0), 0);
    }
    assert_int_equal(sm_rows_save_npz(rows, saved.text), SM_ERROR_IO);
    assert_message("%s: the file changed while it was being read", path.text);
    assert_int_equal(access(saved.text, F_OK), -1);
    sm_rows_free(rows);
}

static void a_file_that_changes_is_an_error(void **state)
{
    static const char table[] = "a,label\n1,x\n2,y\n";
    static const char lines[] = "1 1:2\n2 2:1\n";
    const scratch_path csv = path_in(*state, "t.csv");
    const scratch_path svm = path_in(*state, "t.svm");
    write_file(csv.text, table, strlen(table));
    check_change(*state, "t.csv", "a,label\n1,x\n2,z\n", true); /* a new class */
    write_file(csv.text, table, strlen(table));
    check_change(*state, "t.csv", "a,label\n1,x\n", false); /* shorter */
    write_file(svm.text, lines, strlen(lines));
    check_change(*state, "t.svm", "1 1:2\n3 2:1\n", true);
    write_file(svm.text, lines, strlen(lines));
    check_change(*state, "t.svm", "1 1:2\n2 9:1\n", true); /* a new column */
    write_file(svm.text, lines, strlen(lines));
    check_change(*state, "t.svm", "1 1:2\n     \n", true); /* a row less */
}

/* Puts another byte in the place of the last one, at another time than before. */
static void change_last_byte(const char *const path)
{
    static const struct timespec times[2] = {{.tv_sec = 1}, {.tv_sec = 1}};
    const int descriptor = open(path, O_WRONLY);
    assert_true(descriptor >= 0);
    assert_true(lseek(descriptor, -1, SEEK_END) > 0);
    assert_int_equal(write(descriptor, "?", 1), 1);
    assert_int_equal(futimens(descriptor, times), 0);
    close(descriptor);
}

/* An array is mapped, and its rows pass once: whoever writes to it in place is found out. */
static void an_array_that_changes_is_an_error(void **state)
{
    const scratch_path path = path_in(*state, "x.npy");
    const scratch_path saved = path_in(*state, "saved.npy");
    static const uint8_t values[] = {1, 2, 3, 4};
    sm_rows *rows = NULL;
    byte_list array = npy_of("|u1", "(2, 2)", values, sizeof values);
    write_list(path.text, &array);
    assert_int_equal(sm_rows_open(path.text, NULL, &rows), SM_OK);
    assert_int_equal(sm_rows_save_npy(rows, saved.text, NULL), SM_OK);
    write_file(saved.text, "old", 3);
    change_last_byte(path.text);
    assert_int_equal(sm_rows_save_npy(rows, saved.text, NULL), SM_ERROR_IO);
    assert_message("%s: the file changed while it was being read", path.text);
    uint8_t *const text = read_file(saved.text, NULL);
    assert_string_equal((const char *)text, "old");
    free(text);
    sm_rows_free(rows);
    assert_int_equal(count_entries(*state), 2);
}

static void names_can_be_given(void **state)
{
    static const char table[] = "a,label\n1,x\n2,y\n";
    static const char *const names[] = {"7", "8"};
    static const char *const twice[] = {"7", "7"};
    const scratch_path saved = path_in(*state, "saved.svm");
    sm_rows *rows = NULL;
    write_file(path_in(*state, "t.csv").text, table, strlen(table));
    assert_int_equal(sm_rows_open(path_in(*state, "t.csv").text, NULL, &rows), SM_OK);
    assert_int_equal(sm_rows_save_libsvm(rows, saved.text), SM_ERROR_DATA);
    assert_int_equal(sm_rows_set_class_names(rows, twice), SM_ERROR_DATA);
    assert_int_equal(sm_rows_set_class_names(rows, names), SM_OK);
    assert_int_equal(sm_rows_save_libsvm(rows, saved.text), SM_OK);
    char *const text = (char *)read_file(saved.text, NULL);
    assert_string_equal(text, "7 1:1\n8 1:2\n");
    free(text);
    sm_rows_free(rows);
}

static void what_is_missing_is_told(void **state)
{
    sm_rows *rows = NULL;
    assert_int_equal(sm_rows_open(NULL, NULL, &rows), SM_ERROR_ARGUMENT);
    assert_message("sm_rows_open: data is NULL");
    assert_int_equal(sm_rows_of(NULL, &rows), SM_ERROR_ARGUMENT);
    assert_message("sm_rows_of: dataset is NULL");
    assert_int_equal(sm_rows_open(path_in(*state, "none.csv").text, NULL, &rows), SM_ERROR_IO);
    assert_null(rows);
    assert_int_equal(sm_rows_open("digits:n=5", NULL, &rows), SM_OK);
    assert_int_equal(sm_rows_save_csv(rows, "x", '#'), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_rows_save_npz(rows, NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_rows_save_npz: path is NULL");
    sm_rows_free(rows);
    sm_rows_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(tables_pass),
        scratch_test(wide_tables_pass),
        scratch_test(libsvm_files_pass),
        scratch_test(idx_files_pass),
        scratch_test(pictures_pass),
        scratch_test(arrays_pass),
        scratch_test(numbers_beside_an_array_pass),
        scratch_test(names_beside_an_array_pass),
        scratch_test(archives_pass),
        scratch_test(generators_pass),
        scratch_test(datasets_pass),
        scratch_test(rows_of_a_dataset_stay_as_they_are),
        scratch_test(two_threads_can_save_the_same_rows),
        scratch_test(success_leaves_the_message_alone),
        scratch_test(a_long_text_passes_in_several_blocks_and_again),
        scratch_test(who_takes_them_can_end_the_pass),
        scratch_test(a_file_that_changes_is_an_error),
        scratch_test(an_array_that_changes_is_an_error),
        scratch_test(names_can_be_given),
        scratch_test(what_is_missing_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
