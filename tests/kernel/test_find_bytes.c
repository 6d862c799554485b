/* Every table finds the same bytes in text. */
#include <string.h>

#include "base/random.h"
#include "kernel/kernel.h"
#include "support/cmocka_all.h"
#include "support/guarded.h"

enum { MOST_BLOCKS = 5, BLOCK = 64 };

static void check(const char *const text, const size_t blocks, const char first, const char second)
{
    const smi_kernels *kernels = NULL;
    for (size_t k = 0; (kernels = smi_kernels_supported(k)) != NULL; k++) {
        uint64_t marks[MOST_BLOCKS + 1];
        marks[blocks] = 17;
        kernels->find_bytes(text, blocks, first, second, marks);
        assert_int_equal(marks[blocks], 17);
        for (size_t i = 0; i < blocks * BLOCK; i++) {
            const bool expected = text[i] == first || text[i] == second;
            assert_int_equal(marks[i / BLOCK] >> i % BLOCK & 1, expected);
        }
    }
}

/* Text right before memory that must not be touched; bytes above ASCII are negative characters. */
static void bytes_are_found_wherever_they_are(void **state)
{
    (void)state;
    static const char bytes[] = {',', '\n', ';', '\0', 'a', '\xac', '\x8a', '\xff'};
    guarded memory = guarded_make((size_t)MOST_BLOCKS * BLOCK);
    smi_random random = smi_random_start(3, 4);
    for (size_t blocks = 0; blocks <= MOST_BLOCKS; blocks++) {
        char *const text = guarded_last(&memory, blocks * BLOCK);
        for (size_t round = 0; round < 50; round++) {
            for (size_t i = 0; i < blocks * BLOCK; i++) {
                text[i] = bytes[smi_random_below(&random, sizeof bytes)];
            }
            check(text, blocks, ',', '\n');
            check(text, blocks, '\xac', '\n');
            check(text, blocks, 'b', 'b');
        }
    }
    guarded_free(&memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bytes_are_found_wherever_they_are)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
