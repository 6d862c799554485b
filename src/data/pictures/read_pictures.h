/* From pictures to rows: all as wide, grey or in colour, whatever the files hold. */
#ifndef SMI_DATA_PICTURES_READ_PICTURES_H
#define SMI_DATA_PICTURES_READ_PICTURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "data/pictures/picture_list.h"
#include "data/pictures/resize.h"

/* What the rows shall be. */
typedef struct smi_picture_form {
    smi_picture_size size; /* height 0: the first picture's */
    sm_colour colour;      /* SM_COLOUR_AUTO: grey when all pictures are, else RGB */
    bool resize;           /* bring pictures to this size; otherwise they all must have it */
} smi_picture_form;

typedef struct smi_pictures {
    uint8_t *x; /* rows × height × width × channels, made by smi_bytes() */
    smi_picture_size size;
    size_t channels; /* 1, grey, or 3: red, green and blue of a pixel are neighbours */
} smi_pictures;

/* Reads all of the list, on so many threads; which row fails first does not depend on their number.
 * At most one picture a thread is in memory besides x. */
sm_status smi_read_pictures(const smi_picture_list *list, const smi_picture_form *form,
                            size_t threads, smi_pictures *pictures);

/* One picture, the bytes of a file. name: for messages. */
sm_status smi_read_picture(const uint8_t *bytes, size_t size, const char *name,
                           const smi_picture_form *form, smi_pictures *pictures);

/* The most bytes of a file that are taken for a picture. */
enum { SMI_MOST_PICTURE_BYTES = 1 << 29 };

#endif
