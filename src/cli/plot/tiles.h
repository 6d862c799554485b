/* Rows of pictures as tiles of a mosaic. */
#ifndef CLI_PLOT_TILES_H
#define CLI_PLOT_TILES_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

#include "cli/option.h"
#include "plot/mosaic.h"

/* The option --grid, for the cli_size at `offset`; standard: its default, such as "3x5". */
#define CLI_GRID_OPTION(offset, standard)                                                          \
    {                                                                                              \
        CLI_SIZE, "grid", 'g', "RxC",                                                              \
            "Rows and columns of pictures, up to 40 each (default " standard ")", (offset), 1.0,   \
            (double)SMI_MOST_TILES_A_SIDE                                                          \
    }

enum { CLI_TILE_TITLE = 160 };

typedef struct cli_tile {
    size_t row; /* of the dataset */
    bool wrong;
    char title[CLI_TILE_TITLE];
    char second[CLI_TILE_TITLE]; /* "": none; see smi_tile */
    char note[24];               /* likewise */
} cli_tile;

/* Whether rows are pictures; says so where they are not. name: of the data or model. */
bool cli_are_pictures(const sm_shape *shape, const char *name);

/* What is black and what is white in these values of a dataset's pictures: bytes are what they are;
 * other numbers go from black to white as far as they go. count: 1 or more. */
void cli_picture_range(const sm_dataset *dataset, const float *values, size_t count, double *least,
                       double *most);

/* Draws the rows. title: of the whole. Returns an exit status, having said what is wrong. */
int cli_plot_tiles(const smi_picture_target *target, const sm_dataset *dataset, const char *title,
                   const cli_tile *tiles, size_t count, size_t columns);

#endif
