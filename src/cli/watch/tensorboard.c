#include "cli/watch/tensorboard.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/exit_status.h"
#include "cli/terminal.h"
#include "cli/watch/event_file.h"
#include "cli/watch/protobuf.h"
#include "cli/watch/weight_picture.h"

struct cli_tensorboard {
    const char *folder; /* of the command line */
    cli_event_file *train;
    cli_event_file *validation; /* NULL: nothing to tell yet */
    size_t first_step;          /* done before this run */
    size_t weights_due;         /* the epoch after which the weights are told of again */
    size_t weights_step;        /* when they were last */
    bool begun;
    bool failed; /* the validation file could not be made */
};

/* Fields of tensorflow.Summary, and of its parts. */
enum { SUMMARY_VALUE = 1 };
enum { VALUE_TAG = 1, VALUE_NUMBER = 2, VALUE_IMAGE = 4, VALUE_HISTOGRAM = 5 };
enum { IMAGE_HEIGHT = 1, IMAGE_WIDTH = 2, IMAGE_COLOURS = 3, IMAGE_PNG = 4 };
enum {
    HISTOGRAM_LEAST = 1,
    HISTOGRAM_MOST = 2,
    HISTOGRAM_COUNT = 3,
    HISTOGRAM_SUM = 4,
    HISTOGRAM_SQUARES = 5,
    HISTOGRAM_LIMITS = 6,
    HISTOGRAM_COUNTS = 7
};

enum { BUCKETS = 30, TAG_SIZE = 64 };

/* ---- values ---- */

static void add_number(cli_message *const summary, const char *const tag, const double number)
{
    cli_message value = {0};
    if (isfinite(number)) {
        cli_message_text(&value, VALUE_TAG, tag);
        cli_message_float(&value, VALUE_NUMBER, (float)number);
        cli_message_inner(summary, SUMMARY_VALUE, &value);
    }
}

/* Counts values in buckets of equal width from the least to the most; limits are their upper ends.
 * Numbers that are not finite are left out. */
static void count_values(const float *const values, const size_t count, const double least,
                         const double most, double *const limits, double *const counts)
{
    const double width = (most - least) / BUCKETS;
    for (size_t b = 0; b < BUCKETS; b++) {
        limits[b] = b + 1 == BUCKETS ? most : least + (double)(b + 1) * width;
        counts[b] = 0.0;
    }
    for (size_t i = 0; i < count; i++) {
        const double place = ((double)values[i] - least) / width;
        if (isfinite(place)) {
            counts[place < BUCKETS ? (size_t)place : BUCKETS - 1] += 1.0;
        }
    }
}

static void add_histogram(cli_message *const summary, const char *const tag,
                          const float *const values, const size_t count)
{
    double limits[BUCKETS];
    double counts[BUCKETS];
    double least = DBL_MAX;
    double most = -DBL_MAX;
    double finite = 0.0;
    double sum = 0.0;
    double squares = 0.0;
    for (size_t i = 0; i < count; i++) {
        const double number = (double)values[i];
        if (isfinite(number)) {
            least = number < least ? number : least;
            most = number > most ? number : most;
            sum += number;
            squares += number * number;
            finite += 1.0;
        }
    }
    if (finite == 0.0) {
        return;
    }
    const size_t buckets = least < most ? BUCKETS : 1;
    limits[0] = most;
    counts[0] = finite;
    if (buckets > 1) {
        count_values(values, count, least, most, limits, counts);
    }
    cli_message value = {0};
    cli_message histogram = {0};
    cli_message_double(&histogram, HISTOGRAM_LEAST, least);
    cli_message_double(&histogram, HISTOGRAM_MOST, most);
    cli_message_double(&histogram, HISTOGRAM_COUNT, finite);
    cli_message_double(&histogram, HISTOGRAM_SUM, sum);
    cli_message_double(&histogram, HISTOGRAM_SQUARES, squares);
    cli_message_doubles(&histogram, HISTOGRAM_LIMITS, limits, buckets);
    cli_message_doubles(&histogram, HISTOGRAM_COUNTS, counts, buckets);
    cli_message_text(&value, VALUE_TAG, tag);
    cli_message_inner(&value, VALUE_HISTOGRAM, &histogram);
    cli_message_inner(summary, SUMMARY_VALUE, &value);
}

static void add_picture(cli_message *const summary, const char *const tag,
                        const sm_shape *const shape, const float *const kernel,
                        const size_t outputs)
{
    cli_weight_picture picture;
    if (!cli_weight_picture_make(shape, kernel, outputs, &picture)) {
        summary->failed = true;
        return;
    }
    if (picture.png != NULL) {
        cli_message value = {0};
        cli_message image = {0};
        cli_message_integer(&image, IMAGE_HEIGHT, picture.height);
        cli_message_integer(&image, IMAGE_WIDTH, picture.width);
        cli_message_integer(&image, IMAGE_COLOURS, 3);
        cli_message_bytes(&image, IMAGE_PNG, picture.png, picture.size);
        cli_message_text(&value, VALUE_TAG, tag);
        cli_message_inner(&value, VALUE_IMAGE, &image);
        cli_message_inner(summary, SUMMARY_VALUE, &value);
    }
    cli_weight_picture_free(&picture);
}

