/* Numbers as decimal text, the same in every locale. */
#ifndef SMI_BASE_NUMBER_TEXT_H
#define SMI_BASE_NUMBER_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* Room for the text of any number, its NUL included. */
enum { SMI_NUMBER_TEXT_SIZE = 32 };

/* Write a finite number so that reading the text gives the same bits again, with as few digits as
 * will do, but for a few in a thousand. Return the length, without the NUL that follows. */
size_t smi_float_text(float value, char text[SMI_NUMBER_TEXT_SIZE]);
size_t smi_double_text(double value, char text[SMI_NUMBER_TEXT_SIZE]);

size_t smi_integer_text(int64_t value, char text[SMI_NUMBER_TEXT_SIZE]);

#endif
