/* Lists of distinct names: those of the classes. */
#ifndef SMI_BASE_NAMES_H
#define SMI_BASE_NAMES_H

#include <softmax.h>

/* Copies the list. Fails when a name is NULL, empty, not UTF-8, or there twice; names NULL gives
 * "0", "1", …. Freed by smi_names_free(). */
sm_status smi_names_copy(const char *const *names, size_t count, char ***copies);

/* The decimal text of distinct integers; NULL when there is not the memory. */
char **smi_names_from_integers(const int32_t *values, size_t count);

void smi_names_free(char **names, size_t count); /* NULL is accepted */

/* map[i] = the place of wanted[i] in `names`, whose names are distinct, or −1. */
sm_status smi_names_match(const char *const *wanted, size_t wanted_count, const char *const *names,
                          size_t count, int32_t *map);

#endif
