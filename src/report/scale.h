/* A chart's numbers and their places, and the parts that charts have in common. */
#ifndef SMI_REPORT_SCALE_H
#define SMI_REPORT_SCALE_H

#include <stddef.h>

#include "report/html.h"

/* Numbers from … to, from < to, lie evenly between start and end, in the chart's units. */
typedef struct smi_scale {
    double from;
    double to;
    double start;
    double end;
} smi_scale;

double smi_scale_place(const smi_scale *scale, double number);

/* A little more than from … to on either side; of a single number, a range around it. */
void smi_widen(double *from, double *to, double share);

/* Where the axes of a chart are, in units of its own. */
typedef struct smi_frame {
    smi_scale x;
    smi_scale y; /* start: the bottom */
} smi_frame;

/* Moves the frame's left side as far to the right as the numbers beside it need. */
void smi_frame_make_room(smi_frame *frame);

/* Begins <figure><svg> of so many units; title and description: words of our own, which are read in
 * the place of the picture, ids made from `id`. Ended by smi_chart_end(), and </figure> after what
 * the caller adds. */
void smi_chart_begin(smi_html *html, const char *id, double width, double height, const char *title,
                     const char *description);
void smi_chart_end(smi_html *html);

/* The axes with their ticks. x_name, y_name: text from outside. */
void smi_chart_axes(smi_html *html, const smi_frame *frame, const char *x_name, const char *y_name);

#endif
