/* A mosaic in a terminal, which gnuplot's terminal of letters has no pictures for. */
#ifndef SMI_PLOT_MOSAIC_LETTERS_H
#define SMI_PLOT_MOSAIC_LETTERS_H

#include "plot/mosaic.h"

/* As many tiles beside each other as there is room for. Bright pixels are dense letters or, where
 * the terminal shows them, half blocks in colour. */
sm_status smi_print_mosaic(const smi_picture_target *target, const smi_mosaic *mosaic);

#endif
