/* How much memory the groups that this process belongs to leave it: Linux's cgroups, by which
 * containers are limited. */
#ifndef SMI_SYS_MEMORY_LIMIT_H
#define SMI_SYS_MEMORY_LIMIT_H

/* Bytes: the least limit of the process's groups, of either version, and of those above them;
 * infinite where there is none. root: the folder that stands for /; "" for the system itself. */
double smi_memory_limit(const char *root);

#endif
