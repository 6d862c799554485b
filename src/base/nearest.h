/* What a misspelt name may have meant. */
#ifndef SMI_BASE_NEAREST_H
#define SMI_BASE_NEAREST_H

#include <stddef.h>

/* The place of the name that the fewest changes of a character lead to, be they in ASCII case or
 * not; SIZE_MAX when none is near. */
size_t smi_nearest_name(const char *wanted, const char *const *names, size_t count);

/* A list "a, b, c" of what there is room for, with " and N more" where there are more. */
void smi_list_names(const char *const *names, size_t count, char *text, size_t size);

#endif
