/* How training went, as charts. */
#ifndef SMI_REPORT_CURVES_H
#define SMI_REPORT_CURVES_H

#include "plot/curves.h"
#include "report/html.h"

/* Loss and accuracy beside each other, epoch after epoch, as smi_plot_curves() draws them; of long
 * runs some epochs are left out, which is said. */
void smi_html_curves(smi_html *html, const smi_run *run);

#endif
