/* Pictures as data. */
#ifndef SMI_DATA_PICTURES_OPEN_PICTURES_H
#define SMI_DATA_PICTURES_OPEN_PICTURES_H

#include <softmax.h>

#include "data/opened.h"
#include "data/stream.h"

/* Opens a folder of PNG files, which gives rows without labels, or of a folder of them for each
 * class, named as it is. */
sm_status smi_open_pictures(const char *folder, const sm_open_options *options, smi_opened *opened);

/* A single PNG file: one row without a label. */
sm_status smi_open_picture(smi_stream *stream, const sm_open_options *options,
                           sm_dataset **dataset);

#endif
