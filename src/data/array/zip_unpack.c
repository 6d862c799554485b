/* The bytes of a member as an input, of which a content is made. */
#include "base/memory.h"
#include "base/status.h"
#include "data/array/zip.h"
#include "data/stream.h"

static sm_status read_member(void *const context, void *const buffer, const size_t size,
                             size_t *const got)
{
    smi_array_source *const source = context;
    *got = smi_min_size(size, source->left);
    return *got == 0 ? smi_array_source_finish(source)
                     : smi_array_source_read(source, buffer, *got);
}

static void close_member(void *const context)
{
    smi_array_source_close(context);
    smi_free(context);
}

sm_status smi_zip_unpack(const smi_zip *const zip, const smi_zip_member *const member,
                         smi_content **const unpacked)
{
    smi_array_source *const source = smi_array(1, sizeof *source);
    if (source == NULL) {
        return smi_fail_memory(member->label);
    }
    const smi_input_source bytes = {.read = read_member, .close = close_member, .context = source};
    smi_input *input = NULL;
    smi_stream *stream = NULL;
    sm_status status = smi_zip_source(zip, member, source);
    if (status != SM_OK) {
        smi_free(source);
        return status;
    }
    status = smi_input_from(&bytes, member->label, &input);
    if (status == SM_OK) {
        status = smi_stream_open(input, &stream);
    }
    if (status == SM_OK) {
        status = smi_content_open(stream, unpacked);
    }
    smi_stream_close(stream);
    return status;
}
