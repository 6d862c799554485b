#include "data/rows.h"

#include "base/memory.h"
#include "base/names.h"
#include "base/status.h"
#include "sys/file.h"

sm_status smi_rows_new(const sm_rows *const filled, sm_rows **const rows)
{
    sm_rows *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        if (filled->from->free != NULL) {
            filled->from->free(filled->source);
        }
        return smi_fail_memory("the rows");
    }
    *created = *filled;
    *rows = created;
    return SM_OK;
}

void sm_rows_free(sm_rows *const rows)
{
    if (rows == NULL) {
        return;
    }
    if (rows->from->free != NULL) {
        rows->from->free(rows->source);
    }
    smi_names_free(rows->class_names, rows->shape.classes);
    smi_free(rows);
}

/* ---- a pass ---- */

/* Counts what it hands on. */
typedef struct counted {
    size_t rows;
    smi_take_rows *take;
    void *context;
} counted;

static sm_status take_counted(void *const context, const smi_row_block *const block)
{
    counted *const pass = context;
    pass->rows += block->rows;
    return pass->take(pass->context, block);
}

sm_status smi_rows_pass(const sm_rows *const rows, smi_take_rows *const take, void *const context)
{
    counted pass = {.take = take, .context = context};
    const sm_status status = rows->from->pass(rows->source, take_counted, &pass);
    if (status == SM_OK && pass.rows != rows->rows) {
        return smi_fail_changed(rows->name);
    }
    return status;
}

/* ---- looking at them ---- */

sm_shape sm_rows_shape(const sm_rows *const rows)
{
    return rows->shape;
}

size_t sm_rows_count(const sm_rows *const rows)
{
    return rows->rows;
}

bool sm_rows_have_labels(const sm_rows *const rows)
{
    return rows->labelled;
}

const char *sm_rows_notes(const sm_rows *const rows)
{
    return rows->notes == NULL ? "" : rows->notes;
}

sm_status sm_rows_set_class_names(sm_rows *const rows, const char *const *const names)
{
    if (rows == NULL || names == NULL) {
        return smi_fail_null(__func__, rows == NULL ? "rows" : "names");
    }
    char **copies = NULL;
    const sm_status status = smi_names_copy(names, rows->shape.classes, &copies);
    if (status == SM_OK) {
        smi_names_free(rows->class_names, rows->shape.classes);
        rows->class_names = copies;
        rows->shape.class_names = (const char *const *)copies;
    }
    return status;
}
