#include "support/guarded.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "support/cmocka_all.h"

/* The pattern fills this many bytes, or those there are. */
enum { PATTERN = 0xa5, PATTERN_BYTES = 512 };

static size_t page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

guarded guarded_make(const size_t capacity)
{
    const size_t page = page_size();
    const size_t whole = (capacity + page - 1) / page * page + page; /* never none at all */
    uint8_t *const memory =
        mmap(NULL, whole + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(memory != MAP_FAILED);
    assert_int_equal(mprotect(memory + whole, page, PROT_NONE), 0);
    memset(memory, PATTERN, whole);
    return (guarded){.memory = memory, .capacity = whole};
}

void guarded_free(guarded *const block)
{
    if (block->memory != NULL) {
        assert_int_equal(munmap(block->memory, block->capacity + page_size()), 0);
    }
    *block = (guarded){0};
}

/* Where the pattern before the last `size` bytes begins. */
static size_t pattern_begin(const guarded *const block, const size_t size)
{
    const size_t before = block->capacity - size;
    return before > PATTERN_BYTES ? before - PATTERN_BYTES : 0;
}

void *guarded_last(const guarded *const block, const size_t size)
{
    assert_true(size <= block->capacity);
    const size_t begin = pattern_begin(block, size);
    memset(block->memory + begin, PATTERN, block->capacity - size - begin);
    return block->memory + block->capacity - size;
}

bool guarded_intact(const guarded *const block, const size_t size)
{
    for (size_t i = pattern_begin(block, size); i < block->capacity - size; i++) {
        if (block->memory[i] != PATTERN) {
            return false;
        }
    }
    return true;
}
