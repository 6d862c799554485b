/* A checkpoint: training as it stands after a step, in a file (docs/checkpoint-format.md). */
#ifndef SMI_TRAIN_CHECKPOINT_H
#define SMI_TRAIN_CHECKPOINT_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "train/solver_state.h"

/* Replaces the file at `path` at once, or leaves it as it was. fingerprint: see fingerprint.h. */
sm_status smi_checkpoint_write(const char *path, const json_t *fingerprint, const smi_state *state);

/* One that has been read. */
typedef struct smi_checkpoint smi_checkpoint;

/* Reads a file, and makes sure that it is whole and undamaged. */
sm_status smi_checkpoint_open(const char *path, smi_checkpoint **checkpoint);

/* The same from bytes, which are borrowed, but the sum of the numbers is left unchecked.
 * name: for messages; copied. */
sm_status smi_checkpoint_parse(const uint8_t *bytes, size_t size, const char *name,
                               smi_checkpoint **checkpoint);

void smi_checkpoint_free(smi_checkpoint *checkpoint); /* NULL is accepted */

const char *smi_checkpoint_name(const smi_checkpoint *checkpoint);
const json_t *smi_checkpoint_fingerprint(const smi_checkpoint *checkpoint);

/* How many numbers it has under that name; 0 where there is none. */
size_t smi_checkpoint_count(const smi_checkpoint *checkpoint, const char *name);

/* Copies its numbers to where the state's entries point. It must have all of them and no others,
 * of their kinds and counts, the sizes in range, and the parameters finite. On failure some may
 * have been copied. */
sm_status smi_checkpoint_restore(const smi_checkpoint *checkpoint, const smi_state *state);

#endif
