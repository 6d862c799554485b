/* How pictures are to be read. */
#ifndef CLI_PICTURE_OPTIONS_H
#define CLI_PICTURE_OPTIONS_H

#include <stddef.h>

#include <softmax.h>

#include "cli/option.h"

/* Part of the settings of each command that opens data. */
typedef struct cli_pictures {
    cli_size size; /* height 0: as they are */
    int colour;    /* sm_colour */
} cli_pictures;

/* The options that fill it, at `offset`. A model knows whether its pictures are grey; a command
 * that has one needs the first alone. */
#define CLI_SIZE_OPTION(offset)                                                                    \
    {                                                                                              \
        CLI_SIZE, "size", 0, "HxW",                                                                \
            "Resize PNG pictures to this height and width, such as 28x28 (default: all must have " \
            "one size); a model trained so resizes those it gets",                                 \
            (offset) + offsetof(cli_pictures, size), 1.0, 16384.0                                  \
    }
#define CLI_GREY_OPTION(offset)                                                                    \
    {                                                                                              \
        CLI_SET, "grey", 0, NULL, "Take PNG pictures as grey (default: when all of them are)",     \
            (offset) + offsetof(cli_pictures, colour), SM_COLOUR_GREY                              \
    }
#define CLI_COLOUR_OPTION(offset)                                                                  \
    {                                                                                              \
        CLI_SET, "colour", 0, NULL, "Take PNG pictures as red, green and blue",                    \
            (offset) + offsetof(cli_pictures, colour), SM_COLOUR_RGB                               \
    }
#define CLI_PICTURE_OPTIONS(offset)                                                                \
    CLI_SIZE_OPTION(offset), CLI_GREY_OPTION(offset), CLI_COLOUR_OPTION(offset)

static inline void cli_picture_options(const cli_pictures *const pictures,
                                       sm_open_options *const options)
{
    options->image_height = pictures->size.height;
    options->image_width = pictures->size.width;
    options->colour = (sm_colour)pictures->colour;
}

#endif