/* One layer's weights. kernel: inputs × outputs; bias: outputs. */
static void add_layer(cli_message *const summary, const sm_model *const model, const size_t index,
                      const float *const kernel, const float *const bias)
{
    const sm_layer_info layer = sm_model_layer_info(model, index);
    const sm_shape shape = sm_model_shape(model);
    char tag[TAG_SIZE];
    (void)snprintf(tag, sizeof tag, "%s/kernel", layer.name);
    add_histogram(summary, tag, kernel, layer.inputs * layer.outputs);
    if (index == 0 && shape.image_height > 0) {
        (void)snprintf(tag, sizeof tag, "%s/pictures",
                       layer.name); /* a tag has one kind of value */
        add_picture(summary, tag, &shape, kernel, layer.outputs);
    }
    (void)snprintf(tag, sizeof tag, "%s/bias", layer.name);
    add_histogram(summary, tag, bias, layer.outputs);
}

/* parameters: all kernels, then all biases. */
static void add_weights(cli_message *const summary, const sm_model *const model,
                        const float *const parameters)
{
    const size_t layers = sm_model_layer_count(model);
    const float *kernel = parameters;
    const float *bias = parameters + sm_model_parameter_count(model);
    for (size_t i = 0; i < layers; i++) {
        bias -= sm_model_layer_info(model, i).outputs;
    }
    for (size_t i = 0; i < layers; i++) {
        const sm_layer_info layer = sm_model_layer_info(model, i);
        add_layer(summary, model, i, kernel, bias);
        kernel += layer.inputs * layer.outputs;
        bias += layer.outputs;
    }
}

/* ---- the two runs ---- */

int cli_tensorboard_open(const char *const folder, cli_tensorboard **const board)
{
    cli_tensorboard *const opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        cli_say("not enough memory for --tensorboard");
        return CLI_FAILURE;
    }
    opened->folder = folder;
    const int status = cli_event_file_open(folder, "train", &opened->train);
    if (status != CLI_SUCCESS) {
        free(opened);
        return status;
    }
    *board = opened;
    return CLI_SUCCESS;
}

int cli_tensorboard_close(cli_tensorboard *const board)
{
    if (board == NULL) {
        return CLI_SUCCESS;
    }
    const int train = cli_event_file_close(board->train);
    const int validation = cli_event_file_close(board->validation);
    const int status = board->failed ? CLI_FAILURE : CLI_SUCCESS;
    free(board);
    return train != CLI_SUCCESS ? train : validation != CLI_SUCCESS ? validation : status;
}

static void tell_validation(cli_tensorboard *const board, const sm_progress *const now)
{
    if (board->validation == NULL && !board->failed) {
        board->failed =
            cli_event_file_open(board->folder, "validation", &board->validation) != CLI_SUCCESS;
        if (!board->failed) {
            cli_event_file_start(board->validation, board->first_step);
        }
    }
    if (board->validation != NULL) {
        cli_message summary = {0};
        add_number(&summary, "loss", now->validation_loss);
        add_number(&summary, "accuracy", now->validation_accuracy);
        cli_event_file_write(board->validation, now->step, &summary);
    }
}

static void begin(cli_tensorboard *const board, const size_t first_step)
{
    if (!board->begun) {
        board->begun = true;
        board->first_step = first_step;
        cli_event_file_start(board->train, first_step);
    }
}

/* Weights are told of after the first epoch, and then each time that there have been a quarter
 * more: some twenty times in a hundred epochs, thirty in a thousand. */
static bool weights_are_due(cli_tensorboard *const board, const size_t epoch)
{
    if (epoch < board->weights_due) {
        return false;
    }
    board->weights_due = epoch + epoch / 4 + 1;
    return true;
}

void cli_tensorboard_progress(cli_tensorboard *const board, const sm_model *const model,
                              const sm_progress *const now)
{
    begin(board, now->step - 1);
    if (!now->epoch_ended) {
        return;
    }
    cli_message summary = {0};
    add_number(&summary, "loss", now->epoch_loss);
    add_number(&summary, "accuracy", now->epoch_accuracy);
    add_number(&summary, "learning_rate", now->learning_rate);
    if (weights_are_due(board, now->epoch)) {
        board->weights_step = now->step;
        add_weights(&summary, model, now->parameters);
    }
    cli_event_file_write(board->train, now->step, &summary);
    if (!isnan(now->validation_loss)) {
        tell_validation(board, now);
    }
}

/* Adds what the model has of one layer. */
static void add_trained_layer(cli_message *const summary, const sm_model *const model,
                              const size_t index)
{
    const sm_layer_info layer = sm_model_layer_info(model, index);
    float *const kernel = malloc(layer.parameters * sizeof *kernel);
    float *const bias = kernel == NULL ? NULL : kernel + layer.inputs * layer.outputs;
    if (kernel == NULL || sm_model_get_parameters(model, index, kernel, bias) != SM_OK) {
        summary->failed = true;
    } else {
        add_layer(summary, model, index, kernel, bias);
    }
    free(kernel);
}

void cli_tensorboard_end(cli_tensorboard *const board, const sm_model *const model,
                         const sm_train_summary *const end)
{
    cli_message summary = {0};
    begin(board, end->steps);
    if (board->weights_step == end->steps && end->best_epoch == 0 && end->steps > 0) {
        return; /* they have been told */
    }
    for (size_t i = 0; i < sm_model_layer_count(model); i++) {
        add_trained_layer(&summary, model, i);
    }
    cli_event_file_write(board->train, end->steps, &summary);
}
