#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "support/bytes.h"
#include "support/cmocka_all.h"
#include "support/idx_set.h"
#include "support/message.h"
#include "support/scratch.h"

#include "data/idx_files.h"

/* The first byte of a picture tells which file it came from. */
static float first_value(const sm_dataset *const dataset)
{
    float values[2] = {-1.0F, -1.0F};
    assert_int_equal(sm_dataset_row(dataset, 0, values), SM_OK);
    return values[0];
}

/* ---- a pair of files ---- */

static void a_pair_of_files_is_a_dataset(void **state)
{
    const scratch_path pictures = path_in(*state, "pictures");
    const scratch_path labels = path_in(*state, "labels.gz");
    sm_dataset *dataset = NULL;
    write_pictures(pictures.text, 4, 50);
    write_labels(labels.text, "7077");
    assert_int_equal(sm_dataset_open_idx(pictures.text, labels.text, &dataset), SM_OK);
    const sm_shape shape = sm_dataset_shape(dataset);
    assert_int_equal(sm_dataset_rows(dataset), 4);
    assert_int_equal(sm_dataset_element(dataset), SM_U8);
    assert_int_equal(shape.features, 2);
    assert_int_equal(shape.image_height, 1);
    assert_int_equal(shape.image_width, 2);
    assert_true(shape.shift == 0.0F && shape.scale == 1.0F / 255.0F);
    assert_int_equal(shape.classes, 2); /* the distinct labels, ascending */
    assert_string_equal(shape.class_names[0], "0");
    assert_string_equal(shape.class_names[1], "7");
    assert_int_equal(sm_dataset_label(dataset, 0), 1);
    assert_int_equal(sm_dataset_label(dataset, 1), 0);
    assert_int_equal(sm_dataset_label(dataset, 3), 1);
    sm_dataset_free(dataset);
}

static void without_labels_there_are_no_classes(void **state)
{
    const scratch_path pictures = path_in(*state, "pictures");
    sm_dataset *dataset = NULL;
    write_pictures(pictures.text, 4, 50);
    assert_int_equal(sm_dataset_open_idx(pictures.text, NULL, &dataset), SM_OK);
    assert_false(sm_dataset_has_labels(dataset));
    assert_int_equal(sm_dataset_shape(dataset).classes, 0);
    assert_null(sm_dataset_shape(dataset).class_names);
    assert_int_equal(sm_dataset_label(dataset, 0), -1);
    sm_dataset_free(dataset);
}

static void features_may_come_from_standard_input(void **state)
{
    const scratch_path pictures = path_in(*state, "pictures");
    const scratch_path labels = path_in(*state, "labels");
    sm_dataset *dataset = NULL;
    write_pictures(pictures.text, 2, 50);
    write_labels(labels.text, "01");
    const int before = dup(STDIN_FILENO);
    FILE *const file = fopen(pictures.text, "rb");
    assert_non_null(file);
    assert_int_equal(dup2(fileno(file), STDIN_FILENO), STDIN_FILENO);
    fclose(file);
    const sm_status status = sm_dataset_open_idx("-", labels.text, &dataset);
    assert_int_equal(dup2(before, STDIN_FILENO), STDIN_FILENO);
    close(before);
    assert_int_equal(status, SM_OK);
    assert_true(first_value(dataset) == 50.0F);
    sm_dataset_free(dataset);
}

static void as_many_labels_as_rows_are_needed(void **state)
{
    const scratch_path pictures = path_in(*state, "pictures");
    const scratch_path labels = path_in(*state, "labels");
    sm_dataset *dataset = NULL;
    write_pictures(pictures.text, 3, 50);
    write_labels(labels.text, "01");
    assert_int_equal(sm_dataset_open_idx(pictures.text, labels.text, &dataset), SM_ERROR_FORMAT);
    assert_message("%s has 3 rows, but %s has 2 labels", pictures.text, labels.text);
    write_labels(labels.text, "0101");
    assert_int_equal(sm_dataset_open_idx(pictures.text, labels.text, &dataset), SM_ERROR_FORMAT);
    assert_message("%s has 3 rows, but %s has 4 labels", pictures.text, labels.text);
    assert_null(dataset);
}

