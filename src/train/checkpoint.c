#include "train/checkpoint.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/status.h"
#include "model/model_file.h"
#include "model/safetensors.h"
#include "sys/input.h"
#include "sys/output.h"

static const char format_version[] = "1";
static const char library_key[] = "softmax.version";
static const char fingerprint_key[] = "softmax.fingerprint";
static const char sum_key[] = "softmax.sum";

/* Larger files are not read. */
static const size_t max_file = (size_t)64 << 30;

enum { SUM_TEXT = 17 };

static bool is_float(const smi_state_kind kind)
{
    return kind == SMI_STATE_FLOATS || kind == SMI_STATE_PARAMETERS;
}

static const char *dtype_of(const smi_state_kind kind)
{
    return is_float(kind) ? "F32" : kind == SMI_STATE_DOUBLES ? "F64" : "U64";
}

static void print_sum(const uint64_t sum, char *const text)
{
    (void)snprintf(text, SUM_TEXT, "%016llx", (unsigned long long)sum);
}

/* ---- writing ---- */

/* The digest of a tensor's numbers, in this machine's order of bytes. */
static uint64_t add_numbers(uint64_t sum, const smi_tensor *const tensor)
{
    const size_t each = tensor->size / smi_max_size(tensor->shape[0], 1);
    for (size_t i = 0; i < tensor->shape[0]; i++) {
        uint32_t word = 0;
        uint64_t number = 0;
        if (each == sizeof word) {
            memcpy(&word, tensor->bytes + i * each, each);
            number = word;
        } else {
            memcpy(&number, tensor->bytes + i * each, each);
        }
        sum = smi_hash_u64(sum, number);
    }
    return sum;
}

/* Sizes and flags as they are in the file, for all entries one after the other. NULL when there is
 * not the memory. */
static uint64_t *widened(const smi_state *const state)
{
    size_t total = 0;
    for (size_t i = 0; i < state->count; i++) {
        total += strcmp(dtype_of(state->entries[i].kind), "U64") == 0 ? state->entries[i].count : 0;
    }
    uint64_t *const words = smi_array(total, sizeof *words);
    uint64_t *at = words;
    for (size_t i = 0; i < state->count && words != NULL; i++) {
        const smi_state_entry *const entry = &state->entries[i];
        for (size_t k = 0; k < entry->count && entry->kind == SMI_STATE_SIZES; k++) {
            *at++ = ((const size_t *)entry->values)[k];
        }
        if (entry->kind == SMI_STATE_FLAG) {
            *at++ = *(const bool *)entry->values ? 1 : 0;
        }
    }
    return words;
}

/* Numbers of eight bytes come first, so that all are aligned. Returns how many tensors they are. */
static size_t list_tensors(const smi_state *const state, const uint64_t *words,
                           smi_tensor *const tensors)
{
    size_t count = 0;
    for (int narrow = 0; narrow < 2; narrow++) {
        for (size_t i = 0; i < state->count; i++) {
            const smi_state_entry *const entry = &state->entries[i];
            const bool wide = entry->kind == SMI_STATE_SIZES || entry->kind == SMI_STATE_FLAG;
            if ((narrow == 1) != is_float(entry->kind)) {
                continue;
            }
            tensors[count++] =
                (smi_tensor){.name = entry->name,
                             .dtype = dtype_of(entry->kind),
                             .dimensions = 1,
                             .shape = {entry->count},
                             .bytes = wide ? (const uint8_t *)words : entry->values,
                             .size = entry->count * (narrow == 1 ? sizeof(float) : sizeof *words)};
            words += wide ? entry->count : 0;
        }
    }
    return count;
}

static json_t *metadata_of(const json_t *const fingerprint, const uint64_t sum)
{
    char sum_text[SUM_TEXT];
    char *const text = json_dumps(fingerprint, JSON_COMPACT);
    print_sum(sum, sum_text);
    json_t *const metadata =
        text == NULL
            ? NULL
            : json_pack("{s:s, s:s, s:s, s:s}", smi_checkpoint_key, format_version, library_key,
                        SM_VERSION_STRING, fingerprint_key, text, sum_key, sum_text);
    free(text);
    return metadata;
}

