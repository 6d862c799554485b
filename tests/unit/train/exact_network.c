#include "unit/train/exact_network.h"

#include <math.h>
#include <stdlib.h>

#include "data/dataset.h"
#include "kernel/tolerance.h"
#include "model/model.h"
#include "support/cmocka_all.h"

/* What src/train/network_objective.c adds up in float. */
static const double flush_rows = 4096.0;

/* What probabilities are clipped to, as src/train/block_loss.c has it. */
static const double least_probability = (double)1e-7F;
static const double most_probability = (double)(1.0F - 1e-7F);

typedef struct layer_numbers {
    exact_number *z; /* all four: outputs of the layer */
    exact_number *a;
    exact_number *slopes;
    exact_number *deltas; /* the gradient by z */
} layer_numbers;

/* An evaluation under way: one row at a time. */
typedef struct work {
    const exact_network *network;
    const double *parameters;
    arithmetic how;
    double weight_scale; /* so that row weights are 1 on average */
    double roundings;    /* that a term may meet in a sum over rows */
    float *raw;          /* features */
    exact_number *x;     /* likewise: as the first layer sees them */
    layer_numbers *layers;
    exact_number *probabilities; /* classes */
    double *targets;             /* likewise, smoothed */
} work;

exact_network exact_network_of(const sm_model *const model, const sm_dataset *const dataset)
{
    return (exact_network){.model = model, .dataset = dataset, .count = sm_dataset_rows(dataset)};
}

/* ---- rows ---- */

static size_t row_at(const exact_network *const network, const size_t index)
{
    return network->rows == NULL ? index : network->rows[index];
}

static bool is_weighted(const exact_network *const network)
{
    return network->dataset->weights != NULL || network->class_weights != NULL;
}

static double unscaled_weight(const exact_network *const network, const size_t row)
{
    const float *const own = network->dataset->weights;
    const double *const of_class = network->class_weights;
    return (own == NULL ? 1.0 : (double)own[smi_dataset_stored_row(network->dataset, row)]) *
           (of_class == NULL ? 1.0 : of_class[sm_dataset_label(network->dataset, row)]);
}

static double target_at(const exact_network *const network, const size_t row, const size_t class)
{
    const sm_dataset *const dataset = network->dataset;
    if (dataset->targets != NULL) {
        const size_t first = smi_dataset_stored_row(dataset, row) * dataset->shape.classes;
        return (double)dataset->targets[first + class];
    }
    return sm_dataset_label(dataset, row) == (int32_t) class ? 1.0 : 0.0;
}

static size_t last_of(const work *const all)
{
    return all->network->model->layer_count - 1;
}

static const smi_layer *layer_at(const work *const all, const size_t layer)
{
    return &all->network->model->layers[layer];
}

static exact_number *inputs_of(const work *const all, const size_t layer)
{
    return layer == 0 ? all->x : all->layers[layer - 1].a;
}

/* ---- forwards ---- */

/* (x − shift) · scale: two roundings; in lists the shift goes another way, through the bias. */
static void take_features(const work *const all, const size_t row)
{
    const sm_shape *const shape = &all->network->model->shape;
    assert_int_equal(sm_dataset_row(all->network->dataset, row, all->raw), SM_OK);
    for (size_t f = 0; f < shape->features; f++) {
        const double shift = (double)(shape->column_shift ? shape->column_shift[f] : shape->shift);
        const double scale = (double)(shape->column_scale ? shape->column_scale[f] : shape->scale);
        const double value = ((double)all->raw[f] - shift) * scale;
        const double parts = (fabs((double)all->raw[f]) + fabs(shift)) * fabs(scale);
        const double size = all->network->lists ? parts : fabs(value);
        all->x[f] = (exact_number){value, 2.0 * float_unit * size, size};
    }
}

/* z = b + Σ a · w, one multiply-add after the other; that of lists begins with the bias. */
static void multiply(const work *const all, const size_t layer)
{
    const smi_layer *const of = layer_at(all, layer);
    const exact_number *const inputs = inputs_of(all, layer);
    const bool from_bias = layer == 0 && all->network->lists;
    for (size_t o = 0; o < of->outputs; o++) {
        const double bias = all->parameters[of->bias + o];
        double value = bias;
        double error = 0.0;
        double sizes = from_bias ? fabs(bias) : 0.0;
        for (size_t i = 0; i < of->inputs; i++) {
            const double weight = all->parameters[of->kernel + i * of->outputs + o];
            value += inputs[i].value * weight;
            error += inputs[i].error * fabs(weight);
            sizes += inputs[i].size * fabs(weight);
        }
        error += float_unit * ((double)of->inputs * sizes + fabs(value));
        all->layers[layer].z[o] = (exact_number){value, error, fabs(value)};
    }
}

