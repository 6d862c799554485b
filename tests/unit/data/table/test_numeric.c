/* What columns of numbers show, noted a row after the other and many rows at once. */
#include "data/table/numeric.h"

#include <math.h>

#include "support/cmocka_all.h"

enum { ROWS = 257, STRIDE = 13 };

/* Some numbers are 0, some are missing; the first of a column may be either. */
static void fill(float *const x)
{
    for (size_t i = 0; i < (size_t)ROWS * STRIDE; i++) {
        const size_t kind = (i * 2654435761U >> 7) % 11;
        const float number = (float)i * 0.37F - 1000.0F;
        x[i] = kind == 0 ? 0.0F : kind == 1 ? NAN : number;
    }
    for (size_t r = 0; r < ROWS; r++) {
        x[r * STRIDE + 5] = NAN; /* a column without a number */
    }
}

static smi_numeric_notes note_each(const float *const x, const size_t rows)
{
    smi_numeric_notes notes = {0};
    for (size_t r = 0; r < rows; r++) {
        if (isnan(x[r * STRIDE])) {
            notes.missing++;
        } else {
            smi_numeric_note(&notes, x[r * STRIDE]);
        }
    }
    return notes;
}

static void assert_same(const smi_numeric_notes *const one, const smi_numeric_notes *const other)
{
    assert_int_equal(one->count, other->count);
    assert_int_equal(one->zeros, other->zeros);
    assert_int_equal(one->missing, other->missing);
    assert_true(one->origin == other->origin);
    assert_true(one->sum == other->sum);
    assert_true(one->squares == other->squares);
}

static void rows_at_once_show_what_each_shows(void **state)
{
    (void)state;
    static float x[ROWS * STRIDE];
    static const size_t row_counts[] = {0, 1, 2, 64, ROWS};
    fill(x);
    for (size_t i = 0; i < sizeof row_counts / sizeof *row_counts; i++) {
        for (size_t count = 0; count <= STRIDE; count++) {
            smi_numeric_notes notes[STRIDE] = {0};
            smi_numeric_note_rows(notes, x, row_counts[i], STRIDE, count);
            for (size_t c = 0; c < count; c++) {
                const smi_numeric_notes each = note_each(x + c, row_counts[i]);
                assert_same(&notes[c], &each);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_at_once_show_what_each_shows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
