#include "train/fingerprint.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/streaming.h"
#include "model/model.h"

/* A digest is told from other texts by its first character. */
static const char digest_mark = '#';

enum { VALUE_TEXT = 128 };

static json_t *digest(const uint64_t hash)
{
    char text[20];
    (void)snprintf(text, sizeof text, "%c%016llx", digest_mark, (unsigned long long)hash);
    return json_string(text);
}

/* JSON has no infinity. */
static json_t *number(const double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *number_if(const bool matters, const double value)
{
    return matters ? number(value) : json_null();
}

static json_t *size(const size_t value)
{
    return json_integer((json_int_t)value);
}

/* JSON integers are signed here. */
static json_t *seed_text(const uint64_t seed)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)seed);
    return json_string(text);
}

static json_t *class_weights(const double *const weights, const size_t classes)
{
    return weights == NULL
               ? json_null()
               : digest(smi_hash_bytes(SMI_HASH_START, weights, classes * sizeof *weights));
}

/* ---- options ---- */

/* The same rows come in another order where they are read from a file block by block. */
static json_t *shuffling(const sm_train_options *const options, const sm_dataset *const train)
{
    return options->shuffle && train->streamed ? json_string("in blocks")
                                               : json_boolean(options->shuffle);
}

/* Limits are left out: more epochs, a longer patience and other checkpoints do not change the way.
 * Neither does a tolerance, but for Newton's method, which is as exact as it demands. */
static json_t *describe_options(const smi_fit *const fit, const sm_dataset *const train,
                                const size_t classes)
{
    const sm_train_options *const options = fit->options;
    const smi_schedule *const schedule = &fit->schedule;
    static const char *const kinds[] = {[SM_SCHEDULE_CONSTANT] = "constant",
                                        [SM_SCHEDULE_STEP] = "step",
                                        [SM_SCHEDULE_COSINE] = "cosine",
                                        [SM_SCHEDULE_INVERSE_TIME] = "inverse-time"};
    const bool decays = schedule->kind != SM_SCHEDULE_CONSTANT;
    const bool by_tolerance = options->solver == SM_SOLVER_NEWTON_CG;
    return json_pack(
        "{s:s, s:s, s:o, s:o, s:s, s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
        "s:o, s:o, s:o, "
        "s:o, s:o, s:o, s:s}",
        "solver", sm_solver_name(options->solver), "loss",
        options->loss == SM_LOSS_FROM_LOGITS ? "logits" : "probabilities", "label_smoothing",
        number(options->label_smoothing), "learning_rate", number(schedule->rate), "schedule",
        kinds[schedule->kind], "decay_steps", number_if(decays, schedule->decay_steps),
        "decay_rate", number_if(decays, schedule->decay_rate), "momentum",
        number(options->momentum), "nesterov", (int)options->nesterov, "beta1",
        number(options->beta1), "beta2", number(options->beta2), "epsilon",
        number(options->epsilon), "weight_decay", number(options->weight_decay),
        "initial_accumulator", number(options->initial_accumulator), "clip_norm",
        number_if(isfinite(options->clip_norm), options->clip_norm), "batch_size",
        size(options->batch_size), "l1", number(options->l1), "l2", number(options->l2),
        "tolerance", number_if(by_tolerance, options->tolerance), "history_size",
        size(options->history_size), "shuffle", shuffling(options, train), "seed",
        seed_text(options->seed), "class_weights", class_weights(options->class_weights, classes),
        "patience", options->patience == SM_UNLIMITED ? "none" : "given");
}

/* ---- data ---- */

static uint64_t add_row(uint64_t hash, const sm_dataset *const dataset, const size_t row)
{
    const size_t stored = smi_dataset_stored_row(dataset, row);
    const size_t classes = dataset->shape.classes;
    if (dataset->element == SM_CSR) {
        const smi_sparse_row entries = smi_dataset_entries(dataset, row);
        hash = smi_hash_bytes(hash, entries.values, entries.count * sizeof *entries.values);
        hash = smi_hash_bytes(hash, entries.columns, entries.count * sizeof *entries.columns);
    } else {
        const size_t each = dataset->element == SM_U8 ? 1 : sizeof(float);
        hash = smi_hash_bytes(hash, smi_dataset_x(dataset, row), dataset->shape.features * each);
    }
    if (dataset->labels != NULL) {
        hash = smi_hash_u64(hash, (uint64_t)dataset->labels[stored]);
    }
    if (dataset->targets != NULL) {
        hash = smi_hash_bytes(hash, dataset->targets + stored * classes, classes * sizeof(float));
    }
    return dataset->weights == NULL
               ? hash
               : smi_hash_bytes(hash, dataset->weights + stored, sizeof *dataset->weights);
}

static uint64_t hash_names(uint64_t hash, const sm_shape *const shape)
{
    for (size_t c = 0; c < shape->classes; c++) {
        hash = smi_hash_text(hash, shape->class_names[c]);
    }
    return hash;
}

static json_t *describe_data(const sm_dataset *const dataset)
{
    static const char *const storages[] = {[SM_U8] = "u8", [SM_F32] = "f32", [SM_CSR] = "csr"};
    if (dataset == NULL) {
        return json_pack("{s:i}", "rows", 0);
    }
    const sm_shape *const shape = &dataset->shape;
    uint64_t hash = hash_names(SMI_HASH_START, shape);
    for (size_t r = 0; r < dataset->rows; r++) {
        smi_streaming_pass(dataset, r, 1);
        hash = add_row(hash, dataset, r);
    }
    return json_pack("{s:o, s:o, s:o, s:s, s:o}", "rows", size(dataset->rows), "features",
                     size(shape->features), "classes", size(shape->classes), "storage",
                     storages[dataset->element], "content", digest(hash));
}

