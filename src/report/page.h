/* What holds a report together: its head, its sections, its end. */
#ifndef SMI_REPORT_PAGE_H
#define SMI_REPORT_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "report/html.h"

/* A section's place in the page and its heading, which are words of our own. */
typedef struct smi_page_link {
    const char *id;
    const char *heading;
} smi_page_link;

/* Everything up to the lede, which the caller writes: an element of class "lede", and what comes
 * under it. The page allows itself no request, no script, and no pictures but its own.
 * first, second: what is reported on, model and data. */
void smi_page_begin(smi_html *html, const char *first, const char *second);

/* Ends the header; after it come sections, each between begin and end. */
void smi_page_links(smi_html *html, const smi_page_link *links, size_t count);

void smi_section_begin(smi_html *html, const smi_page_link *link);
void smi_section_end(smi_html *html);

void smi_page_end(smi_html *html);

/* A frame for what may be wider than the window: it can be moved with the keyboard, and has a name
 * of our own. */
void smi_scroll_begin(smi_html *html, const char *name);
void smi_scroll_end(smi_html *html);

#endif
