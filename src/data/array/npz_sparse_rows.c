#include "data/array/npz_sparse_rows.h"

#include "base/memory.h"
#include "base/status.h"

typedef struct sparse_source {
    smi_content *content;
    smi_npz_lists lists;
    smi_npy_labels labels; /* as classes */
} sparse_source;

static void free_source(void *const context)
{
    sparse_source *const source = context;
    smi_npy_labels_free(&source->labels);
    smi_content_free(source->content);
    smi_free(source);
}

/* ---- a pass: the lists are read in step ---- */

/* A block ends where either is reached, but has one row at least. */
enum { MOST_ROWS = 4096, MOST_ENTRIES = 1 << 17 };

typedef struct list_reader {
    smi_array_source source;
    smi_npy array;
    size_t done; /* elements */
} list_reader;

typedef struct sparse_pass {
    const sparse_source *from;
    list_reader values;
    list_reader columns;
    list_reader row_starts;
    size_t places[MOST_ROWS + 1]; /* where rows begin, among all entries, and where the last ends */
    size_t starts[MOST_ROWS + 1]; /* the same of a block, among its own */
    size_t room;                  /* entries */
    float *block_values;
    uint32_t *block_columns;
    smi_take_rows *take;
    void *context;
} sparse_pass;

static sm_status open_list(const sparse_source *const from, const smi_zip_member *const list,
                           const size_t count, list_reader *const reader)
{
    const smi_zip zip = {.content = from->content};
    list_reader opened = {.done = 0};
    const sm_status status = smi_npz_open_list(&zip, list, count, &opened.source, &opened.array);
    if (status == SM_OK) {
        *reader = opened;
    }
    return status;
}

static sm_status open_lists(sparse_pass *const pass)
{
    const sparse_source *const from = pass->from;
    const smi_npz_lists *const lists = &from->lists;
    sm_status status = open_list(from, &lists->values, lists->entries, &pass->values);
    if (status == SM_OK) {
        status = open_list(from, &lists->columns, lists->entries, &pass->columns);
    }
    return status == SM_OK ? open_list(from, &lists->row_starts, lists->rows + 1, &pass->row_starts)
                           : status;
}

static void end_pass(sparse_pass *const pass)
{
    smi_array_source_close(&pass->values.source);
    smi_array_source_close(&pass->columns.source);
    smi_array_source_close(&pass->row_starts.source);
    smi_free(pass->block_values);
    smi_free(pass->block_columns);
    smi_free(pass);
}

/* The next elements have been read, where they lay from `at` on. */
static void note_read(const sparse_pass *const pass, list_reader *const list, const size_t count,
                      const uint8_t *const at)
{
    list->done += count;
    if (at != NULL) {
        smi_content_let_go(pass->from->content, at, 0, count * list->array.size);
    }
}

/* The next elements of a list of integers 0 … most. */
static sm_status read_integers(const sparse_pass *const pass, list_reader *const list,
                               const size_t count, const int64_t most, const size_t size,
                               void *const to)
{
    const uint8_t *const at = list->source.at;
    const sm_status status =
        smi_npy_read_integers(&list->source, &list->array, list->done, count, 0, most, size, to);
    note_read(pass, list, count, at);
    return status;
}

static sm_status read_values(sparse_pass *const pass, const size_t count)
{
    list_reader *const list = &pass->values;
    const uint8_t *const at = list->source.at;
    const sm_status status =
        smi_npy_read_floats(&list->source, &list->array, list->done, count, 0, pass->block_values);
    note_read(pass, list, count, at);
    return status;
}

/* Reads where the next rows end; places[0] is where the first of them begins. Each row's entries
 * must be among those that there are. */
static sm_status read_places(sparse_pass *const pass, const size_t count)
{
    size_t *const places = pass->places;
    const sm_status status =
        read_integers(pass, &pass->row_starts, count, PTRDIFF_MAX, sizeof *places, places + 1);
    bool good = true;
    for (size_t r = 0; r < count && status == SM_OK; r++) {
        good = good && places[r] <= places[r + 1];
    }
    good = good && places[count] <= pass->from->lists.entries;
    return status != SM_OK || good ? status : smi_npz_fail_row_starts(&pass->from->lists);
}

static sm_status make_room(sparse_pass *const pass, const size_t entries)
{
    if (entries <= pass->room) {
        return SM_OK;
    }
    smi_free(pass->block_values);
    smi_free(pass->block_columns);
    pass->block_values = smi_array(entries, sizeof *pass->block_values);
    pass->block_columns = smi_array(entries, sizeof *pass->block_columns);
    const bool made = pass->block_values != NULL && pass->block_columns != NULL;
    pass->room = made ? entries : 0;
    return made ? SM_OK : smi_fail_memory(smi_content_name(pass->from->content));
}

