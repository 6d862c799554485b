/* Folders of pictures as data: classes, parts, sizes, colour, and what is wrong with them. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/png.h"
#include "support/scratch.h"

#include "base/memory.h"
#include "data/pictures/read_pictures.h"

/* A picture of 1 × 2 grey pixels: `first` and 100. The folder is made if need be. */
static void put_grey(const char *const root, const char *const folder, const char *const name,
                     const uint8_t first)
{
    const scratch_path in = path_in(root, folder);
    (void)mkdir(in.text, 0777);
    write_grey_png(path_in(in.text, name).text, 1, 2, (const uint8_t[]){first, 100});
}

/* Likewise in colour: first, 1, 2 and 3, 4, 5. */
static void put_rgb(const char *const root, const char *const folder, const char *const name,
                    const uint8_t first)
{
    const scratch_path in = path_in(root, folder);
    (void)mkdir(in.text, 0777);
    write_rgb_png(path_in(in.text, name).text, 1, 2, (const uint8_t[]){first, 1, 2, 3, 4, 5});
}

static sm_dataset *opened(const char *const data, const sm_open_options *const options)
{
    sm_dataset *dataset = NULL;
    if (sm_dataset_open_with(data, options, &dataset) != SM_OK) {
        fail_msg("%s", sm_error_message());
    }
    return dataset;
}

/* The first features of the rows, as a list. */
static void assert_firsts(const sm_dataset *const dataset, const size_t rows,
                          const uint8_t *const firsts)
{
    float row[64];
    assert_int_equal(sm_dataset_rows(dataset), rows);
    assert_true(sm_dataset_shape(dataset).features <= 64);
    for (size_t r = 0; r < rows; r++) {
        assert_int_equal(sm_dataset_row(dataset, r, row), SM_OK);
        assert_int_equal((int)row[0], firsts[r]);
    }
}

static void classes_and_files_come_by_name(void **state)
{
    put_grey(*state, "dog", "2.png", 1);
    put_grey(*state, "dog", "10.PNG", 2);
    put_grey(*state, "cat", "b.png", 3);
    put_grey(*state, "cat", "a.png", 4);
    put_grey(*state, "Zebra", "z.png", 5);
    sm_dataset *const dataset = opened(*state, NULL);
    const sm_shape shape = sm_dataset_shape(dataset);
    assert_firsts(dataset, 5, (const uint8_t[]){5, 4, 3, 2, 1});
    assert_int_equal(sm_dataset_element(dataset), SM_U8);
    assert_int_equal(shape.features, 2);
    assert_int_equal(shape.image_height, 1);
    assert_int_equal(shape.image_width, 2);
    assert_false(shape.image_resize);
    assert_int_equal(shape.classes, 3);
    assert_string_equal(shape.class_names[0], "Zebra");
    assert_string_equal(shape.class_names[1], "cat");
    assert_string_equal(shape.class_names[2], "dog");
    const int32_t labels[] = {0, 1, 1, 2, 2};
    for (size_t r = 0; r < 5; r++) {
        assert_int_equal(sm_dataset_label(dataset, r), labels[r]);
    }
    assert_string_equal(sm_dataset_notes(dataset), "");
    sm_dataset_free(dataset);
}

static void what_is_no_picture_is_passed_over_and_counted(void **state)
{
    const scratch_path folder = path_in(*state, "p");
    make_folder(folder.text);
    put_grey(folder.text, "a", "1.png", 1);
    put_grey(folder.text, "b", "1.png", 2);
    put_grey(folder.text, ".hidden", "1.png", 3);
    put_grey(folder.text, "a", ".2.png", 4);
    put_grey(folder.text, "a/deeper", "3.png", 5);
    write_file(path_in(folder.text, "README").text, "x", 1);
    write_grey_png(path_in(folder.text, "loose.png").text, 1, 1, (const uint8_t[]){1});
    write_file(path_in(folder.text, "b/notes.txt").text, "x", 1);
    write_file(path_in(folder.text, "b/png").text, "x", 1);
    write_file(path_in(folder.text, ".DS_Store").text, "x", 1);
    assert_int_equal(mkfifo(path_in(folder.text, "b/pipe.png").text, 0600), 0);
    sm_dataset *const dataset = opened(folder.text, NULL);
    char note[2 * PATH_MAX];
    (void)snprintf(note, sizeof note,
                   "%s: 5 files passed over: pictures lie in class folders, under names that end "
                   "in .png\n",
                   folder.text);
    assert_firsts(dataset, 2, (const uint8_t[]){1, 2});
    assert_string_equal(sm_dataset_notes(dataset), note);
    sm_dataset_free(dataset);
}