/* The most memory that this process has had at once. */
static long peak_kib(void)
{
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

/* 16 KB that decompress to 16 MiB, and would be 64 MiB as labels. */
static void labels_that_decompress_to_more_than_wanted_are_not_kept(void **state)
{
    enum { ANNOUNCED = 1 << 24 };
    static const uint32_t extents[] = {ANNOUNCED};
    const scratch_path pictures = path_in(*state, "pictures");
    const scratch_path labels = path_in(*state, "labels.gz");
    sm_dataset *dataset = NULL;
    write_pictures(pictures.text, 3, 50);
    byte_list all = idx_header(0x08, 1, extents);
    uint8_t *const zeros = calloc(ANNOUNCED, 1);
    assert_non_null(zeros);
    put_bytes(&all, zeros, ANNOUNCED);
    free(zeros);
    byte_list bomb = gzip_of(all.data, all.size);
    byte_list_free(&all);
    assert_true(bomb.size < ANNOUNCED / 900);
    write_file(labels.text, bomb.data, bomb.size);
    byte_list_free(&bomb);
    const long before = peak_kib();
    assert_int_equal(sm_dataset_open_idx(pictures.text, labels.text, &dataset), SM_ERROR_FORMAT);
    assert_message("%s has 3 rows, but %s has 16,777,216 labels", pictures.text, labels.text);
    assert_true(peak_kib() - before < 1024);
}

static void whichever_file_is_wrong_is_named(void **state)
{
    const scratch_path pictures = path_in(*state, "pictures");
    const scratch_path labels = path_in(*state, "labels");
    sm_dataset *dataset = NULL;
    write_pictures(pictures.text, 3, 50);
    assert_int_equal(sm_dataset_open_idx(pictures.text, labels.text, &dataset), SM_ERROR_IO);
    assert_message("cannot open '%s': No such file or directory", labels.text);
    write_file(labels.text, "text", 4);
    assert_int_equal(sm_dataset_open_idx(pictures.text, labels.text, &dataset), SM_ERROR_FORMAT);
    assert_message("%s: byte 0: not an IDX file: it starts with 74 65, not 00 00", labels.text);
    assert_int_equal(sm_dataset_open_idx(labels.text, pictures.text, &dataset), SM_ERROR_FORMAT);
    assert_message("%s: byte 0: not an IDX file: it starts with 74 65, not 00 00", labels.text);
    write_labels(labels.text, "010");
    assert_int_equal(sm_dataset_open_idx(labels.text, pictures.text, &dataset), SM_ERROR_FORMAT);
    assert_message("%s: one dimension: these are labels, not rows of features", labels.text);
    assert_null(dataset);
}

static void labels_of_too_many_classes_are_refused(void **state)
{
    enum { ROWS = 65537 };
    static uint8_t numbers[ROWS][4]; /* 0, 1, 2, … */
    static const uint32_t extents[] = {ROWS, 1};
    for (size_t r = 0; r < ROWS; r++) {
        numbers[r][1] = (uint8_t)(r >> 16);
        numbers[r][2] = (uint8_t)(r >> 8);
        numbers[r][3] = (uint8_t)r;
    }
    const scratch_path features_path = path_in(*state, "features");
    const scratch_path labels_path = path_in(*state, "labels");
    byte_list features = idx_header(0x08, 2, extents);
    byte_list labels = idx_header(0x0c, 1, extents);
    put_bytes(&features, numbers, ROWS);
    put_bytes(&labels, numbers, sizeof numbers);
    write_file(features_path.text, features.data, features.size);
    write_file(labels_path.text, labels.data, labels.size);
    byte_list_free(&features);
    byte_list_free(&labels);
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_open_idx(features_path.text, labels_path.text, &dataset),
                     SM_ERROR_DATA);
    assert_message("%s: more than 65,536 different labels", labels_path.text);
    assert_null(dataset);
}

