#include "model/safetensors.h"

#include <stdlib.h>
#include <string.h>

#include "base/cursor.h"
#include "base/memory.h"
#include "base/status.h"

enum { LENGTH_BYTES = 8, BUFFER_ALIGNMENT = 64 };

static const char metadata_key[] = "__metadata__";

/* ---- reading ---- */

/* Bytes of one element; 0: an unknown type. */
static size_t size_of_dtype(const char *const dtype)
{
    static const struct {
        const char *name;
        size_t size;
    } known[] = {{"BOOL", 1}, {"U8", 1},   {"I8", 1},  {"I16", 2}, {"U16", 2},
                 {"F16", 2},  {"BF16", 2}, {"I32", 4}, {"U32", 4}, {"F32", 4},
                 {"F64", 8},  {"I64", 8},  {"U64", 8}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(dtype, known[i].name) == 0) {
            return known[i].size;
        }
    }
    return 0;
}

static sm_status fail_tensor(const char *const file, const char *const tensor,
                             const char *const what)
{
    return smi_fail(SM_ERROR_FORMAT, "%s: tensor '%s': %s", file, tensor, what);
}

/* A size as JSON gives it. */
static bool take_size(const json_t *const value, size_t *const size)
{
    if (!json_is_integer(value) || json_integer_value(value) < 0) {
        return false;
    }
    *size = (size_t)json_integer_value(value);
    return true;
}

/* Reads dtype and shape, and how many bytes they come to. */
static sm_status parse_extent(const char *const file, const json_t *const entry,
                              smi_tensor *const tensor, size_t *const bytes)
{
    const char *const dtype = json_string_value(json_object_get(entry, "dtype"));
    const json_t *const shape = json_object_get(entry, "shape");
    if (dtype == NULL || !json_is_array(shape)) {
        return fail_tensor(file, tensor->name, "dtype or shape is missing");
    }
    *bytes = size_of_dtype(dtype);
    if (*bytes == 0) {
        return smi_fail(SM_ERROR_FORMAT, "%s: tensor '%s': unknown dtype '%s'", file, tensor->name,
                        dtype);
    }
    tensor->dtype = dtype;
    tensor->dimensions = json_array_size(shape);
    if (tensor->dimensions > SMI_TENSOR_DIMENSIONS) {
        return fail_tensor(file, tensor->name, "too many dimensions");
    }
    for (size_t i = 0; i < tensor->dimensions; i++) {
        if (!take_size(json_array_get(shape, i), &tensor->shape[i])) {
            return fail_tensor(file, tensor->name, "its shape is not made of sizes");
        }
        if (!smi_multiply_size(*bytes, tensor->shape[i], bytes)) {
            return fail_tensor(file, tensor->name, "the product of its shape overflows");
        }
    }
    return SM_OK;
}

static sm_status parse_tensor(const char *const file, const char *const name,
                              const json_t *const entry, const smi_cursor *const buffer,
                              smi_tensor *const tensor)
{
    *tensor = (smi_tensor){.name = name};
    if (!json_is_object(entry)) {
        return fail_tensor(file, name, "its description is not an object");
    }
    size_t bytes = 0;
    const sm_status status = parse_extent(file, entry, tensor, &bytes);
    if (status != SM_OK) {
        return status;
    }
    const json_t *const offsets = json_object_get(entry, "data_offsets");
    size_t begin = 0;
    size_t end = 0;
    if (!json_is_array(offsets) || json_array_size(offsets) != 2 ||
        !take_size(json_array_get(offsets, 0), &begin) ||
        !take_size(json_array_get(offsets, 1), &end)) {
        return fail_tensor(file, name, "data_offsets are not two sizes");
    }
    if (begin > end || end > smi_cursor_remaining(buffer)) {
        return fail_tensor(file, name, "data_offsets lie outside the file");
    }
    if (end - begin != bytes) {
        return fail_tensor(file, name, "data_offsets do not fit dtype and shape");
    }
    tensor->bytes = buffer->at + begin;
    tensor->size = bytes;
    return SM_OK;
}

