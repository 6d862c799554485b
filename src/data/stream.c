#include "data/stream.h"

#include <string.h>
#include <zlib.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/growing.h"

enum { STREAM_BUFFER = 65536 };

struct smi_stream {
    smi_input *input;
    uint8_t *buffer; /* STREAM_BUFFER bytes of the input */
    size_t begin;    /* what of it is not used yet */
    size_t end;
    bool input_ended;
    bool gzip;
    bool between_members; /* the last member is complete */
    uint64_t inflated;
    z_stream inflater; /* initialised when gzip */
    uint8_t *peeked;   /* SMI_PEEKED bytes, made when they are asked for */
    size_t peeked_begin;
    size_t peeked_end;
};

static sm_status refill(smi_stream *const stream)
{
    stream->begin = 0;
    const sm_status status =
        smi_input_read(stream->input, stream->buffer, STREAM_BUFFER, &stream->end);
    stream->input_ended = stream->end < STREAM_BUFFER;
    return status;
}

static sm_status start(smi_stream *const stream)
{
    stream->buffer = smi_bytes(STREAM_BUFFER);
    if (stream->buffer == NULL) {
        return smi_fail_memory("reading");
    }
    const sm_status status = refill(stream);
    if (status != SM_OK || !smi_is_gzip(stream->buffer, stream->end)) {
        return status;
    }
    /* 15: the largest window; + 16: expect a gzip header. */
    if (inflateInit2(&stream->inflater, 15 + 16) != Z_OK) {
        return smi_fail_memory("decompression");
    }
    stream->gzip = true;
    return SM_OK;
}

sm_status smi_stream_open(smi_input *const input, smi_stream **const stream)
{
    smi_stream *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        smi_input_close(input);
        return smi_fail_memory("reading");
    }
    created->input = input;
    const sm_status status = start(created);
    if (status != SM_OK) {
        smi_stream_close(created);
        return status;
    }
    *stream = created;
    return SM_OK;
}

sm_status smi_stream_open_path(const char *const path, smi_stream **const stream)
{
    smi_input *input = NULL;
    const sm_status status = smi_input_open(path, &input);
    return status == SM_OK ? smi_stream_open(input, stream) : status;
}

void smi_stream_close(smi_stream *const stream)
{
    if (stream == NULL) {
        return;
    }
    if (stream->gzip) {
        inflateEnd(&stream->inflater);
    }
    smi_input_close(stream->input);
    smi_free(stream->buffer);
    smi_free(stream->peeked);
    smi_free(stream);
}

const char *smi_stream_name(const smi_stream *const stream)
{
    return smi_input_name(stream->input);
}

uint64_t smi_stream_most(const smi_stream *const stream)
{
    enum { DEFLATE_MAX_RATIO = 1032 };
    const uint64_t size = smi_input_size(stream->input);
    if (!stream->gzip || size == UINT64_MAX) {
        return size;
    }
    return size > SMI_MAX_INFLATED / DEFLATE_MAX_RATIO ? SMI_MAX_INFLATED
                                                       : size * DEFLATE_MAX_RATIO;
}

static sm_status fail_too_large(const smi_stream *const stream)
{
    return smi_fail(SM_ERROR_FORMAT,
                    "%s: decompresses to more than %llu GiB, which is the most that gzip input "
                    "may; decompress it first",
                    smi_stream_name(stream), (unsigned long long)(SMI_MAX_INFLATED >> 30));
}

sm_status smi_stream_expect(const smi_stream *const stream, const uint64_t size)
{
    const uint64_t most = smi_stream_most(stream);
    if (size <= most) {
        return SM_OK;
    }
    if (stream->gzip && most == SMI_MAX_INFLATED) {
        return fail_too_large(stream);
    }
    char announced[SMI_COUNTED_SIZE];
    return smi_fail(SM_ERROR_FORMAT, "%s: the header announces %s, the file is too short for them",
                    smi_stream_name(stream), smi_counted_text(size, "byte", announced));
}

sm_status smi_stream_file(const smi_stream *const stream, smi_file **const file,
                          uint64_t *const from)
{
    *file = NULL;
    const sm_status status = stream->gzip ? SM_OK : smi_file_of(stream->input, file, from);
    if (status == SM_OK && *file != NULL) {
        *from -= stream->end - stream->begin + stream->peeked_end - stream->peeked_begin;
    }
    return status;
}

static sm_status read_plain(smi_stream *const stream, uint8_t *const to, const size_t size,
                            size_t *const got)
{
    const size_t buffered = smi_min_size(size, stream->end - stream->begin);
    memcpy(to, stream->buffer + stream->begin, buffered);
    stream->begin += buffered;
    size_t direct = 0;
    sm_status status = SM_OK;
    if (buffered < size && !stream->input_ended) {
        status = smi_input_read(stream->input, to + buffered, size - buffered, &direct);
        stream->input_ended = direct < size - buffered;
    }
    *got = buffered + direct;
    return status;
}