/* The rows whose places are those from `begin` on; `first`: the row of the first place. */
static sm_status hand_on(sparse_pass *const pass, const size_t first, const size_t begin,
                         const size_t count)
{
    const sparse_source *const from = pass->from;
    const size_t *const places = pass->places + begin;
    const size_t entries = places[count] - places[0];
    const size_t row = first + begin;
    sm_status status = make_room(pass, smi_max_size(entries, MOST_ENTRIES));
    if (status == SM_OK) {
        status = read_values(pass, entries);
    }
    if (status == SM_OK) {
        status = read_integers(pass, &pass->columns, entries, UINT32_MAX,
                               sizeof *pass->block_columns, pass->block_columns);
    }
    for (size_t r = 0; r <= count; r++) {
        pass->starts[r] = places[r] - places[0];
    }
    for (size_t r = 0; r < count && status == SM_OK; r++) {
        status = smi_npz_check_row(&from->lists, row + r, pass->block_columns + pass->starts[r],
                                   places[r + 1] - places[r]);
    }
    const int32_t *const labels = from->labels.values;
    const smi_row_block block = {.rows = count,
                                 .x = pass->block_values,
                                 .columns = pass->block_columns,
                                 .row_starts = pass->starts,
                                 .labels = labels == NULL ? NULL : labels + row};
    return status == SM_OK ? pass->take(pass->context, &block) : status;
}

/* How many of `left` rows make up a block. */
static size_t block_rows(const size_t *const places, const size_t left)
{
    size_t count = 1;
    while (count < left && places[count + 1] - places[0] <= MOST_ENTRIES) {
        count++;
    }
    return count;
}

static sm_status pass_rows(sparse_pass *const pass)
{
    const size_t rows = pass->from->lists.rows;
    size_t *const places = pass->places;
    sm_status status =
        read_integers(pass, &pass->row_starts, 1, PTRDIFF_MAX, sizeof *places, places);
    if (status == SM_OK && places[0] != 0) {
        status = smi_npz_fail_row_starts(&pass->from->lists);
    }
    for (size_t first = 0, some = 0; first < rows && status == SM_OK; first += some) {
        some = smi_min_size(MOST_ROWS, rows - first);
        status = read_places(pass, some);
        for (size_t begin = 0, count = 0; begin < some && status == SM_OK; begin += count) {
            count = block_rows(pass->places + begin, some - begin);
            status = hand_on(pass, first, begin, count);
        }
        pass->places[0] = pass->places[some];
    }
    return status == SM_OK && pass->places[0] != pass->from->lists.entries
               ? smi_npz_fail_row_starts(&pass->from->lists)
               : status;
}

static sm_status finish_lists(const sparse_pass *const pass)
{
    sm_status status = smi_array_source_finish(&pass->values.source);
    if (status == SM_OK) {
        status = smi_array_source_finish(&pass->columns.source);
    }
    if (status == SM_OK) {
        status = smi_array_source_finish(&pass->row_starts.source);
    }
    return status == SM_OK ? smi_content_check_unchanged(pass->from->content) : status;
}

static sm_status pass_over(void *const context, smi_take_rows *const take, void *const taker)
{
    const sparse_source *const from = context;
    sparse_pass *const pass = smi_array(1, sizeof *pass);
    if (pass == NULL) {
        return smi_fail_memory(smi_content_name(from->content));
    }
    pass->from = from;
    pass->take = take;
    pass->context = taker;
    sm_status status = open_lists(pass);
    if (status == SM_OK) {
        status = pass_rows(pass);
    }
    if (status == SM_OK) {
        status = finish_lists(pass);
    }
    end_pass(pass);
    return status;
}

/* ---- the rows ---- */

static const smi_row_source source_of_rows = {.pass = pass_over, .free = free_source};

sm_status smi_npz_sparse_rows(smi_content *const content, const smi_npz_lists *const lists,
                              const char *const labels_name, const smi_npy_labels *const labels,
                              sm_rows **const rows)
{
    sparse_source *const source = smi_array(1, sizeof *source);
    if (source == NULL) {
        const sm_status status = smi_fail_memory(smi_content_name(content));
        smi_npy_labels_free(labels);
        smi_content_free(content);
        return status;
    }
    *source = (sparse_source){.content = content, .lists = *lists, .labels = *labels};
    const sm_status status = smi_npy_number_labels(labels_name, lists->rows, &source->labels);
    if (status != SM_OK) {
        free_source(source);
        return status;
    }
    const sm_rows filled = {.element = SM_CSR,
                            .shape = {.features = lists->features,
                                      .classes = source->labels.classes,
                                      .sparse = true,
                                      .scale = 1.0F,
                                      .class_names = (const char *const *)source->labels.names},
                            .rows = lists->rows,
                            .labelled = labels->values != NULL,
                            .name = smi_content_name(content),
                            .from = &source_of_rows,
                            .source = source};
    return smi_rows_new(&filled, rows);
}
