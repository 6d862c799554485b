/* Minibatches: softmax regression by stochastic gradient descent, from zero weights.
 *
 * The first half takes 1,000 steps on batches of 100; the second goes through the data 15 times in
 * batches of 1,000 and watches the loss on training and test data, epoch by epoch. At the end,
 * cross-entropy the naive way beside the right one: why it is computed from logits. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"

/* What the tutorial prints for MNIST, both ways. */
static const char *published(bool mnist)
{
    return mnist ? " (published: 0.90)" : "";
}

/* 1,000 batches of 100. */
static void thousand_batches(const sm_dataset *train, const sm_dataset *test, bool mnist)
{
    sm_model *model = NULL;
    sm_metrics metrics;
    CHECK(sm_model_create(sm_dataset_shape(train), &model)); /* all weights are 0 */

    sm_train_options options = sm_train_options_default();
    options.solver = SM_SOLVER_SGD;
    options.learning_rate = 0.05;
    options.batch_size = 100;
    options.max_steps = 1000; /* as many epochs as that takes, each in a new order */
    options.l2 = 0.0;
    CHECK(sm_train(model, train, NULL, &options, NULL));

    CHECK(sm_evaluate(model, test, &metrics));
    printf("1,000 batches of 100: test accuracy %.4f%s\n\n", metrics.accuracy, published(mnist));
    sm_model_free(model);
}

/* 15 epochs in batches of 1,000. The model is left to the caller. */
static sm_model *fifteen_epochs(const sm_dataset *train, const sm_dataset *test, bool mnist)
{
    sm_model *model = NULL;
    sm_history *history = NULL;
    sm_metrics metrics;
    CHECK(sm_model_create(sm_dataset_shape(train), &model));

    sm_train_options options = sm_train_options_default();
    options.solver = SM_SOLVER_SGD;
    options.learning_rate = 0.05;
    options.batch_size = 1000;
    options.max_epochs = 15;
    options.l2 = 0.0;
    /* The test data only watches here: nothing is chosen by it. */
    CHECK(sm_train(model, train, test, &options, &history));

    printf("epoch   train loss   test loss   test accuracy\n");
    for (size_t e = 0; e < sm_history_epochs(history); e++) {
        const sm_epoch *epoch = sm_history_epoch(history, e);
        printf("%5zu %12.4f %11.4f %15.4f\n", e + 1, epoch->loss, epoch->validation_loss,
               epoch->validation_accuracy);
    }
    CHECK(sm_evaluate(model, test, &metrics));
    printf("15 epochs of batches of 1,000: test accuracy %.4f%s\n\n", metrics.accuracy,
           published(mnist));
    sm_history_free(history);
    return model;
}

/* Both ways of computing the loss, on logits as they are and on logits ten times as large. */
static void compare_losses(const sm_model *model, const sm_dataset *test)
{
    const size_t rows = 1000;
    const size_t classes = sm_model_shape(model).classes;
    float *logits = malloc(rows * classes * sizeof *logits);
    float *probabilities = malloc(rows * classes * sizeof *probabilities);
    float *one_hot = malloc(rows * classes * sizeof *one_hot);
    int32_t *labels = malloc(rows * sizeof *labels);
    if (logits == NULL || probabilities == NULL || one_hot == NULL || labels == NULL) {
        exit(1);
    }
    CHECK(sm_predict(model, test, 0, rows, SM_LOGITS, logits));
    for (size_t r = 0; r < rows; r++) {
        labels[r] = sm_dataset_label(test, r);
    }
    sm_one_hot(labels, rows, classes, one_hot);
    printf("cross-entropy of %zu test rows      naive   from logits\n", rows);
    for (int factor = 1; factor <= 100; factor *= 10) {
        sm_softmax(logits, rows, classes, probabilities);
        printf("logits times %-3d              %10.6f    %10.6f\n", factor,
               sm_cross_entropy_naive(probabilities, one_hot, rows, classes),
               sm_cross_entropy(logits, labels, rows, classes));
        for (size_t i = 0; i < rows * classes; i++) {
            logits[i] *= 10.0F;
        }
    }
    printf("A probability that rounds to 0 makes the naive loss infinite.\n");
    free(logits);
    free(probabilities);
    free(one_hot);
    free(labels);
}

int main(void)
{
    sm_dataset *all = NULL;
    sm_dataset *test = NULL;
    sm_dataset *train = NULL;
    sm_dataset *validation = NULL;
    const bool mnist = open_digits(&all, &test);

    /* MNIST: 55,000 to train on, 5,000 held out, 10,000 to test. */
    sm_split_options split = sm_split_options_default(sm_dataset_rows(all) / 12);
    CHECK(sm_dataset_split(all, &split, &train, &validation));
    printf("%zu rows to train on, %zu held out, %zu to test\n\n", sm_dataset_rows(train),
           sm_dataset_rows(validation), sm_dataset_rows(test));

    thousand_batches(train, test, mnist);
    sm_model *model = fifteen_epochs(train, test, mnist);
    compare_losses(model, test);

    sm_model_free(model);
    sm_dataset_free(validation);
    sm_dataset_free(train);
    sm_dataset_free(test);
    sm_dataset_free(all);
    return 0;
}
