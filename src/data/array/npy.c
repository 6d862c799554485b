#include "data/array/npy.h"

#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/array/npy_dictionary.h"

enum { MAGIC = 6, VERSION_END = 8 };

static const uint8_t magic[MAGIC] = {0x93, 'N', 'U', 'M', 'P', 'Y'};

bool smi_npy_looks_right(const uint8_t *const bytes, const size_t size)
{
    return size >= MAGIC && memcmp(bytes, magic, MAGIC) == 0;
}

static sm_status fail_short(const char *const name)
{
    return smi_fail(SM_ERROR_FORMAT, "%s: the file ends within its NPY header", name);
}

/* The magic number, the version, and the length of the text, which lies at byte *offset. */
static sm_status read_prefix(smi_array_source *const source, size_t *const length,
                             size_t *const offset)
{
    uint8_t bytes[VERSION_END + 4] = {0};
    if (source->left < VERSION_END) {
        return fail_short(source->name);
    }
    sm_status status = smi_array_source_read(source, bytes, VERSION_END);
    if (status != SM_OK) {
        return status;
    }
    if (!smi_npy_looks_right(bytes, MAGIC)) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: byte 0: not an NPY array: it does not begin with "
                        "\\x93NUMPY",
                        source->name);
    }
    const uint8_t version = bytes[MAGIC];
    if (version < 1 || version > 3) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: byte 6: version %d of the NPY format; known are 1 to "
                        "3",
                        source->name, version);
    }
    const size_t length_size = version == 1 ? 2 : 4;
    if (source->left < length_size) {
        return fail_short(source->name);
    }
    status = smi_array_source_read(source, bytes + VERSION_END, length_size);
    *length = 0;
    for (size_t i = 0; i < length_size; i++) {
        *length |= (size_t)bytes[VERSION_END + i] << (8 * i);
    }
    *offset = VERSION_END + length_size;
    return status;
}

static sm_status read_dictionary(smi_array_source *const source, smi_npy *const array)
{
    char text[SMI_NPY_LONGEST_HEADER];
    size_t length = 0;
    size_t offset = 0;
    sm_status status = read_prefix(source, &length, &offset);
    if (status != SM_OK) {
        return status;
    }
    if (length > SMI_NPY_LONGEST_HEADER) {
        char size[SMI_COUNTED_SIZE];
        char most[SMI_NUMBER_TEXT_SIZE];
        return smi_fail(SM_ERROR_FORMAT, "%s: byte 8: a header of %s; more than %s are not read",
                        source->name, smi_counted_text(length, "byte", size),
                        smi_grouped_text(SMI_NPY_LONGEST_HEADER, most));
    }
    if (length > source->left) {
        return fail_short(source->name);
    }
    status = smi_array_source_read(source, text, length);
    return status == SM_OK ? smi_npy_parse_dictionary(source->name, text, length, offset, array)
                           : status;
}

sm_status smi_npy_read_header(smi_array_source *const source, smi_npy *const array)
{
    *array = (smi_npy){.elements = 1};
    const sm_status status = read_dictionary(source, array);
    size_t bytes = 0;
    if (status != SM_OK) {
        return status;
    }
    for (size_t d = 0; d < array->dimensions; d++) {
        if (!smi_multiply_size(array->elements, array->extent[d], &array->elements)) {
            return smi_fail(SM_ERROR_FORMAT, "%s: the product of the sizes in the header overflows",
                            source->name);
        }
    }
    if (!smi_multiply_size(array->elements, array->size, &bytes) || bytes != source->left) {
        char elements[SMI_COUNTED_SIZE];
        char size[SMI_COUNTED_SIZE];
        char left[SMI_COUNTED_SIZE];
        return smi_fail(SM_ERROR_FORMAT, "%s: the header announces %s of %s, and %s follow%s",
                        source->name, smi_counted_text(array->elements, "element", elements),
                        smi_counted_text(array->size, "byte", size),
                        smi_counted_text(source->left, "byte", left), source->left == 1 ? "s" : "");
    }
    return SM_OK;
}

/* Turns numbers of `size` bytes round. */
static void swap_bytes(uint8_t *const bytes, const size_t count, const size_t size)
{
    for (size_t i = 0; i < count; i++) {
        uint8_t *const number = bytes + i * size;
        for (size_t b = 0; b < size / 2; b++) {
            const uint8_t kept = number[b];
            number[b] = number[size - 1 - b];
            number[size - 1 - b] = kept;
        }
    }
}

sm_status smi_npy_read(smi_array_source *const source, const smi_npy *const array,
                       const size_t count, void *const to)
{
    const sm_status status = smi_array_source_read(source, to, count * array->size);
    if (status == SM_OK && array->swapped) {
        const size_t number = array->kind == SMI_NPY_UNICODE ? 4 : array->size;
        swap_bytes(to, count * array->size / number, number);
    }
    return status;
}
