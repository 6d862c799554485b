#include "data/idx.h"

#include <math.h>
#include <string.h>

#include "base/cursor.h"
#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"

enum { IDX_FIXED_HEADER = 4 };

static size_t size_of_type(const uint8_t type)
{
    switch (type) {
    case SMI_IDX_U8:
    case SMI_IDX_I8:
        return 1;
    case SMI_IDX_I16:
        return 2;
    case SMI_IDX_I32:
    case SMI_IDX_F32:
        return 4;
    case SMI_IDX_F64:
        return 8;
    default:
        return 0;
    }
}

/* ---- header ---- */

static sm_status read_exactly(smi_stream *const stream, uint8_t *const bytes, const size_t size,
                              const size_t position)
{
    size_t got = 0;
    const sm_status status = smi_stream_read(stream, bytes, size, &got);
    if (status == SM_OK && got < size) {
        return smi_fail(SM_ERROR_FORMAT, "%s: byte %zu: the file ends within its IDX header",
                        smi_stream_name(stream), position + got);
    }
    return status;
}

static sm_status read_fixed_header(smi_stream *const stream, smi_idx_header *const header)
{
    uint8_t bytes[IDX_FIXED_HEADER] = {0};
    const sm_status status = read_exactly(stream, bytes, sizeof bytes, 0);
    if (status != SM_OK) {
        return status;
    }
    const char *const name = smi_stream_name(stream);
    if (bytes[0] != 0 || bytes[1] != 0) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: byte 0: not an IDX file: it starts with %02x %02x, not 00 00", name,
                        bytes[0], bytes[1]);
    }
    header->type = bytes[2];
    header->element_size = size_of_type(bytes[2]);
    header->dimensions = bytes[3];
    if (header->element_size == 0) {
        return smi_fail(SM_ERROR_FORMAT, "%s: byte 2: unknown IDX element type 0x%02x", name,
                        bytes[2]);
    }
    if (header->dimensions == 0 || header->dimensions > SMI_IDX_MAX_DIMENSIONS) {
        return smi_fail(SM_ERROR_FORMAT, "%s: byte 3: %zu dimensions; possible are 1 … %d", name,
                        header->dimensions, SMI_IDX_MAX_DIMENSIONS);
    }
    return SM_OK;
}

/* Multiplies the extents up, and makes sure that so many elements can be there at all. */
static sm_status check_size(smi_stream *const stream, smi_idx_header *const header)
{
    const char *const name = smi_stream_name(stream);
    size_t bytes = 0;
    header->elements = 1;
    for (size_t i = 0; i < header->dimensions; i++) {
        if (header->extent[i] == 0) {
            return smi_fail(SM_ERROR_DATA, "%s: the file holds no %s", name,
                            i == 0 ? "rows" : "features: one of its dimensions is 0");
        }
        if (!smi_multiply_size(header->elements, header->extent[i], &header->elements)) {
            return smi_fail(SM_ERROR_FORMAT,
                            "%s: the product of the dimensions in the header overflows", name);
        }
    }
    if (!smi_multiply_size(header->elements, sizeof(double), &bytes)) {
        return smi_fail(SM_ERROR_FORMAT, "%s: the header announces more than memory can address",
                        name);
    }
    return smi_stream_expect(stream, header->elements * header->element_size);
}

static sm_status read_header(smi_stream *const stream, smi_idx_header *const header)
{
    sm_status status = read_fixed_header(stream, header);
    uint8_t bytes[4 * SMI_IDX_MAX_DIMENSIONS] = {0};
    if (status == SM_OK) {
        status = read_exactly(stream, bytes, 4 * header->dimensions, IDX_FIXED_HEADER);
    }
    if (status != SM_OK) {
        return status;
    }
    smi_cursor cursor = smi_cursor_over(bytes, 4 * header->dimensions);
    for (size_t i = 0; i < header->dimensions; i++) {
        uint32_t extent = 0;
        (void)smi_cursor_take_u32_big_endian(&cursor, &extent);
        header->extent[i] = extent;
    }
    return check_size(stream, header);
}

/* ---- elements ---- */

static uint64_t big_endian(const uint8_t *const bytes, const size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) {
        value = value << 8 | bytes[i];
    }
    return value;
}