static void pictures_without_classes_have_no_labels(void **state)
{
    put_grey(*state, "p", "2.png", 20);
    put_grey(*state, "p", "1.png", 10);
    sm_dataset *dataset = opened(path_in(*state, "p").text, NULL);
    assert_false(sm_dataset_has_labels(dataset));
    assert_firsts(dataset, 2, (const uint8_t[]){10, 20});
    sm_dataset_free(dataset);
    dataset = opened(path_in(*state, "p/2.png").text, NULL);
    assert_false(sm_dataset_has_labels(dataset));
    assert_firsts(dataset, 1, (const uint8_t[]){20});
    assert_int_equal(sm_dataset_shape(dataset).image_width, 2);
    sm_dataset_free(dataset);
}

static void rows_are_named_by_their_files(void **state)
{
    sm_dataset *parts[2];
    put_grey(*state, "cat", "b.png", 3);
    put_grey(*state, "cat", "a.png", 4);
    put_grey(*state, "dog", "1.png", 5);
    sm_dataset *const dataset = opened(*state, NULL);
    assert_string_equal(sm_dataset_row_name(dataset, 0), "cat/a.png");
    assert_string_equal(sm_dataset_row_name(dataset, 2), "dog/1.png");
    assert_null(sm_dataset_row_name(dataset, 3));
    const sm_split_options split = sm_split_options_default(1);
    assert_int_equal(sm_dataset_split(dataset, &split, &parts[0], &parts[1]), SM_OK);
    sm_dataset_free(dataset);
    const char *const names[] = {sm_dataset_row_name(parts[0], 0), sm_dataset_row_name(parts[0], 1),
                                 sm_dataset_row_name(parts[1], 0)};
    assert_true(strcmp(names[0], names[1]) < 0);
    assert_true(strcmp(names[0], names[2]) != 0 && strcmp(names[1], names[2]) != 0);
    assert_null(sm_dataset_row_name(parts[1], 1));
    sm_dataset_free(parts[0]);
    sm_dataset_free(parts[1]);
    sm_dataset *const one = opened(path_in(*state, "cat/a.png").text, NULL);
    assert_null(sm_dataset_row_name(one, 0));
    sm_dataset_free(one);
}

static void parts_are_folders_of_class_folders(void **state)
{
    sm_dataset *dataset = NULL;
    make_folder(path_in(*state, "train").text);
    make_folder(path_in(*state, "test").text);
    put_grey(*state, "train/a", "1.png", 1);
    put_grey(*state, "train/b", "1.png", 2);
    put_grey(*state, "test/a", "1.png", 3);
    sm_dataset *const train = opened(*state, NULL);
    assert_firsts(train, 2, (const uint8_t[]){1, 2});
    assert_int_equal(sm_dataset_open_test(*state, &dataset), SM_OK);
    assert_firsts(dataset, 1, (const uint8_t[]){3});
    sm_dataset_free(train);
    sm_dataset_free(dataset);
    char named[PATH_MAX];
    (void)snprintf(named, sizeof named, "%s:test", (const char *)*state);
    dataset = opened(named, NULL);
    assert_firsts(dataset, 1, (const uint8_t[]){3});
    sm_dataset_free(dataset);
    assert_int_equal(sm_dataset_open_test(named, &dataset), SM_OK);
    assert_null(dataset);
}

