/* Data sets known by name, and where they lie. */
#ifndef SMI_DATA_NAMED_H
#define SMI_DATA_NAMED_H

#include <softmax.h>

/* "mnist, …" */
extern const char smi_named_sets[];

bool smi_is_named_set(const char *name);

/* Writes the folder of a named set: $SOFTMAX_DATA/<name>, else <cache folder>/<name>, whichever
 * exists first. Fails saying where it looked and what gets the set. */
sm_status smi_find_named_set(const char *name, char *folder, size_t size);

#endif
