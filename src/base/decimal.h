/* Decimal numbers within text that goes on behind them: exact, and the same in every locale. */
#ifndef SMI_BASE_DECIMAL_H
#define SMI_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>

/* The longest number that is taken, in characters. */
enum { SMI_LONGEST_DECIMAL = 1024 };

/* Takes the number that begins at *at: a sign perhaps, digits with perhaps a point among them, an
 * exponent perhaps. *value is the float nearest to it, and *at moves behind it. False, with both
 * untouched, when there is no number, or none that a finite float can hold. No byte from `end` on
 * is looked at. */
bool smi_take_float(const char **at, const char *end, float *value);

/* The same, faster, of text behind whose end SMI_DECIMAL_MARGIN bytes may be read, which mean
 * nothing. */
enum { SMI_DECIMAL_MARGIN = 16 };
bool smi_take_float_in_margin(const char **at, const char *end, float *value);

#endif
