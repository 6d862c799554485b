#include "data/array/saved_arrays.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/status.h"
#include "data/streaming.h"

/* Files are little-endian, and memory mostly is. */
static bool machine_is_little_endian(void)
{
    const uint16_t one = 1;
    uint8_t first = 0;
    memcpy(&first, &one, 1);
    return first == 1;
}

/* ---- numbers ---- */

/* Hands on `count` numbers of `size` bytes, the least significant first. */
static sm_status take_numbers(const void *const numbers, const size_t count, const size_t size,
                              smi_take_bytes *const take, void *const context)
{
    if (size == 1 || machine_is_little_endian()) {
        return take(context, numbers, count * size);
    }
    const uint8_t *const from = numbers;
    sm_status status = SM_OK;
    for (size_t i = 0; i < count && status == SM_OK; i++) {
        uint8_t number[8];
        for (size_t b = 0; b < size; b++) {
            number[b] = from[i * size + size - 1 - b];
        }
        status = take(context, number, size);
    }
    return status;
}

static sm_status write_full_rows(const smi_saved_arrays *const arrays, smi_take_bytes *const take,
                                 void *const context)
{
    const sm_dataset *const dataset = arrays->dataset;
    const size_t size = dataset->element == SM_U8 ? 1 : sizeof(float);
    sm_status status = SM_OK;
    for (size_t r = 0; r < dataset->rows && status == SM_OK; r++) {
        smi_streaming_pass(dataset, r, 1);
        status =
            take_numbers(smi_dataset_x(dataset, r), dataset->shape.features, size, take, context);
    }
    return status;
}

/* The values of all entries, or their columns. */
static sm_status write_entries(const smi_saved_arrays *const arrays, const bool columns,
                               smi_take_bytes *const take, void *const context)
{
    sm_status status = SM_OK;
    for (size_t r = 0; r < arrays->dataset->rows && status == SM_OK; r++) {
        const smi_sparse_row x = smi_dataset_entries(arrays->dataset, r);
        smi_streaming_pass(arrays->dataset, r, 1);
        status = columns ? take_numbers(x.columns, x.count, sizeof *x.columns, take, context)
                         : take_numbers(x.values, x.count, sizeof *x.values, take, context);
    }
    return status;
}

static sm_status write_values(const smi_saved_arrays *const arrays, smi_take_bytes *const take,
                              void *const context)
{
    return write_entries(arrays, false, take, context);
}

static sm_status write_columns(const smi_saved_arrays *const arrays, smi_take_bytes *const take,
                               void *const context)
{
    return write_entries(arrays, true, take, context);
}

static sm_status write_row_starts(const smi_saved_arrays *const arrays, smi_take_bytes *const take,
                                  void *const context)
{
    int64_t start = 0;
    sm_status status = take_numbers(&start, 1, sizeof start, take, context);
    for (size_t r = 0; r < arrays->dataset->rows && status == SM_OK; r++) {
        start += (int64_t)smi_dataset_entries(arrays->dataset, r).count;
        status = take_numbers(&start, 1, sizeof start, take, context);
    }
    return status;
}

static sm_status write_shape(const smi_saved_arrays *const arrays, smi_take_bytes *const take,
                             void *const context)
{
    const int64_t shape[2] = {(int64_t)arrays->dataset->rows,
                              (int64_t)arrays->dataset->shape.features};
    return take_numbers(shape, 2, sizeof *shape, take, context);
}

static sm_status write_format(const smi_saved_arrays *const arrays, smi_take_bytes *const take,
                              void *const context)
{
    (void)arrays;
    return take(context, "csr", 3);
}

/* ---- labels ---- */

/* The code points of a text that is UTF-8, at most `room` of them, behind which comes zero.
 * Returns how many there are. */
static size_t code_points(const char *const text, const size_t room, uint32_t *const points)
{
    size_t count = 0;
    for (const uint8_t *at = (const uint8_t *)text; *at != 0; count++) {
        const size_t more = *at < 0x80 ? 0 : *at < 0xe0 ? 1 : *at < 0xf0 ? 2 : 3;
        uint32_t point = more == 0 ? *at : *at & (0x3fU >> more);
        at++;
        for (size_t i = 0; i < more; i++) {
            point = point << 6 | (*at++ & 0x3fU);
        }
        if (count < room) {
            points[count] = point;
        }
    }
    for (size_t i = count; i < room; i++) {
        points[i] = 0;
    }
    return count;
}

static sm_status write_number_labels(const smi_saved_arrays *const arrays,
                                     smi_take_bytes *const take, void *const context)
{
    sm_status status = SM_OK;
    for (size_t r = 0; r < arrays->dataset->rows && status == SM_OK; r++) {
        const int64_t value = arrays->values[sm_dataset_label(arrays->dataset, r)];
        status = take_numbers(&value, 1, sizeof value, take, context);
    }
    return status;
}

static sm_status write_text_labels(const smi_saved_arrays *const arrays, smi_take_bytes *const take,
                                   void *const context)
{
    const sm_dataset *const dataset = arrays->dataset;
    const size_t room = arrays->name_characters;
    uint32_t *const points = smi_array(room, sizeof *points);
    if (points == NULL) {
        return smi_fail_memory("a label");
    }
    sm_status status = SM_OK;
    for (size_t r = 0; r < dataset->rows && status == SM_OK; r++) {
        const char *const name = dataset->shape.class_names[sm_dataset_label(dataset, r)];
        (void)code_points(name, room, points);
        status = take_numbers(points, room, sizeof *points, take, context);
    }
    smi_free(points);
    return status;
}

