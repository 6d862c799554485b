#include "cli/penalty_path.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

enum { PIECE_SIZE = 64 };

static const double largest = 1e30;

/* Copies what comes before the separator, or the end, and steps behind it; false where it is too
 * long for a number. *text is NULL behind the end. */
static bool take_piece(const char **const text, const char separator, char piece[PIECE_SIZE])
{
    const char *const end = strchr(*text, separator);
    const size_t length = end == NULL ? strlen(*text) : (size_t)(end - *text);
    if (length >= PIECE_SIZE) {
        return false;
    }
    memcpy(piece, *text, length);
    piece[length] = '\0';
    *text = end == NULL ? NULL : end + 1;
    return true;
}

static bool take_number(const char **const text, const char separator, double *const value)
{
    char piece[PIECE_SIZE];
    return *text != NULL && take_piece(text, separator, piece) && smi_parse_double(piece, value) &&
           *value >= 0.0 && *value <= largest;
}

static double rounded(const double value)
{
    char text[PIECE_SIZE];
    double result = value;
    (void)snprintf(text, sizeof text, "%.6g", value);
    (void)smi_parse_double(text, &result);
    return result;
}

static bool parse_range(const char *text, cli_path *const path)
{
    double from = 0.0;
    double to = 0.0;
    uint64_t count = 0;
    if (!take_number(&text, ':', &from) || !take_number(&text, ':', &to) || text == NULL ||
        !smi_parse_u64(text, &count) || from <= 0.0 || to <= 0.0 || count < 2 ||
        count > CLI_LONGEST_PATH) {
        return false;
    }
    path->count = (size_t)count;
    for (size_t i = 0; i < path->count; i++) {
        const double share = (double)i / (double)(path->count - 1);
        path->values[i] = rounded(from * pow(to / from, share));
    }
    return true;
}

static bool parse_list(const char *text, cli_path *const path)
{
    path->count = 0;
    while (text != NULL) {
        if (path->count == CLI_LONGEST_PATH ||
            !take_number(&text, ',', &path->values[path->count])) {
            return false;
        }
        path->count++;
    }
    return true;
}

static int larger_first(const void *const a, const void *const b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x < y) - (x > y);
}

bool cli_parse_path(const char *const text, cli_path *const path)
{
    const bool right = strchr(text, ':') == NULL ? parse_list(text, path) : parse_range(text, path);
    if (right) {
        qsort(path->values, path->count, sizeof *path->values, larger_first);
    }
    return right;
}
