#include "support/made_data.h"

#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "support/cmocka_all.h"

/* Where the class's cloud lies along a feature. */
static double centre(const size_t class, const size_t feature)
{
    return sin(1.0 + (double)(class * 2 + feature * 3));
}

static uint8_t to_byte(const double value)
{
    return (uint8_t)fmin(fmax(128.0 + 40.0 * value, 0.0), 255.0);
}

made_data made_data_of(const sm_element element, const size_t rows, const size_t features,
                       const size_t classes, const uint64_t seed)
{
    smi_random random = smi_random_start(seed, rows);
    made_data data = {.rows = rows,
                      .features = features,
                      .classes = classes,
                      .labels = calloc(rows, sizeof *data.labels)};
    data.bytes = element == SM_U8 ? calloc(rows, features) : NULL;
    data.floats = element == SM_F32 ? calloc(rows, features * sizeof(float)) : NULL;
    double *const centres = calloc(classes * features, sizeof *centres);
    assert_true(data.labels != NULL && centres != NULL);
    for (size_t i = 0; i < classes * features; i++) {
        centres[i] = centre(i / features, i % features);
    }
    for (size_t r = 0; r < rows; r++) {
        const size_t class = r < classes ? r : (size_t)smi_random_below(&random, classes);
        data.labels[r] = (int32_t) class;
        for (size_t f = 0; f < features; f++) {
            const double value = centres[class * features + f] + smi_random_normal(&random);
            if (element == SM_U8) {
                data.bytes[r * features + f] = to_byte(value);
            } else {
                data.floats[r * features + f] = (float)value;
            }
        }
    }
    free(centres);
    const sm_status status =
        element == SM_U8
            ? sm_dataset_borrow_u8(data.bytes, rows, features, data.labels, classes, &data.dataset)
            : sm_dataset_borrow_f32(data.floats, rows, features, data.labels, classes,
                                    &data.dataset);
    assert_int_equal(status, SM_OK);
    return data;
}

void made_data_free(made_data *const data)
{
    sm_dataset_free(data->dataset);
    free(data->bytes);
    free(data->floats);
    free(data->labels);
    free(data->targets);
    *data = (made_data){0};
}

void made_data_soften(made_data *const data)
{
    const size_t classes = data->classes;
    data->targets = calloc(data->rows, classes * sizeof *data->targets);
    assert_non_null(data->targets);
    for (size_t r = 0; r < data->rows; r++) {
        float *const targets = data->targets + r * classes;
        const size_t label = (size_t)data->labels[r];
        const float moved = (float)(r % 5) / 16.0F; /* exact, as is what is left */
        targets[label] = 1.0F - moved;
        targets[(label + 1 + r % (classes - 1)) % classes] += moved;
    }
    assert_int_equal(sm_dataset_set_targets(data->dataset, data->targets), SM_OK);
}

void made_data_thin_out(made_data *const data, const size_t every)
{
    for (size_t i = 0; i < data->rows * data->features; i++) {
        if (i * i % every != 1) {
            if (data->bytes != NULL) {
                data->bytes[i] = 0;
            } else {
                data->floats[i] = 0.0F;
            }
        }
    }
}

made_sparse made_sparse_of(const made_data *const data)
{
    const size_t size = data->rows * data->features;
    made_sparse made = {.values = calloc(size, sizeof *made.values),
                        .columns = calloc(size, sizeof *made.columns),
                        .row_starts = calloc(data->rows + 1, sizeof *made.row_starts)};
    assert_true(made.values != NULL && made.columns != NULL && made.row_starts != NULL);
    size_t count = 0;
    for (size_t r = 0; r < data->rows; r++) {
        for (size_t f = 0; f < data->features; f++) {
            if (data->floats[r * data->features + f] != 0.0F) {
                made.values[count] = data->floats[r * data->features + f];
                made.columns[count] = (uint32_t)f;
                count++;
            }
        }
        made.row_starts[r + 1] = count;
    }
    assert_int_equal(sm_dataset_borrow_csr(made.values, made.columns, made.row_starts, data->rows,
                                           data->features, data->labels, data->classes,
                                           &made.dataset),
                     SM_OK);
    return made;
}

void made_sparse_free(made_sparse *const made)
{
    sm_dataset_free(made->dataset);
    free(made->values);
    free(made->columns);
    free(made->row_starts);
}

sm_model *made_data_model(const made_data *const data)
{
    sm_model *model = NULL;
    assert_int_equal(sm_model_create(sm_dataset_shape(data->dataset), &model), SM_OK);
    return model;
}
