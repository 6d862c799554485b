/* Circles: a network with two hidden layers, and what a picture of its decisions needs.
 *
 * Softmax, argmax and the gradients of the cross-entropy on arrays of a few numbers; then three
 * circles one inside the other, which no model without hidden layers tells apart. At the end each
 * point of a grid is classified. Named on the command line, a file receives them: a line "x y
 * class" for each point, rows of the grid apart by an empty line, as gnuplot reads it:
 *
 *     05_circles grid.txt
 *     gnuplot -p -e "set view map; set palette defined (0 'blue', 1 'green', 2 'red');
 *                    splot 'grid.txt' with pm3d" */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"

enum { CLASSES = 3, SIDE = 61 };

static const double reach = 1.5; /* of the grid, from the middle */

static void show(const char *name, const float *values)
{
    printf("%-28s %10.8f %10.8f %10.8f\n", name, (double)values[0], (double)values[1],
           (double)values[2]);
}

/* What the tutorial prints for two rows of logits, and what its optimizer is told. */
static void small_arrays(void)
{
    static const float published[2][CLASSES] = {{0.2659011F, 0.08008787F, 0.65401113F},
                                                {0.5569763F, 0.13734867F, 0.30567506F}};
    static const float logits[2][CLASSES] = {{0.4F, -0.8F, 1.3F}, {0.2F, -1.2F, -0.4F}};
    static const float targets[2][CLASSES] = {{0.0F, 0.0F, 1.0F}, {0.8F, 0.1F, 0.1F}};
    float probabilities[2][CLASSES];
    float losses[2];
    float by_logits[2][CLASSES];
    float by_targets[2][CLASSES];
    int32_t labels[2];
    sm_softmax(logits[0], 2, CLASSES, probabilities[0]);
    sm_argmax_rows(logits[0], 2, CLASSES, labels);
    sm_cross_entropy_soft_gradient(logits[0], targets[0], 2, CLASSES, losses, by_logits[0],
                                   by_targets[0]);
    for (size_t r = 0; r < 2; r++) {
        show("softmax", probabilities[r]);
        show("  published", published[r]);
        printf("%-28s %d\n", "argmax", labels[r]);
        printf("%-28s %10.8f\n", "cross-entropy", (double)losses[r]);
        show("  its gradient, by logits", by_logits[r]);
        show("  by soft labels", by_targets[r]);
    }
    printf("\n");
}

static bool on_progress(const sm_progress *progress, void *user)
{
    (void)user;
    if (progress->epoch_ended && progress->epoch % 10 == 0) {
        printf("epoch %3zu   loss %.4f   accuracy %.4f\n", progress->epoch, progress->loss,
               progress->accuracy);
    }
    return true;
}

static sm_model *train_network(const sm_dataset *points)
{
    const sm_layer hidden[] = {sm_layer_default(25), sm_layer_default(15)};
    sm_model *model = NULL;
    CHECK(sm_model_create(sm_dataset_shape(points), &model));
    for (size_t l = 0; l < sizeof hidden / sizeof *hidden; l++) {
        CHECK(sm_model_add_layer(model, &hidden[l]));
    }
    sm_train_options options = sm_train_options_default(); /* Adam, for a network */
    options.learning_rate = 0.01;
    options.batch_size = 32;
    options.max_epochs = 50;
    options.on_progress = on_progress;
    CHECK(sm_train(model, points, NULL, &options, NULL));
    return model;
}

/* The share of rows where the largest output and the largest entry of the label are in the same
 * place: equal(argmax, argmax). */
static double accuracy_of(const sm_model *model, const sm_dataset *points)
{
    const size_t rows = sm_dataset_rows(points);
    float *outputs = malloc(rows * CLASSES * sizeof *outputs);
    float *one_hot = malloc(rows * CLASSES * sizeof *one_hot);
    int32_t *labels = malloc(rows * sizeof *labels);
    if (outputs == NULL || one_hot == NULL || labels == NULL) {
        exit(1);
    }
    for (size_t r = 0; r < rows; r++) {
        labels[r] = sm_dataset_label(points, r);
    }
    sm_one_hot(labels, rows, CLASSES, one_hot);
    CHECK(sm_predict(model, points, 0, rows, SM_LOGITS, outputs));
    const double accuracy = sm_accuracy_soft(outputs, one_hot, rows, CLASSES);
    free(outputs);
    free(one_hot);
    free(labels);
    return accuracy;
}

/* The points of a grid over the plane and the class of each. grid: SIDE × SIDE × 2, row by row;
 * labels: SIDE × SIDE. */
static void classify_grid(const sm_model *model, float *grid, int32_t *labels)
{
    float *logits = malloc((size_t)SIDE * SIDE * CLASSES * sizeof *logits);
    if (logits == NULL) {
        exit(1);
    }
    for (size_t i = 0; i < (size_t)SIDE * SIDE; i++) {
        const size_t across = i % SIDE;
        const size_t down = i / SIDE;
        grid[2 * i] = (float)(reach * (2.0 * (double)across / (SIDE - 1) - 1.0));
        grid[2 * i + 1] = (float)(reach * (2.0 * (double)down / (SIDE - 1) - 1.0));
    }
    CHECK(sm_predict_f32(model, grid, (size_t)SIDE * SIDE, SM_LOGITS, logits));
    sm_argmax_rows(logits, (size_t)SIDE * SIDE, CLASSES, labels);
    free(logits);
}

/* A letter for every other point across and fourth down: they are taller than wide. */
static void draw_grid(const int32_t *labels)
{
    printf("\nthe regions of blue, green and red:\n");
    for (size_t y = 0; y < SIDE; y += 4) {
        for (size_t x = 0; x < SIDE; x += 2) {
            printf("%c", "bgr"[labels[y * SIDE + x]]);
        }
        printf("\n");
    }
}

static void write_grid(const char *path, const float *grid, const int32_t *labels)
{
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    bool written = true;
    for (size_t i = 0; i < (size_t)SIDE * SIDE; i++) {
        const char *end = i % SIDE == SIDE - 1 ? "\n\n" : "\n";
        written = fprintf(file, "%g %g %d%s", (double)grid[2 * i], (double)grid[2 * i + 1],
                          labels[i], end) > 0 &&
                  written;
    }
    if (fclose(file) != 0 || !written) {
        perror(path);
        exit(1);
    }
    printf("\n%d points are in %s\n", SIDE * SIDE, path);
}

int main(int argc, char **argv)
{
    static float grid[SIDE * SIDE * 2];
    static int32_t labels[SIDE * SIDE];
    sm_dataset *train = NULL;
    sm_dataset *test = NULL;
    CHECK(sm_dataset_open("circles", &train));
    CHECK(sm_dataset_open_test("circles", &test));
    small_arrays();

    sm_model *model = train_network(train);
    printf("\naccuracy: %.4f on training points, %.4f on fresh ones\n", accuracy_of(model, train),
           accuracy_of(model, test));
    classify_grid(model, grid, labels);
    draw_grid(labels);
    if (argc > 1) {
        write_grid(argv[1], grid, labels);
    }
    sm_model_free(model);
    sm_dataset_free(test);
    sm_dataset_free(train);
    return 0;
}
