/* The sections of a report that show rows: the data, and the surest mistakes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "cli/exit_status.h"
#include "cli/plot/first_layer.h"
#include "cli/plot/tiles.h"
#include "cli/report/sections.h"
#include "cli/row_cells.h"
#include "cli/terminal.h"
#include "report/image.h"
#include "report/page.h"

enum { LONGEST_NAME = 60, LONGEST_CELL = 200 };

void cli_report_fact(smi_html *const html, const char *const name, const char *const text)
{
    smi_html_markup(html, "<dt>%s</dt><dd>", name);
    smi_html_name(html, text, SMI_WHOLE_NAME);
    smi_html_markup(html, "</dd>\n");
}

static const char *label_of(const cli_report *const r, const size_t row)
{
    const int32_t label = sm_dataset_label(r->dataset, row);
    return label < 0 ? "" : r->data_shape.class_names[label];
}

/* ---- pictures ---- */

static void put_tile_text(const cli_report *const r, const cli_report_row *const one)
{
    if (one->probability < 0.0F) {
        smi_html_name(r->html, label_of(r, one->row), LONGEST_NAME);
        return;
    }
    smi_html_markup(r->html, "is ");
    smi_html_name(r->html, label_of(r, one->row), LONGEST_NAME);
    smi_html_markup(r->html, "<br><span class=\"taken\">taken for ");
    smi_html_name(r->html, r->model_shape.class_names[one->predicted], LONGEST_NAME);
    smi_html_markup(r->html, "</span><br>%.2f %%<br>row ", 100.0 * (double)one->probability);
    smi_html_count(r->html, one->row);
}

static bool put_tile(const cli_report *const r, const cli_report_row *const one,
                     const smi_image *const image)
{
    smi_html_markup(r->html, "<li><img alt=\"Row %zu, of class ", one->row);
    smi_html_plain(r->html, label_of(r, one->row), LONGEST_NAME);
    smi_html_markup(r->html, "\" ");
    const bool made = smi_html_image(r->html, image);
    smi_html_markup(r->html, ">");
    put_tile_text(r, one);
    smi_html_markup(r->html, "</li>\n");
    return made;
}

static int put_tiles(const cli_report *const r, const cli_report_row *const rows,
                     const size_t count)
{
    const size_t features = r->data_shape.features;
    float *const values = calloc(count > 0 ? count : 1, features * sizeof *values);
    bool made = values != NULL;
    sm_status status = SM_OK;
    for (size_t i = 0; made && i < count && status == SM_OK; i++) {
        status = sm_dataset_row(r->dataset, rows[i].row, values + i * features);
    }
    if (status != SM_OK) {
        free(values);
        return cli_fail();
    }
    smi_html_markup(r->html, "<ul class=\"tiles\">\n");
    if (made) {
        smi_image image = {.height = r->data_shape.image_height,
                           .width = r->data_shape.image_width,
                           .channels = r->channels};
        cli_picture_range(r->dataset, values, count * features, &image.least, &image.most);
        for (size_t i = 0; i < count && made; i++) {
            image.values = values + i * features;
            made = put_tile(r, &rows[i], &image);
        }
    }
    smi_html_markup(r->html, "</ul>\n");
    free(values);
    if (!made) {
        cli_say("not enough memory for %zu pictures", count);
        return CLI_FAILURE;
    }
    return CLI_SUCCESS;
}

/* ---- other rows ---- */

/* What lists of words are chosen by: how much more each feature speaks for the class that the row
 * is taken for than for its own. */
typedef struct importance {
    cli_first_layer layer; /* kernel NULL: every feature counts as it is */
    float *values;         /* features */
} importance;

static bool has_list(const cli_row_cells *const cells)
{
    bool any = false;
    for (size_t i = 0; i < cells->count; i++) {
        any = any || cells->list[i].is_list;
    }
    return any;
}

static int open_importance(const cli_report *const r, const cli_row_cells *const cells,
                           importance *const i)
{
    *i = (importance){0};
    if (!has_list(cells) || sm_model_layer_count(r->model) > 1) {
        return CLI_SUCCESS;
    }
    i->values = calloc(r->data_shape.features, sizeof *i->values);
    if (i->values == NULL) {
        cli_say("not enough memory for %zu features", r->data_shape.features);
        return CLI_FAILURE;
    }
    return cli_first_layer_of(r->model, &i->layer) ? CLI_SUCCESS : CLI_FAILURE;
}

static void close_importance(importance *const i)
{
    cli_free_first_layer(&i->layer);
    free(i->values);
}

/* NULL where there is none to tell. */
static const float *importance_of(const cli_report *const r, const cli_report_row *const one,
                                  const importance *const i)
{
    int32_t own = -1;
    const char *const label = label_of(r, one->row);
    if (i->layer.kernel == NULL || one->probability < 0.0F ||
        smi_names_match(&label, 1, r->model_shape.class_names, r->model_shape.classes, &own) !=
            SM_OK ||
        own < 0) {
        return NULL;
    }
    for (size_t f = 0; f < r->data_shape.features; f++) {
        const float *const weights = i->layer.kernel + f * i->layer.outputs;
        i->values[f] = weights[one->predicted] - weights[own];
    }
    return i->values;
}

