/* The safetensors container: a length, a JSON header, a buffer of tensors.
 *
 *     u64 little-endian N · N bytes of JSON, padded with blanks · the tensors, little-endian,
 *     row-major, one after the other
 *
 * Only what files of ours need: anything well formed is read. */
#ifndef SMI_MODEL_SAFETENSORS_H
#define SMI_MODEL_SAFETENSORS_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "sys/output.h"

enum { SMI_TENSOR_DIMENSIONS = 8 };

typedef struct smi_tensor {
    const char *name;
    const char *dtype; /* "F32", … */
    size_t dimensions;
    size_t shape[SMI_TENSOR_DIMENSIONS];
    const uint8_t *bytes;
    size_t size; /* bytes */
} smi_tensor;

typedef struct smi_safetensors {
    json_t *header; /* owns the names, and the metadata */
    size_t count;
    smi_tensor *tensors; /* in the order of the buffer; they point into the bytes parsed */
} smi_safetensors;

/* The longest header accepted. The format allows 100 MB; no model of ours comes near this. */
enum { SMI_MAX_HEADER = 16 << 20 };

/* Takes the container apart, and believes none of it: lengths are checked against the bytes that
 * are there, products against overflow, tensors for holes, overlap and a common end, keys for
 * repetition. name: for messages. */
sm_status smi_safetensors_parse(const uint8_t *bytes, size_t size, const char *name,
                                smi_safetensors *file);

/* The tensor of that name, or NULL. */
const smi_tensor *smi_safetensors_find(const smi_safetensors *file, const char *name);

/* The value of a metadata key, or NULL. */
const char *smi_safetensors_metadata(const smi_safetensors *file, const char *key);

void smi_safetensors_free(smi_safetensors *file);

/* Writes a container with these tensors of numbers; their bytes are in this machine's order.
 * metadata: a JSON object of strings. The header is padded so that the buffer starts at a multiple
 * of 64. */
sm_status smi_safetensors_write(smi_output *output, const json_t *metadata,
                                const smi_tensor *tensors, size_t count);

#endif
