/* A data file of whatever kind. */
#ifndef SMI_DATA_OPEN_FILE_H
#define SMI_DATA_OPEN_FILE_H

#include <softmax.h>

#include "data/opened.h"
#include "data/part.h"

/* Opens the file, whose first bytes or else whose name tell what it is. path "-": standard input.
 * The test part only of a file that smi_file_has_parts(). */
sm_status smi_open_file(const char *path, smi_part part, const sm_open_options *options,
                        smi_opened *opened);

/* Whether there is a file of a kind that may hold a training and a test part. */
bool smi_file_has_parts(const char *path);

#endif
