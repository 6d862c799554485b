/* Memory may run out at any allocation. Each must then be answered with SM_ERROR_MEMORY, and
 * nothing may be left behind: neither memory, which a sanitizer sees, nor files. */
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/idx_set.h"
#include "support/png.h"
#include "support/scratch.h"

#include "base/memory.h"
#include "sys/input.h"
#include "sys/pool.h"

/* The linker puts this in the place of aligned_alloc(), through which the library gets all its
 * memory (-Wl,--wrap). */
void *__real_aligned_alloc(size_t alignment, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);

static atomic_size_t granted; /* allocations until one fails; several threads may ask */
static atomic_bool failed;

void *__wrap_aligned_alloc(const size_t alignment, const size_t size)
{
    size_t left = atomic_load(&granted);
    do {
        if (left == 0) {
            failed = true;
            return NULL;
        }
    } while (!atomic_compare_exchange_weak(&granted, &left, left - 1));
    return __real_aligned_alloc(alignment, size);
}

/* Does something that allocates, and undoes it. */
typedef sm_status work(const char *folder);

/* Works with 0, 1, 2, … allocations granted, until that is enough. */
static void assert_survives(work *const work_once, const char *const folder, const size_t least)
{
    const size_t files = count_entries(folder);
    size_t given = 0;
    for (failed = true; failed; given++) {
        failed = false;
        granted = given;
        const sm_status status = work_once(folder);
        granted = SIZE_MAX;
        assert_int_equal(status, failed ? SM_ERROR_MEMORY : SM_OK);
        assert_true(!failed || strncmp(sm_error_message(), "not enough memory", 17) == 0);
        assert_int_equal(count_entries(folder), files);
    }
    assert_true(given > least); /* that many failures were tried at least */
}

static sm_status open_pair(const char *const folder)
{
    sm_dataset *dataset = NULL;
    const sm_status status =
        sm_dataset_open_idx(path_in(folder, "train-images-idx3-ubyte").text,
                            path_in(folder, "train-labels-idx1-ubyte").text, &dataset);
    sm_dataset_free(dataset);
    return status;
}

static void opening_files_survives(void **state)
{
    write_idx_set(*state);
    assert_survives(open_pair, *state, 10);
}

static sm_status open_compressed(const char *const folder)
{
    sm_dataset *dataset = NULL;
    const sm_status status = sm_dataset_open(path_in(folder, "pictures.gz").text, &dataset);
    sm_dataset_free(dataset);
    return status;
}

static void opening_a_compressed_file_survives(void **state)
{
    write_pictures(path_in(*state, "pictures.gz").text, 3, 0);
    assert_survives(open_compressed, *state, 5);
}

static sm_status open_libsvm(const char *const folder)
{
    static const sm_shape narrow = {.features = 2};
    const sm_open_options options = {.like = &narrow, .ignore_extra = true};
    sm_dataset *dataset = NULL;
    const sm_status status =
        sm_dataset_open_with(path_in(folder, "a.svm").text, &options, &dataset);
    sm_dataset_free(dataset);
    return status;
}

static void opening_a_libsvm_file_survives(void **state)
{
    static const char text[] = "1 1:1 3:3\n2 2:2\n";
    write_file(path_in(*state, "a.svm").text, text, sizeof text - 1);
    assert_survives(open_libsvm, *state, 20);
}

/* Resized, in colour at last, and with something to note. */
static sm_status open_pictures(const char *const folder)
{
    const sm_open_options options = {.image_height = 3, .image_width = 3};
    sm_dataset *dataset = NULL;
    const sm_status status = sm_dataset_open_with(path_in(folder, "p").text, &options, &dataset);
    sm_dataset_free(dataset);
    return status;
}

static sm_status open_picture(const char *const folder)
{
    sm_dataset *dataset = NULL;
    const sm_status status = sm_dataset_open(path_in(folder, "p/a/1.png").text, &dataset);
    sm_dataset_free(dataset);
    return status;
}

