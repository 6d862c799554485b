/* A data file of whatever kind. */
#ifndef SMI_DATA_OPEN_FILE_H
#define SMI_DATA_OPEN_FILE_H

#include <softmax.h>

/* Opens the file, whose first bytes or else whose name tell what it is. path "-": standard input.
 */
sm_status smi_open_file(const char *path, const sm_open_options *options, sm_dataset **dataset);

#endif
