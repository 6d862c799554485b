/* Whether probabilities are what they say, as charts. */
#ifndef SMI_REPORT_BINS_H
#define SMI_REPORT_BINS_H

#include "plot/calibration.h"
#include "report/html.h"

/* The reliability curve, and beside it how many rows each bin has. count: 1 …
 * SMI_MOST_CALIBRATION_BINS, not all of them empty. */
void smi_html_bins(smi_html *html, const smi_calibration_bin *bins, size_t count);

#endif