static void put_head(const cli_report *const r, const cli_row_cells *const cells,
                     const bool with_model, const char *const caption)
{
    smi_html_markup(r->html, "<p class=\"soft\">Rows count from 0.");
    if (has_list(cells)) {
        smi_html_markup(r->html, with_model && sm_model_layer_count(r->model) == 1
                                     ? " Of many features those are named that speak most for the "
                                       "class it is taken for rather than its own."
                                     : " Of many features the largest are named.");
    }
    if (cells->left_out > 0) {
        smi_html_markup(r->html, " %zu more columns are left out.", cells->left_out);
    }
    smi_html_markup(r->html, "</p>\n");
    smi_scroll_begin(r->html, "Rows");
    smi_html_markup(r->html,
                    "<table>\n<caption class=\"quiet\">%s</caption>\n<thead><tr><th scope=\"col\" "
                    "class=\"number\">row</th><th scope=\"col\">class</th>",
                    caption);
    if (with_model) {
        smi_html_markup(r->html, "<th scope=\"col\">taken for</th><th scope=\"col\" "
                                 "class=\"number\">probability</th>");
    }
    for (size_t i = 0; i < cells->count; i++) {
        smi_html_markup(r->html, "<th scope=\"col\"%s>",
                        cells->list[i].is_number ? " class=\"number\"" : "");
        smi_html_name(r->html, cells->list[i].name, LONGEST_NAME);
        smi_html_markup(r->html, "</th>");
    }
    smi_html_markup(r->html, "</tr></thead>\n<tbody>\n");
}

static void put_line(const cli_report *const r, const cli_row_cells *const cells,
                     const cli_report_row *const one, const float *const values,
                     const importance *const i)
{
    char text[CLI_CELL_SIZE];
    const float *const important = importance_of(r, one, i);
    smi_html_markup(r->html, "<tr><th scope=\"row\" class=\"number\">");
    smi_html_count(r->html, one->row);
    smi_html_markup(r->html, "</th><td>");
    smi_html_name(r->html, label_of(r, one->row), LONGEST_NAME);
    smi_html_markup(r->html, "</td>");
    if (one->probability >= 0.0F) {
        smi_html_markup(r->html, "<td class=\"taken\">");
        smi_html_name(r->html, r->model_shape.class_names[one->predicted], LONGEST_NAME);
        smi_html_markup(r->html, "</td><td class=\"number\">%.4f</td>", (double)one->probability);
    }
    for (size_t c = 0; c < cells->count; c++) {
        const cli_row_cell *const cell = &cells->list[c];
        cli_cell_text(cells, cell, values, important, text);
        if (text[0] == '\0' && important != NULL) { /* no feature speaks for it: the bias does */
            cli_cell_text(cells, cell, values, NULL, text);
        }
        smi_html_markup(r->html, "<td%s>",
                        cell->is_number ? " class=\"number\""
                        : cell->is_list ? " class=\"cell\""
                                        : "");
        smi_html_name(r->html, text, LONGEST_CELL);
        smi_html_markup(r->html, "</td>");
    }
    smi_html_markup(r->html, "</tr>\n");
}

static int put_lines(const cli_report *const r, const cli_row_cells *const cells,
                     const cli_report_row *const rows, const size_t count,
                     const char *const caption)
{
    importance i;
    float *const values = calloc(r->data_shape.features, sizeof *values);
    int status = open_importance(r, cells, &i);
    if (values == NULL) {
        cli_say("not enough memory for %zu features", r->data_shape.features);
        status = CLI_FAILURE;
    }
    if (status == CLI_SUCCESS) {
        put_head(r, cells, rows[0].probability >= 0.0F, caption);
        for (size_t n = 0; n < count && status == CLI_SUCCESS; n++) {
            if (sm_dataset_row(r->dataset, rows[n].row, values) != SM_OK) {
                status = cli_fail();
            } else {
                put_line(r, cells, &rows[n], values, &i);
            }
        }
        smi_html_markup(r->html, "</tbody>\n</table>\n");
        smi_scroll_end(r->html);
    }
    close_importance(&i);
    free(values);
    return status;
}

int cli_report_rows(const cli_report *const r, const cli_report_row *const rows, const size_t count,
                    const char *const caption)
{
    cli_row_cells cells;
    if (r->channels > 0) {
        return put_tiles(r, rows, count);
    }
    if (!cli_row_cells_of(&r->data_shape, &cells)) {
        return CLI_FAILURE;
    }
    const int status = put_lines(r, &cells, rows, count, caption);
    cli_free_row_cells(&cells);
    return status;
}

/* ---- mistakes ---- */

int cli_report_mistakes(const cli_report *const r)
{
    cli_report_row *const rows = calloc(r->mistakes.count + 1, sizeof *rows);
    if (rows == NULL) {
        cli_say("not enough memory for %zu rows", r->mistakes.count);
        return CLI_FAILURE;
    }
    for (size_t i = 0; i < r->mistakes.count; i++) {
        const cli_ranked_row *const one = &r->mistakes.list[i];
        rows[i] = (cli_report_row){one->row, one->class, one->probability};
    }
    const size_t wrong = r->metrics.rows - r->right;
    if (r->mistakes.count < wrong) {
        smi_html_markup(r->html, "<p>The %zu mistakes that the model is surest of, of ",
                        r->mistakes.count);
        smi_html_count(r->html, wrong);
        smi_html_markup(r->html, "; the surest first.</p>\n");
    } else if (wrong > 1) {
        smi_html_markup(r->html, "<p>All %zu mistakes, the surest first.</p>\n", wrong);
    } else {
        smi_html_markup(r->html, "<p>The only mistake.</p>\n");
    }
    const int status = cli_report_rows(r, rows, r->mistakes.count, "The surest mistakes");
    free(rows);
    return status;
}
