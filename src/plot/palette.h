/* The colours of pictures. Those of classes are Okabe and Ito's, "Color Universal Design" (2008),
 * and two dark ones, which people with any kind of colour blindness tell apart; they differ in
 * brightness too, and where they stand for classes a shape of their own goes with them, for print
 * in grey. */
#ifndef SMI_PLOT_PALETTE_H
#define SMI_PLOT_PALETTE_H

#include <stddef.h>
#include <stdint.h>

/* 0xRRGGBB */
#define SMI_BLUE 0x0072b2U
#define SMI_GREEN 0x009e73U
#define SMI_RED 0xd55e00U /* vermilion */
#define SMI_TEXT 0x222222U
#define SMI_GREY 0x8a8a8aU
#define SMI_FAINT 0xddddddU

enum { SMI_CLASS_COLOURS = 10, SMI_CLASS_SHAPES = 7 };

/* Of a class by its number: blue, green, red, …, over again after the tenth. */
uint32_t smi_class_colour(size_t class);

/* What is around its points, so that they stand out from a paler ground of the same colour: white,
 * or of light colours a darker shade. */
uint32_t smi_class_rim(size_t class);

/* gnuplot's point type of a class: filled shapes, over again after the seventh. */
unsigned smi_class_shape(size_t class);

/* The mixture of a colour, `share` of it from 0 to 1, with white. */
uint32_t smi_lighter(uint32_t colour, double share);

#endif
