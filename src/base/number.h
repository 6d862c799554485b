/* Numbers from text, the same in every locale. The whole text must be the number: no blanks, no
 * rest, no sign where none makes sense. */
#ifndef SMI_BASE_NUMBER_H
#define SMI_BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* Decimal digits only. False, and *value untouched, when the text is something else, or larger
 * than a uint64_t. */
bool smi_parse_u64(const char *text, uint64_t *value);

/* A decimal number such as -1.5e-3. False when it is something else (also "nan", "inf" and
 * hexadecimal), or too large for a double. */
bool smi_parse_double(const char *text, double *value);

#endif
