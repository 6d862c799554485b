/* What has been learnt from texts: which terms are features, and how much they weigh. */
#ifndef SMI_DATA_TABLE_TEXT_STATE_H
#define SMI_DATA_TABLE_TEXT_STATE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "data/table/vocabulary.h"

/* The most terms that are told apart. */
enum { SMI_MOST_TERMS = 1 << 24 };

/* Before it has learnt, options alone. */
typedef struct smi_text_state {
    sm_text_options options;
    smi_vocabulary terms; /* ascending; empty where they are hashed */
    uint64_t rows;        /* texts that it was learnt from; for TF-IDF, as is */
    uint64_t *texts;      /* by column: how many of these have it, */
    double *frequencies;  /* by column: what weights are multiplied by; NULL: plain counts */
} smi_text_state;

/* Works out *width, the number of columns, and for TF-IDF their weights. */
sm_status smi_text_state_complete(smi_text_state *state, size_t *width);

/* Adds the state to the JSON; false when there is not the memory. */
bool smi_text_state_write(const smi_text_state *state, json_t *json);

/* The JSON may be anything; what is read is still to be completed. */
sm_status smi_text_state_read(const json_t *json, smi_text_state **state);

void smi_text_state_free(void *state); /* NULL is accepted */

#endif