/* Their pictures lie in them, not in class folders of theirs. */
static void train_and_test_may_be_classes(void **state)
{
    sm_dataset *dataset = NULL;
    put_grey(*state, "train", "1.png", 1);
    put_grey(*state, "test", "1.png", 2);
    assert_int_equal(sm_dataset_open_test(*state, &dataset), SM_OK);
    assert_null(dataset);
    dataset = opened(*state, NULL);
    assert_firsts(dataset, 2, (const uint8_t[]){2, 1});
    sm_dataset_free(dataset);
    char named[PATH_MAX];
    (void)snprintf(named, sizeof named, "%s:test", (const char *)*state);
    dataset = NULL;
    assert_int_equal(sm_dataset_open(named, &dataset), SM_ERROR_IO);
    assert_message("the folder '%s' has no parts: neither MNIST's files nor folders 'train' and "
                   "'test' with class folders in them",
                   (const char *)*state);
    assert_null(dataset);
}

static void links_are_followed_and_loops_end(void **state)
{
    const scratch_path folder = path_in(*state, "p");
    make_folder(folder.text);
    put_grey(folder.text, "a", "1.png", 1);
    assert_int_equal(symlink("1.png", path_in(folder.text, "a/2.png").text), 0);
    assert_int_equal(symlink("a", path_in(folder.text, "b").text), 0);
    assert_int_equal(symlink("..", path_in(folder.text, "a/up").text), 0);
    sm_dataset *dataset = opened(folder.text, NULL);
    assert_firsts(dataset, 4, (const uint8_t[]){1, 1, 1, 1});
    assert_int_equal(sm_dataset_shape(dataset).classes, 2);
    sm_dataset_free(dataset);
    dataset = NULL;
    assert_int_equal(symlink("round.png", path_in(folder.text, "a/round.png").text), 0);
    assert_int_equal(sm_dataset_open(folder.text, &dataset), SM_ERROR_IO);
    assert_message("cannot open '%s/a/round.png': Too many levels of symbolic links", folder.text);
    assert_int_equal(symlink(".", path_in(folder.text, "c").text), 0);
    assert_int_equal(sm_dataset_open(folder.text, &dataset), SM_ERROR_DATA);
    assert_message("%s/c: the folder of class 'c' holds no picture, a file of a name that ends in "
                   ".png",
                   folder.text);
}

/* ---- colour ---- */

static void one_picture_in_colour_makes_all_so(void **state)
{
    put_grey(*state, "a", "1.png", 1);
    put_grey(*state, "b", "1.png", 2);
    put_rgb(*state, "b", "2.png", 3);
    sm_dataset *const dataset = opened(*state, NULL);
    const float expected[3][6] = {
        {1, 1, 1, 100, 100, 100}, {2, 2, 2, 100, 100, 100}, {3, 1, 2, 3, 4, 5}};
    assert_int_equal(sm_dataset_shape(dataset).features, 6);
    assert_int_equal(sm_dataset_shape(dataset).image_width, 2);
    for (size_t r = 0; r < 3; r++) {
        float row[6];
        assert_int_equal(sm_dataset_row(dataset, r, row), SM_OK);
        assert_memory_equal(row, expected[r], sizeof row);
    }
    sm_dataset_free(dataset);
}

static void colour_can_be_chosen(void **state)
{
    sm_open_options options = sm_open_options_default();
    put_grey(*state, "a", "1.png", 1);
    put_rgb(*state, "b", "1.png", 3);
    options.colour = SM_COLOUR_GREY;
    sm_dataset *grey = opened(*state, &options);
    assert_int_equal(sm_dataset_shape(grey).features, 2);
    sm_dataset_free(grey);
    options.colour = SM_COLOUR_RGB;
    sm_dataset *const rgb = opened(path_in(*state, "a").text, &options);
    assert_int_equal(sm_dataset_shape(rgb).features, 6);
    sm_dataset_free(rgb);
}

/* ---- sizes ---- */

