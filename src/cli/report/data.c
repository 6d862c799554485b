/* The section of a report on the data. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/describe_table.h"
#include "cli/exit_status.h"
#include "cli/plot/sample_rows.h"
#include "cli/report/sections.h"
#include "cli/terminal.h"
#include "report/page.h"

enum { PICTURES = 24, LINES = 6, MOST_COLUMNS = 40, MOST_CATEGORIES = 6, LONGEST_NAME = 60 };

static void put_features(const cli_report *const r)
{
    static const char *const elements[] = {
        [SM_U8] = "bytes", [SM_F32] = "32-bit floats", [SM_CSR] = "32-bit floats, sparse"};
    smi_html_markup(r->html, "<dt>Features</dt><dd>");
    smi_html_count(r->html, r->data_shape.features);
    smi_html_markup(r->html, ", %s", elements[sm_dataset_element(r->dataset)]);
    if (r->channels > 0) {
        smi_html_markup(r->html, ": pictures of %zu × %zu pixels%s", r->data_shape.image_height,
                        r->data_shape.image_width, r->channels == 3 ? " in colour" : "");
    }
    smi_html_markup(r->html, "</dd>\n");
}

/* The smallest and the largest class that has rows. */
static void put_balance(const cli_report *const r)
{
    size_t least = SIZE_MAX;
    size_t most = SIZE_MAX;
    for (size_t c = 0; c < r->model_shape.classes; c++) {
        const uint64_t support = r->classes[c].support;
        if (support > 0 && (least == SIZE_MAX || support < r->classes[least].support)) {
            least = c;
        }
        if (support > 0 && (most == SIZE_MAX || support > r->classes[most].support)) {
            most = c;
        }
    }
    smi_html_markup(r->html, "<dt>Classes</dt><dd>");
    smi_html_count(r->html, r->model_shape.classes);
    if (least != SIZE_MAX && r->classes[least].support == r->classes[most].support) {
        smi_html_markup(r->html, ", of ");
        smi_html_count(r->html, r->classes[least].support);
        smi_html_markup(r->html, " rows each");
    } else if (least != SIZE_MAX) {
        smi_html_markup(r->html, ", from ");
        smi_html_count(r->html, r->classes[least].support);
        smi_html_markup(r->html, " rows of ");
        smi_html_name(r->html, r->model_shape.class_names[least], LONGEST_NAME);
        smi_html_markup(r->html, " to ");
        smi_html_count(r->html, r->classes[most].support);
        smi_html_markup(r->html, " of ");
        smi_html_name(r->html, r->model_shape.class_names[most], LONGEST_NAME);
    }
    smi_html_markup(r->html, "</dd>\n");
}

static void put_notes(const cli_report *const r)
{
    char line[512];
    for (const char *at = sm_dataset_notes(r->dataset); *at != '\0';) {
        const size_t length = strcspn(at, "\n");
        (void)snprintf(line, sizeof line, "%.*s", (int)(length < 500 ? length : 500), at);
        cli_report_fact(r->html, "Note", line);
        at += length + (at[length] == '\n');
    }
}

/* ---- the columns of a table ---- */