static sm_status write_tensors(const char *const path, const json_t *const fingerprint,
                               const smi_tensor *const tensors, const size_t count)
{
    uint64_t sum = SMI_HASH_START;
    for (size_t i = 0; i < count; i++) {
        sum = add_numbers(sum, &tensors[i]);
    }
    json_t *const metadata = metadata_of(fingerprint, sum);
    if (metadata == NULL) {
        return smi_fail_memory("a checkpoint");
    }
    smi_output *output = NULL;
    sm_status status = smi_output_open(path, &output);
    if (status == SM_OK) {
        status = smi_safetensors_write(output, metadata, tensors, count);
        status = smi_output_finish(output, status);
    }
    json_decref(metadata);
    return status;
}

sm_status smi_checkpoint_write(const char *const path, const json_t *const fingerprint,
                               const smi_state *const state)
{
    smi_tensor tensors[SMI_MOST_STATE_ENTRIES];
    uint64_t *const words = widened(state);
    if (words == NULL) {
        return smi_fail_memory("a checkpoint");
    }
    const sm_status status =
        write_tensors(path, fingerprint, tensors, list_tensors(state, words, tensors));
    smi_free(words);
    return status;
}

/* ---- reading ---- */

struct smi_checkpoint {
    char *name;
    uint8_t *bytes; /* NULL: they are borrowed */
    smi_safetensors file;
    json_t *fingerprint;
};

void smi_checkpoint_free(smi_checkpoint *const checkpoint)
{
    if (checkpoint == NULL) {
        return;
    }
    json_decref(checkpoint->fingerprint);
    smi_safetensors_free(&checkpoint->file);
    smi_free(checkpoint->bytes);
    smi_free(checkpoint->name);
    smi_free(checkpoint);
}

static uint64_t number_at(const smi_tensor *const tensor, const size_t size, const size_t index)
{
    uint64_t number = 0;
    for (size_t i = size; i-- > 0;) {
        number = number << 8 | tensor->bytes[index * size + i];
    }
    return number;
}

static sm_status take_metadata(smi_checkpoint *const self)
{
    const char *const version = smi_safetensors_metadata(&self->file, smi_checkpoint_key);
    const char *const text = smi_safetensors_metadata(&self->file, fingerprint_key);
    json_error_t error;
    if (version == NULL) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: not a checkpoint of softmax: its metadata has no '%s'", self->name,
                        smi_checkpoint_key);
    }
    if (strcmp(version, format_version) != 0) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: checkpoint format '%s'; this version of softmax reads format %s",
                        self->name, version, format_version);
    }
    self->fingerprint = text == NULL ? NULL : json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (!json_is_object(self->fingerprint)) {
        return smi_fail(SM_ERROR_FORMAT, "%s: metadata '%s' is not a JSON object", self->name,
                        fingerprint_key);
    }
    return SM_OK;
}

sm_status smi_checkpoint_parse(const uint8_t *const bytes, const size_t size,
                               const char *const name, smi_checkpoint **const checkpoint)
{
    smi_checkpoint *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory(name);
    }
    created->name = smi_copy_text(name);
    sm_status status = created->name == NULL
                           ? smi_fail_memory(name)
                           : smi_safetensors_parse(bytes, size, name, &created->file);
    if (status == SM_OK) {
        status = take_metadata(created);
    }
    if (status != SM_OK) {
        smi_checkpoint_free(created);
        return status;
    }
    *checkpoint = created;
    return SM_OK;
}

static sm_status check_sum(const smi_checkpoint *const self)
{
    const char *const stored = smi_safetensors_metadata(&self->file, sum_key);
    char text[SUM_TEXT];
    uint64_t sum = SMI_HASH_START;
    for (size_t i = 0; i < self->file.count; i++) {
        const smi_tensor *const tensor = &self->file.tensors[i];
        const size_t size = strcmp(tensor->dtype, "F32") == 0 ? 4 : 8;
        for (size_t k = 0; k < tensor->size / size; k++) {
            sum = smi_hash_u64(sum, number_at(tensor, size, k));
        }
    }
    print_sum(sum, text);
    if (stored == NULL || strcmp(stored, text) != 0) {
        return smi_fail(SM_ERROR_FORMAT, "%s: the checkpoint is damaged: its sum is not the stated",
                        self->name);
    }
    return SM_OK;
}

