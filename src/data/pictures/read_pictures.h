/* From pictures to rows: all as wide, grey or in colour, whatever the files hold. */
#ifndef SMI_DATA_PICTURES_READ_PICTURES_H
#define SMI_DATA_PICTURES_READ_PICTURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "data/pictures/picture_list.h"
#include "data/pictures/resize.h"
#include "sys/pool.h"

/* What the rows shall be. */
typedef struct smi_picture_form {
    smi_picture_size size; /* height 0: the first picture's */
    sm_colour colour;      /* SM_COLOUR_AUTO: grey when all pictures are, else RGB */
    bool resize;           /* bring pictures to this size; otherwise they all must have it */
} smi_picture_form;

/* The form, made definite by the pictures. */
typedef struct smi_picture_plan {
    smi_picture_size size;
    size_t channels;
    bool resize;
    bool tentative;         /* grey as long as no picture has colour */
    const char *first_name; /* the picture that the size is that of; NULL: it was given */
} smi_picture_plan;

static inline size_t smi_picture_row_bytes(const smi_picture_plan *const plan)
{
    return plan->size.height * plan->size.width * plan->channels;
}

typedef struct smi_pictures {
    uint8_t *x; /* rows × height × width × channels, made by smi_bytes() */
    smi_picture_size size;
    size_t channels; /* 1, grey, or 3: red, green and blue of a pixel are neighbours */
} smi_pictures;

/* Reads all of the list, on so many threads; which row fails first does not depend on their number.
 * At most one picture a thread is in memory besides x. */
sm_status smi_read_pictures(const smi_picture_list *list, const smi_picture_form *form,
                            size_t threads, smi_pictures *pictures);

/* The same block by block: first looks at all files where only that tells whether there is colour,
 * then reads rows first … first + count − 1 to x. first_path: PATH_MAX bytes, of which the plan may
 * make use as long as it lives. */
sm_status smi_plan_pictures(const smi_picture_list *list, const smi_picture_form *form,
                            smi_pool *pool, char *first_path, smi_picture_plan *plan);
sm_status smi_read_picture_rows(const smi_picture_list *list, const smi_picture_plan *plan,
                                smi_pool *pool, size_t first, size_t count, uint8_t *x);

/* One picture, the bytes of a file. name: for messages. */
sm_status smi_read_picture(const uint8_t *bytes, size_t size, const char *name,
                           const smi_picture_form *form, smi_pictures *pictures);

/* The most bytes of a file that are taken for a picture. */
enum { SMI_MOST_PICTURE_BYTES = 1 << 29 };

#endif
