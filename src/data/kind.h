/* The kinds of data that can be opened, and which options say something of each. */
#ifndef SMI_DATA_KIND_H
#define SMI_DATA_KIND_H

#include <softmax.h>

typedef enum smi_data_kind {
    SMI_DATA_MADE,  /* by a generator */
    SMI_DATA_MNIST, /* a named set, or a folder with MNIST's four files */
    SMI_DATA_IDX,   /* a file, as those that follow */
    SMI_DATA_NPY,
    SMI_DATA_NPZ,
    SMI_DATA_LIBSVM,
    SMI_DATA_TABLE,
    SMI_DATA_SQLITE,
    SMI_DATA_PICTURES /* PNG files, one or folders of them */
} smi_data_kind;

/* Fails with SM_ERROR_ARGUMENT, naming the data, where an option is given that means nothing for
 * data of this kind: nothing that was asked for is passed over in silence. */
sm_status smi_check_kind(const char *data, smi_data_kind kind, const sm_open_options *options);

#endif
