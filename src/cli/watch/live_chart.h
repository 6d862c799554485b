/* train --live in a terminal: loss and accuracy as two charts of characters. */
#ifndef CLI_WATCH_LIVE_CHART_H
#define CLI_WATCH_LIVE_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "plot/curves.h"

/* What there is to draw with. */
typedef struct cli_chart_style {
    size_t columns; /* that the charts may take beside each other */
    size_t lines;
    bool dots;   /* braille characters, whose eight dots are a finer grid */
    bool colour; /* else the curves are told apart by their characters */
} cli_chart_style;

/* Adds the charts of the points, lines with a newline each, and returns how many they are: none
 * where there is no room for them, or no loss. Where there is not the width for both, the loss is
 * drawn alone. */
size_t cli_draw_charts(smi_script *text, const smi_curve_point *points, size_t count,
                       const cli_chart_style *style);

#endif