static const char *text_of(const json_t *const object, const char *const key)
{
    const char *const text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static void put_values(const cli_report *const r, const json_t *const feature)
{
    const json_t *const categories = json_object_get(feature, "categories");
    const size_t count = json_array_size(categories);
    if (json_object_get(feature, "mean") != NULL) {
        smi_html_markup(r->html, "%.6g to %.6g, mean %.4g",
                        json_number_value(json_object_get(feature, "min")),
                        json_number_value(json_object_get(feature, "max")),
                        json_number_value(json_object_get(feature, "mean")));
    } else if (count == 0) {
        smi_html_count(r->html, (uint64_t)json_integer_value(json_object_get(feature, "width")));
        smi_html_markup(r->html, " features");
    }
    for (size_t i = 0; i < count && i < MOST_CATEGORIES; i++) {
        const json_t *const category = json_array_get(categories, i);
        smi_html_markup(r->html, i == 0 ? "" : ", ");
        smi_html_name(r->html, text_of(category, "name"), LONGEST_NAME);
        smi_html_markup(r->html, " ");
        smi_html_count(r->html, (uint64_t)json_integer_value(json_object_get(category, "rows")));
    }
    if (count > MOST_CATEGORIES) {
        smi_html_markup(r->html, " and %zu more", count - MOST_CATEGORIES);
    }
}

static void put_column(const cli_report *const r, const json_t *const feature)
{
    smi_html_markup(r->html, "<tr><th scope=\"row\">");
    smi_html_name(r->html, text_of(feature, "name"), LONGEST_NAME);
    smi_html_markup(r->html, "</th><td>");
    smi_html_name(r->html, text_of(feature, "kind"), LONGEST_NAME);
    smi_html_markup(r->html, "</td><td class=\"number\">");
    smi_html_count(r->html, (uint64_t)json_integer_value(json_object_get(feature, "missing")));
    smi_html_markup(r->html, "</td><td class=\"cell\">");
    put_values(r, feature);
    smi_html_markup(r->html, "</td></tr>\n");
}

static void put_columns(const cli_report *const r, const json_t *const table)
{
    const json_t *const features = json_object_get(table, "features");
    const json_t *const ignored = json_object_get(table, "ignored");
    const size_t count = json_array_size(features);
    const size_t shown = count < MOST_COLUMNS ? count : MOST_COLUMNS;
    smi_scroll_begin(r->html, "Columns");
    smi_html_markup(r->html, "<table>\n<caption>The columns that the model looks at");
    if (shown < count) {
        smi_html_markup(r->html, ", the first %zu of %zu", shown, count);
    }
    if (json_array_size(ignored) > 0) {
        smi_html_markup(r->html, "; it leaves %zu out", json_array_size(ignored));
    }
    smi_html_markup(r->html, ".</caption>\n<thead><tr><th scope=\"col\">column</th><th "
                             "scope=\"col\">kind</th><th scope=\"col\" class=\"number\">missing"
                             "</th><th scope=\"col\">values</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < shown; i++) {
        put_column(r, json_array_get(features, i));
    }
    smi_html_markup(r->html, "</tbody>\n</table>\n");
    smi_scroll_end(r->html);
}

/* ---- some of the rows ---- */

static int put_sample(const cli_report *const r)
{
    cli_report_row shown[PICTURES];
    size_t count = 0;
    size_t *const rows =
        cli_sample_rows(r->metrics.rows, r->channels > 0 ? PICTURES : LINES, 0, &count);
    if (rows == NULL) {
        return CLI_FAILURE;
    }
    for (size_t i = 0; i < count; i++) {
        shown[i] = (cli_report_row){.row = rows[i], .probability = -1.0F};
    }
    free(rows);
    smi_html_markup(r->html, "<h3>%zu of ", count);
    smi_html_count(r->html, r->metrics.rows);
    smi_html_markup(r->html, " rows, at random</h3>\n");
    return cli_report_rows(r, shown, count, "Rows with their class");
}

int cli_report_data(const cli_report *const r)
{
    smi_html_markup(r->html, "<dl class=\"facts\">\n");
    cli_report_fact(r->html, "Name", r->data_name);
    smi_html_markup(r->html, "<dt>Rows</dt><dd>");
    smi_html_count(r->html, r->metrics.rows);
    smi_html_markup(r->html, "</dd>\n");
    put_features(r);
    put_balance(r);
    put_notes(r);
    smi_html_markup(r->html, "</dl>\n");
    json_t *const table = cli_table_json(r->dataset);
    if (table == NULL) {
        cli_say("not enough memory for the columns of %s", r->data_name);
        return CLI_FAILURE;
    }
    if (json_is_object(table)) {
        put_columns(r, table);
    }
    json_decref(table);
    return put_sample(r);
}
