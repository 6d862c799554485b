#include "data/pictures/picture_rows.h"

#include <limits.h>

#include "base/memory.h"
#include "base/status.h"

typedef struct picture_source {
    smi_picture_list list;
    smi_picture_plan plan;
    size_t threads; /* of a pass, which has a pool of its own: several may be under way at once */
    smi_notes notes;
    const char **class_names; /* the list's */
    char first_path[PATH_MAX];
} picture_source;

static void free_source(void *const context)
{
    picture_source *const source = context;
    smi_picture_list_free(&source->list);
    smi_notes_free(&source->notes);
    smi_free(source->class_names);
    smi_free(source);
}

static sm_status pass_over(void *const context, smi_take_rows *const take, void *const taker)
{
    enum { BLOCK_BYTES = 8 << 20 };
    const picture_source *const source = context;
    const smi_picture_list *const list = &source->list;
    const size_t row_bytes = smi_picture_row_bytes(&source->plan);
    const size_t most = smi_max_size(BLOCK_BYTES / row_bytes, source->threads);
    const size_t block_rows = smi_min_size(most, list->rows);
    uint8_t *const x = smi_array(block_rows, row_bytes);
    smi_pool *pool = NULL;
    sm_status status =
        x == NULL ? smi_fail_memory("the pictures") : smi_pool_create(source->threads, &pool);
    for (size_t first = 0; first < list->rows && status == SM_OK; first += block_rows) {
        const smi_row_block block = {.rows = smi_min_size(block_rows, list->rows - first),
                                     .x = x,
                                     .labels = list->has_classes ? list->labels + first : NULL};
        status = smi_read_picture_rows(list, &source->plan, pool, first, block.rows, x);
        if (status == SM_OK) {
            status = take(taker, &block);
        }
    }
    smi_pool_free(pool);
    smi_free(x);
    return status;
}

static const smi_row_source passing = {.pass = pass_over, .free = free_source};

static sm_rows rows_of(picture_source *const source, const bool resize)
{
    const smi_picture_list *const list = &source->list;
    const smi_picture_plan *const plan = &source->plan;
    return (sm_rows){.element = SM_U8,
                     .shape = {.features = smi_picture_row_bytes(plan),
                               .classes = list->has_classes ? list->folder_count : 0,
                               .image_height = plan->size.height,
                               .image_width = plan->size.width,
                               .image_resize = resize,
                               .scale = 1.0F / 255.0F,
                               .class_names = list->has_classes ? source->class_names : NULL},
                     .rows = list->rows,
                     .labelled = list->has_classes,
                     .name = source->first_path,
                     .notes = source->notes.text,
                     .from = &passing,
                     .source = source};
}

sm_status smi_picture_rows(const char *const folder, smi_picture_list *const list,
                           const smi_picture_form *const form, const size_t threads,
                           sm_rows **const rows)
{
    picture_source *const source = smi_array(1, sizeof *source);
    if (source == NULL) {
        return smi_fail_memory("the pictures");
    }
    source->list = *list;
    source->threads = threads;
    *list = (smi_picture_list){.rows = 0};
    smi_pool *pool = NULL;
    sm_status status = smi_pool_create(threads, &pool);
    if (status == SM_OK) {
        status = smi_plan_pictures(&source->list, form, pool, source->first_path, &source->plan);
    }
    smi_pool_free(pool);
    if (status == SM_OK) {
        status = smi_picture_classes(&source->list, &source->class_names);
    }
    if (status == SM_OK) {
        status = smi_picture_list_note(&source->list, folder, &source->notes);
    }
    if (status != SM_OK) {
        free_source(source);
        return status;
    }
    const sm_rows filled = rows_of(source, form->resize);
    return smi_rows_new(&filled, rows);
}
