#include "data/content.h"

#include "base/memory.h"
#include "base/status.h"
#include "sys/mapped.h"
#include "sys/physical_memory.h"

struct smi_content {
    char *name;
    const uint8_t *bytes;
    size_t size;
    smi_mapped *mapped; /* NULL: not mapped */
    uint8_t *read;      /* NULL: not read */
    bool lets_go;
};

static sm_status content_create(const char *const name, smi_content **const content)
{
    smi_content *const created = smi_array(1, sizeof *created);
    char *const copy = smi_copy_text(name);
    if (created == NULL || copy == NULL) {
        smi_free(created);
        smi_free(copy);
        return smi_fail_memory(name);
    }
    created->name = copy;
    *content = created;
    return SM_OK;
}

sm_status smi_content_over(const void *const bytes, const size_t size, const char *const name,
                           smi_content **const content)
{
    const sm_status status = content_create(name, content);
    if (status == SM_OK) {
        (*content)->bytes = bytes;
        (*content)->size = size;
    }
    return status;
}

/* The mapping, unless its bytes are compressed. */
static sm_status map_all(const char *const path, smi_content *const content)
{
    smi_mapped *mapped = NULL;
    const sm_status status = smi_mapped_open(path, &mapped);
    if (status != SM_OK || mapped == NULL) {
        return status;
    }
    const uint8_t *const bytes = smi_mapped_bytes(mapped);
    const size_t size = smi_mapped_size(mapped);
    if (smi_is_gzip(bytes, size)) {
        smi_mapped_close(mapped);
        return SM_OK;
    }
    content->mapped = mapped;
    content->bytes = bytes;
    content->size = size;
    content->lets_go = (double)size > smi_physical_memory() / 2.0;
    return SM_OK;
}

sm_status smi_content_open(smi_stream *const stream, const char *const path,
                           smi_content **const content)
{
    smi_content *created = NULL;
    sm_status status = content_create(smi_stream_name(stream), &created);
    if (status == SM_OK && !(path[0] == '-' && path[1] == '\0')) {
        status = map_all(path, created);
    }
    if (status == SM_OK && created->mapped == NULL) {
        status = smi_stream_read_all(stream, SIZE_MAX, &created->read, &created->size);
        created->bytes = created->read;
    }
    if (status != SM_OK) {
        smi_content_free(created);
        return status;
    }
    *content = created;
    return SM_OK;
}

const char *smi_content_name(const smi_content *const content)
{
    return content->name;
}

const uint8_t *smi_content_bytes(const smi_content *const content)
{
    return content->bytes;
}

size_t smi_content_size(const smi_content *const content)
{
    return content->size;
}

bool smi_content_is_mapped(const smi_content *const content)
{
    return content->mapped != NULL;
}

sm_status smi_content_check_unchanged(const smi_content *const content)
{
    if (content->mapped != NULL && !smi_mapped_is_unchanged(content->mapped)) {
        return smi_fail_changed(content->name);
    }
    return SM_OK;
}

static size_t place_of(const smi_content *const content, const void *const at)
{
    return (size_t)((const uint8_t *)at - content->bytes);
}

void smi_content_read_no_more(const smi_content *const content)
{
    if (content->mapped != NULL) {
        smi_mapped_read_no_more(content->mapped);
    }
}

void smi_content_will_need(const smi_content *const content, const void *const begin,
                           const size_t ahead, const size_t size)
{
    if (content->mapped != NULL) {
        smi_mapped_will_need(content->mapped, place_of(content, begin) + ahead, size);
    }
}

void smi_content_fetch(const smi_content *const content, const void *const begin,
                       const size_t ahead, const size_t size)
{
    if (content->mapped != NULL) {
        smi_mapped_fetch(content->mapped, place_of(content, begin) + ahead, size);
    }
}

void smi_content_let_go(const smi_content *const content, const void *const begin,
                        const size_t ahead, const size_t size)
{
    if (content->mapped != NULL && content->lets_go) {
        smi_mapped_let_go(content->mapped, place_of(content, begin) + ahead, size);
    }
}

void smi_content_free(smi_content *const content)
{
    if (content == NULL) {
        return;
    }
    smi_mapped_close(content->mapped);
    smi_free(content->read);
    smi_free(content->name);
    smi_free(content);
}