static void null_is_answered(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_open_idx(NULL, NULL, &dataset), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_open_idx: features_path is NULL");
    assert_int_equal(sm_dataset_open_idx("file", NULL, NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_open_idx: dataset is NULL");
}

/* ---- a folder of four ---- */

static sm_status open_folder(const char *const folder, const smi_part part,
                             sm_dataset **const dataset)
{
    smi_opened opened = {.passing = false};
    const sm_status status = smi_open_idx_folder(folder, part, &opened);
    *dataset = opened.dataset;
    return status;
}

static void a_folder_has_two_parts(void **state)
{
    sm_dataset *train = NULL;
    sm_dataset *test = NULL;
    write_idx_set(*state);
    assert_int_equal(open_folder(*state, SMI_PART_TRAIN, &train), SM_OK);
    assert_int_equal(open_folder(*state, SMI_PART_TEST, &test), SM_OK);
    assert_int_equal(sm_dataset_rows(train), 3);
    assert_int_equal(sm_dataset_rows(test), 2);
    assert_true(first_value(train) == 10.0F);
    assert_true(first_value(test) == 20.0F);
    assert_true(sm_dataset_has_labels(train) && sm_dataset_has_labels(test));
    sm_dataset_free(train);
    sm_dataset_free(test);
}

static void all_usual_names_are_known(void **state)
{
    static const char *const features[] = {"-images-idx3-ubyte", "-images.idx3-ubyte",
                                           "-images-idx3-ubyte.gz", "-images.idx3-ubyte.gz"};
    static const char *const labels[] = {"-labels-idx1-ubyte", "-labels.idx1-ubyte",
                                         "-labels-idx1-ubyte.gz", "-labels.idx1-ubyte.gz",
                                         "-labels-idx1-int"};
    for (size_t f = 0; f < sizeof features / sizeof *features; f++) {
        for (size_t l = 0; l < sizeof labels / sizeof *labels; l++) {
            char name[64];
            (void)snprintf(name, sizeof name, "train%s", features[f]);
            const scratch_path pictures_path = path_in(*state, name);
            (void)snprintf(name, sizeof name, "train%s", labels[l]);
            const scratch_path labels_path = path_in(*state, name);
            sm_dataset *dataset = NULL;
            write_pictures(pictures_path.text, 2, 40);
            write_labels(labels_path.text, "01");
            assert_int_equal(open_folder(*state, SMI_PART_TRAIN, &dataset), SM_OK);
            assert_int_equal(sm_dataset_rows(dataset), 2);
            assert_true(sm_dataset_has_labels(dataset));
            sm_dataset_free(dataset);
            assert_int_equal(unlink(pictures_path.text), 0);
            assert_int_equal(unlink(labels_path.text), 0);
        }
    }
}

static void features_that_are_no_pictures_have_names_too(void **state)
{
    static const char *const names[] = {"train-features-idx2-float", "train-features-idx2-ubyte"};
    const uint32_t extents[] = {2, 3};
    write_labels(path_in(*state, "train-labels-idx1-ubyte").text, "01");
    for (size_t i = 0; i < 2; i++) {
        const scratch_path path = path_in(*state, names[i]);
        byte_list all = idx_header(0x09, 2, extents);
        put_bytes(&all, "abcdef", 6);
        write_file(path.text, all.data, all.size);
        byte_list_free(&all);
        sm_dataset *dataset = NULL;
        assert_int_equal(open_folder(*state, SMI_PART_TRAIN, &dataset), SM_OK);
        assert_int_equal(sm_dataset_element(dataset), SM_F32);
        assert_int_equal(sm_dataset_shape(dataset).features, 3);
        assert_int_equal(sm_dataset_shape(dataset).image_height, 0);
        sm_dataset_free(dataset);
        assert_int_equal(unlink(path.text), 0);
    }
}

static void raw_files_come_before_compressed_ones(void **state)
{
    sm_dataset *dataset = NULL;
    write_idx_set(*state);
    write_pictures(path_in(*state, "train-images-idx3-ubyte.gz").text, 3, 90);
    assert_int_equal(open_folder(*state, SMI_PART_TRAIN, &dataset), SM_OK);
    assert_true(first_value(dataset) == 10.0F);
    sm_dataset_free(dataset);
}

static void the_file_that_is_missing_is_named(void **state)
{
    static const struct {
        const char *name;
        smi_part part;
    } files[] = {{"train-images-idx3-ubyte", SMI_PART_TRAIN},
                 {"train-labels-idx1-ubyte", SMI_PART_TRAIN},
                 {"t10k-images-idx3-ubyte", SMI_PART_TEST},
                 {"t10k-labels-idx1-ubyte", SMI_PART_TEST}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        sm_dataset *dataset = NULL;
        write_idx_set(*state);
        assert_int_equal(unlink(path_in(*state, files[i].name).text), 0);
        assert_int_equal(open_folder(*state, files[i].part, &dataset), SM_ERROR_IO);
        assert_message("the folder '%s' has no file '%s' or '%s.gz'", (const char *)*state,
                       files[i].name, files[i].name);
        assert_null(dataset);
    }
}

/* ---- one file ---- */

static void labels_are_found_beside_features(void **state)
{
    static const struct {
        const char *features, *labels;
    } pairs[] = {
        {"train-images-idx3-ubyte", "train-labels-idx1-ubyte"},
        {"t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"},
        {"a-images.idx3-ubyte", "a-labels.idx1-ubyte"},
        {"b-images-idx3-ubyte.gz", "b-labels-idx1-ubyte"},
        {"c-features-idx2-float", "c-labels-idx1-int"},
        {"d-images-of-any-kind", "d-labels-idx1-ubyte.gz"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const scratch_path path = path_in(*state, pairs[i].features);
        sm_dataset *dataset = NULL;
        write_pictures(path.text, 2, 30);
        assert_int_equal(sm_dataset_open(path.text, &dataset), SM_OK);
        assert_false(sm_dataset_has_labels(dataset)); /* not there yet */
        sm_dataset_free(dataset);
        write_labels(path_in(*state, pairs[i].labels).text, "01");
        assert_int_equal(sm_dataset_open(path.text, &dataset), SM_OK);
        assert_true(sm_dataset_has_labels(dataset));
        sm_dataset_free(dataset);
    }
}

static void only_the_files_own_name_tells_where_labels_are(void **state)
{
    /* The folder is called "…-images" too. */
    const scratch_path folder = path_in(*state, "my-images");
    const scratch_path path = path_in(folder.text, "train-images-idx3-ubyte");
    const scratch_path plain = path_in(folder.text, "plain");
    sm_dataset *dataset = NULL;
    make_folder(folder.text);
    write_labels(path_in(*state, "my-labels-idx1-ubyte").text, "01");
    write_labels(path_in(folder.text, "train-labels-idx1-ubyte").text, "01");
    write_pictures(path.text, 2, 30);
    write_pictures(plain.text, 2, 30);
    assert_int_equal(sm_dataset_open(path.text, &dataset), SM_OK);
    assert_true(sm_dataset_has_labels(dataset));
    sm_dataset_free(dataset);
    assert_int_equal(sm_dataset_open(plain.text, &dataset), SM_OK);
    assert_false(sm_dataset_has_labels(dataset));
    sm_dataset_free(dataset);
}

static void labels_beside_features_must_fit_them(void **state)
{
    const scratch_path path = path_in(*state, "a-images-idx3-ubyte");
    const scratch_path labels = path_in(*state, "a-labels-idx1-ubyte");
    sm_dataset *dataset = NULL;
    write_pictures(path.text, 2, 30);
    write_labels(labels.text, "010");
    assert_int_equal(sm_dataset_open(path.text, &dataset), SM_ERROR_FORMAT);
    assert_message("%s has 2 rows, but %s has 3 labels", path.text, labels.text);
    assert_null(dataset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(a_pair_of_files_is_a_dataset),
        scratch_test(without_labels_there_are_no_classes),
        scratch_test(features_may_come_from_standard_input),
        scratch_test(as_many_labels_as_rows_are_needed),
        scratch_test(labels_that_decompress_to_more_than_wanted_are_not_kept),
        scratch_test(whichever_file_is_wrong_is_named),
        scratch_test(labels_of_too_many_classes_are_refused),
        cmocka_unit_test(null_is_answered),
        scratch_test(a_folder_has_two_parts),
        scratch_test(all_usual_names_are_known),
        scratch_test(features_that_are_no_pictures_have_names_too),
        scratch_test(raw_files_come_before_compressed_ones),
        scratch_test(the_file_that_is_missing_is_named),
        scratch_test(labels_are_found_beside_features),
        scratch_test(only_the_files_own_name_tells_where_labels_are),
        scratch_test(labels_beside_features_must_fit_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
