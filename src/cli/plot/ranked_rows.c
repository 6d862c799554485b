#include "cli/plot/ranked_rows.h"

#include <stdlib.h>
#include <string.h>

#include "cli/exit_status.h"
#include "cli/terminal.h"

enum { BLOCK_ROWS = 256 };

bool cli_is_wrong(const cli_ranked_rows *const p, const cli_ranked_row *const one)
{
    const int32_t label = sm_dataset_label(p->dataset, one->row);
    return label >= 0 && strcmp(p->data.class_names[label], p->model.class_names[one->class]) != 0;
}

static int surest_first(const void *const a, const void *const b)
{
    const cli_ranked_row *const x = a;
    const cli_ranked_row *const y = b;
    if (x->probability != y->probability) {
        return x->probability > y->probability ? -1 : 1;
    }
    return x->row < y->row ? -1 : 1;
}

static int least_sure_first(const void *const a, const void *const b)
{
    const cli_ranked_row *const x = a;
    const cli_ranked_row *const y = b;
    if (x->probability != y->probability) {
        return x->probability < y->probability ? -1 : 1;
    }
    return x->row < y->row ? -1 : 1;
}

static void keep_first(cli_ranked_rows *const p)
{
    if (p->order != CLI_BY_ROW && p->count > 1) {
        qsort(p->list, p->count, sizeof *p->list,
              p->order == CLI_SUREST_FIRST ? surest_first : least_sure_first);
    }
    p->count = p->count < p->places ? p->count : p->places;
}

static void add(cli_ranked_rows *const p, const cli_ranked_row *const one)
{
    if (p->count == 2 * p->places) {
        keep_first(p);
    }
    p->list[p->count++] = *one;
}

/* In their order, until there are as many as are drawn; all where they are sorted. */
static int collect(const sm_model *const model, cli_ranked_rows *const p,
                   float *const probabilities)
{
    const size_t rows = sm_dataset_rows(p->dataset);
    const size_t classes = p->model.classes;
    for (size_t done = 0; done < rows; done += BLOCK_ROWS) {
        const size_t block = rows - done < BLOCK_ROWS ? rows - done : BLOCK_ROWS;
        if (p->order == CLI_BY_ROW && p->count >= p->places) {
            break;
        }
        if (sm_predict(model, p->dataset, done, block, SM_PROBABILITIES, probabilities) != SM_OK) {
            return cli_fail();
        }
        for (size_t r = 0; r < block; r++) {
            const float *const row = probabilities + r * classes;
            const size_t class = sm_argmax(row, classes);
            const cli_ranked_row one = {done + r, class, row[class]};
            if (!p->wrong_only || cli_is_wrong(p, &one)) {
                add(p, &one);
            }
        }
    }
    keep_first(p);
    return CLI_SUCCESS;
}

int cli_rank_rows(const sm_model *const model, cli_ranked_rows *const rows)
{
    float *const probabilities = calloc(rows->model.classes, BLOCK_ROWS * sizeof(float));
    int status = CLI_FAILURE;
    rows->list = calloc(rows->places, 2 * sizeof *rows->list);
    if (probabilities == NULL || rows->list == NULL) {
        cli_say("not enough memory for %zu classes and %zu rows", rows->model.classes,
                rows->places);
    } else {
        status = collect(model, rows, probabilities);
    }
    free(probabilities);
    return status;
}
