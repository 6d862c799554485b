/* The sections of a report on how the model was made: its training, itself, and how to do all of it
 * again. */
#include <jansson.h>
#include <png.h>
#include <stdio.h>
#include <string.h>

#include "cli/describe_model.h"
#include "cli/exit_status.h"
#include "cli/report/sections.h"
#include "cli/terminal.h"
#include "report/curves.h"
#include "report/page.h"
#include "report/shell.h"

enum { LONGEST_NAME = 60 };

/* ---- training ---- */

/* Keys are words with underscores between; few are not what people call it. */
static const char *name_of(const char *const key, char name[64])
{
    static const char *const names[][2] = {
        {"name", "solver"}, {"isa", "kernels"}, {"l1", "L1 penalty"}, {"l2", "L2 penalty"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(key, names[i][0]) == 0) {
            return names[i][1];
        }
    }
    (void)snprintf(name, 64, "%s", key);
    for (char *at = name; *at != '\0'; at++) {
        if (*at == '_') {
            *at = ' ';
        }
    }
    return name;
}

/* A list as how many there are. */
static void put_setting(smi_html *const html, const char *const key, const json_t *const value)
{
    char text[64] = "";
    char name[64];
    if (json_is_real(value)) {
        (void)snprintf(text, sizeof text, "%.6g", json_real_value(value));
    } else if (json_is_integer(value)) {
        (void)cli_grouped((size_t)json_integer_value(value), text);
    } else if (json_is_boolean(value)) {
        (void)snprintf(text, sizeof text, "%s", json_is_true(value) ? "yes" : "no");
    } else if (json_is_array(value)) {
        (void)snprintf(text, sizeof text, "%zu numbers", json_array_size(value));
    }
    smi_html_markup(html, "<div><dt>");
    smi_html_name(html, name_of(key, name), LONGEST_NAME);
    smi_html_markup(html, "</dt><dd>");
    smi_html_name(html, json_is_string(value) ? json_string_value(value) : text, LONGEST_NAME);
    smi_html_markup(html, "</dd></div>\n");
}

static void put_settings(smi_html *const html, json_t *const training)
{
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(training, key, value)
    {
        if (json_is_object(value)) {
            put_settings(html, value);
        } else if (!json_is_null(value)) {
            put_setting(html, key, value);
        }
    }
}

int cli_report_training(const cli_report *const r)
{
    json_t *const training = json_loads(sm_model_training(r->model), 0, NULL);
    if (r->log.count > 0) {
        const smi_run run = {"", r->log.points, r->log.count};
        smi_html_curves(r->html, &run);
    } else if (r->log.run != NULL) {
        smi_html_markup(r->html, "<p class=\"soft\">There are no curves, as the log has no epoch "
                                 "with a loss.</p>\n");
    } else {
        smi_html_markup(
            r->html, "<p class=\"soft\">There are no curves, as a model does not keep them: "
                     "<code>softmax train --log FILE</code> writes down how each epoch goes, and "
                     "<code>softmax report --log FILE</code> draws it.</p>\n");
    }
    if (r->log.broken) {
        smi_html_markup(r->html,
                        "<p>The last line of the log is not whole, and is left out.</p>\n");
    }
    if (json_is_object(training)) {
        smi_html_markup(r->html, "<dl class=\"settings\">\n");
        put_settings(r->html, training);
        smi_html_markup(r->html, "</dl>\n");
    } else {
        smi_html_markup(r->html, "<p>The model was not trained.</p>\n");
    }
    json_decref(training);
    return CLI_SUCCESS;
}

/* ---- the model ---- */

