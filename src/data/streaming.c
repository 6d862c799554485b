#include "data/streaming.h"

#include "base/memory.h"
#include "data/content.h"

enum {
    BLOCK_BYTES = 1 << 20,
    STRIDE = 4 << 20, /* what a pass fetches and lets go at a time */
    MOST_STRIDES = 16 /* more at once are too much for rows that lie among others */
};

/* Some bytes of one of a dataset's arrays. */
typedef struct extent {
    const char *begin; /* of the array */
    size_t first;      /* bytes */
    size_t end;
} extent;

enum { ARRAYS = 3 };

/* What rows first … end − 1, stored ones, have of each array. Returns how many arrays there are. */
static size_t extents_of(const sm_dataset *const dataset, const size_t first, const size_t end,
                         extent extents[ARRAYS])
{
    if (dataset->element != SM_CSR) {
        extents[0] = (extent){dataset->x, first * dataset->row_bytes, end * dataset->row_bytes};
        return 1;
    }
    const size_t *const starts = dataset->row_starts;
    const size_t begin = starts[first];
    const size_t behind = starts[end];
    extents[0] = (extent){dataset->x, begin * sizeof(float), behind * sizeof(float)};
    extents[1] = (extent){(const char *)dataset->columns, begin * sizeof *dataset->columns,
                          behind * sizeof *dataset->columns};
    extents[2] = (extent){(const char *)starts, first * sizeof *starts, end * sizeof *starts};
    return ARRAYS;
}

size_t smi_streaming_block_rows(const sm_dataset *const dataset)
{
    if (!dataset->streamed) {
        return 0;
    }
    if (dataset->element != SM_CSR) {
        return smi_max_size(BLOCK_BYTES / dataset->row_bytes, 1);
    }
    const size_t rows = smi_dataset_stored_rows(dataset);
    const size_t entry = sizeof(float) + sizeof *dataset->columns;
    const size_t row = dataset->row_starts[rows] / rows * entry + sizeof *dataset->row_starts;
    return smi_max_size(BLOCK_BYTES / row, 1);
}

/* Fetches bytes begin … end − 1 of an array, as far as the part has them. */
static void fetch(const smi_content *const content, const extent *const part, const size_t begin,
                  const size_t end)
{
    const size_t last = smi_min_size(end, part->end);
    if (begin < last) {
        smi_content_fetch(content, part->begin, begin, last - begin);
    }
}

static void let_go(const smi_content *const content, const extent *const part, const size_t begin,
                   const size_t end)
{
    const size_t first = smi_max_size(begin, part->first);
    if (first < end) {
        smi_content_let_go(content, part->begin, first, end - first);
    }
}

/* The pass over the part has come to `now`: fetches the strides that begin in it, and what precedes
 * them where the part itself begins. whole: all rows in it are wanted. Never beyond the part: what
 * follows is another thread's, which may have been there already. What goes ends where `now` begins
 * or before: its own bytes are yet to be looked at. */
static void pass_extent(const smi_content *const content, const extent *const part,
                        const extent *const now, const bool whole)
{
    const size_t first = now->first / STRIDE + 1;
    const size_t last = now->end / STRIDE;
    if (now->first == part->first) {
        fetch(content, part, now->first, first * STRIDE);
    }
    if (last < first || (!whole && last - first >= MOST_STRIDES)) {
        return;
    }
    fetch(content, part, first * STRIDE, (last + 1) * STRIDE);
    const size_t done = (first - 1) * STRIDE;
    let_go(content, part, done - smi_min_size(done, (last - first + 1) * STRIDE), done);
}

void smi_streaming_pass_on(const sm_dataset *const dataset, const smi_row_range part,
                           const size_t first, const size_t count)
{
    const size_t part_begin = smi_dataset_stored_row(dataset, part.begin);
    const size_t part_last = smi_dataset_stored_row(dataset, part.end - 1);
    const size_t begin = smi_dataset_stored_row(dataset, first);
    const size_t last = smi_dataset_stored_row(dataset, first + count - 1);
    extent parts[ARRAYS];
    extent extents[ARRAYS];
    if (begin < part_begin || last < begin || part_last < last) {
        return;
    }
    (void)extents_of(dataset, part_begin, part_last + 1, parts);
    const size_t arrays = extents_of(dataset, begin, last + 1, extents);
    for (size_t a = 0; a < arrays; a++) {
        pass_extent(smi_dataset_content(dataset), &parts[a], &extents[a],
                    last - begin == count - 1);
    }
}

typedef void advice(const smi_content *content, const void *begin, size_t ahead, size_t size);

static void advise(const sm_dataset *const dataset, const size_t first, const size_t count,
                   advice *const give)
{
    const size_t begin = smi_dataset_stored_row(dataset, first);
    const size_t last = smi_dataset_stored_row(dataset, first + count - 1);
    extent extents[ARRAYS];
    const size_t arrays = last < begin ? 0 : extents_of(dataset, begin, last + 1, extents);
    for (size_t a = 0; a < arrays; a++) {
        give(smi_dataset_content(dataset), extents[a].begin, extents[a].first,
             extents[a].end - extents[a].first);
    }
}

void smi_streaming_will_need(const sm_dataset *const dataset, const size_t first,
                             const size_t count)
{
    advise(dataset, first, count, smi_content_will_need);
}

void smi_streaming_let_go(const sm_dataset *const dataset, const size_t first, const size_t count)
{
    advise(dataset, first, count, smi_content_let_go);
}

sm_status smi_streaming_check_unchanged(const sm_dataset *const dataset)
{
    const smi_content *const content = smi_dataset_content(dataset);
    return content == NULL ? SM_OK : smi_content_check_unchanged(content);
}
