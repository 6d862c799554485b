#include "data/content.h"

#include "base/memory.h"
#include "base/status.h"
#include "data/spool.h"
#include "sys/mapped.h"
#include "sys/physical_memory.h"

struct smi_content {
    smi_spool *spool;
    smi_mapped *mapped; /* the spool's file; NULL: it is in memory */
    const uint8_t *bytes;
    size_t size;
    bool lets_go;
};

/* Where the spool's bytes lie. */
static sm_status find_bytes(smi_content *const content)
{
    uint64_t from = 0;
    const smi_spool *const spool = content->spool;
    const smi_file *const file = smi_spool_file(spool, &from);
    content->bytes = smi_spool_bytes(spool);
    content->size = (size_t)smi_spool_size(spool);
    content->lets_go = (double)content->size > smi_physical_memory() / 2.0;
    if (file == NULL || content->size == 0) {
        return SM_OK;
    }
    const sm_status status = smi_mapped_open(file, smi_spool_name(spool), &content->mapped);
    if (status == SM_OK) {
        content->bytes = smi_mapped_bytes(content->mapped) + from;
    }
    return status;
}

/* Takes over the spool, also on failure. */
static sm_status content_create(smi_spool *const spool, smi_content **const content)
{
    smi_content *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        const sm_status status = smi_fail_memory(smi_spool_name(spool));
        smi_spool_free(spool);
        return status;
    }
    created->spool = spool;
    const sm_status status = find_bytes(created);
    if (status != SM_OK) {
        smi_content_free(created);
        return status;
    }
    *content = created;
    return SM_OK;
}

sm_status smi_content_over(const void *const bytes, const size_t size, const char *const name,
                           smi_content **const content)
{
    smi_spool *spool = NULL;
    const sm_status status = smi_spool_over(bytes, size, name, &spool);
    return status == SM_OK ? content_create(spool, content) : status;
}

sm_status smi_content_open(smi_stream *const stream, smi_content **const content)
{
    smi_spool *spool = NULL;
    const sm_status status = smi_spool_stream(stream, &spool);
    return status == SM_OK ? content_create(spool, content) : status;
}

const char *smi_content_name(const smi_content *const content)
{
    return smi_spool_name(content->spool);
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
    return smi_spool_check_unchanged(content->spool);
}

/* Where in the mapping something lies, if it does. */
static bool find_place(const smi_content *const content, const void *const at, size_t *const place)
{
    if (content->mapped == NULL) {
        return false;
    }
    const uintptr_t begin = (uintptr_t)smi_mapped_bytes(content->mapped);
    const uintptr_t here = (uintptr_t)at; /* perhaps in other memory: numbers can be compared */
    *place = (size_t)(here - begin);
    return here >= begin && *place < smi_mapped_size(content->mapped);
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
    size_t place = 0;
    if (find_place(content, begin, &place)) {
        smi_mapped_will_need(content->mapped, place + ahead, size);
    }
}

void smi_content_fetch(const smi_content *const content, const void *const begin,
                       const size_t ahead, const size_t size)
{
    size_t place = 0;
    if (find_place(content, begin, &place)) {
        smi_mapped_fetch(content->mapped, place + ahead, size);
    }
}

void smi_content_let_go(const smi_content *const content, const void *const begin,
                        const size_t ahead, const size_t size)
{
    size_t place = 0;
    if (content->lets_go && find_place(content, begin, &place)) {
        smi_mapped_let_go(content->mapped, place + ahead, size);
    }
}

void smi_content_free(smi_content *const content)
{
    if (content == NULL) {
        return;
    }
    smi_mapped_close(content->mapped);
    smi_spool_free(content->spool);
    smi_free(content);
}
