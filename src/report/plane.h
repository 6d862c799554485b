/* What a model of two features decides on, as a chart. */
#ifndef SMI_REPORT_PLANE_H
#define SMI_REPORT_PLANE_H

#include <stdbool.h>

#include "plot/regions.h"
#include "report/html.h"

/* Regions fade as the class there becomes less certain. probabilities must not be NULL; the title
 * is not looked at. False: there was not the memory. */
bool smi_html_plane(smi_html *html, const smi_regions *regions);

#endif