/* ---- model and machine ---- */

/* Each layer under its name. */
static json_t *describe_layers(const sm_model *const model)
{
    json_t *const layers = json_object();
    for (size_t l = 0; l < model->layer_count; l++) {
        const smi_layer *const layer = &model->layers[l];
        char text[VALUE_TEXT];
        char dropout[SMI_NUMBER_TEXT_SIZE];
        (void)smi_double_text(layer->dropout, dropout);
        (void)snprintf(text, sizeof text, "%zu × %zu, %s, dropout %s", layer->inputs,
                       layer->outputs, sm_activation_name(layer->activation), dropout);
        if (json_object_set_new(layers, layer->name, json_string(text)) != 0) {
            json_decref(layers);
            return NULL;
        }
    }
    return layers;
}

static json_t *describe_model(const sm_model *const model)
{
    const sm_shape *const shape = &model->shape;
    const size_t columns = shape->features * sizeof *shape->column_shift;
    uint64_t scaling = smi_hash_bytes(SMI_HASH_START, &shape->shift, sizeof shape->shift);
    scaling = smi_hash_bytes(scaling, &shape->scale, sizeof shape->scale);
    if (shape->column_shift != NULL) {
        scaling = smi_hash_bytes(scaling, shape->column_shift, columns);
        scaling = smi_hash_bytes(scaling, shape->column_scale, columns);
    }
    const uint64_t first = smi_hash_bytes(SMI_HASH_START, model->parameters,
                                          model->parameter_count * sizeof *model->parameters);
    json_t *const description = describe_layers(model);
    json_t *const rest =
        json_pack("{s:o, s:o, s:o}", "class names", digest(hash_names(SMI_HASH_START, shape)),
                  "scaling", digest(scaling), "first parameters", digest(first));
    const bool complete =
        description != NULL && rest != NULL && json_object_update(description, rest) == 0;
    json_decref(rest);
    if (!complete) {
        json_decref(description);
        return NULL;
    }
    return description;
}

json_t *smi_fingerprint(const smi_fit *const fit, const sm_model *const model,
                        const sm_dataset *const train, const sm_dataset *const validation)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:{s:s}}", "options",
                     describe_options(fit, train, model->shape.classes), "data",
                     describe_data(train), "validation", describe_data(validation), "model",
                     describe_model(model), "machine", "instruction set", model->kernels->isa);
}

/* ---- comparing ---- */

static bool is_digest(const json_t *const value)
{
    return json_is_string(value) && json_string_value(value)[0] == digest_mark;
}

/* A value for people; precision: of numbers. */
static void print_value(const json_t *const value, const int precision, char *const text,
                        const size_t capacity)
{
    if (json_is_string(value)) {
        (void)snprintf(text, capacity, "%s", is_digest(value) ? "given" : json_string_value(value));
    } else if (json_is_integer(value)) {
        (void)snprintf(text, capacity, "%lld", (long long)json_integer_value(value));
    } else if (json_is_real(value)) {
        (void)snprintf(text, capacity, "%.*g", precision, json_real_value(value));
    } else if (json_is_boolean(value)) {
        (void)snprintf(text, capacity, "%s", json_is_true(value) ? "true" : "false");
    } else {
        (void)snprintf(text, capacity, "%s", value == NULL ? "unknown" : "none");
    }
}

/* owner: "the options say", …; of digests "the options", …. */
static sm_status fail_difference(const char *const name, const char *const key,
                                 const json_t *const saved, const json_t *const now,
                                 const char *const owner)
{
    char before[VALUE_TEXT];
    char after[VALUE_TEXT];
    if (is_digest(saved) && is_digest(now)) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: the checkpoint has other %s than %s", name, key,
                        owner);
    }
    print_value(saved, 6, before, sizeof before);
    print_value(now, 6, after, sizeof after);
    if (strcmp(before, after) == 0) {
        print_value(saved, 17, before, sizeof before);
        print_value(now, 17, after, sizeof after);
    }
    return smi_fail(SM_ERROR_ARGUMENT, "%s: the checkpoint has %s %s, %s %s", name, key, before,
                    owner, after);
}

sm_status smi_fingerprint_compare(const json_t *const saved, const json_t *const now,
                                  const char *const name)
{
    static const struct {
        const char *group;
        const char *owner;       /* with a value after it */
        const char *plain_owner; /* without */
    } groups[] = {{"options", "the options say", "the options"},
                  {"data", "the data have", "the data"},
                  {"validation", "the validation data have", "the validation data"},
                  {"model", "the model has", "the model"},
                  {"machine", "this machine has", "this machine"}};
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        const json_t *const before = json_object_get(saved, groups[i].group);
        json_t *const after = json_object_get(now, groups[i].group);
        const char *key = NULL;
        json_t *value = NULL;
        json_object_foreach(after, key, value)
        {
            const json_t *const other = json_object_get(before, key);
            if (!json_equal(other, value)) {
                const bool digests = is_digest(other) && is_digest(value);
                return fail_difference(name, key, other, value,
                                       digests ? groups[i].plain_owner : groups[i].owner);
            }
        }
    }
    return SM_OK;
}
