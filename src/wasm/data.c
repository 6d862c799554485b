/* The data that a page trains on. */
#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/generator.h"
#include "data/split.h"
#include "wasm/state.h"

static sm_status generate(const char *const text, sm_dataset **const dataset)
{
    const smi_generator *const generator = smi_find_generator(text);
    return generator == NULL
               ? smi_fail(SM_ERROR_ARGUMENT, "'%s' is no generator (%s)", text, smi_generator_names)
               : smi_generate(generator, text, false, dataset);
}

sm_status lab_generate(const char *const train, const char *const test)
{
    sm_dataset *parts[LAB_PARTS] = {NULL};
    void *const arrays[2 * LAB_PARTS] = {NULL};
    sm_status status = generate(train, &parts[LAB_TRAIN]);
    if (status == SM_OK && test[0] != '\0') {
        status = generate(test, &parts[LAB_TEST]);
    }
    if (status != SM_OK) {
        sm_dataset_free(parts[LAB_TRAIN]);
        return status;
    }
    lab_take_data(parts, arrays);
    return SM_OK;
}

typedef struct description {
    sm_element element;
    size_t features;
    size_t classes;
    size_t height;
    size_t width;
} description;

static sm_status wrap(const description *const of, const lab_arrays *const arrays,
                      sm_dataset **const dataset)
{
    const bool bytes = of->element == SM_U8;
    sm_status status = bytes ? sm_dataset_borrow_u8(arrays->x, arrays->rows, of->features,
                                                    arrays->labels, of->classes, dataset)
                             : sm_dataset_borrow_f32(arrays->x, arrays->rows, of->features,
                                                     arrays->labels, of->classes, dataset);
    if (status == SM_OK && of->height > 0) {
        status = sm_dataset_set_image_shape(*dataset, of->height, of->width);
    }
    return status;
}

sm_status lab_set_data(const int element, const size_t features, const size_t classes,
                       const size_t height, const size_t width, const lab_arrays *const parts)
{
    const description of = {(sm_element)element, features, classes, height, width};
    sm_dataset *datasets[LAB_PARTS] = {NULL};
    void *const arrays[2 * LAB_PARTS] = {parts[LAB_TRAIN].x, parts[LAB_TRAIN].labels,
                                         parts[LAB_TEST].x, parts[LAB_TEST].labels};
    sm_status status = element == SM_U8 || element == SM_F32
                           ? SM_OK
                           : smi_fail(SM_ERROR_ARGUMENT, "data are bytes or floats");
    for (size_t p = 0; p < LAB_PARTS && status == SM_OK; p++) {
        if (p == LAB_TRAIN || parts[p].rows > 0) {
            status = wrap(&of, &parts[p], &datasets[p]);
        }
    }
    if (status == SM_OK) {
        lab_take_data(datasets, arrays);
        return SM_OK;
    }
    for (size_t p = 0; p < LAB_PARTS; p++) {
        sm_dataset_free(datasets[p]);
        smi_free(parts[p].x);
        smi_free(parts[p].labels);
    }
    return status;
}

static int32_t label_at(const void *const labels, const size_t row)
{
    return ((const int32_t *)labels)[row];
}

sm_status lab_hold_out(const int32_t *const labels, const size_t rows, const size_t classes,
                       const double share, const double seed, bool *const marks)
{
    const smi_split_rows all = {
        .rows = rows, .classes = classes, .label = label_at, .context = labels};
    sm_split_options options = sm_split_options_default(0);
    options.held_out_share = share;
    options.stratify = true;
    const sm_status status = lab_seed(seed, &options.seed);
    return status == SM_OK ? smi_mark_held_out(&all, &options, marks) : status;
}

/* NULL where there is none. */
static const sm_dataset *part_of(const int part)
{
    return part >= 0 && part < LAB_PARTS ? lab.parts[part] : NULL;
}

size_t lab_rows(const int part)
{
    const sm_dataset *const dataset = part_of(part);
    return dataset == NULL ? 0 : dataset->rows;
}

size_t lab_features(void)
{
    const sm_dataset *const dataset = lab.parts[LAB_TRAIN];
    return dataset == NULL ? 0 : dataset->shape.features;
}

size_t lab_classes(void)
{
    const sm_dataset *const dataset = lab.parts[LAB_TRAIN];
    return dataset == NULL ? 0 : dataset->shape.classes;
}

const void *lab_x(const int part)
{
    const sm_dataset *const dataset = part_of(part);
    return dataset == NULL ? NULL : dataset->x;
}

const int32_t *lab_labels(const int part)
{
    const sm_dataset *const dataset = part_of(part);
    return dataset == NULL ? NULL : dataset->labels;
}
