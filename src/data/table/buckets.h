/* Numbers by the bucket they fall into; buckets hold about as many rows each when they are learnt.
 */
#ifndef SMI_DATA_TABLE_BUCKETS_H
#define SMI_DATA_TABLE_BUCKETS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

#include "data/table/csv.h"
#include "data/table/quantiles.h"

/* The most buckets of a column. */
enum { SMI_MOST_BUCKETS = 10000 };

/* count + 1 buckets; begins as all zero, one bucket. */
typedef struct smi_buckets {
    float *boundaries; /* ascending */
    size_t count;
} smi_buckets;

/* Cuts the numbers into so many buckets, or fewer where many are alike. */
sm_status smi_buckets_learn(smi_quantiles *numbers, size_t size, smi_buckets *buckets);
void smi_buckets_free(smi_buckets *buckets);

/* A list of numbers; NULL: there is not the memory. The JSON that is read may be anything. */
json_t *smi_buckets_write(const smi_buckets *buckets);
sm_status smi_buckets_read(const json_t *json, smi_buckets *buckets);

/* What a cell says. */
typedef enum smi_number_cell { SMI_CELL_NUMBER, SMI_CELL_MISSING, SMI_CELL_WRONG } smi_number_cell;

/* Reads a cell that is to hold a number or nothing; wrong: neither, and the fault says so. */
smi_number_cell smi_read_number_cell(const smi_cell *cell, size_t column, float *number,
                                     smi_csv_fault *fault);

#endif
