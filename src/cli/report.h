/* Metrics as tables for people. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include <softmax.h>

/* One line a class. */
void cli_print_classes(const sm_shape *shape, const sm_class_metrics *classes);

/* The whole matrix, or, when it is too large to read, its largest entries off the diagonal. */
void cli_print_confusion(const sm_shape *shape, const uint64_t *confusion);

#endif
