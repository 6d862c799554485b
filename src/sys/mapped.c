#include "sys/mapped.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/os_error.h"

struct smi_mapped {
    uint8_t *bytes;
    size_t size;
    size_t page;
    int descriptor; /* the file's */
    bool own;       /* this user's */
};

sm_status smi_mapped_open(const smi_file *const file, const char *const name,
                          smi_mapped **const mapped)
{
    const uint64_t size = smi_file_size(file);
    const int descriptor = smi_file_descriptor(file);
    struct stat about;
    if (size > PTRDIFF_MAX) {
        return smi_fail(SM_ERROR_MEMORY, "%s: larger than the address space", name);
    }
    if (fstat(descriptor, &about) != 0) {
        return smi_fail_os("read", name, errno);
    }
    smi_mapped *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory(name);
    }
    void *const bytes = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (bytes == MAP_FAILED) {
        const int error_number = errno;
        smi_free(created);
        return smi_fail_os("map", name, error_number);
    }
    *created = (smi_mapped){.bytes = bytes,
                            .size = (size_t)size,
                            .page = (size_t)sysconf(_SC_PAGESIZE),
                            .descriptor = descriptor,
                            .own = about.st_uid == geteuid()};
    *mapped = created;
    return SM_OK;
}

const uint8_t *smi_mapped_bytes(const smi_mapped *const mapped)
{
    return mapped->bytes;
}

size_t smi_mapped_size(const smi_mapped *const mapped)
{
    return mapped->size;
}

/* How many bytes of begin … begin + size − 1 are there. */
static size_t within(const smi_mapped *const mapped, const size_t begin, const size_t size)
{
    return begin >= mapped->size ? 0 : smi_min_size(size, mapped->size - begin);
}

void smi_mapped_read_no_more(const smi_mapped *const mapped)
{
    (void)madvise(mapped->bytes, mapped->size, MADV_RANDOM);
}

/* Of what is asked for at once Linux reads no more than its read-ahead, and drops the rest without
 * a word: 128 KiB unless somebody set it. */
enum { ASKED_AT_ONCE = 128 << 10 };

void smi_mapped_will_need(const smi_mapped *const mapped, const size_t begin, const size_t size)
{
    const size_t first = begin / mapped->page * mapped->page;
    const size_t end = first + within(mapped, first, size + (begin - first));
    for (size_t at = first; at < end; at += ASKED_AT_ONCE) {
        const size_t count = smi_min_size(ASKED_AT_ONCE, end - at);
        (void)madvise(mapped->bytes + at, count, MADV_WILLNEED);
    }
}

/* Whether the system has the byte in memory, as far as it says. Some file systems, tmpfs among
 * them, refuse to read without waiting; the mapping tells as well, but of other users' files
 * nothing but that all is there. */
static bool is_cached(const smi_mapped *const mapped, const size_t at)
{
    char byte = 0;
    unsigned char there = 0;
    const struct iovec to = {.iov_base = &byte, .iov_len = 1};
    const ssize_t got = preadv2(mapped->descriptor, &to, 1, (off_t)at, RWF_NOWAIT);
    if (got >= 0) {
        return got == 1;
    }
    return errno != EAGAIN && mapped->own &&
           mincore(mapped->bytes + at / mapped->page * mapped->page, 1, &there) == 0 &&
           (there & 1U) != 0;
}

/* Bytes that are read go the system's fastest way, in requests and pieces of memory as large as
 * they come; those that are only asked for, or met, come page by page. What is read is thrown away,
 * for the mapping shows the same memory. Of what is cached nothing has to be read. */
void smi_mapped_fetch(const smi_mapped *const mapped, const size_t begin, const size_t size)
{
    char thrown_away[64 << 10];
    const size_t end = begin + within(mapped, begin, size);
    size_t at = begin;
    while (at < end && is_cached(mapped, at)) {
        at += smi_min_size(sizeof thrown_away, end - at);
    }
    while (at < end) {
        const size_t some = smi_min_size(sizeof thrown_away, end - at);
        const ssize_t count = pread(mapped->descriptor, thrown_away, some, (off_t)at);
        if (count <= 0) {
            return; /* who comes to these bytes finds out */
        }
        at += (size_t)count;
    }
}

/* Pages that are there in part stay: their rest may be in use. */
void smi_mapped_let_go(const smi_mapped *const mapped, const size_t begin, const size_t size)
{
    const size_t end = begin + within(mapped, begin, size);
    const size_t first = smi_round_up(begin, mapped->page);
    const size_t last = end / mapped->page * mapped->page;
    if (first < last) {
        (void)madvise(mapped->bytes + first, last - first, MADV_DONTNEED);
        (void)posix_fadvise(mapped->descriptor, (off_t)first, (off_t)(last - first),
                            POSIX_FADV_DONTNEED);
    }
}

void smi_mapped_close(smi_mapped *const mapped)
{
    if (mapped == NULL) {
        return;
    }
    (void)munmap(mapped->bytes, mapped->size);
    smi_free(mapped);
}
