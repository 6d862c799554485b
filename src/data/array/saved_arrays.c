#include "data/array/saved_arrays.h"

#include <stdio.h>
#include <string.h>

#include "base/byte_order.h"
#include "base/memory.h"
#include "base/picture_shape.h"
#include "base/status.h"
#include "data/labels.h"

/* ---- numbers ---- */

/* Hands on `count` numbers of `size` bytes, the least significant first. */
static sm_status take_numbers(const void *const numbers, const size_t count, const size_t size,
                              smi_take_bytes *const take, void *const context)
{
    if (size == 1 || smi_machine_is_little_endian()) {
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

static sm_status add_full_rows(smi_saved_arrays *const arrays, const smi_row_block *const block,
                               smi_take_bytes *const take, void *const context)
{
    const size_t size = arrays->rows->element == SM_U8 ? 1 : sizeof(float);
    return take_numbers(block->x, block->rows * arrays->rows->shape.features, size, take, context);
}

static sm_status add_values(smi_saved_arrays *const arrays, const smi_row_block *const block,
                            smi_take_bytes *const take, void *const context)
{
    const size_t begin = block->row_starts[0];
    (void)arrays;
    return take_numbers((const float *)block->x + begin, block->row_starts[block->rows] - begin,
                        sizeof(float), take, context);
}

static sm_status add_columns(smi_saved_arrays *const arrays, const smi_row_block *const block,
                             smi_take_bytes *const take, void *const context)
{
    const size_t begin = block->row_starts[0];
    (void)arrays;
    return take_numbers(block->columns + begin, block->row_starts[block->rows] - begin,
                        sizeof *block->columns, take, context);
}

/* Numbers are handed on so many at a time. */
enum { AT_ONCE = 512 };

static sm_status add_row_starts(smi_saved_arrays *const arrays, const smi_row_block *const block,
                                smi_take_bytes *const take, void *const context)
{
    int64_t starts[AT_ONCE] = {0};
    sm_status status = SM_OK;
    if (!arrays->started) {
        status = take_numbers(starts, 1, sizeof *starts, take, context);
        arrays->started = true;
    }
    const size_t *const ends = block->row_starts;
    for (size_t done = 0, some = 0; done < block->rows && status == SM_OK; done += some) {
        some = smi_min_size(AT_ONCE, block->rows - done);
        for (size_t i = 0; i < some; i++) {
            starts[i] = (int64_t)(arrays->entries + ends[done + i + 1] - ends[0]);
        }
        status = take_numbers(starts, some, sizeof *starts, take, context);
    }
    arrays->entries += ends[block->rows] - ends[0];
    return status;
}

static sm_status write_shape(const smi_saved_arrays *const arrays, smi_take_bytes *const take,
                             void *const context)
{
    const int64_t shape[2] = {(int64_t)arrays->rows->rows, (int64_t)arrays->rows->shape.features};
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

static sm_status add_number_labels(smi_saved_arrays *const arrays, const smi_row_block *const block,
                                   smi_take_bytes *const take, void *const context)
{
    int64_t labels[AT_ONCE];
    sm_status status = SM_OK;
    for (size_t done = 0, some = 0; done < block->rows && status == SM_OK; done += some) {
        some = smi_min_size(AT_ONCE, block->rows - done);
        for (size_t i = 0; i < some; i++) {
            labels[i] = arrays->values[block->labels[done + i]];
        }
        status = take_numbers(labels, some, sizeof *labels, take, context);
    }
    return status;
}

static sm_status add_text_labels(smi_saved_arrays *const arrays, const smi_row_block *const block,
                                 smi_take_bytes *const take, void *const context)
{
    const size_t room = arrays->name_characters;
    uint32_t *const points = arrays->points;
    sm_status status = SM_OK;
    for (size_t r = 0; r < block->rows && status == SM_OK; r++) {
        (void)code_points(arrays->rows->shape.class_names[block->labels[r]], room, points);
        status = take_numbers(points, room, sizeof *points, take, context);
    }
    return status;
}

static sm_status plan_labels(smi_saved_arrays *const arrays)
{
    const sm_shape *const shape = &arrays->rows->shape;
    const size_t classes = shape->classes;
    arrays->values = smi_array(classes, sizeof *arrays->values);
    arrays->integers = true;
    arrays->name_characters = 1;
    if (arrays->values == NULL) {
        return smi_fail_memory("the labels");
    }
    for (size_t c = 0; c < classes; c++) {
        const char *const name = shape->class_names[c];
        int32_t number = 0;
        arrays->integers = arrays->integers && smi_number_of_class(name, &number);
        arrays->values[c] = number;
        arrays->name_characters = smi_max_size(arrays->name_characters, code_points(name, 0, NULL));
    }
    (void)snprintf(arrays->description, sizeof arrays->description,
                   arrays->integers ? "<i8" : "<U%zu", arrays->name_characters);
    arrays->points = smi_array(arrays->name_characters, sizeof *arrays->points);
    return arrays->points == NULL ? smi_fail_memory("a label") : SM_OK;
}

/* ---- which arrays there are ---- */

sm_status smi_saved_array_bytes(const smi_saved_array *const array, uint64_t *const bytes)
{
    size_t all = array->element_size;
    for (size_t d = 0; d < array->dimensions; d++) {
        if (!smi_multiply_size(all, array->extent[d], &all)) {
            return smi_fail(SM_ERROR_MEMORY, "the data has more bytes than memory can address");
        }
    }
    *bytes = all;
    return SM_OK;
}

static void append(smi_saved_arrays *const arrays, const smi_saved_array *const array)
{
    arrays->list[arrays->count++] = *array;
}

static void append_full_rows(smi_saved_arrays *const arrays)
{
    const sm_rows *const rows = arrays->rows;
    const sm_shape *const shape = &rows->shape;
    const bool bytes = rows->element == SM_U8;
    const size_t channels =
        smi_picture_channels(shape->features, shape->image_height, shape->image_width);
    const size_t height = channels > 0 ? shape->image_height : shape->features;
    const size_t picture_dimensions = channels == 3 ? 4 : 3;
    const smi_saved_array x = {.name = "x",
                               .description = bytes ? "|u1" : "<f4",
                               .extent = {rows->rows, height, shape->image_width, channels},
                               .dimensions = channels > 0 ? picture_dimensions : 2,
                               .element_size = bytes ? 1 : sizeof(float),
                               .add = add_full_rows};
    append(arrays, &x);
}

/* As SciPy's save_npz() names them. */
static void append_sparse_rows(smi_saved_arrays *const arrays)
{
    const sm_rows *const rows = arrays->rows;
    const smi_saved_array list[] = {
        {.name = "data",
         .description = "<f4",
         .dimensions = 1,
         .element_size = sizeof(float),
         .by_entries = true,
         .add = add_values},
        {.name = "indices",
         .description = rows->shape.features <= (size_t)INT32_MAX + 1 ? "<i4" : "<u4",
         .dimensions = 1,
         .element_size = sizeof(uint32_t),
         .by_entries = true,
         .add = add_columns},
        {.name = "indptr",
         .description = "<i8",
         .extent = {rows->rows + 1},
         .dimensions = 1,
         .element_size = sizeof(int64_t),
         .add = add_row_starts},
        {.name = "shape",
         .description = "<i8",
         .extent = {2},
         .dimensions = 1,
         .element_size = sizeof(int64_t),
         .fixed = write_shape},
        {.name = "format", .description = "|S3", .element_size = 3, .fixed = write_format}};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        append(arrays, &list[i]);
    }
}

static sm_status append_labels(smi_saved_arrays *const arrays)
{
    const sm_status status = plan_labels(arrays);
    const smi_saved_array y = {.name = "y",
                               .description = arrays->description,
                               .extent = {arrays->rows->rows},
                               .dimensions = 1,
                               .element_size = arrays->integers
                                                   ? sizeof(int64_t)
                                                   : sizeof(uint32_t) * arrays->name_characters,
                               .add = arrays->integers ? add_number_labels : add_text_labels};
    append(arrays, &y);
    return status;
}

sm_status smi_saved_arrays_of(const sm_rows *const rows, const bool labels,
                              smi_saved_arrays *const arrays)
{
    *arrays = (smi_saved_arrays){.rows = rows};
    if (rows->soft_targets || rows->weighted) {
        return smi_fail(SM_ERROR_DATA,
                        "NPY and NPZ files hold features and labels, and the "
                        "data has %s",
                        rows->soft_targets ? "soft targets" : "weights");
    }
    if (rows->element == SM_CSR) {
        append_sparse_rows(arrays);
    } else {
        append_full_rows(arrays);
    }
    return labels ? append_labels(arrays) : SM_OK;
}

void smi_saved_arrays_free(smi_saved_arrays *const arrays)
{
    smi_free(arrays->values);
    smi_free(arrays->points);
}