/* f, f' and f'' at z. */
static void function_at(const sm_activation kind, const double z, curve *const exact,
                        double *const bend)
{
    const double density = exp(-0.5 * z * z) * 0.3989422804014327;
    const double below = 0.5 * erfc(-z * sqrt(0.5));
    const double t = tanh(z);
    const double s = 1.0 / (1.0 + exp(-z));
    *bend = 0.0;
    switch (kind) {
    case SM_RELU:
        *exact = (curve){fmax(z, 0.0), z > 0.0 ? 1.0 : 0.0};
        return;
    case SM_LEAKY_RELU:
        *exact = (curve){z < 0.0 ? 0.01 * z : z, z > 0.0 ? 1.0 : 0.01};
        return;
    case SM_GELU:
        *exact = (curve){z * below, below + z * density};
        *bend = density * (2.0 - z * z);
        return;
    case SM_TANH:
        *exact = (curve){t, 1.0 - t * t};
        *bend = -2.0 * t * (1.0 - t * t);
        return;
    case SM_SIGMOID:
        *exact = (curve){s, s * (1.0 - s)};
        *bend = s * (1.0 - s) * (1.0 - 2.0 * s);
        return;
    default:
        *exact = (curve){z, 1.0};
        return;
    }
}

/* No second or third derivative is above 2 anywhere. Where z may lie on either side of a kink, so
 * may the slope. */
static void activate(const work *const all, const size_t layer)
{
    const smi_layer *const of = layer_at(all, layer);
    const layer_numbers *const numbers = &all->layers[layer];
    const bool kinked = of->activation == SM_RELU || of->activation == SM_LEAKY_RELU;
    for (size_t o = 0; o < of->outputs; o++) {
        const exact_number z = numbers->z[o];
        curve exact;
        double bend;
        function_at(of->activation, z.value, &exact, &bend);
        const curve bound = activation_bound(all->how, of->activation, z.value, exact);
        const double square = z.error * z.error;
        const bool undecided = kinked && fabs(z.value) <= z.error;
        const double through =
            (undecided ? 1.0 : fabs(exact.slope)) * z.error + (kinked ? 0.0 : square);
        const double turn = undecided ? 1.0 : fabs(bend) * z.error + (kinked ? 0.0 : square);
        numbers->a[o] = (exact_number){exact.value, through + bound.value, fabs(exact.value)};
        numbers->slopes[o] = (exact_number){exact.slope, turn + bound.slope, fabs(exact.slope)};
    }
}

static void go_forwards(const work *const all, const size_t row)
{
    take_features(all, row);
    for (size_t l = 0; l <= last_of(all); l++) {
        multiply(all, l);
        if (l < last_of(all)) {
            activate(all, l);
        }
    }
}

/* ---- the loss ---- */

/* What the logits of a row come to. */
typedef struct row_loss {
    row_facts facts;
    double largest;
    double log_sum;   /* of exp(z − largest) */
    double worst;     /* error of a logit */
    double magnitude; /* Σ target · |z − largest|, Σ target · log_sum and what smoothing adds */
} row_loss;

/* Probabilities, whose errors are those that come from the logits alone, and smoothed targets. */
static row_loss take_logits(const work *const all, const size_t row)
{
    const size_t classes = layer_at(all, last_of(all))->outputs;
    const exact_number *const z = all->layers[last_of(all)].z;
    const double smoothing = all->network->loss.label_smoothing;
    row_loss loss = {.facts = {.classes = classes}, .largest = z[0].value};
    double sum = 0.0;
    double mean_error = 0.0;
    double absolute = 0.0;
    for (size_t c = 0; c < classes; c++) {
        loss.largest = fmax(loss.largest, z[c].value);
        loss.worst = fmax(loss.worst, z[c].error);
        absolute = fmax(absolute, fabs(z[c].value));
        loss.facts.target_sum += target_at(all->network, row, c);
    }
    for (size_t c = 0; c < classes; c++) {
        sum += exp(z[c].value - loss.largest);
    }
    loss.log_sum = log(sum);
    for (size_t c = 0; c < classes; c++) {
        const double distance = loss.largest - z[c].value;
        const double p = exp(-distance) / sum;
        const double target = target_at(all->network, row, c);
        all->probabilities[c].value = p;
        all->targets[c] =
            (1.0 - smoothing) * target + smoothing * loss.facts.target_sum / (double)classes;
        loss.facts.mean_distance += p * distance;
        loss.magnitude += all->targets[c] * (distance + loss.log_sum) + smoothing * absolute;
        mean_error += p * z[c].error;
    }
    for (size_t c = 0; c < classes; c++) {
        exact_number *const p = &all->probabilities[c];
        p->error = p->value * (z[c].error + mean_error + loss.worst * loss.worst);
    }
    return loss;
}

