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

/* 1234567 → "1,234,567", for people; returns text. */
const char *smi_grouped_text(uint64_t number, char text[SMI_NUMBER_TEXT_SIZE]);

/* How many there are of what one is called: "1 row", "12,000 rows", "3 classes"; a noun that does
 * not fit is cut. Returns text. */
enum { SMI_COUNTED_SIZE = 64 };
const char *smi_counted_text(uint64_t count, const char *noun, char text[SMI_COUNTED_SIZE]);

#endif
