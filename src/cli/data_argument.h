/* The DATA argument. */
#ifndef CLI_DATA_ARGUMENT_H
#define CLI_DATA_ARGUMENT_H

#include <softmax.h>

/* What every command says of DATA. */
#define CLI_DATA_HELP                                                                              \
    "DATA is a named set (mnist, fashion-mnist), a generator (digits, blobs, circles, moons) "     \
    "with "                                                                                        \
    "settings after a colon (blobs:n=500,std=2,seed=7), a folder with MNIST's four files, or an "  \
    "IDX file, raw or gzip. Sets, generators and folders have a training and a test part; "        \
    ":train or :test behind the name (digits:test,n=500) picks one. Sets are looked for in the "   \
    "folder that SOFTMAX_DATA names, then where 'softmax data fetch' puts them."

/* Training data. labels: an IDX file with the labels, or NULL. */
sm_status cli_open_training_data(const char *data, const char *labels, sm_dataset **dataset);

/* Data to look at with a model: the test part where there are parts. "-": standard input. */
sm_status cli_open_test_data(const char *data, const char *labels, sm_dataset **dataset);

#endif
