/* The numbers along an axis: where they stand, and their texts, whose room is known before anything
 * is drawn. */
#ifndef SMI_PLOT_TICKS_H
#define SMI_PLOT_TICKS_H

#include <stddef.h>

#include "plot/script.h"

enum { SMI_MOST_TICKS = 12, SMI_TICK_SIZE = 32 };

/* Round numbers, 1, 2 or 5 times a power of ten apart, in their order. No two have the same text.
 */
typedef struct smi_ticks {
    double numbers[SMI_MOST_TICKS];
    char texts[SMI_MOST_TICKS][SMI_TICK_SIZE]; /* ASCII */
    size_t count;
    double step;
    size_t columns; /* of the longest text */
    double width;   /* of the widest, in ems: see smi_text_width() */
} smi_ticks;

/* About `wanted` of them, 1 … 10, from < to, at most SMI_MOST_TICKS. */
smi_ticks smi_ticks_of(double from, double to, size_t wanted);

/* The same, but fewer where texts beside each other would touch: the axis lies, and has room for so
 * many columns. */
smi_ticks smi_ticks_beside(double from, double to, size_t wanted, size_t columns);

/* Has gnuplot put them along an axis, 'x' or 'y', in the place of its own. */
void smi_ticks_add(smi_script *script, char axis, const smi_ticks *ticks);

/* The same for names, of which every step-th stands at its number, cut to `most` columns. The line
 * is left open for more of what gnuplot takes. */
void smi_ticks_add_names(smi_script *script, char axis, const char *const *names, size_t count,
                         size_t step, size_t most);

#endif