/* Σ target · (log Σ exp z − z), and p · Σ target − target. */
static exact_number loss_from_logits(const work *const all, const size_t row,
                                     const row_loss *const loss)
{
    const layer_numbers *const last = &all->layers[last_of(all)];
    const double smoothing = all->network->loss.label_smoothing;
    const double sum = loss->facts.target_sum;
    exact_number result = {.error = sum * loss->worst * loss->worst +
                                    loss_bound(all->how, &loss->facts, loss->magnitude)};
    for (size_t c = 0; c < loss->facts.classes; c++) {
        const exact_number p = all->probabilities[c];
        const double distance = loss->largest - last->z[c].value;
        const double target = target_at(all->network, row, c);
        const double delta = p.value * sum - all->targets[c];
        double error =
            sum * p.error + delta_bound(all->how, &loss->facts, p.value, distance, target);
        if (smoothing > 0.0) { /* two products and three additions */
            error += 4.0 * float_unit *
                     (smoothing * (target + sum) + fabs(p.value * sum - target) + fabs(delta));
        }
        last->deltas[c] = (exact_number){delta, error, fabs(delta)};
        result.value += all->targets[c] * (distance + loss->log_sum);
        result.error += fabs(delta) * last->z[c].error;
    }
    return result;
}

/* −Σ target · log clip(p), and p · Σ' target − target, where Σ' is over the classes whose p is not
 * clipped and others have no target. Where p may lie on either side of a limit, so may that. */
static exact_number loss_from_probabilities(const work *const all, const row_loss *const loss)
{
    const layer_numbers *const last = &all->layers[last_of(all)];
    const row_facts facts = {loss->facts.classes, loss->facts.mean_distance, 1.0};
    exact_number result = {0};
    double sum = 0.0;
    double doubtful = 0.0;
    for (size_t c = 0; c < facts.classes; c++) {
        exact_number *const p = &all->probabilities[c];
        const double distance = loss->largest - last->z[c].value;
        const double clipped = fmin(fmax(p->value, least_probability), most_probability);
        p->error += delta_bound(all->how, &facts, p->value, distance, 0.0);
        const bool near = fabs(p->value - least_probability) <= p->error ||
                          fabs(p->value - most_probability) <= p->error;
        const bool inside = clipped == p->value;
        result.value -= all->targets[c] == 0.0 ? 0.0 : all->targets[c] * log(clipped);
        result.error += inside || near ? all->targets[c] * p->error / clipped : 0.0;
        sum += inside ? all->targets[c] : 0.0;
        doubtful += near ? all->targets[c] : 0.0;
        last->deltas[c] = (exact_number){inside ? -all->targets[c] : 0.0, near ? 1.0 : 0.0, 0.0};
    }
    for (size_t c = 0; c < facts.classes; c++) {
        const exact_number p = all->probabilities[c];
        exact_number *const delta = &last->deltas[c];
        delta->value += p.value * sum;
        delta->error = delta->error * all->targets[c] + doubtful * p.value + p.error * sum +
                       2.0 * float_unit * fabs(delta->value);
        delta->size = fabs(delta->value);
    }
    return result;
}

static exact_number take_loss(const work *const all, const size_t row)
{
    const exact_network *const network = all->network;
    const layer_numbers *const last = &all->layers[last_of(all)];
    const double weight = all->weight_scale * unscaled_weight(network, row);
    const double count = (double)network->count;
    const row_loss loss = take_logits(all, row);
    const exact_number plain = network->loss.loss == SM_LOSS_FROM_PROBABILITIES
                                   ? loss_from_probabilities(all, &loss)
                                   : loss_from_logits(all, row, &loss);
    const double units = is_weighted(network) ? 4.0 : 2.0; /* of weight and factor, and by them */
    for (size_t c = 0; c < loss.facts.classes; c++) {
        exact_number *const delta = &last->deltas[c];
        delta->error = weight / count * (delta->error + units * float_unit * delta->size);
        delta->value *= weight / count;
        delta->size *= weight / count;
    }
    return (exact_number){weight * plain.value,
                          weight * (plain.error + float_unit * fabs(plain.value)), 0.0};
}

