/* Metrics as tables for people. */
#ifndef CLI_METRIC_TABLES_H
#define CLI_METRIC_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

/* One line a class. */
void cli_print_classes(const sm_shape *shape, const sm_class_metrics *classes);

/* The whole matrix, or, when it is too large to read, its largest entries off the diagonal. */
void cli_print_confusion(const sm_shape *shape, const uint64_t *confusion);

/* The largest entry off the diagonal that comes after `last` in the order of size, then place, or
 * of all where that is NULL; false when there is none. */
bool cli_next_confusion(const uint64_t *confusion, size_t classes, const size_t *last,
                        size_t *found);

#endif
