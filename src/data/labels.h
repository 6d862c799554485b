/* From the integers a file gives as labels to classes. */
#ifndef SMI_DATA_LABELS_H
#define SMI_DATA_LABELS_H

#include <stdbool.h>

#include <softmax.h>

/* The distinct ones of many labels; begins as all zero. data: for messages. */
typedef struct smi_label_set {
    int32_t *values; /* once sorted: distinct, ascending; the classes */
    size_t count;
} smi_label_set;

sm_status smi_label_set_add(smi_label_set *set, const char *data, const int32_t *labels,
                            size_t count);

/* The answer to more than SMI_MAX_CLASSES. */
sm_status smi_fail_many_labels(const char *data);

/* When all have been added, one or more. Fails when there are more than SMI_MAX_CLASSES. */
sm_status smi_label_set_sort(smi_label_set *set, const char *data);

/* Replaces each label by its place in a sorted set; false: one is not there. */
bool smi_label_set_place(const smi_label_set *set, int32_t *labels, size_t count);

/* The decimal texts of a sorted set; to be freed by smi_names_free(). */
sm_status smi_label_set_names(const smi_label_set *set, char ***names);

void smi_label_set_free(smi_label_set *set);

/* Replaces each label by its place among the distinct ones in ascending order, and names the
 * classes by their decimal text. data: for messages. *names is to be freed by smi_names_free().
 * Fails when there are more than SMI_MAX_CLASSES. */
sm_status smi_index_labels(const char *data, int32_t *labels, size_t rows, char ***names,
                           size_t *classes);

/* The number that a class is named by; false when the name is not written as that of a label that
 * is read would be: the decimal text of a 32-bit integer. */
bool smi_number_of_class(const char *name, int32_t *number);

/* The number that each class is named by, for a file whose labels are numbers: *numbers is an array
 * of `classes`, to be freed by smi_free(). Fails naming a class whose name is not the decimal text
 * of a 32-bit integer. kind: of the file, for messages. */
sm_status smi_class_numbers(const sm_shape *shape, const char *kind, int32_t **numbers);

#endif