/* Whether the text is a number as the labels that are read become names: in the shortest way. */
static bool is_label(const char *const name, int64_t *const value)
{
    const bool negative = name[0] == '-';
    const uint64_t most = negative ? (uint64_t)INT32_MAX + 1 : INT32_MAX;
    uint64_t size = 0;
    char text[16];
    if (!smi_parse_u64(name + negative, &size) || size > most) {
        return false;
    }
    *value = negative ? -(int64_t)size : (int64_t)size;
    (void)snprintf(text, sizeof text, "%" PRId64, *value);
    return strcmp(text, name) == 0;
}

static sm_status plan_labels(smi_saved_arrays *const arrays)
{
    const sm_dataset *const dataset = arrays->dataset;
    const size_t classes = dataset->shape.classes;
    arrays->values = smi_array(classes, sizeof *arrays->values);
    arrays->integers = true;
    arrays->name_characters = 1;
    if (arrays->values == NULL) {
        return smi_fail_memory("the labels");
    }
    for (size_t c = 0; c < classes; c++) {
        const char *const name = dataset->shape.class_names[c];
        arrays->integers = arrays->integers && is_label(name, &arrays->values[c]);
        arrays->name_characters = smi_max_size(arrays->name_characters, code_points(name, 0, NULL));
    }
    (void)snprintf(arrays->description, sizeof arrays->description,
                   arrays->integers ? "<i8" : "<U%zu", arrays->name_characters);
    return SM_OK;
}

/* ---- which arrays there are ---- */

/* Appends an array of elements of `size` bytes. Its dimensions are those before the first 0. */
static sm_status append(smi_saved_arrays *const arrays, const smi_saved_array *const array,
                        const size_t size)
{
    smi_saved_array *const added = &arrays->list[arrays->count++];
    size_t elements = 1;
    size_t bytes = 0;
    *added = *array;
    for (size_t d = 0; d < array->dimensions; d++) {
        if (!smi_multiply_size(elements, array->extent[d], &elements)) {
            return smi_fail(SM_ERROR_MEMORY, "the data has more elements than memory can address");
        }
    }
    if (!smi_multiply_size(elements, size, &bytes)) {
        return smi_fail(SM_ERROR_MEMORY, "the data has more bytes than memory can address");
    }
    added->bytes = bytes;
    return SM_OK;
}

static sm_status append_full_rows(smi_saved_arrays *const arrays)
{
    const sm_shape *const shape = &arrays->dataset->shape;
    const bool bytes = arrays->dataset->element == SM_U8;
    const bool pictures = shape->image_height > 0;
    const smi_saved_array x = {.name = "x",
                               .description = bytes ? "|u1" : "<f4",
                               .extent = {arrays->dataset->rows,
                                          pictures ? shape->image_height : shape->features,
                                          shape->image_width},
                               .dimensions = pictures ? 3 : 2,
                               .write = write_full_rows};
    return append(arrays, &x, bytes ? 1 : sizeof(float));
}

/* As SciPy's save_npz() names them. */
static sm_status append_sparse_rows(smi_saved_arrays *const arrays)
{
    const sm_dataset *const dataset = arrays->dataset;
    for (size_t r = 0; r < dataset->rows; r++) {
        arrays->entries += smi_dataset_entries(dataset, r).count;
    }
    const smi_saved_array list[] = {
        {"data", "<f4", {arrays->entries}, 1, 0, write_values},
        {"indices",
         dataset->shape.features <= (size_t)INT32_MAX + 1 ? "<i4" : "<u4",
         {arrays->entries},
         1,
         0,
         write_columns},
        {"indptr", "<i8", {dataset->rows + 1}, 1, 0, write_row_starts},
        {"shape", "<i8", {2}, 1, 0, write_shape},
        {"format", "|S3", {0}, 0, 0, write_format}};
    static const size_t sizes[] = {sizeof(float), sizeof(uint32_t), sizeof(int64_t),
                                   sizeof(int64_t), 3};
    sm_status status = SM_OK;
    for (size_t i = 0; i < sizeof list / sizeof *list && status == SM_OK; i++) {
        status = append(arrays, &list[i], sizes[i]);
    }
    return status;
}

static sm_status append_labels(smi_saved_arrays *const arrays)
{
    const sm_status status = plan_labels(arrays);
    if (status != SM_OK) {
        return status;
    }
    const smi_saved_array y = {.name = "y",
                               .description = arrays->description,
                               .extent = {arrays->dataset->rows},
                               .dimensions = 1,
                               .write = arrays->integers ? write_number_labels : write_text_labels};
    return append(arrays, &y,
                  arrays->integers ? sizeof(int64_t) : sizeof(uint32_t) * arrays->name_characters);
}

sm_status smi_saved_arrays_of(const sm_dataset *const dataset, const bool labels,
                              smi_saved_arrays *const arrays)
{
    *arrays = (smi_saved_arrays){.dataset = dataset};
    if (dataset->targets != NULL || dataset->weights != NULL) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "NPY and NPZ files hold features and labels, and the "
                        "data has %s",
                        dataset->targets != NULL ? "soft targets" : "weights");
    }
    sm_status status =
        dataset->element == SM_CSR ? append_sparse_rows(arrays) : append_full_rows(arrays);
    if (status == SM_OK && labels) {
        status = append_labels(arrays);
    }
    return status;
}

void smi_saved_arrays_free(smi_saved_arrays *const arrays)
{
    smi_free(arrays->values);
}
