#include "data/table/cell.h"

#include <stdio.h>
#include <string.h>

#include "base/read_float.h"

/* Whether the cell's text is this one. */
static bool is_text(const smi_cell *const cell, const char *const text)
{
    return cell->length == strlen(text) && memcmp(cell->at, text, cell->length) == 0;
}

bool smi_begins_like_missing(const char first)
{
    return first != '\0' && strchr("Nn?#<", first) != NULL;
}

bool smi_cell_is_missing(const smi_cell *const cell)
{
    static const char *const words[] = {"NA",   "?",    "NaN",  "nan",  "N/A", "n/a",
                                        "null", "NULL", "None", "#N/A", "<NA>"};
    if (cell->length == 0) {
        return true;
    }
    if (cell->quoted || cell->length > 4 || !smi_begins_like_missing(cell->at[0])) {
        return false;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (is_text(cell, words[i])) {
            return true;
        }
    }
    return false;
}

/* Whether this is how programs write what is not a finite number. */
static bool is_not_finite(const smi_cell *const cell)
{
    static const char *const words[] = {"inf", "infinity", "nan"};
    const bool sign = cell->length > 0 && (cell->at[0] == '-' || cell->at[0] == '+');
    const char *const at = cell->at + sign;
    const size_t length = cell->length - sign;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t same = 0;
        while (same < length && words[i][same] != '\0' && (at[same] | 0x20) == words[i][same]) {
            same++;
        }
        if (same == length && words[i][same] == '\0') {
            return true;
        }
    }
    return false;
}

/* Whether the text is written as a number is: digits, perhaps a point, perhaps an exponent. */
static bool is_number_text(const smi_cell *const cell)
{
    const char *at = cell->at;
    const char *const end = at + cell->length;
    at += at < end && (*at == '-' || *at == '+');
    size_t digits = 0;
    bool point = false;
    for (; at < end && ((*at >= '0' && *at <= '9') || (*at == '.' && !point)); at++) {
        point = point || *at == '.';
        digits += *at != '.';
    }
    if (at < end && digits > 0 && (*at == 'e' || *at == 'E')) {
        at++;
        at += at < end && (*at == '-' || *at == '+');
        for (digits = 0; at < end && *at >= '0' && *at <= '9'; at++) {
            digits++;
        }
    }
    return digits > 0 && at == end;
}

_Static_assert((int)SMI_CELL_MARGIN >= (int)SMI_DECIMAL_MARGIN,
               "behind a cell there is what reading a number may look at");

smi_reading smi_cell_number(const smi_cell *const cell, float *const number)
{
    float value = 0.0F;
    if (smi_read_float(cell->at, cell->at + cell->length, &value)) {
        *number = value;
        return SMI_READ_NUMBER;
    }
    return is_not_finite(cell) || is_number_text(cell) ? SMI_READ_TOO_LARGE : SMI_READ_TEXT;
}

void smi_cell_show(const smi_cell *const cell, char shown[const SMI_SHOWN_SIZE])
{
    static const char more[] = "...";
    if (cell->length < SMI_SHOWN_SIZE) {
        memcpy(shown, cell->at, cell->length);
        shown[cell->length] = '\0';
        return;
    }
    size_t length = SMI_SHOWN_SIZE - sizeof more;
    while (length > 0 && ((unsigned char)cell->at[length] & 0xc0U) == 0x80U) {
        length--;
    }
    memcpy(shown, cell->at, length);
    memcpy(shown + length, more, sizeof more);
}

void smi_cell_fault(const smi_cell *const cell, const smi_reading reading, const size_t column,
                    smi_csv_fault *const fault)
{
    char shown[SMI_SHOWN_SIZE];
    smi_cell_show(cell, shown);
    fault->column = column;
    (void)snprintf(fault->text, sizeof fault->text, "'%s' is not a %snumber", shown,
                   reading == SMI_READ_TOO_LARGE ? "finite 32-bit " : "");
}
