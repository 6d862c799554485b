/* Reading IDX files that are put together by hand. */
#ifndef TESTS_UNIT_DATA_IDX_READING_H
#define TESTS_UNIT_DATA_IDX_READING_H

#include "support/bytes.h"

#include "data/idx.h"

/* Element types, as the format's description gives them. */
enum { U8 = 0x08, I8 = 0x09, I16 = 0x0b, I32 = 0x0c, F32 = 0x0d, F64 = 0x0e };

/* One to three dimensions. */
byte_list header_of(unsigned type, size_t dimensions, uint32_t first, uint32_t second,
                    uint32_t third);

/* The input is closed. */
sm_status read_features_from(smi_input *input, smi_idx_features *features);
sm_status read_features(const byte_list *file, smi_idx_features *features);

/* Reading the file as features must fail so. Frees it. */
void assert_no_features(byte_list *file, sm_status status, const char *message);

#endif
