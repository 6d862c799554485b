/* What the process was told when it was started. */
#ifndef SMI_SYS_ENVIRONMENT_H
#define SMI_SYS_ENVIRONMENT_H

/* The value of an environment variable; NULL: it is not set. */
const char *smi_environment(const char *name);

#endif