/* Whether the largest logit is the label's, and whether that is beyond doubt. */
static void take_answer(const work *const all, const size_t row, exact_result *const result)
{
    const size_t classes = layer_at(all, last_of(all))->outputs;
    const exact_number *const z = all->layers[last_of(all)].z;
    size_t best = 0;
    bool sure = true;
    for (size_t c = 1; c < classes; c++) {
        best = z[c].value > z[best].value ? c : best;
    }
    for (size_t c = 0; c < classes; c++) {
        sure = sure && (c == best || z[best].value - z[c].value > z[best].error + z[c].error);
    }
    const bool right = sm_dataset_label(all->network->dataset, row) == (int32_t)best;
    result->least_accuracy += sure && right ? 1.0 : 0.0;
    result->most_accuracy += !sure || right ? 1.0 : 0.0;
}

/* ---- backwards ---- */

static void add_gradient(const work *const all, const size_t layer, exact_number *const gradient)
{
    const smi_layer *const of = layer_at(all, layer);
    const exact_number *const inputs = inputs_of(all, layer);
    const exact_number *const deltas = all->layers[layer].deltas;
    for (size_t o = 0; o < of->outputs; o++) {
        const exact_number delta = deltas[o];
        const double error = delta.error + all->roundings * float_unit * delta.size;
        for (size_t i = 0; i < of->inputs; i++) {
            exact_number *const slope = &gradient[of->kernel + i * of->outputs + o];
            slope->value += inputs[i].value * delta.value;
            slope->error += inputs[i].size * error + inputs[i].error * (delta.size + delta.error);
        }
        gradient[of->bias + o].value += delta.value;
        gradient[of->bias + o].error += error;
    }
}

/* From a layer's deltas to those of the layer below. */
static void go_down(const work *const all, const size_t layer)
{
    const smi_layer *const of = layer_at(all, layer);
    const exact_number *const deltas = all->layers[layer].deltas;
    const layer_numbers *const below = &all->layers[layer - 1];
    for (size_t i = 0; i < of->inputs; i++) {
        const double *const weights = all->parameters + of->kernel + i * of->outputs;
        const exact_number slope = below->slopes[i];
        double value = 0.0;
        double error = 0.0;
        double sizes = 0.0;
        for (size_t o = 0; o < of->outputs; o++) {
            value += deltas[o].value * weights[o];
            error += deltas[o].error * fabs(weights[o]);
            sizes += deltas[o].size * fabs(weights[o]);
        }
        error += (double)of->outputs * float_unit * sizes;
        const double result = value * slope.value;
        const double bound = error * (slope.size + slope.error) + fabs(value) * slope.error +
                             float_unit * fabs(result);
        below->deltas[i] = (exact_number){result, bound, fabs(result)};
    }
}

/* ---- an evaluation ---- */

static double mean_weight(const exact_network *const network)
{
    const size_t rows = sm_dataset_rows(network->dataset);
    double sum = 0.0;
    for (size_t r = 0; r < rows; r++) {
        sum += unscaled_weight(network, r);
    }
    return sum / (double)rows;
}

static exact_number *numbers(const size_t count)
{
    exact_number *const made = calloc(count, sizeof *made);
    assert_non_null(made);
    return made;
}

static work begin(const exact_network *const network, const double *const parameters)
{
    const sm_model *const model = network->model;
    work all = {.network = network,
                .parameters = parameters,
                .how = arithmetic_of(model->kernels->isa),
                .weight_scale = 1.0 / mean_weight(network),
                .roundings = fmin((double)network->count, flush_rows) + 2.0,
                .raw = calloc(model->shape.features, sizeof *all.raw),
                .x = numbers(model->shape.features),
                .layers = calloc(model->layer_count, sizeof *all.layers),
                .probabilities = numbers(model->shape.classes),
                .targets = calloc(model->shape.classes, sizeof *all.targets)};
    assert_true(all.raw != NULL && all.layers != NULL && all.targets != NULL);
    for (size_t l = 0; l < model->layer_count; l++) {
        const size_t outputs = model->layers[l].outputs;
        all.layers[l] =
            (layer_numbers){numbers(outputs), numbers(outputs), numbers(outputs), numbers(outputs)};
    }
    return all;
}

