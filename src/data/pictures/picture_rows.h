/* The rows of a folder of pictures, passing. */
#ifndef SMI_DATA_PICTURES_PICTURE_ROWS_H
#define SMI_DATA_PICTURES_PICTURE_ROWS_H

#include <softmax.h>

#include "data/pictures/picture_list.h"
#include "data/pictures/read_pictures.h"
#include "data/rows.h"

/* Takes over the list, which is empty afterwards. folder: where it comes from, for notes. */
sm_status smi_picture_rows(const char *folder, smi_picture_list *list, const smi_picture_form *form,
                           size_t threads, sm_rows **rows);

#endif
