/* What the C library makes of numbers, in the plain locale whatever the process's is. */
#ifndef SMI_BASE_PLAIN_LOCALE_H
#define SMI_BASE_PLAIN_LOCALE_H

/* As strtod() and strtof(); NaN, and *end at the text, when there is not the memory. */
double smi_plain_strtod(const char *text, char **end);
float smi_plain_strtof(const char *text, char **end);

#endif
