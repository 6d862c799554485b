/* An estimator: a linear classifier as a well-known tutorial trains it, step by step.
 *
 * Its recipe: pixels scaled to 0 … 1, the optimizer FTRL-proximal with a learning rate of 0.2 and
 * accumulators that begin at 0.1, no penalty, batches of 100 in the order of the file; 130 steps, a
 * line every ten. Then it evaluates on the test data and predicts one picture. */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"

/* A step reports the loss of its rows before it: step 1 that of zero weights. */
static bool on_progress(const sm_progress *progress, void *user)
{
    (void)user;
    if (progress->step % 10 == 1) {
        printf("step %3zu   loss %.4f   accuracy %.2f\n", progress->step - 1, progress->loss,
               progress->accuracy);
    }
    return true;
}

static void show_prediction(const sm_model *model, const sm_dataset *test, size_t row)
{
    const sm_shape shape = sm_model_shape(model);
    float *probabilities = malloc(shape.classes * sizeof *probabilities);
    if (probabilities == NULL) {
        exit(1);
    }
    CHECK(sm_predict(model, test, row, 1, SM_PROBABILITIES, probabilities));
    const size_t predicted = sm_argmax(probabilities, shape.classes);
    printf("\ntest picture %zu: predicted %s with probability %.3f, is %s\n", row,
           shape.class_names[predicted], (double)probabilities[predicted],
           shape.class_names[sm_dataset_label(test, row)]);
    free(probabilities);
}

int main(void)
{
    sm_dataset *train = NULL;
    sm_dataset *test = NULL;
    sm_model *model = NULL;
    sm_metrics metrics;
    const bool mnist = open_digits(&train, &test);
    CHECK(sm_model_create(sm_dataset_shape(train), &model));

    sm_train_options options = sm_train_options_default();
    options.solver = SM_SOLVER_FTRL;
    options.learning_rate = 0.2;
    options.initial_accumulator = 0.1;
    options.l2 = 0.0;
    options.batch_size = 100;
    options.shuffle = false;
    options.max_steps = 130;
    options.on_progress = on_progress;
    CHECK(sm_train(model, train, NULL, &options, NULL));

    CHECK(sm_evaluate(model, test, &metrics));
    printf("\nafter %zu steps: test loss %.4f, accuracy %.4f%s\n", options.max_steps, metrics.loss,
           metrics.accuracy, mnist ? " (published: 0.894)" : "");
    show_prediction(model, test, 0);

    sm_model_free(model);
    sm_dataset_free(test);
    sm_dataset_free(train);
    return 0;
}
