/* The title of a tile, in the room that there is. */
#ifndef SMI_PLOT_TILE_TITLE_H
#define SMI_PLOT_TILE_TITLE_H

#include "plot/mosaic.h"

/* LONGEST: in columns; SIZE: in bytes, with a NUL. */
enum { SMI_LONGEST_TILE_TITLE = 28, SMI_TILE_TITLE_SIZE = 4 * SMI_LONGEST_TILE_TITLE + 1 };

/* Writes it with up to `most` columns: where that is too few the note is left out if it leaves
 * no room for names, and each name is shortened by itself. */
void smi_tile_title(const smi_tile *tile, size_t most, char text[SMI_TILE_TITLE_SIZE]);

#endif