static int compare_places(const void *const a, const void *const b)
{
    const smi_tensor *const left = a;
    const smi_tensor *const right = b;
    if (left->bytes != right->bytes) {
        return left->bytes < right->bytes ? -1 : 1;
    }
    return (left->size > right->size) - (left->size < right->size);
}

/* Sorts the tensors by place; they must fill the buffer without hole or overlap. */
static sm_status check_places(const char *const file, const smi_cursor *const buffer,
                              smi_safetensors *const parsed)
{
    qsort(parsed->tensors, parsed->count, sizeof *parsed->tensors, compare_places);
    const uint8_t *at = buffer->at;
    for (size_t i = 0; i < parsed->count; i++) {
        if (parsed->tensors[i].bytes != at) {
            return fail_tensor(file, parsed->tensors[i].name,
                               "it overlaps another one, or leaves a hole before it");
        }
        at += parsed->tensors[i].size;
    }
    if (at != buffer->end) {
        return smi_fail(SM_ERROR_FORMAT, "%s: the file goes on after its last tensor", file);
    }
    return SM_OK;
}

static sm_status parse_metadata(const char *const file, const json_t *const metadata)
{
    const char *key = NULL;
    json_t *value = NULL;
    if (!json_is_object(metadata)) {
        return smi_fail(SM_ERROR_FORMAT, "%s: %s is not an object", file, metadata_key);
    }
    json_object_foreach((json_t *)metadata, key, value)
    {
        if (!json_is_string(value)) {
            return smi_fail(SM_ERROR_FORMAT, "%s: %s: '%s' is not a string", file, metadata_key,
                            key);
        }
    }
    return SM_OK;
}

static sm_status parse_entries(const char *const file, const smi_cursor *const buffer,
                               smi_safetensors *const parsed)
{
    const char *name = NULL;
    json_t *entry = NULL;
    parsed->tensors = smi_array(json_object_size(parsed->header), sizeof *parsed->tensors);
    if (parsed->tensors == NULL) {
        return smi_fail_memory(file);
    }
    json_object_foreach(parsed->header, name, entry)
    {
        const sm_status status =
            strcmp(name, metadata_key) == 0
                ? parse_metadata(file, entry)
                : parse_tensor(file, name, entry, buffer, &parsed->tensors[parsed->count++]);
        if (status != SM_OK) {
            return status;
        }
    }
    return check_places(file, buffer, parsed);
}

/* Reads the length and the JSON; the cursor is left at the buffer. */
static sm_status parse_header(const char *const file, smi_cursor *const cursor,
                              json_t **const header)
{
    uint64_t length = 0;
    const uint8_t *text = NULL;
    if (!smi_cursor_take_u64_little_endian(cursor, &length)) {
        return smi_fail(SM_ERROR_FORMAT, "%s: byte %zu: too short for a safetensors file", file,
                        smi_cursor_remaining(cursor));
    }
    if (smi_cursor_remaining(cursor) > 0 && *cursor->at != '{') {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: byte %d: not a model: a safetensors header starts with '{'", file,
                        LENGTH_BYTES);
    }
    if (length > SMI_MAX_HEADER) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: byte 0: not a model: its header would be %llu bytes long", file,
                        (unsigned long long)length);
    }
    if (!smi_cursor_take_bytes(cursor, (size_t)length, &text)) {
        return smi_fail(SM_ERROR_FORMAT, "%s: the file ends within its header of %llu bytes", file,
                        (unsigned long long)length);
    }
    json_error_t error;
    *header = json_loadb((const char *)text, (size_t)length, JSON_REJECT_DUPLICATES, &error);
    if (*header == NULL &&
        (error.text[0] == '\0' || json_error_code(&error) == json_error_out_of_memory)) {
        return smi_fail_memory(file);
    }
    if (*header == NULL) {
        return smi_fail(SM_ERROR_FORMAT, "%s: byte %d: the header is not valid: %s", file,
                        LENGTH_BYTES + error.position, error.text);
    }
    return SM_OK;
}

sm_status smi_safetensors_parse(const uint8_t *const bytes, const size_t size,
                                const char *const name, smi_safetensors *const file)
{
    smi_cursor cursor = smi_cursor_over(bytes, size);
    smi_safetensors parsed = {0};
    sm_status status = parse_header(name, &cursor, &parsed.header);
    if (status == SM_OK) {
        status = parse_entries(name, &cursor, &parsed);
    }
    if (status != SM_OK) {
        smi_safetensors_free(&parsed);
        return status;
    }
    *file = parsed;
    return SM_OK;
}

