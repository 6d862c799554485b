#include "report/heat.h"

#include <math.h>
#include <string.h>

#include "report/page.h"

/* Names longer than SHORT stand upright above their columns. */
enum { LONGEST_NAME = 28, SHORT = 4, MANY = 12 };

static uint64_t row_sum(const smi_confusion *const c, const size_t row)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < c->classes; i++) {
        sum += c->counts[row * c->classes + i];
    }
    return sum;
}

static double share_of(const smi_confusion *const c, const size_t row, const size_t column,
                       const uint64_t sum)
{
    return sum == 0 ? 0.0 : (double)c->counts[row * c->classes + column] / (double)sum;
}

static double largest_mistake(const smi_confusion *const c)
{
    double largest = 0.0;
    for (size_t row = 0; row < c->classes; row++) {
        const uint64_t sum = row_sum(c, row);
        for (size_t column = 0; column < c->classes; column++) {
            if (column != row) {
                largest = fmax(largest, share_of(c, row, column, sum));
            }
        }
    }
    return largest;
}

static void put_head(smi_html *const html, const smi_confusion *const c)
{
    bool tall = false;
    for (size_t i = 0; i < c->classes; i++) {
        tall = tall || strlen(c->names[i]) > SHORT;
    }
    smi_html_markup(html,
                    "<thead>\n<tr><th class=\"corner\" rowspan=\"2\" scope=\"col\">true class</th>"
                    "<th colspan=\"%zu\" scope=\"colgroup\">taken for</th></tr>\n<tr>",
                    c->classes);
    for (size_t i = 0; i < c->classes; i++) {
        smi_html_markup(html,
                        tall ? "<th scope=\"col\"><span class=\"tall\">" : "<th scope=\"col\">");
        smi_html_name(html, c->names[i], LONGEST_NAME);
        smi_html_markup(html, tall ? "</span></th>" : "</th>");
    }
    smi_html_markup(html, "</tr>\n</thead>\n");
}

static void put_cell(smi_html *const html, const uint64_t count, const double shade,
                     const bool right)
{
    if (count == 0) {
        smi_html_markup(html, "<td class=\"%snone\">0</td>", right ? "diagonal " : "");
        return;
    }
    smi_html_markup(html, "<td%s style=\"--share:%.3f\">", right ? " class=\"diagonal\"" : "",
                    shade);
    smi_html_count(html, count);
    smi_html_markup(html, "</td>");
}

void smi_html_heat(smi_html *const html, const smi_confusion *const confusion)
{
    const double most = largest_mistake(confusion);
    smi_html_markup(html, "<p class=\"soft\">Rows of each true class by the class that they are "
                          "taken for. Blue: right, by its share of the row. ");
    if (most > 0.0) {
        smi_html_markup(html, "Vermilion: wrong; the strongest is %.3g %% of its row.",
                        100.0 * most);
    }
    smi_html_markup(html, "</p>\n");
    smi_scroll_begin(html, "Confusion matrix");
    smi_html_markup(
        html, "<table class=\"heat%s\">\n<caption class=\"quiet\">Confusion matrix</caption>\n",
        confusion->classes > MANY ? " many" : "");
    put_head(html, confusion);
    smi_html_markup(html, "<tbody>\n");
    for (size_t row = 0; row < confusion->classes; row++) {
        const uint64_t sum = row_sum(confusion, row);
        smi_html_markup(html, "<tr><th scope=\"row\">");
        smi_html_name(html, confusion->names[row], LONGEST_NAME);
        smi_html_markup(html, "</th>");
        for (size_t column = 0; column < confusion->classes; column++) {
            const double share = share_of(confusion, row, column, sum);
            put_cell(html, confusion->counts[row * confusion->classes + column],
                     row == column ? share : share / fmax(most, 1e-12), row == column);
        }
        smi_html_markup(html, "</tr>\n");
    }
    smi_html_markup(html, "</tbody>\n</table>\n");
    smi_scroll_end(html);
}
