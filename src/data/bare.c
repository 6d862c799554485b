/* Where there are no files, data lies in no content of one: nothing can be told of it, or done with
 * it. */
#include "data/content.h"

bool smi_content_is_mapped(const smi_content *const content)
{
    (void)content;
    return false;
}

sm_status smi_content_check_unchanged(const smi_content *const content)
{
    (void)content;
    return SM_OK;
}

void smi_content_read_no_more(const smi_content *const content)
{
    (void)content;
}

void smi_content_will_need(const smi_content *const content, const void *const begin,
                           const size_t ahead, const size_t size)
{
    (void)content, (void)begin, (void)ahead, (void)size;
}

void smi_content_fetch(const smi_content *const content, const void *const begin,
                       const size_t ahead, const size_t size)
{
    (void)content, (void)begin, (void)ahead, (void)size;
}

void smi_content_let_go(const smi_content *const content, const void *const begin,
                        const size_t ahead, const size_t size)
{
    (void)content, (void)begin, (void)ahead, (void)size;
}

void smi_content_free(smi_content *const content)
{
    (void)content;
}
