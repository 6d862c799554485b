#include "plot/palette.h"

uint32_t smi_class_colour(const size_t class)
{
    static const uint32_t colours[SMI_CLASS_COLOURS] = {SMI_BLUE,  SMI_GREEN, SMI_RED,   0xe69f00U,
                                                        0x56b4e9U, 0xcc79a7U, 0x444444U, 0xf0e442U,
                                                        0x7f3c10U, 0x5500aaU};
    return colours[class % SMI_CLASS_COLOURS];
}

uint32_t smi_class_rim(const size_t class)
{
    static const uint32_t rims[SMI_CLASS_COLOURS] = {
        [3] = 0x735000U, [4] = 0x2b5a75U, [5] = 0x663d54U, [7] = 0x787221U};
    const uint32_t rim = rims[class % SMI_CLASS_COLOURS];
    return rim == 0 ? 0xffffffU : rim;
}

unsigned smi_class_shape(const size_t class)
{
    /* Disc, square, triangle, diamond, triangle on its tip, pentagon, cross. */
    static const unsigned shapes[SMI_CLASS_SHAPES] = {7, 5, 9, 13, 11, 15, 2};
    return shapes[class % SMI_CLASS_SHAPES];
}

static uint32_t mix(const uint32_t part, const double share)
{
    return (uint32_t)(255.0 - (255.0 - (double)part) * share + 0.5);
}

uint32_t smi_lighter(const uint32_t colour, const double share)
{
    return mix(colour >> 16, share) << 16 | mix(colour >> 8 & 0xff, share) << 8 |
           mix(colour & 0xff, share);
}