static void end(work *const all)
{
    for (size_t l = 0; l <= last_of(all); l++) {
        free(all->layers[l].z);
        free(all->layers[l].a);
        free(all->layers[l].slopes);
        free(all->layers[l].deltas);
    }
    free(all->raw);
    free(all->x);
    free(all->layers);
    free(all->probabilities);
    free(all->targets);
}

static void add_penalty(const work *const all, exact_result *const result)
{
    const size_t weights = smi_model_weight_count(all->network->model);
    const double l2 = all->network->l2;
    result->objective = result->loss;
    for (size_t i = 0; i < all->network->model->parameter_count; i++) {
        exact_number *const slope = &result->gradient[i];
        const double penalty = i < weights ? l2 * all->parameters[i] : 0.0;
        slope->value += penalty;
        slope->error += float_unit * (2.0 * fabs(slope->value) + 3.0 * fabs(penalty));
        slope->error = second_order * slope->error + 0x1p-149;
        result->objective.value += 0.5 * penalty * all->parameters[i];
    }
    result->objective.error += 1e-13 * fabs(result->objective.value);
}

exact_result exact_network_evaluate(const exact_network *const network,
                                    const double *const parameters)
{
    work all = begin(network, parameters);
    exact_result result = {.gradient = numbers(network->model->parameter_count)};
    const double count = (double)network->count;
    for (size_t i = 0; i < network->count; i++) {
        const size_t row = row_at(network, i);
        go_forwards(&all, row);
        const exact_number loss = take_loss(&all, row);
        result.loss.value += loss.value / count;
        result.loss.error += second_order * loss.error / count;
        take_answer(&all, row, &result);
        for (size_t l = last_of(&all); l > 0; l--) {
            add_gradient(&all, l, result.gradient);
            go_down(&all, l);
        }
        add_gradient(&all, 0, result.gradient);
    }
    result.least_accuracy /= count;
    result.most_accuracy /= count;
    add_penalty(&all, &result);
    end(&all);
    return result;
}

void exact_result_free(exact_result *const result)
{
    free(result->gradient);
}

/* ---- curvature ---- */

/* How each row's logits change along the direction, by differences: so close to each other that
 * next to no unit passes a kink in between. changes: count × classes, zeros at first. */
static void take_changes(work *const all, const double *const direction, double *const changes)
{
    const double width = 1e-8;
    const size_t classes = layer_at(all, last_of(all))->outputs;
    const size_t parameters = all->network->model->parameter_count;
    const double *const here = all->parameters;
    double *const moved = calloc(parameters, sizeof *moved);
    assert_non_null(moved);
    for (int side = 1; side >= -1; side -= 2) {
        for (size_t i = 0; i < parameters; i++) {
            moved[i] = here[i] + side * width * direction[i];
        }
        all->parameters = moved;
        for (size_t i = 0; i < all->network->count; i++) {
            go_forwards(all, row_at(all->network, i));
            for (size_t c = 0; c < classes; c++) {
                const double z = all->layers[last_of(all)].z[c].value;
                changes[i * classes + c] += side * z / (2.0 * width);
            }
        }
    }
    all->parameters = here;
    free(moved);
}

size_t exact_network_image_size(const exact_network *const network)
{
    return network->count * network->model->shape.classes + smi_model_weight_count(network->model);
}

/* As Σ p·l·r − Σ p·l · Σ p·r is Σ p · (l − Σ p·l) · (r − Σ p·r), the image of a row is made of
 * √p · (l − Σ p·l). */
double *exact_network_image(const exact_network *const network, const double *const parameters,
                            const double *const direction)
{
    work all = begin(network, parameters);
    const size_t classes = network->model->shape.classes;
    double *const image = calloc(exact_network_image_size(network), sizeof *image);
    assert_non_null(image);
    take_changes(&all, direction, image);
    for (size_t i = 0; i < network->count; i++) {
        const size_t row = row_at(network, i);
        const double weight = all.weight_scale * unscaled_weight(network, row);
        double *const changes = image + i * classes;
        double mean = 0.0;
        go_forwards(&all, row);
        (void)take_logits(&all, row);
        for (size_t c = 0; c < classes; c++) {
            mean += all.probabilities[c].value * changes[c];
        }
        for (size_t c = 0; c < classes; c++) {
            const double p = all.probabilities[c].value;
            changes[c] = sqrt(weight / (double)network->count * p) * (changes[c] - mean);
        }
    }
    double *const penalty = image + network->count * classes;
    for (size_t i = 0; i < smi_model_weight_count(network->model); i++) {
        penalty[i] = sqrt(network->l2) * direction[i];
    }
    end(&all);
    return image;
}