static void sizes_must_agree_or_be_given(void **state)
{
    sm_dataset *dataset = NULL;
    put_grey(*state, "a", "1.png", 1);
    put_grey(*state, "a", "2.png", 2);
    write_grey_png(path_in(*state, "a/3.png").text, 2, 2, (const uint8_t[]){10, 20, 30, 40});
    assert_int_equal(sm_dataset_open(*state, &dataset), SM_ERROR_DATA);
    assert_message("%s/a/3.png: 2 × 2 pixels (height × width), but %s/a/1.png 1 × 2; --size 1x2 "
                   "brings all to one size",
                   (const char *)*state, (const char *)*state);
    sm_open_options options = sm_open_options_default();
    options.image_height = 1;
    options.image_width = 1;
    dataset = opened(*state, &options);
    assert_firsts(dataset, 3, (const uint8_t[]){51, 51, 25});
    assert_true(sm_dataset_shape(dataset).image_resize);
    sm_dataset_free(dataset);
}

static void data_for_a_model_are_as_its_pictures(void **state)
{
    sm_dataset *dataset = NULL;
    sm_shape like = {.features = 4, .classes = 2, .image_height = 2, .image_width = 2};
    sm_open_options options = {.like = &like};
    put_rgb(*state, "p", "1.png", 1);
    const scratch_path folder = path_in(*state, "p");
    assert_int_equal(sm_dataset_open_with(folder.text, &options, &dataset), SM_ERROR_DATA);
    assert_message("%s/1.png: 1 × 2 pixels (height × width), but the model takes 2 × 2; --size 2x2 "
                   "brings all to one size",
                   folder.text);
    like.image_resize = true;
    dataset = opened(folder.text, &options);
    assert_int_equal(sm_dataset_shape(dataset).features, 4); /* grey */
    sm_dataset_free(dataset);
    like.image_resize = false;
    like.features = 12; /* colour */
    options.image_height = 2;
    options.image_width = 2;
    dataset = opened(folder.text, &options);
    assert_int_equal(sm_dataset_shape(dataset).features, 12);
    sm_dataset_free(dataset);
    dataset = NULL;
    options.image_width = 3;
    assert_int_equal(sm_dataset_open_with(folder.text, &options, &dataset), SM_ERROR_ARGUMENT);
    assert_message("pictures of 2 × 3 are asked for, but the model takes 2 × 2");
    options.image_width = 2;
    options.colour = SM_COLOUR_GREY;
    assert_int_equal(sm_dataset_open_with(folder.text, &options, &dataset), SM_ERROR_ARGUMENT);
    assert_message("grey pictures are asked for, but the model takes colour ones");
    assert_null(dataset);
}

static void options_out_of_range_are_refused(void **state)
{
    sm_dataset *dataset = NULL;
    sm_open_options options = {.image_height = 3};
    assert_int_equal(sm_dataset_open_with(*state, &options, &dataset), SM_ERROR_ARGUMENT);
    assert_message(
        "image_height, image_width: no picture can be resized to 3 × 0; possible are 1 … 16384 a "
        "side");
    options = (sm_open_options){.colour = (sm_colour)9};
    assert_int_equal(sm_dataset_open_with(*state, &options, &dataset), SM_ERROR_ARGUMENT);
    assert_message("colour: there is no colour 9");
}

/* ---- many threads ---- */

enum { MANY = 200 };

/* MANY pictures in two classes, the name of row r being its number in the class. */
static void put_many(const char *const root)
{
    for (size_t r = 0; r < MANY; r++) {
        char name[32];
        (void)snprintf(name, sizeof name, "%03zu.png", r % (MANY / 2));
        put_grey(root, r < MANY / 2 ? "a" : "b", name, (uint8_t)r);
    }
}

static sm_status read_with(const smi_picture_list *const list, const size_t threads,
                           smi_pictures *const pictures)
{
    const smi_picture_form form = {.colour = SM_COLOUR_AUTO};
    return smi_read_pictures(list, &form, threads, pictures);
}