static void opening_pictures_survives(void **state)
{
    static const uint8_t pixels[12] = {0};
    static const char *const folders[] = {"p", "p/a", "p/b"};
    for (size_t i = 0; i < 3; i++) {
        make_folder(path_in(*state, folders[i]).text);
    }
    write_grey_png(path_in(*state, "p/a/1.png").text, 2, 2, pixels);
    write_rgb_png(path_in(*state, "p/b/1.png").text, 2, 2, pixels);
    write_file(path_in(*state, "p/b/notes").text, "x", 1);
    assert_survives(open_pictures, *state, 30);
    assert_survives(open_picture, *state, 5);
}

static sm_status generate(const char *const data)
{
    sm_dataset *dataset = NULL;
    const sm_status status = sm_dataset_open(data, &dataset);
    sm_dataset_free(dataset);
    return status;
}

static sm_status generate_all(const char *const folder)
{
    static const char *const all[] = {"digits:n=20", "blobs:n=20", "blobs:n=20,classes=3",
                                      "circles:n=20", "moons:n=20"};
    (void)folder;
    sm_status status = SM_OK;
    for (size_t i = 0; i < sizeof all / sizeof *all && status == SM_OK; i++) {
        status = generate(all[i]);
    }
    return status;
}

static void generating_survives(void **state)
{
    assert_survives(generate_all, *state, 40);
}

static sm_status borrow_and_split(const char *const folder)
{
    static const float x[] = {1.0F, 2.0F, 3.0F, 4.0F};
    static const int32_t labels[] = {0, 1, 0, 1};
    static const char *const names[] = {"a", "b"};
    (void)folder;
    sm_dataset *dataset = NULL;
    sm_dataset *first = NULL;
    sm_dataset *second = NULL;
    const sm_split_options options = {.held_out = 2, .stratify = true};
    sm_status status = sm_dataset_borrow_f32(x, 4, 1, labels, 2, &dataset);
    if (status == SM_OK) {
        status = sm_dataset_set_class_names(dataset, names);
    }
    if (status == SM_OK) {
        status = sm_dataset_split(dataset, &options, &first, &second);
    }
    sm_dataset_free(dataset);
    sm_dataset_free(first);
    sm_dataset_free(second);
    return status;
}

static void splitting_survives(void **state)
{
    assert_survives(borrow_and_split, *state, 15);
}

static sm_status save_and_remove(const char *const folder)
{
    static const uint8_t x[] = {1, 2, 3, 4};
    static const int32_t labels[] = {0, 1};
    const scratch_path features_path = path_in(folder, "features");
    const scratch_path labels_path = path_in(folder, "labels");
    sm_dataset *dataset = NULL;
    const size_t wanted = granted;
    granted = SIZE_MAX; /* only the saving is to fail */
    sm_status status = sm_dataset_borrow_u8(x, 2, 2, labels, 2, &dataset);
    granted = wanted;
    if (status == SM_OK) {
        status = sm_dataset_save_idx(dataset, features_path.text, labels_path.text);
    }
    sm_dataset_free(dataset);
    (void)remove(features_path.text);
    (void)remove(labels_path.text);
    return status;
}

static void saving_survives(void **state)
{
    assert_survives(save_and_remove, *state, 6);
}

static sm_status read_whole_input(const char *const folder)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    smi_input *input = NULL;
    sm_status status = smi_input_open(path_in(folder, "large").text, &input);
    if (status == SM_OK) {
        status = smi_input_read_all(input, SIZE_MAX, &bytes, &size);
    }
    smi_input_close(input);
    smi_free(bytes);
    return status;
}

static void reading_a_whole_input_survives(void **state)
{
    write_file(path_in(*state, "large").text, "text", 4);
    assert_survives(read_whole_input, *state, 3);
}

static sm_status run_pool(const char *const folder)
{
    (void)folder;
    smi_pool *pool = NULL;
    const sm_status status = smi_pool_create(3, &pool);
    smi_pool_free(pool);
    return status;
}

static void creating_a_pool_survives(void **state)
{
    assert_survives(run_pool, *state, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(opening_files_survives),
        scratch_test(opening_a_compressed_file_survives),
        scratch_test(opening_a_libsvm_file_survives),
        scratch_test(opening_pictures_survives),
        scratch_test(generating_survives),
        scratch_test(splitting_survives),
        scratch_test(saving_survives),
        scratch_test(reading_a_whole_input_survives),
        scratch_test(creating_a_pool_survives),
    };
    granted = SIZE_MAX;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