/* Inflates into one buffer of at most 1 GiB, until it is full or input is needed. */
static sm_status inflate_some(smi_stream *const stream, uint8_t *const to, const size_t size,
                              size_t *const got)
{
    z_stream *const z = &stream->inflater;
    z->next_in = stream->buffer + stream->begin;
    z->avail_in = (uInt)(stream->end - stream->begin);
    z->next_out = to;
    z->avail_out = (uInt)size;
    const int result = inflate(z, Z_NO_FLUSH);
    stream->begin = stream->end - z->avail_in;
    *got = size - z->avail_out;
    stream->inflated += *got;
    if (result == Z_STREAM_END) {
        stream->between_members = true;
    } else if (result == Z_MEM_ERROR) {
        return smi_fail_memory("decompression");
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
        char inflated[SMI_COUNTED_SIZE];
        return smi_fail(SM_ERROR_FORMAT, "%s: damaged gzip data after %s%s%s",
                        smi_stream_name(stream),
                        smi_counted_text(stream->inflated, "decompressed byte", inflated),
                        z->msg == NULL ? "" : ": ", z->msg == NULL ? "" : z->msg);
    }
    if (stream->inflated > SMI_MAX_INFLATED) {
        return fail_too_large(stream);
    }
    return SM_OK;
}

/* Called with input at hand, after a member's end: another member, or nothing more to read. */
static sm_status next_member(smi_stream *const stream)
{
    if (stream->buffer[stream->begin] != 0x1f) {
        return smi_fail(SM_ERROR_FORMAT, "%s: something that is not gzip follows the gzip data",
                        smi_stream_name(stream));
    }
    stream->between_members = false;
    return inflateReset(&stream->inflater) == Z_OK ? SM_OK : smi_fail_memory("decompression");
}

static sm_status read_gzip(smi_stream *const stream, uint8_t *const to, const size_t size,
                           size_t *const got)
{
    sm_status status = SM_OK;
    *got = 0;
    while (status == SM_OK && *got < size) {
        if (stream->begin == stream->end && !stream->input_ended) {
            status = refill(stream);
            continue;
        }
        const bool input_left = stream->begin < stream->end;
        if (stream->between_members) {
            if (!input_left) {
                break;
            }
            status = next_member(stream);
            continue;
        }
        size_t made = 0;
        status = inflate_some(stream, to + *got, smi_min_size(size - *got, (size_t)1 << 30), &made);
        *got += made;
        if (status == SM_OK && made == 0 && !input_left && !stream->between_members) {
            char inflated[SMI_COUNTED_SIZE];
            status = smi_fail(SM_ERROR_FORMAT, "%s: the gzip data breaks off after %s",
                              smi_stream_name(stream),
                              smi_counted_text(stream->inflated, "decompressed byte", inflated));
        }
    }
    return status;
}

static sm_status read_on(smi_stream *const stream, uint8_t *const to, const size_t size,
                         size_t *const got)
{
    return stream->gzip ? read_gzip(stream, to, size, got) : read_plain(stream, to, size, got);
}

sm_status smi_stream_peek(smi_stream *const stream, const uint8_t **const bytes, size_t *const size)
{
    if (stream->peeked == NULL) {
        stream->peeked = smi_bytes(SMI_PEEKED);
        if (stream->peeked == NULL) {
            return smi_fail_memory("reading");
        }
        const sm_status status = read_on(stream, stream->peeked, SMI_PEEKED, &stream->peeked_end);
        if (status != SM_OK) {
            return status;
        }
    }
    *bytes = stream->peeked;
    *size = stream->peeked_end;
    return SM_OK;
}

sm_status smi_stream_read(smi_stream *const stream, void *const buffer, const size_t size,
                          size_t *const got)
{
    uint8_t *const to = buffer;
    const size_t peeked = smi_min_size(size, stream->peeked_end - stream->peeked_begin);
    size_t more = 0;
    sm_status status = SM_OK;
    if (peeked > 0) {
        memcpy(to, stream->peeked + stream->peeked_begin, peeked);
        stream->peeked_begin += peeked;
    }
    if (peeked < size) {
        status = read_on(stream, to + peeked, size - peeked, &more);
    }
    *got = peeked + more;
    return status;
}

/* Adds what is left of the stream to `all`, of bytes. */
static sm_status read_rest(smi_stream *const stream, const size_t most, smi_growing *const all)
{
    enum { PIECE = 1 << 20 };
    sm_status status = SM_OK;
    for (size_t got = PIECE; got == PIECE && status == SM_OK;) {
        void *const room = smi_growing_room(all, PIECE);
        if (room == NULL) {
            return smi_fail_memory(smi_stream_name(stream));
        }
        status = smi_stream_read(stream, room, PIECE, &got);
        if (status == SM_OK) {
            smi_growing_add(all, got);
        }
        if (status == SM_OK && all->count > most) {
            status =
                smi_fail(SM_ERROR_FORMAT, "%s: more than %zu bytes", smi_stream_name(stream), most);
        }
    }
    return status;
}

sm_status smi_stream_read_all(smi_stream *const stream, const size_t most, uint8_t **const bytes,
                              size_t *const size)
{
    smi_growing all = {.element_size = 1};
    sm_status status = read_rest(stream, most, &all);
    const size_t count = all.count;
    uint8_t *const joined = status == SM_OK ? smi_growing_join(&all) : NULL;
    if (status == SM_OK && joined == NULL) {
        status = smi_fail_memory(smi_stream_name(stream));
    }
    smi_growing_free(&all);
    if (status == SM_OK) {
        *bytes = joined;
        *size = count;
    }
    return status;
}
