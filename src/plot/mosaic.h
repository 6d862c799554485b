/* Many small pictures in a grid, each with a title. */
#ifndef SMI_PLOT_MOSAIC_H
#define SMI_PLOT_MOSAIC_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

#include "plot/picture.h"

/* The most rows and columns of a grid. */
enum { SMI_MOST_TILES_A_SIDE = 40 };

typedef struct smi_tile {
    const float *values; /* height × width, or × 3: red, green and blue */
    const char *title;
    const char *second; /* NULL, or what stands behind the title, with a stroke between */
    const char *note;   /* NULL, or what stands behind both, where there is room */
    bool wrong;         /* framed, and its title, in red */
} smi_tile;

typedef struct smi_mosaic {
    const char *title; /* of the whole; "": none */
    size_t columns;    /* of the grid, 1 … SMI_MOST_TILES_A_SIDE */
    size_t height;     /* of a tile, in its pixels */
    size_t width;
    size_t channels;   /* 1: grey; 3: colour */
    double least;      /* what is black, or of signed values blue, */
    double most;       /* and what is white, or red; above `least` */
    const char *scale; /* grey tiles of signed values, least = −most: what the scale of colours
                          below them says they are; NULL: brightness */
    const smi_tile *tiles;
    size_t count; /* 1 … the square of SMI_MOST_TILES_A_SIDE; row after row */
} smi_mosaic;

/* A pixel covers the same whole number of the picture's pixels in both directions. Where tiles are
 * large, or many, several pixels become their mean. */
sm_status smi_plot_mosaic(const smi_picture_target *target, const smi_mosaic *mosaic);

#endif
