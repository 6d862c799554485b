/* A laboratory for softmax: what it does to a few numbers, then one network whose loss is organised
 * in two ways.
 *
 * 2,000 points in four blobs; dense layers of 25 and 15 units with ReLU and one of 4; Adam, ten
 * epochs in batches of 32. The obvious way: the network ends in softmax, and the loss comes from
 * its probabilities. The preferred way: it ends in logits, and softmax and loss are one formula.
 * Here both find the same network; at the end, rows on which the obvious way loses accuracy. */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"

enum { CLASSES = 4, SHOWN = 5 };

/* Four numbers of which the first moves, and what softmax makes of them. */
static void move_a_slider(void)
{
    printf("softmax(z)          z = (first, 1, 2, 3)\n");
    for (int first = -2; first <= 6; first += 2) {
        const float z[CLASSES] = {(float)first, 1.0F, 2.0F, 3.0F};
        float p[CLASSES];
        sm_softmax(z, 1, CLASSES, p);
        printf("first %2d            %.4f %.4f %.4f %.4f\n", first, (double)p[0], (double)p[1],
               (double)p[2], (double)p[3]);
    }
    printf("\n");
}

static sm_model *train_network(const sm_dataset *points, sm_loss loss)
{
    const sm_layer first = sm_layer_default(25); /* ReLU */
    const sm_layer second = sm_layer_default(15);
    sm_model *model = NULL;
    CHECK(sm_model_create(sm_dataset_shape(points), &model));
    CHECK(sm_model_add_layer(model, &first));
    CHECK(sm_model_add_layer(model, &second));

    sm_train_options options = sm_train_options_default();
    options.solver = SM_SOLVER_ADAM;
    options.learning_rate = 0.001;
    options.batch_size = 32;
    options.max_epochs = 10;
    options.l2 = 0.0;
    options.loss = loss;
    CHECK(sm_train(model, points, NULL, &options, NULL));
    return model;
}

static void show_vector(const char *name, const float *values)
{
    printf("  %-14s", name);
    for (size_t c = 0; c < CLASSES; c++) {
        printf(" %10.3g", (double)values[c]);
    }
    printf("\n");
}

/* The first two outputs of a network, and the largest and the smallest number among all. */
static void show_outputs(const sm_model *model, const sm_dataset *points, sm_output kind)
{
    const size_t count = sm_dataset_rows(points) * CLASSES;
    float *outputs = malloc(count * sizeof *outputs);
    if (outputs == NULL) {
        exit(1);
    }
    CHECK(sm_predict(model, points, 0, sm_dataset_rows(points), kind, outputs));
    float largest = outputs[0];
    float smallest = outputs[0];
    for (size_t i = 1; i < count; i++) {
        largest = outputs[i] > largest ? outputs[i] : largest;
        smallest = outputs[i] < smallest ? outputs[i] : smallest;
    }
    show_vector("first", outputs);
    show_vector("second", outputs + CLASSES);
    printf("  largest %.6g, smallest %.6g\n", (double)largest, (double)smallest);
    if (kind == SM_LOGITS) {
        sm_softmax(outputs, 2, CLASSES, outputs);
        printf("softmax of them:\n");
        show_vector("first", outputs);
        show_vector("second", outputs + CLASSES);
    }
    free(outputs);
}

/* softmax keeps the order: the largest logit tells the category. */
static void show_categories(const sm_model *model, const sm_dataset *points)
{
    float logits[SHOWN * CLASSES];
    CHECK(sm_predict(model, points, 0, SHOWN, SM_LOGITS, logits));
    printf("\ncategories of the first points, by the logits alone:\n");
    for (size_t r = 0; r < SHOWN; r++) {
        float point[2];
        CHECK(sm_dataset_row(points, r, point));
        printf("  (%6.2f, %6.2f)  category %zu, is %d\n", (double)point[0], (double)point[1],
               sm_argmax(logits + r * CLASSES, CLASSES), sm_dataset_label(points, r));
    }
}

/* A row that is certain, and wrong or right: logits 0, 0, 0 and `last`, class 0 or class 3. */
static void compare_losses(void)
{
    static const int32_t wrong = 0;
    static const int32_t right = 3;
    printf("\none row's loss       from logits            from probabilities\n"
           "last logit          right      wrong        right      wrong\n");
    for (int last = 5; last <= 125; last *= 5) {
        const float logits[CLASSES] = {0.0F, 0.0F, 0.0F, (float)last};
        float p[CLASSES];
        float targets[2 * CLASSES];
        sm_softmax(logits, 1, CLASSES, p);
        sm_one_hot(&right, 1, CLASSES, targets);
        sm_one_hot(&wrong, 1, CLASSES, targets + CLASSES);
        printf("%10d %14.4g %10.4g %12.4g %10.4g\n", last,
               sm_cross_entropy(logits, &right, 1, CLASSES),
               sm_cross_entropy(logits, &wrong, 1, CLASSES),
               sm_cross_entropy_naive(p, targets, 1, CLASSES),
               sm_cross_entropy_naive(p, targets + CLASSES, 1, CLASSES));
    }
    printf("A probability near 1 is rounded to it, one near 0 in the end to 0; the logits know "
           "better.\n");
}

int main(void)
{
    static const struct {
        const char *name;
        sm_loss loss;
        sm_output output;
    } ways[] = {{"obvious: softmax inside, outputs are probabilities", SM_LOSS_FROM_PROBABILITIES,
                 SM_PROBABILITIES},
                {"preferred: outputs are logits", SM_LOSS_FROM_LOGITS, SM_LOGITS}};
    sm_dataset *points = NULL;
    sm_dataset *fresh = NULL;
    CHECK(sm_dataset_open("blobs", &points)); /* the tutorial's centres, spread and number */
    CHECK(sm_dataset_open_test("blobs", &fresh));
    move_a_slider();

    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
        sm_model *model = train_network(points, ways[w].loss);
        sm_metrics metrics;
        CHECK(sm_evaluate(model, fresh, &metrics));
        printf("%s%s\n", w == 0 ? "" : "\n", ways[w].name);
        show_outputs(model, points, ways[w].output);
        printf("accuracy on fresh points %.4f\n", metrics.accuracy);
        if (ways[w].output == SM_LOGITS) {
            show_categories(model, points);
        }
        sm_model_free(model);
    }
    compare_losses();
    sm_dataset_free(fresh);
    sm_dataset_free(points);
    return 0;
}
