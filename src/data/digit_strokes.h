/* How the ten digits are written: the pen's path, in a unit square with y downwards. */
#ifndef SMI_DATA_DIGIT_STROKES_H
#define SMI_DATA_DIGIT_STROKES_H

#include <stddef.h>

typedef struct smi_pen_point {
    double x;
    double y;
} smi_pen_point;

enum { SMI_STROKE_POINTS = 12, SMI_GLYPH_STROKES = 3 };

/* One stroke: a smooth curve through the points. */
typedef struct smi_stroke {
    size_t count;
    smi_pen_point points[SMI_STROKE_POINTS];
} smi_stroke;

/* One way to write a digit. */
typedef struct smi_glyph {
    size_t count;
    smi_stroke strokes[SMI_GLYPH_STROKES];
} smi_glyph;

typedef struct smi_digit_glyphs {
    size_t count;
    const smi_glyph *glyphs;
} smi_digit_glyphs;

extern const smi_digit_glyphs smi_digits[10];

#endif