static double decode(const uint8_t *const bytes, const uint8_t type)
{
    float single = 0.0F;
    double number = 0.0;
    switch (type) {
    case SMI_IDX_U8:
        return (double)bytes[0];
    case SMI_IDX_I8:
        return (double)(int8_t)bytes[0];
    case SMI_IDX_I16:
        return (double)(int16_t)big_endian(bytes, 2);
    case SMI_IDX_I32:
        return (double)(int32_t)big_endian(bytes, 4);
    case SMI_IDX_F32: {
        const uint32_t bits = (uint32_t)big_endian(bytes, 4);
        memcpy(&single, &bits, sizeof single);
        return (double)single;
    }
    default: {
        const uint64_t bits = big_endian(bytes, 8);
        memcpy(&number, &bits, sizeof number);
        return number;
    }
    }
}

/* Where the elements go. Room is made for all of them when the input's size has vouched for the
 * header; otherwise it doubles as they arrive. */
typedef struct idx_target {
    void *values;
    size_t size;     /* of one */
    size_t filled;   /* values */
    size_t capacity; /* values */
} idx_target;

static sm_status make_room(idx_target *const target, const size_t elements, const bool vouched)
{
    enum { FIRST_CAPACITY = 1 << 20 };
    size_t capacity = target->capacity == 0 ? FIRST_CAPACITY : 2 * target->capacity;
    capacity = vouched ? elements : smi_min_size(capacity, elements);
    void *const values = smi_bytes(capacity * target->size);
    if (values == NULL) {
        return smi_fail(SM_ERROR_MEMORY, "not enough memory for %zu values of %zu bytes", capacity,
                        target->size);
    }
    if (target->filled > 0) {
        memcpy(values, target->values, target->filled * target->size);
    }
    smi_free(target->values);
    target->values = values;
    target->capacity = capacity;
    return SM_OK;
}

sm_status smi_idx_decode(const smi_idx_header *const header, const char *const name,
                         const uint8_t *const bytes, const size_t first, const size_t count,
                         float *const to)
{
    for (size_t i = 0; i < count; i++) {
        const double value = decode(bytes + i * header->element_size, header->type);
        if (!(fabs(value) <= (double)3.402823466e+38F)) {
            const size_t row_size = header->elements / header->extent[0];
            return smi_fail(SM_ERROR_DATA,
                            "%s: row %zu, feature %zu: %g is not a finite 32-bit number", name,
                            (first + i) / row_size, (first + i) % row_size, value);
        }
        to[i] = (float)value;
    }
    return SM_OK;
}

/* Converts `count` elements; labels become int32_t, features float. */
static sm_status convert(const smi_idx_header *const header, const char *const name,
                         const uint8_t *const bytes, const size_t count, const bool labels,
                         idx_target *const target)
{
    sm_status status = SM_OK;
    if (labels) {
        int32_t *const to = (int32_t *)target->values + target->filled;
        for (size_t i = 0; i < count; i++) {
            to[i] = (int32_t)decode(bytes + i * header->element_size, header->type);
        }
    } else {
        status = smi_idx_decode(header, name, bytes, target->filled, count,
                                (float *)target->values + target->filled);
    }
    target->filled += count;
    return status;
}

static sm_status fail_short(const smi_idx_header *const header, const char *const name,
                            const size_t elements)
{
    char read[SMI_NUMBER_TEXT_SIZE];
    char announced[SMI_COUNTED_SIZE];
    return smi_fail(
        SM_ERROR_FORMAT, "%s: the file ends after %s of the %s that its header announces", name,
        smi_grouped_text(elements, read), smi_counted_text(header->elements, "value", announced));
}

static sm_status fail_long(const smi_idx_header *const header, const char *const name)
{
    char announced[SMI_COUNTED_SIZE];
    return smi_fail(SM_ERROR_FORMAT, "%s: the file goes on after the %s that its header announces",
                    name, smi_counted_text(header->elements, "value", announced));
}

/* u8 needs no conversion: it is read to where it stays. */
static sm_status read_bytes(smi_stream *const stream, const smi_idx_header *const header,
                            const size_t wanted, idx_target *const target)
{
    size_t got = 0;
    const sm_status status =
        smi_stream_read(stream, (uint8_t *)target->values + target->filled, wanted, &got);
    target->filled += got;
    if (status == SM_OK && got < wanted) {
        return fail_short(header, smi_stream_name(stream), target->filled);
    }
    return status;
}

