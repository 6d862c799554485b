/* From the integers a file gives as labels to classes. */
#ifndef SMI_DATA_LABELS_H
#define SMI_DATA_LABELS_H

#include <softmax.h>

/* Replaces each label by its place among the distinct ones in ascending order, and names the
 * classes by their decimal text. data: for messages. *names is to be freed by smi_names_free().
 * Fails when there are more than SMI_MAX_CLASSES. */
sm_status smi_index_labels(const char *data, int32_t *labels, size_t rows, char ***names,
                           size_t *classes);

/* The number that each class is named by, for a file whose labels are numbers: *numbers is an array
 * of `classes`, to be freed by smi_free(). Fails naming a class whose name is not the decimal text
 * of a 32-bit integer. kind: of the file, for messages. */
sm_status smi_class_numbers(const sm_shape *shape, const char *kind, int32_t **numbers);

#endif
