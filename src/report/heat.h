/* A confusion matrix as a table in colour. */
#ifndef SMI_REPORT_HEAT_H
#define SMI_REPORT_HEAT_H

#include "plot/confusion.h"
#include "report/html.h"

/* More classes are no table that can be read. */
enum { SMI_MOST_HEAT_CLASSES = 40 };

/* Up to SMI_MOST_HEAT_CLASSES classes. What is right is shaded by its share of the true class, what
 * is wrong by its share as part of the largest such. The title is not looked at. */
void smi_html_heat(smi_html *html, const smi_confusion *confusion);

#endif
