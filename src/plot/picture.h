/* From a script to a picture: gnuplot draws it, and it appears whole or not at all. */
#ifndef SMI_PLOT_PICTURE_H
#define SMI_PLOT_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

/* The largest number that is drawn, of either sign: axes add margins and take distances. */
#define SMI_MOST_DRAWN 1e300

#include "plot/script.h"

typedef enum smi_picture_format {
    SMI_PICTURE_PNG,
    SMI_PICTURE_SVG,
    SMI_PICTURE_PDF,
    SMI_PICTURE_SCRIPT,  /* what gnuplot would be told; it is not needed */
    SMI_PICTURE_LETTERS, /* for a terminal */
    SMI_PICTURE_SIXEL,   /* pixels for one */
    SMI_PICTURE_WINDOW   /* gnuplot's own, which stays */
} smi_picture_format;

/* Where a picture goes. */
typedef struct smi_picture_target {
    const char *path; /* NULL: standard output */
    smi_picture_format format;
    size_t columns; /* SMI_PICTURE_LETTERS: of the terminal */
    size_t lines;
    bool colour; /* likewise: it shows colours, */
    bool blocks; /* and block characters */
    bool *lost;  /* NULL, or where it is said that the picture has U+25A1 in the place of characters
                    that fonts may lack */
    const char *window; /* SMI_PICTURE_WINDOW: gnuplot's name of its kind */
} smi_picture_target;

/* The format that a file's ending, in any case, says; an error names those there are. */
sm_status smi_picture_format_of(const char *path, smi_picture_format *format);

/* Begins the script of a picture of so many pixels: format, size, and the look that all have. */
void smi_picture_begin(smi_script *script, const smi_picture_target *target, size_t width,
                       size_t height);

/* Where the axes are: shares of the picture's width and height, from the left and the bottom. */
void smi_picture_place(smi_script *script, double left, double right, double bottom, double top);

/* The same in pixels of a picture that is so many wide and high. */
typedef struct smi_picture_box {
    size_t left;
    size_t top;
    size_t width;
    size_t height;
} smi_picture_box;
void smi_picture_place_box(smi_script *script, size_t width, size_t height, smi_picture_box box);

/* The name of the axis y, on its side, at the left edge of a picture of so many pixels: gnuplot's
 * own place is by a guess of how wide the texts of ticks are. Cut to `most` columns. */
enum { SMI_AXIS_NAME = 28 }; /* pixels from the edge that it takes */
void smi_picture_name_y(smi_script *script, const char *name, size_t most, size_t width);

/* Writes text in the place of a picture; frees the script, in any case. */
sm_status smi_picture_finish_text(smi_script *script, const smi_picture_target *target);

/* Draws the script and writes the picture; frees the script, in any case. */
sm_status smi_picture_finish(smi_script *script, const smi_picture_target *target);

#endif
