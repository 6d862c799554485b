/* Rows of bytes turned round: lists by pair of features. Four bytes of a row are one word, and
 * words are transposed like floats; what is not zero is then pressed together, with nothing
 * depending on a guess which bytes that is. */
#include <string.h>

#include "kernel/vector/names.h"
#include "kernel/vector/tile.h"

enum {
    WORD_BYTES = 4,
    WORDS = 16, /* of a row that are turned round at once: a line of the cache */
    CHUNK = WORDS * WORD_BYTES
};

/* Words are moved, never counted with: their bits are those of bytes. */
typedef struct turned {
    float rows[SMI_LISTED_ROWS * WORDS];
    float columns[WORDS * SMI_LISTED_ROWS];
} turned;

/* Bytes first … first + count − 1 of all rows, and zeros behind both. Returns the rows with those
 * that are zero: whole vectors. */
SMI_TILE size_t turn(const smi_byte_rows *const bytes, const size_t first, const size_t count,
                     turned *const words)
{
    const size_t rows = (bytes->rows + SMI_LANES - 1) / SMI_LANES * SMI_LANES;
    for (size_t r = 0; r < bytes->rows; r++) {
        const uint8_t *const from = (const uint8_t *)bytes->x[r] + first;
        float *const to = words->rows + r * WORDS;
        if (count == CHUNK) {
            memcpy(to, from, CHUNK);
        } else {
            memset(to, 0, CHUNK);
            memcpy(to, from, count);
        }
    }
    memset(words->rows + bytes->rows * WORDS, 0,
           (rows - bytes->rows) * WORDS * sizeof *words->rows);
    for (size_t r = 0; r < rows; r += 4) {
        for (size_t w = 0; w < WORDS; w += 4) {
            smi_transpose_four(words->rows + r * WORDS + w, WORDS,
                               words->columns + w * SMI_LISTED_ROWS + r, SMI_LISTED_ROWS);
        }
    }
    return rows;
}

void SMI_FOR_ISA(smi_list_pairs)(const smi_byte_rows *const bytes, smi_row_pair *const pairs,
                                 uint32_t *const row_numbers, float *const values)
{
    const size_t pair_count = (bytes->count + 1) / 2;
    turned words;
    size_t used = 0;
    for (size_t first = 0; first < bytes->count; first += CHUNK) {
        const size_t left = bytes->count - first;
        const size_t rows = turn(bytes, bytes->first + first, left < CHUNK ? left : CHUNK, &words);
        for (size_t p = first / 2; p < pair_count && p < (first + CHUNK) / 2; p++) {
            const float *const column = words.columns + (p - first / 2) / 2 * SMI_LISTED_ROWS;
            const float *const scales = bytes->scales + 2 * p;
            const float odd_scale = 2 * p + 1 < bytes->count ? scales[1] : 0.0F;
            const size_t begin = used;
            for (size_t r = 0; r < rows; r += SMI_LANES) {
                used += smi_press_bytes(column + r, p % 2 * 16, r, scales[0], odd_scale,
                                        row_numbers + used, values + 2 * used);
            }
            pairs[p] = (smi_row_pair){.values = values + 2 * begin,
                                      .columns = row_numbers + begin,
                                      .count = used - begin};
        }
    }
}