static void put_layers(const cli_report *const r)
{
    smi_scroll_begin(r->html, "Layers");
    smi_html_markup(r->html,
                    "<table>\n<caption>Layers, in the order in which data goes through."
                    "</caption>\n<thead><tr><th scope=\"col\">layer</th><th scope=\"col\" "
                    "class=\"number\">inputs</th><th scope=\"col\" class=\"number\">outputs"
                    "</th><th scope=\"col\">activation</th><th scope=\"col\" "
                    "class=\"number\">dropout</th><th scope=\"col\" class=\"number\">"
                    "parameters</th></tr></thead>\n<tbody>\n");
    const size_t count = sm_model_layer_count(r->model);
    for (size_t i = 0; i < count; i++) {
        const sm_layer_info layer = sm_model_layer_info(r->model, i);
        smi_html_markup(r->html, "<tr><th scope=\"row\">%s</th><td class=\"number\">", layer.name);
        smi_html_count(r->html, layer.inputs);
        smi_html_markup(r->html, "</td><td class=\"number\">");
        smi_html_count(r->html, layer.outputs);
        smi_html_markup(r->html,
                        "</td><td>%s</td><td class=\"number\">%g</td><td class=\"number\">",
                        sm_activation_name(layer.activation), layer.dropout);
        smi_html_count(r->html, layer.parameters);
        smi_html_markup(r->html, "</td></tr>\n");
    }
    smi_html_markup(r->html, "</tbody>\n<tfoot><tr><th scope=\"row\" colspan=\"5\">all</th><td "
                             "class=\"number\">");
    smi_html_count(r->html, sm_model_parameter_count(r->model));
    smi_html_markup(r->html, "</td></tr></tfoot>\n</table>\n");
    smi_scroll_end(r->html);
}

int cli_report_model(const cli_report *const r)
{
    char kind[CLI_KIND_SIZE];
    const sm_shape *const shape = &r->model_shape;
    smi_html_markup(r->html, "<dl class=\"facts\">\n");
    cli_report_fact(r->html, "File", r->model_path);
    smi_html_markup(r->html, "<dt>Kind</dt><dd>%s</dd>\n", cli_kind_of(r->model, kind));
    if (shape->column_shift == NULL) {
        smi_html_markup(r->html, "<dt>Scaling</dt><dd>(x − %g) · %g</dd>\n", (double)shape->shift,
                        (double)shape->scale);
    } else {
        smi_html_markup(r->html, "<dt>Scaling</dt><dd>(x − shift) · scale, each feature with its "
                                 "own</dd>\n");
    }
    if (sm_model_temperature(r->model) != 1.0) {
        smi_html_markup(r->html,
                        "<dt>Calibrated</dt><dd>logits are divided by a temperature of "
                        "%.4g</dd>\n",
                        sm_model_temperature(r->model));
    }
    smi_html_markup(r->html, "</dl>\n");
    put_layers(r);
    return CLI_SUCCESS;
}

/* ---- again ---- */

static void put_logged_command(const cli_report *const r, const json_t *const command)
{
    smi_html_markup(r->html, "<p>The training, from its log:</p>\n<pre ><code>");
    for (size_t i = 0; i < json_array_size(command); i++) {
        const char *const word = json_string_value(json_array_get(command, i));
        smi_html_markup(r->html, i == 0 ? "" : " ");
        smi_html_shell_word(r->html, word == NULL ? "" : word);
    }
    smi_html_markup(r->html, "</code></pre>\n");
}

static void put_versions(const cli_report *const r)
{
    smi_html_markup(r->html,
                    "<dl class=\"facts\">\n<dt>softmax</dt><dd>%s, with kernels for %s</dd>\n",
                    sm_version(), sm_isa());
    smi_html_markup(r->html, "<dt>libpng</dt><dd>%s</dd>\n", png_get_libpng_ver(NULL));
    smi_html_markup(r->html, "<dt>Jansson</dt><dd>%s</dd>\n", jansson_version_str());
    const json_t *const version = json_object_get(r->log.run, "version");
    const json_t *const started = json_object_get(r->log.run, "started");
    if (json_is_string(version)) {
        cli_report_fact(r->html, "Trained by softmax", json_string_value(version));
    }
    if (json_is_string(started)) {
        cli_report_fact(r->html, "Training began", json_string_value(started));
    }
    smi_html_markup(r->html, "</dl>\n");
}

int cli_report_repeat(const cli_report *const r)
{
    const json_t *const command = json_object_get(r->log.run, "command");
    if (json_array_size(command) > 0) {
        put_logged_command(r, command);
    }
    smi_html_markup(r->html, "<p>This report:</p>\n<pre ><code>%s", r->words[0]);
    for (int i = 1; i < r->word_count; i++) {
        smi_html_markup(r->html, " ");
        smi_html_shell_word(r->html, r->words[i]);
    }
    smi_html_markup(r->html, "</code></pre>\n<h3>Versions</h3>\n");
    put_versions(r);
    return CLI_SUCCESS;
}
