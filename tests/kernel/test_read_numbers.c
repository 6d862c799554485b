/* Texts that every table reads as numbers, to the bits of the reference, which reads them one by
 * one. */
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "kernel/kernel.h"
#include "support/cmocka_all.h"
#include "support/guarded.h"

enum { MOST = 40, LONGEST = 64 };

/* Texts one behind the other, `separator` behind each, and as much behind the last as may be read.
 */
typedef struct text_row {
    guarded memory;
    size_t count;
    const char *begin[MOST];
    const char *end[MOST];
} text_row;

static void lay_out(text_row *const row, char (*const texts)[LONGEST], const size_t count,
                    const char separator)
{
    size_t size = SMI_DECIMAL_MARGIN;
    for (size_t i = 0; i < count; i++) {
        size += strlen(texts[i]) + (i + 1 < count);
    }
    char *to = guarded_last(&row->memory, size);
    memset(to, separator, size);
    for (size_t i = 0; i < count; i++) {
        const size_t length = strlen(texts[i]);
        memcpy(to, texts[i], length);
        row->begin[i] = to;
        row->end[i] = to + length;
        to += length + 1;
    }
    row->count = count;
}

static void check(const text_row *const row)
{
    float expected[MOST + 1];
    const smi_kernels *kernels = NULL;
    const size_t others =
        smi_kernels_reference.read_numbers(row->begin, row->end, row->count, expected);
    for (size_t k = 0; (kernels = smi_kernels_supported(k)) != NULL; k++) {
        float found[MOST + 1];
        found[row->count] = 17.0F;
        assert_int_equal(kernels->read_numbers(row->begin, row->end, row->count, found), others);
        assert_true(found[row->count] == 17.0F);
        for (size_t i = 0; i < row->count; i++) {
            const bool both_nan = isnan(found[i]) && isnan(expected[i]);
            if (!both_nan && memcmp(&found[i], &expected[i], sizeof found[i]) != 0) {
                fail_msg("%s: %.*s: %a, not %a", kernels->isa, (int)(row->end[i] - row->begin[i]),
                         row->begin[i], (double)found[i], (double)expected[i]);
            }
        }
    }
}

/* Each text in each place of a row of others, before digits, points, signs and separators. */
static void every_form_is_read_in_every_place(void **state)
{
    (void)state;
    static const char *const forms[] = {"",
                                        "0",
                                        "-0",
                                        "+0",
                                        "-",
                                        "+",
                                        ".",
                                        "-.",
                                        "..",
                                        "1.",
                                        ".5",
                                        "-.5",
                                        "+.5",
                                        "12345678",
                                        "-12345678",
                                        "123456789",
                                        "1234567.8",
                                        "-1234567.8",
                                        "0.1234567",
                                        "-0.1234567",
                                        ".12345678",
                                        "-.12345678",
                                        ".1234567",
                                        "0.12345678",
                                        "1.2.3",
                                        "1.2345.67",
                                        "12345678.",
                                        "-12345678.",
                                        "1234567..",
                                        "1-2",
                                        "--1",
                                        "+-1",
                                        "1e5",
                                        "-1.5E-3",
                                        "1e999",
                                        "1e",
                                        "nan",
                                        "NA",
                                        "inf",
                                        "0x10",
                                        " 1",
                                        "1 ",
                                        "16777217",
                                        "16777216",
                                        "16777219",
                                        "0.5000001",
                                        "8388608.5",
                                        "8388609.5",
                                        "-8388608.5",
                                        "1.0000000596",
                                        "00000000",
                                        "000000001",
                                        "0.00000000",
                                        "-0.0000000",
                                        "1,5",
                                        "1/2",
                                        "1:2",
                                        "\xc3\xa9",
                                        "1\xff",
                                        "99999999",
                                        "3.4028236e38",
                                        "1234567890123456789012345678901234567890",
                                        "0.0000001",
                                        "9999999.9"};
    static const char behind[] = {',', '9', '.', '-', '+', '\n'};
    text_row row = {.memory = guarded_make((size_t)MOST * LONGEST + SMI_DECIMAL_MARGIN)};
    char texts[MOST][LONGEST];
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        for (size_t place = 0; place < 20; place++) {
            for (size_t i = 0; i < 20; i++) {
                (void)snprintf(texts[i], LONGEST, "%s", i == place ? forms[f] : "-1.25");
            }
            lay_out(&row, texts, 20, behind[(f + place) % sizeof behind]);
            check(&row);
        }
        for (size_t i = 0; i < 20; i++) {
            (void)snprintf(texts[i], LONGEST, "%s", forms[f]);
        }
        for (size_t count = 0; count <= 20; count++) {
            lay_out(&row, texts, count, behind[count % sizeof behind]);
            check(&row);
        }
    }
    guarded_free(&row.memory);
}

/* Numbers as programs write them, some of them damaged. */
static void put_random(smi_random *const random, char text[LONGEST])
{
    const double size = smi_random_normal(random);
    const int digits = (int)smi_random_below(random, 10);
    const uint64_t form = smi_random_below(random, 6);
    if (form == 0) {
        (void)snprintf(text, LONGEST, "%d", (int)(size * 1e7));
    } else if (form == 1) {
        (void)snprintf(text, LONGEST, "%.*g", digits, size * size * size);
    } else {
        (void)snprintf(text, LONGEST, "%.*f", digits, form == 2 ? size * 1000.0 : size);
    }
    if (smi_random_below(random, 20) == 0 && text[0] != '\0') {
        text[smi_random_below(random, strlen(text))] = (char)(' ' + smi_random_below(random, 95));
    }
}

static void random_numbers_are_read_alike(void **state)
{
    (void)state;
    smi_random random = smi_random_start(1, 2);
    text_row row = {.memory = guarded_make((size_t)MOST * LONGEST + SMI_DECIMAL_MARGIN)};
    char texts[MOST][LONGEST];
    for (size_t i = 0; i < 2000; i++) {
        const size_t count = i % MOST;
        for (size_t t = 0; t < count; t++) {
            put_random(&random, texts[t]);
        }
        lay_out(&row, texts, count, ',');
        check(&row);
    }
    guarded_free(&row.memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_form_is_read_in_every_place),
                                       cmocka_unit_test(random_numbers_are_read_alike)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
