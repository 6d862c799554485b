/* A stream, gzip or not: read in small pieces it must give what it gives in one. */
#include <stdbool.h>
#include <string.h>

#include <softmax.h>

#include "data/stream.h"
#include "fuzz/fuzz.h"

/* What a stream gave before it ended or failed. */
typedef struct outcome {
    uint64_t checksum; /* FNV-1a of the bytes */
    uint64_t size;
    bool ended;
} outcome;

static outcome read_in_pieces(const uint8_t *const bytes, const size_t size, const size_t piece)
{
    static uint8_t buffer[1 << 16];
    smi_input *input = NULL;
    smi_stream *stream = NULL;
    outcome all = {.checksum = UINT64_C(0xcbf29ce484222325)};
    fuzz_require(smi_input_over(bytes, size, "input", &input) == SM_OK, "memory for the input");
    sm_status status = smi_stream_open(input, &stream);
    fuzz_require(status == SM_OK, "memory for the stream");
    const uint64_t most = smi_stream_most(stream);
    for (size_t got = piece; status == SM_OK && got == piece;) {
        got = 0;
        status = smi_stream_read(stream, buffer, piece, &got);
        fuzz_require(got <= piece, "no more than was asked for");
        if (status == SM_OK) { /* what a failing read leaves in the buffer is nobody's business */
            for (size_t i = 0; i < got; i++) {
                all.checksum = (all.checksum ^ buffer[i]) * UINT64_C(0x100000001b3);
            }
            all.size += got;
        }
    }
    fuzz_require(all.size <= most, "no more than was announced");
    fuzz_require(status == SM_OK || strncmp(sm_error_message(), "input: ", 7) == 0,
                 "messages name the file");
    all.ended = status == SM_OK;
    smi_stream_close(stream);
    return all;
}

int LLVMFuzzerTestOneInput(const uint8_t *const bytes, const size_t size)
{
    const outcome large = read_in_pieces(bytes, size, 1 << 16);
    const outcome small = read_in_pieces(bytes, size, 7);
    fuzz_require(large.ended == small.ended, "the same end");
    if (large.ended) {
        fuzz_require(large.size == small.size && large.checksum == small.checksum,
                     "the same bytes");
    }
    return 0;
}
