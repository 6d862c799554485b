#include "data/array/array_source.h"

#include <string.h>
#include <zlib.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"

enum { MOST_AT_ONCE = 1 << 30 }; /* zlib counts in 32 bits */

struct smi_inflater {
    z_stream stream;
    const uint8_t *at; /* compressed bytes that zlib has not been given */
    size_t left;
    bool ended;
};

smi_array_source smi_array_source_over(const char *const name, const uint8_t *const bytes,
                                       const size_t size)
{
    return (smi_array_source){.name = name, .at = bytes, .left = size};
}

smi_array_source smi_array_source_checked(const char *const name, const uint8_t *const bytes,
                                          const size_t size, const uint32_t checksum)
{
    return (smi_array_source){
        .name = name, .at = bytes, .left = size, .has_checksum = true, .wanted = checksum};
}

sm_status smi_array_source_inflate(const char *const name, const uint8_t *const bytes,
                                   const size_t compressed, const size_t size,
                                   const uint32_t checksum, smi_array_source *const source)
{
    smi_inflater *const inflater = smi_array(1, sizeof *inflater);
    if (inflater == NULL) {
        return smi_fail_memory(name);
    }
    inflater->at = bytes;
    inflater->left = compressed;
    if (inflateInit2(&inflater->stream, -15) != Z_OK) { /* no header, the largest window */
        smi_free(inflater);
        return smi_fail_memory("decompression");
    }
    *source = (smi_array_source){
        .name = name, .left = size, .inflater = inflater, .has_checksum = true, .wanted = checksum};
    return SM_OK;
}

void smi_array_source_close(smi_array_source *const source)
{
    if (source->inflater != NULL) {
        inflateEnd(&source->inflater->stream);
        smi_free(source->inflater);
    }
}

static void add_to_checksum(smi_array_source *const source, const uint8_t *const bytes,
                            const size_t size)
{
    for (size_t done = 0; source->has_checksum && done < size;) {
        const size_t piece = smi_min_size(size - done, MOST_AT_ONCE);
        source->checksum = (uint32_t)crc32(source->checksum, bytes + done, (uInt)piece);
        done += piece;
    }
}

/* Gives zlib more when it has nothing left. */
static void feed(smi_inflater *const inflater)
{
    z_stream *const stream = &inflater->stream;
    if (stream->avail_in == 0) {
        const size_t more = smi_min_size(inflater->left, MOST_AT_ONCE);
        stream->next_in = (z_const Bytef *)inflater->at;
        stream->avail_in = (uInt)more;
        inflater->at += more;
        inflater->left -= more;
    }
}

static sm_status inflate_exactly(smi_array_source *const source, uint8_t *const to,
                                 const size_t size)
{
    smi_inflater *const inflater = source->inflater;
    z_stream *const stream = &inflater->stream;
    for (size_t done = 0; done < size;) {
        feed(inflater);
        const size_t room = smi_min_size(size - done, MOST_AT_ONCE);
        stream->next_out = to + done;
        stream->avail_out = (uInt)room;
        const int result = inflater->ended ? Z_STREAM_END : inflate(stream, Z_NO_FLUSH);
        const size_t made = room - stream->avail_out;
        done += made;
        inflater->ended = result == Z_STREAM_END;
        if (result == Z_MEM_ERROR) {
            return smi_fail_memory("decompression");
        }
        if ((result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) ||
            (made == 0 && (inflater->ended || inflater->left == 0))) {
            char left[SMI_COUNTED_SIZE];
            return smi_fail(SM_ERROR_FORMAT,
                            "%s: the compressed data is damaged or breaks off %s before its end",
                            source->name, smi_counted_text(source->left - done, "byte", left));
        }
    }
    return SM_OK;
}

sm_status smi_array_source_read(smi_array_source *const source, void *const to, const size_t size)
{
    if (source->inflater == NULL) {
        const uint8_t *const from = smi_array_source_pass(source, size);
        if (size > 0) {
            memcpy(to, from, size);
        }
        return SM_OK;
    }
    const sm_status status = inflate_exactly(source, to, size);
    if (status == SM_OK) {
        add_to_checksum(source, to, size);
        source->left -= size;
    }
    return status;
}

const uint8_t *smi_array_source_pass(smi_array_source *const source, const size_t size)
{
    const uint8_t *const bytes = source->at;
    add_to_checksum(source, bytes, size);
    source->at += size;
    source->left -= size;
    return bytes;
}

/* Deflate has an end of its own, where there may be no more and no less. */
static sm_status check_end(const smi_array_source *const source)
{
    smi_inflater *const inflater = source->inflater;
    z_stream *const stream = &inflater->stream;
    uint8_t beyond = 0;
    int result = inflater->ended ? Z_STREAM_END : Z_OK;
    stream->next_out = &beyond;
    stream->avail_out = 1;
    while (result == Z_OK && stream->avail_out > 0) {
        feed(inflater);
        result = inflate(stream, Z_NO_FLUSH);
    }
    if (result == Z_MEM_ERROR) {
        return smi_fail_memory("decompression");
    }
    if (stream->avail_out == 0) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: the compressed data goes on behind the size that the archive gives",
                        source->name);
    }
    if (result != Z_STREAM_END) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: the compressed data is damaged or breaks off before its end",
                        source->name);
    }
    return stream->avail_in == 0 && inflater->left == 0
               ? SM_OK
               : smi_fail(SM_ERROR_FORMAT, "%s: other bytes follow the end of the compressed data",
                          source->name);
}

sm_status smi_array_source_finish(const smi_array_source *const source)
{
    if (source->inflater != NULL) {
        const sm_status status = check_end(source);
        if (status != SM_OK) {
            return status;
        }
    }
    if (source->has_checksum && source->checksum != source->wanted) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: the bytes do not have the checksum that the archive "
                        "gives: they are damaged",
                        source->name);
    }
    return SM_OK;
}
