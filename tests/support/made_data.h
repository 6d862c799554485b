/* Labelled rows to train and evaluate on: clouds of points, one for each class, that overlap. */
#ifndef TESTS_SUPPORT_MADE_DATA_H
#define TESTS_SUPPORT_MADE_DATA_H

#include <softmax.h>

typedef struct made_data {
    size_t rows;
    size_t features;
    size_t classes;
    uint8_t *bytes; /* rows × features; one of the two is NULL */
    float *floats;
    int32_t *labels;
    float *targets; /* soft: rows × classes; given to the dataset by made_data_soften() */
    sm_dataset *dataset;
} made_data;

/* Depends on its arguments alone. Each class has a row, where there are as many rows. Freed by
 * made_data_free(). */
made_data made_data_of(sm_element element, size_t rows, size_t features, size_t classes,
                       uint64_t seed);
void made_data_free(made_data *data);

/* Gives the dataset targets: most of each row's share for its label, the rest spread unevenly,
 * with zeros among it. */
void made_data_soften(made_data *data);

/* Sets all but about one entry in `every` to 0. */
void made_data_thin_out(made_data *data, size_t every);

/* The floats of made data that are not 0, as compressed sparse rows with the same labels. */
typedef struct made_sparse {
    float *values;
    uint32_t *columns;
    size_t *row_starts;
    sm_dataset *dataset;
} made_sparse;

/* Freed by made_sparse_free(); `data` must outlive it. */
made_sparse made_sparse_of(const made_data *data);
void made_sparse_free(made_sparse *made);

/* Softmax regression for it, with all parameters 0. */
sm_model *made_data_model(const made_data *data);

#endif