const smi_tensor *smi_safetensors_find(const smi_safetensors *const file, const char *const name)
{
    for (size_t i = 0; i < file->count; i++) {
        if (strcmp(file->tensors[i].name, name) == 0) {
            return &file->tensors[i];
        }
    }
    return NULL;
}

const char *smi_safetensors_metadata(const smi_safetensors *const file, const char *const key)
{
    return json_string_value(json_object_get(json_object_get(file->header, metadata_key), key));
}

void smi_safetensors_free(smi_safetensors *const file)
{
    json_decref(file->header);
    smi_free(file->tensors);
    *file = (smi_safetensors){0};
}

/* ---- writing ---- */

static json_t *describe(const smi_tensor *const tensor, const size_t begin)
{
    json_t *const shape = json_array();
    const size_t end = begin + tensor->size;
    for (size_t i = 0; i < tensor->dimensions; i++) {
        json_array_append_new(shape, json_integer((json_int_t)tensor->shape[i]));
    }
    return json_pack("{s:s, s:o, s:[I, I]}", "dtype", tensor->dtype, "shape", shape, "data_offsets",
                     (json_int_t)begin, (json_int_t)end);
}

/* The header's text, to be freed by free(); NULL when there is not the memory. */
static char *header_text(const json_t *const metadata, const smi_tensor *const tensors,
                         const size_t count)
{
    json_t *const header = json_object();
    bool complete = json_object_set(header, metadata_key, (json_t *)metadata) == 0;
    size_t begin = 0;
    for (size_t i = 0; i < count && complete; i++) {
        complete = json_object_set_new(header, tensors[i].name, describe(&tensors[i], begin)) == 0;
        begin += tensors[i].size;
    }
    char *const text = complete ? json_dumps(header, JSON_COMPACT) : NULL;
    json_decref(header);
    return text;
}

static sm_status write_header(smi_output *const output, const char *const text)
{
    static const char blanks[BUFFER_ALIGNMENT] =
        "                                                                ";
    const size_t length = strlen(text);
    const size_t padded = smi_round_up(LENGTH_BYTES + length, BUFFER_ALIGNMENT) - LENGTH_BYTES;
    if (padded > SMI_MAX_HEADER) {
        return smi_fail(SM_ERROR_DATA,
                        "names of classes, columns and what else describes the model take more "
                        "than the %d bytes that a model file has for them",
                        SMI_MAX_HEADER);
    }
    uint8_t number[LENGTH_BYTES];
    for (size_t i = 0; i < LENGTH_BYTES; i++) {
        number[i] = (uint8_t)((uint64_t)padded >> (8 * i));
    }
    sm_status status = smi_output_write(output, number, sizeof number);
    if (status == SM_OK) {
        status = smi_output_write(output, text, length);
    }
    if (status == SM_OK) {
        status = smi_output_write(output, blanks, padded - length);
    }
    return status;
}

/* Numbers are stored lowest byte first, whatever this machine does. */
static sm_status write_tensor(smi_output *const output, const smi_tensor *const tensor)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return smi_output_write(output, tensor->bytes, tensor->size);
#else
    sm_status status = SM_OK;
    const size_t each = size_of_dtype(tensor->dtype);
    for (size_t i = 0; i < tensor->size && status == SM_OK; i++) {
        const size_t byte = i / each * each + (each - 1 - i % each);
        status = smi_output_write(output, tensor->bytes + byte, 1);
    }
    return status;
#endif
}

sm_status smi_safetensors_write(smi_output *const output, const json_t *const metadata,
                                const smi_tensor *const tensors, const size_t count)
{
    char *const text = header_text(metadata, tensors, count);
    if (text == NULL) {
        return smi_fail_memory("a model file's header");
    }
    sm_status status = write_header(output, text);
    free(text);
    for (size_t i = 0; i < count && status == SM_OK; i++) {
        status = write_tensor(output, &tensors[i]);
    }
    return status;
}