sm_status smi_checkpoint_open(const char *const path, smi_checkpoint **const checkpoint)
{
    smi_input *input = NULL;
    smi_checkpoint *read = NULL;
    uint8_t *bytes = NULL;
    size_t size = 0;
    sm_status status = smi_input_open(path, &input);
    if (status == SM_OK) {
        status = smi_input_read_all(input, max_file, &bytes, &size);
    }
    if (status == SM_OK) {
        status = smi_checkpoint_parse(bytes, size, smi_input_name(input), &read);
    }
    smi_input_close(input);
    if (status == SM_OK) {
        status = check_sum(read);
    }
    if (status != SM_OK) {
        smi_checkpoint_free(read);
        smi_free(bytes);
        return status;
    }
    read->bytes = bytes;
    *checkpoint = read;
    return SM_OK;
}

const char *smi_checkpoint_name(const smi_checkpoint *const checkpoint)
{
    return checkpoint->name;
}

const json_t *smi_checkpoint_fingerprint(const smi_checkpoint *const checkpoint)
{
    return checkpoint->fingerprint;
}

size_t smi_checkpoint_count(const smi_checkpoint *const checkpoint, const char *const name)
{
    const smi_tensor *const tensor = smi_safetensors_find(&checkpoint->file, name);
    return tensor == NULL || tensor->dimensions != 1 ? 0 : tensor->shape[0];
}

/* ---- restoring ---- */

static void take_float(const smi_tensor *const tensor, const size_t index, float *const value)
{
    const uint32_t bits = (uint32_t)number_at(tensor, sizeof bits, index);
    memcpy(value, &bits, sizeof bits);
}

static void take_double(const smi_tensor *const tensor, const size_t index, double *const value)
{
    const uint64_t bits = number_at(tensor, sizeof bits, index);
    memcpy(value, &bits, sizeof bits);
}

/* Returns whether the number is a valid one. */
static bool take_number(const smi_tensor *const tensor, const size_t index,
                        const smi_state_entry *const entry)
{
    if (is_float(entry->kind)) {
        float *const value = (float *)entry->values + index;
        take_float(tensor, index, value);
        return entry->kind != SMI_STATE_PARAMETERS || isfinite(*value);
    }
    if (entry->kind == SMI_STATE_DOUBLES) {
        take_double(tensor, index, (double *)entry->values + index);
        return true;
    }
    const uint64_t number = number_at(tensor, sizeof number, index);
    if (number > entry->most) {
        return false;
    }
    if (entry->kind == SMI_STATE_FLAG) {
        *(bool *)entry->values = number != 0;
    } else {
        ((size_t *)entry->values)[index] = (size_t)number;
    }
    return true;
}

static sm_status restore_entry(const smi_checkpoint *const self, const smi_state_entry *const entry)
{
    const smi_tensor *const tensor = smi_safetensors_find(&self->file, entry->name);
    if (tensor == NULL) {
        return smi_fail(SM_ERROR_FORMAT, "%s: tensor '%s' is missing", self->name, entry->name);
    }
    if (strcmp(tensor->dtype, dtype_of(entry->kind)) != 0 || tensor->dimensions != 1 ||
        tensor->shape[0] != entry->count) {
        return smi_fail(SM_ERROR_FORMAT, "%s: tensor '%s' is not %s with %zu entries", self->name,
                        entry->name, dtype_of(entry->kind), entry->count);
    }
    for (size_t i = 0; i < entry->count; i++) {
        if (!take_number(tensor, i, entry)) {
            return smi_fail(SM_ERROR_FORMAT, "%s: tensor '%s': value %zu is out of range",
                            self->name, entry->name, i);
        }
    }
    return SM_OK;
}

sm_status smi_checkpoint_restore(const smi_checkpoint *const checkpoint,
                                 const smi_state *const state)
{
    sm_status status = SM_OK;
    if (checkpoint->file.count != state->count) {
        return smi_fail(SM_ERROR_FORMAT, "%s: it should hold %zu tensors; these are %zu",
                        checkpoint->name, state->count, checkpoint->file.count);
    }
    for (size_t i = 0; i < state->count && status == SM_OK; i++) {
        status = restore_entry(checkpoint, &state->entries[i]);
    }
    return status;
}
