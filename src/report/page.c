#include "report/page.h"

#include <string.h>

#include "plot/palette.h"
#include "report/style.h"

enum { LONGEST_TITLE = 80 };

/* --class-0 … and --rim-0 … as the pictures have them; on dark ground colours are lighter, and
 * stand out from what is darker without a rim. */
static void put_colours(smi_html *const html, const double share, const bool rims)
{
    smi_html_markup(html, ":root{");
    for (size_t c = 0; c < SMI_CLASS_COLOURS; c++) {
        smi_html_markup(html, "--class-%zu:#%06x;", c, smi_lighter(smi_class_colour(c), share));
        if (rims) {
            smi_html_markup(html, "--rim-%zu:#%06x;", c, smi_class_rim(c));
        } else {
            smi_html_markup(html, "--rim-%zu:var(--page);", c);
        }
    }
    smi_html_markup(html, "}\n");
}

void smi_page_begin(smi_html *const html, const char *const first, const char *const second)
{
    smi_html_markup(html,
                    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "img-src data:; style-src 'unsafe-inline'\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    smi_html_plain(html, first, LONGEST_TITLE);
    smi_html_markup(html, " on ");
    smi_html_plain(html, second, LONGEST_TITLE);
    smi_html_markup(html, " – softmax report</title>\n<style>\n");
    put_colours(html, 1.0, true);
    smi_html_markup(html, "@media screen and (prefers-color-scheme: dark) {\n");
    put_colours(html, 0.72, false);
    smi_html_markup(html, "}\n");
    smi_html_bytes(html, smi_report_style, strlen(smi_report_style));
    smi_html_markup(html, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the "
                          "results</a>\n<header>\n<p class=\"kicker\">softmax report</p>\n<h1>");
    smi_html_name(html, first, LONGEST_TITLE);
    smi_html_markup(html, " <span class=\"on\">on</span> ");
    smi_html_name(html, second, LONGEST_TITLE);
    smi_html_markup(html, "</h1>\n");
}

void smi_page_links(smi_html *const html, const smi_page_link *const links, const size_t count)
{
    smi_html_markup(html, "</header>\n<nav aria-label=\"Sections\">\n<ul>\n");
    for (size_t i = 0; i < count; i++) {
        smi_html_markup(html, "<li><a href=\"#%s\">%s</a></li>\n", links[i].id, links[i].heading);
    }
    smi_html_markup(html, "</ul>\n</nav>\n<main id=\"main\">\n");
}

void smi_section_begin(smi_html *const html, const smi_page_link *const link)
{
    smi_html_markup(html, "<section id=\"%s\" aria-labelledby=\"%s-heading\">\n", link->id,
                    link->id);
    smi_html_markup(html, "<h2 id=\"%s-heading\">%s</h2>\n", link->id, link->heading);
}

void smi_section_end(smi_html *const html)
{
    smi_html_markup(html, "</section>\n");
}

void smi_page_end(smi_html *const html)
{
    smi_html_markup(html, "</main>\n<footer>\n<p>Written by softmax ");
    smi_html_markup(html,
                    "%s, in one file that loads nothing else.</p>\n</footer>\n</body>\n</html>\n",
                    sm_version());
}

void smi_scroll_begin(smi_html *const html, const char *const name)
{
    smi_html_markup(
        html, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"%s\">\n", name);
}

void smi_scroll_end(smi_html *const html)
{
    smi_html_markup(html, "</div>\n");
}