static void threads_change_nothing(void **state)
{
    smi_picture_list list = {0};
    put_many(*state);
    put_rgb(*state, "b", "050.png", 7); /* found out when most are read as grey */
    assert_int_equal(smi_list_pictures(*state, &list), SM_OK);
    assert_int_equal(list.rows, MANY);
    smi_pictures one = {0};
    assert_int_equal(read_with(&list, 1, &one), SM_OK);
    for (size_t threads = 2; threads <= 8; threads++) {
        smi_pictures many = {0};
        assert_int_equal(read_with(&list, threads, &many), SM_OK);
        assert_int_equal(many.channels, 3);
        assert_memory_equal(one.x, many.x, (size_t)MANY * 6);
        smi_free(many.x);
    }
    smi_free(one.x);
    smi_picture_list_free(&list);
}

static void the_first_fault_is_told_whatever_the_threads(void **state)
{
    smi_picture_list list = {0};
    put_many(*state);
    put_rgb(*state, "b", "090.png", 7);
    write_file(path_in(*state, "b/020.png").text, "nonsense", 8);
    write_file(path_in(*state, "a/060.png").text, "\x89PNG\r\n\x1a\n", 8);
    assert_int_equal(smi_list_pictures(*state, &list), SM_OK);
    for (size_t threads = 1; threads <= 8; threads++) {
        smi_pictures pictures = {0};
        assert_int_equal(read_with(&list, threads, &pictures), SM_ERROR_FORMAT);
        assert_message("%s/a/060.png: damaged PNG: read beyond end of data", (const char *)*state);
        assert_null(pictures.x);
    }
    smi_picture_list_free(&list);
}

/* ---- what is wrong with folders ---- */

static void folders_without_pictures_are_named(void **state)
{
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_open(*state, &dataset), SM_ERROR_IO);
    assert_message("the folder '%s' holds neither MNIST's files ('train-images-idx3-ubyte' and its "
                   "siblings), nor PNG pictures, nor folders of them",
                   (const char *)*state);
    put_grey(*state, "a", "1.png", 1);
    make_folder(path_in(*state, "empty").text);
    assert_int_equal(sm_dataset_open(*state, &dataset), SM_ERROR_DATA);
    assert_message("%s/empty: the folder of class 'empty' holds no picture, a file of a name that "
                   "ends in .png",
                   (const char *)*state);
    assert_null(dataset);
}

static void unreadable_folders_and_files_are_named(void **state)
{
    sm_dataset *dataset = NULL;
    if (geteuid() == 0) {
        print_message("root can read everything\n");
        skip();
    }
    put_grey(*state, "a", "1.png", 1);
    put_grey(*state, "b", "1.png", 1);
    assert_int_equal(chmod(path_in(*state, "a/1.png").text, 0), 0);
    assert_int_equal(sm_dataset_open(*state, &dataset), SM_ERROR_IO);
    assert_message("cannot open '%s/a/1.png': Permission denied", (const char *)*state);
    assert_int_equal(chmod(path_in(*state, "b").text, 0), 0);
    assert_int_equal(sm_dataset_open(*state, &dataset), SM_ERROR_IO);
    assert_message("cannot open the folder '%s/b': Permission denied", (const char *)*state);
    assert_int_equal(chmod(path_in(*state, "b").text, 0700), 0);
    assert_null(dataset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(classes_and_files_come_by_name),
        scratch_test(what_is_no_picture_is_passed_over_and_counted),
        scratch_test(pictures_without_classes_have_no_labels),
        scratch_test(rows_are_named_by_their_files),
        scratch_test(parts_are_folders_of_class_folders),
        scratch_test(train_and_test_may_be_classes),
        scratch_test(links_are_followed_and_loops_end),
        scratch_test(one_picture_in_colour_makes_all_so),
        scratch_test(colour_can_be_chosen),
        scratch_test(sizes_must_agree_or_be_given),
        scratch_test(data_for_a_model_are_as_its_pictures),
        scratch_test(options_out_of_range_are_refused),
        scratch_test(threads_change_nothing),
        scratch_test(the_first_fault_is_told_whatever_the_threads),
        scratch_test(folders_without_pictures_are_named),
        scratch_test(unreadable_folders_and_files_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
