/* What web/module.js calls: data, a model in training and looks at it. A module is one page's
 * engine and has one of each.
 *
 * Functions that can fail return an sm_status; lab_message() then says what is wrong, and nothing
 * has changed unless it says so below. Addresses are of memory that lab_allocate() gave, or of what
 * lives in the module until the next call that changes it. Numbers that may be large, like seeds,
 * come as double. */
#ifndef SMI_WASM_LAB_H
#define SMI_WASM_LAB_H

#include <softmax.h>

#if defined(__wasm__)
#define LAB_EXPORT(name) __attribute__((export_name(#name)))
#else
#define LAB_EXPORT(name)
#endif

/* ---- memory and messages ---- */

LAB_EXPORT(lab_allocate) void *lab_allocate(size_t bytes); /* all 0; NULL: there is not so much */
LAB_EXPORT(lab_free) void lab_free(void *memory);          /* NULL is accepted */
LAB_EXPORT(lab_message) const char *lab_message(void);     /* of the last failure */
LAB_EXPORT(lab_version) const char *lab_version(void);
LAB_EXPORT(lab_isa) const char *lab_isa(void);

/* Words for activations and solvers, in the order of their enums; NULL beyond the last. */
LAB_EXPORT(lab_activation_name) const char *lab_activation_name(int activation);
LAB_EXPORT(lab_solver_name) const char *lab_solver_name(int solver);

/* ---- mathematics ---- */

/* Softmax of logits / temperature. results: 6 × classes:
 *   exp(z) and the probabilities as textbooks have them, in float;
 *   exp(z − the largest) and the probabilities as they are done;
 *   for each class the cross-entropy, were it the target;
 *   the gradient of that for `target` by the logits. */
LAB_EXPORT(lab_softmax)
sm_status lab_softmax(const double *logits, size_t classes, double temperature, size_t target,
                      double *results);

/* ---- data ---- */

enum lab_part { LAB_TRAIN, LAB_TEST, LAB_PARTS };

/* Makes the data of a generator, "moons:n=500,seed=3". test: likewise; "": there is none. */
LAB_EXPORT(lab_generate) sm_status lab_generate(const char *train, const char *test);

/* Takes over arrays that lab_allocate() gave, also on failure. x: rows × features of the element;
 * labels: rows. A part without rows is none; there must be a training part. height × width =
 * features of pictures; else both are 0. */
typedef struct lab_arrays {
    void *x;
    int32_t *labels;
    size_t rows;
} lab_arrays;

/* parts: LAB_PARTS. */
LAB_EXPORT(lab_set_data)
sm_status lab_set_data(int element, size_t features, size_t classes, size_t height, size_t width,
                       const lab_arrays *parts);

/* Which rows `softmax train --validation SHARE --stratify --seed SEED` would hold out of rows with
 * these labels. labels, marks: rows; a mark is true where a row is held out. */
LAB_EXPORT(lab_hold_out)
sm_status lab_hold_out(const int32_t *labels, size_t rows, size_t classes, double share,
                       double seed, bool *marks);

LAB_EXPORT(lab_rows) size_t lab_rows(int part); /* 0: there is no such part */
LAB_EXPORT(lab_features) size_t lab_features(void);
LAB_EXPORT(lab_classes) size_t lab_classes(void);
LAB_EXPORT(lab_x) const void *lab_x(int part);
LAB_EXPORT(lab_labels) const int32_t *lab_labels(int part);

/* ---- training ---- */

/* Those of sm_train_options, and sm_layer's dropout for all hidden layers; batch_size, seed and
 * epochs are whole numbers. learning_rate: or SM_AUTO_RATE. epochs: at most; 0: until it is left.
 */
typedef struct lab_settings {
    double learning_rate;
    double batch_size;
    double l1;
    double l2;
    double dropout;
    double seed;
    double epochs;
} lab_settings;

/* Begins with a new model for the data. hidden: units of each hidden layer. init: an sm_init, or −1
 * as the program has it. */
LAB_EXPORT(lab_begin)
sm_status lab_begin(const size_t *hidden, size_t hidden_count, int activation, int solver, int init,
                    const lab_settings *settings);

/* Goes on for so many steps. SM_ERROR_DIVERGED: it is over, with the last parameters whose loss was
 * finite. After another error training has ended, and the model is as it was before the call. */
LAB_EXPORT(lab_advance) sm_status lab_advance(size_t steps);

LAB_EXPORT(lab_step) size_t lab_step(void);
LAB_EXPORT(lab_epoch) size_t lab_epoch(void);
LAB_EXPORT(lab_is_over) bool lab_is_over(void);
LAB_EXPORT(lab_is_converged) bool lab_is_converged(void);

/* results: loss and accuracy of the model on a part. */
LAB_EXPORT(lab_evaluate) sm_status lab_evaluate(int part, double *results);

/* ---- the model ---- */

/* A model from elsewhere, which lab_use() puts in the place of the present one once all of its
 * layers have been set. activations: hidden_count. height, width: as above. */
LAB_EXPORT(lab_make_model)
sm_status lab_make_model(size_t features, size_t classes, size_t height, size_t width,
                         const size_t *hidden, const int *activations, size_t hidden_count);
/* Both arrays: features. */
LAB_EXPORT(lab_set_scaling)
sm_status lab_set_scaling(const float *shift, const float *scale, double temperature);
LAB_EXPORT(lab_set_layer)
sm_status lab_set_layer(size_t layer, const float *kernel, const float *bias);
LAB_EXPORT(lab_use) sm_status lab_use(void);

/* The present one; 0 of everything where there is none. */
LAB_EXPORT(lab_layers) size_t lab_layers(void); /* hidden ones and the output layer */
LAB_EXPORT(lab_inputs) size_t lab_inputs(size_t layer);
LAB_EXPORT(lab_outputs) size_t lab_outputs(size_t layer);
LAB_EXPORT(lab_activation) int lab_activation(size_t layer);
LAB_EXPORT(lab_get_layer) sm_status lab_get_layer(size_t layer, float *kernel, float *bias);
LAB_EXPORT(lab_get_scaling) sm_status lab_get_scaling(float *shift, float *scale); /* as above */
LAB_EXPORT(lab_temperature) double lab_temperature(void);

/* ---- looks at the model ---- */

/* Rows of an array through the model. x: rows × features of the element; logits and probabilities:
 * rows × classes. */
LAB_EXPORT(lab_predict)
sm_status lab_predict(int element, const void *x, size_t rows, float *logits, float *probabilities);

/* The middles of the cells that a rectangle of the plane is cut into, row by row from y0 on,
 * through a model of two features. classes, probabilities: rows × columns: the likeliest class, of
 * at most 256, and how likely. */
LAB_EXPORT(lab_grid)
sm_status lab_grid(double x0, double x1, double y0, double y1, size_t columns, size_t rows,
                   uint8_t *classes, float *probabilities);

/* Likewise what the units of a hidden layer make of each cell. responses: units × rows × columns.
 */
LAB_EXPORT(lab_responses)
sm_status lab_responses(size_t layer, double x0, double x1, double y0, double y1, size_t columns,
                        size_t rows, float *responses);

#endif