static sm_status read_converted(smi_stream *const stream, const smi_idx_header *const header,
                                const size_t wanted, const bool labels, idx_target *const target)
{
    uint8_t bytes[16384];
    size_t left = wanted;
    while (left > 0) {
        const size_t count = smi_min_size(left, sizeof bytes / header->element_size);
        size_t got = 0;
        sm_status status = smi_stream_read(stream, bytes, count * header->element_size, &got);
        if (status == SM_OK && got < count * header->element_size) {
            status = fail_short(header, smi_stream_name(stream),
                                target->filled + got / header->element_size);
        }
        if (status == SM_OK) {
            status = convert(header, smi_stream_name(stream), bytes, count, labels, target);
        }
        if (status != SM_OK) {
            return status;
        }
        left -= count;
    }
    return SM_OK;
}

static sm_status read_elements(smi_stream *const stream, const smi_idx_header *const header,
                               const bool labels, idx_target *const target)
{
    const bool keep_bytes = header->type == SMI_IDX_U8 && !labels;
    const bool vouched = smi_stream_most(stream) != UINT64_MAX;
    target->size = keep_bytes ? 1 : 4;
    sm_status status = SM_OK;
    while (status == SM_OK && target->filled < header->elements) {
        status = make_room(target, header->elements, vouched);
        if (status == SM_OK) {
            const size_t wanted = target->capacity - target->filled;
            status = keep_bytes ? read_bytes(stream, header, wanted, target)
                                : read_converted(stream, header, wanted, labels, target);
        }
    }
    uint8_t beyond = 0;
    size_t got = 0;
    if (status == SM_OK) {
        status = smi_stream_read(stream, &beyond, 1, &got);
    }
    if (status == SM_OK && got > 0) {
        status = fail_long(header, smi_stream_name(stream));
    }
    if (status != SM_OK) {
        smi_free(target->values);
    }
    return status;
}

sm_status smi_idx_begin_features(smi_stream *const stream, smi_idx_header *const header)
{
    const sm_status status = read_header(stream, header);
    if (status == SM_OK && header->dimensions < 2) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: one dimension: these are labels, not rows of features",
                        smi_stream_name(stream));
    }
    return status;
}

smi_idx_features smi_idx_shape(const smi_idx_header *const header)
{
    const bool pictures = header->dimensions == 3;
    return (smi_idx_features){.element = header->type == SMI_IDX_U8 ? SM_U8 : SM_F32,
                              .rows = header->extent[0],
                              .features = header->elements / header->extent[0],
                              .height = pictures ? header->extent[1] : 0,
                              .width = pictures ? header->extent[2] : 0};
}

sm_status smi_idx_check_size(const smi_idx_header *const header, const char *const name,
                             const uint64_t size)
{
    const uint64_t wanted = header->elements * header->element_size;
    return size < wanted   ? fail_short(header, name, (size_t)size / header->element_size)
           : size > wanted ? fail_long(header, name)
                           : SM_OK;
}

sm_status smi_idx_read_features(smi_stream *const stream, smi_idx_features *const features)
{
    smi_idx_header header = {0};
    idx_target target = {0};
    sm_status status = smi_idx_begin_features(stream, &header);
    if (status == SM_OK) {
        status = read_elements(stream, &header, false, &target);
    }
    if (status == SM_OK) {
        *features = smi_idx_shape(&header);
        features->x = target.values;
    }
    return status;
}

sm_status smi_idx_read_labels(smi_stream *const stream, const size_t wanted, int32_t **const labels,
                              size_t *const rows)
{
    smi_idx_header header = {0};
    sm_status status = read_header(stream, &header);
    if (status == SM_OK && header.dimensions != 1) {
        status = smi_fail(SM_ERROR_FORMAT, "%s: %zu dimensions: labels have one",
                          smi_stream_name(stream), header.dimensions);
    }
    if (status == SM_OK && (header.type == SMI_IDX_F32 || header.type == SMI_IDX_F64)) {
        status = smi_fail(SM_ERROR_FORMAT, "%s: byte 2: labels must be integers, these are not",
                          smi_stream_name(stream));
    }
    idx_target target = {0};
    if (status == SM_OK && header.extent[0] == wanted) {
        status = read_elements(stream, &header, true, &target);
    }
    if (status == SM_OK) {
        *labels = target.values;
        *rows = header.extent[0];
    }
    return status;
}
