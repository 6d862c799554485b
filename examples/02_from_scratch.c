/* From scratch: what softmax regression is made of, then gradient descent on all rows at once.
 *
 * Shows some digits, one-hot labels and a softmax that does not overflow; trains for 1,000 epochs
 * from uniform random weights, printing the loss every 100; and marks the wrong ones among 40
 * predictions. */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"

/* A letter as dark as two by four pixels. */
static char ink_of(const float *pixel, size_t width)
{
    static const char inks[] = " .:-=+*#%@";
    float sum = 0.0F;
    for (size_t i = 0; i < 8; i++) {
        sum += pixel[i / 2 * width + i % 2];
    }
    return inks[(size_t)(sum / 8.0F * 9.0F / 255.0F)];
}

/* Pictures side by side, at half their size across and a quarter down: letters are tall. */
static void show_pictures(const sm_dataset *dataset, size_t rows_of_pictures, size_t columns)
{
    const sm_shape shape = sm_dataset_shape(dataset);
    float *pixels = malloc(columns * shape.features * sizeof *pixels);
    if (pixels == NULL) {
        exit(1);
    }
    for (size_t first = 0; first < rows_of_pictures * columns; first += columns) {
        for (size_t c = 0; c < columns; c++) {
            CHECK(sm_dataset_row(dataset, first + c, pixels + c * shape.features));
            printf("y: %-*d", (int)shape.image_width / 2 - 2, sm_dataset_label(dataset, first + c));
        }
        printf("\n");
        for (size_t y = 0; y + 3 < shape.image_height; y += 4) {
            for (size_t x = 0; x + 1 < columns * shape.image_width; x += 2) {
                const float *picture = pixels + x / shape.image_width * shape.features;
                const size_t column = x % shape.image_width;
                printf("%c", ink_of(picture + y * shape.image_width + column, shape.image_width));
            }
            printf("\n");
        }
    }
    free(pixels);
}

static void show_pieces(const sm_dataset *dataset)
{
    const int32_t label = sm_dataset_label(dataset, 0);
    float one_hot[10];
    sm_one_hot(&label, 1, 10, one_hot);
    printf("one-hot of %d:", label);
    for (size_t c = 0; c < 10; c++) {
        printf(" %g", (double)one_hot[c]);
    }
    const float large[] = {1000.0F, 1001.0F, 999.0F};
    float probabilities[3];
    sm_softmax(large, 1, 3, probabilities);
    printf("\nsoftmax of 1000, 1001, 999: %.4f %.4f %.4f\n\n", (double)probabilities[0],
           (double)probabilities[1], (double)probabilities[2]);
}

/* The loss of the tutorial, before the first epoch and after 100, 900. Its bias gradient sums over
 * all entries, which is 0: its bias never learns. */
static double published_loss(size_t epoch)
{
    return epoch == 0 ? 4.77 : epoch == 100 ? 0.417 : epoch == 900 ? 0.2925 : 0.0;
}

/* A step reports the loss before it: step 101 that after 100 epochs. */
static bool on_progress(const sm_progress *progress, void *user)
{
    const bool *mnist = user;
    const size_t epoch = progress->step - 1;
    if (epoch % 100 == 0) {
        printf("epoch %4zu   loss %.4f", epoch, progress->loss);
        if (*mnist && published_loss(epoch) > 0.0) {
            printf("   (published: %g)", published_loss(epoch));
        }
        printf("\n");
    }
    return true;
}

static void show_predictions(const sm_model *model, const sm_dataset *test)
{
    float probabilities[40 * 10];
    CHECK(sm_predict(model, test, 0, 40, SM_PROBABILITIES, probabilities));
    printf("\n40 predictions, the wrong ones marked:\n");
    for (size_t r = 0; r < 40; r++) {
        const int32_t label = sm_dataset_label(test, r);
        const size_t predicted = sm_argmax(probabilities + 10 * r, 10);
        printf("%d/%zu%c%s", label, predicted, (size_t)label == predicted ? ' ' : '*',
               r % 10 == 9 ? "\n" : "  ");
    }
}

int main(void)
{
    sm_dataset *train = NULL;
    sm_dataset *test = NULL;
    sm_model *model = NULL;
    sm_metrics on_train;
    sm_metrics on_test;
    bool mnist = open_digits(&train, &test);
    show_pictures(train, 3, 5);
    show_pieces(train);

    CHECK(sm_model_create(sm_dataset_shape(train), &model));
    CHECK(sm_model_initialize(model, SM_INIT_UNIFORM, 0));
    sm_train_options options = sm_train_options_default();
    options.solver = SM_SOLVER_GD;
    options.learning_rate = 0.9;
    options.max_epochs = 1000;
    options.l2 = 0.0;
    options.on_progress = on_progress;
    options.user = &mnist;
    CHECK(sm_train(model, train, NULL, &options, NULL));
    show_predictions(model, test);

    CHECK(sm_evaluate(model, train, &on_train));
    CHECK(sm_evaluate(model, test, &on_test));
    printf("\naccuracy: %.2f %% train, %.2f %% test%s\n", 100.0 * on_train.accuracy,
           100.0 * on_test.accuracy, mnist ? " (published: 91.88 %, 91.73 %)" : "");
    sm_model_free(model);
    sm_dataset_free(test);
    sm_dataset_free(train);
    return 0;
}
