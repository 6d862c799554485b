#include "data/array/npy_rows.h"

#include "base/memory.h"
#include "base/status.h"
#include "data/array/npy_transposed.h"

struct smi_npy_passing {
    smi_content *content; /* NULL until the rows are finished */
    bool archived;
    smi_zip_member member; /* archived: what the array is */
    smi_content *unpacked; /* all of the member, where its rows cannot be had in their order */
    smi_npy_features shape;
    bool transposed;       /* rows are gathered */
    smi_npy_labels labels; /* as classes */
};

/* The array's bytes, from the first on. */
static sm_status open_source(const smi_npy_passing *const passing, const smi_content *const content,
                             smi_array_source *const source)
{
    const smi_zip zip = {.content = content};
    if (passing->archived && passing->unpacked == NULL) {
        return smi_zip_source(&zip, &passing->member, source);
    }
    const smi_content *const all = passing->archived ? passing->unpacked : content;
    *source =
        smi_array_source_over(smi_content_name(all), smi_content_bytes(all), smi_content_size(all));
    return SM_OK;
}

/* Reads the header, behind which the source then is. */
static sm_status open_array(const smi_npy_passing *const passing, const smi_content *const content,
                            smi_array_source *const source, smi_npy *const array,
                            smi_npy_features *const shape)
{
    sm_status status = open_source(passing, content, source);
    if (status == SM_OK) {
        status = smi_npy_begin_features(source, array, shape);
        if (status != SM_OK) {
            smi_array_source_close(source);
        }
    }
    return status;
}

/* Rows of a transposed array are gathered from all over it: it has to lie somewhere, and its
 * checksum is compared beforehand. */
static sm_status prepare_gathering(smi_npy_passing *const passing, const smi_content *const content,
                                   smi_array_source *const source)
{
    const smi_zip zip = {.content = content};
    return source->at != NULL ? smi_npy_pass_bytes(source, content)
                              : smi_zip_unpack(&zip, &passing->member, &passing->unpacked);
}

sm_status smi_npy_passing_begin(smi_content *const content, const smi_zip_member *const member,
                                smi_npy_passing **const passing)
{
    smi_array_source source;
    smi_npy array;
    smi_npy_passing *const begun = smi_array(1, sizeof *begun);
    if (begun == NULL) {
        return smi_fail_memory(smi_content_name(content));
    }
    begun->archived = member != NULL;
    if (member != NULL) {
        begun->member = *member;
    }
    sm_status status = open_array(begun, content, &source, &array, &begun->shape);
    bool passes = false;
    if (status == SM_OK) {
        passes = !smi_npy_is_in_place(&source, &array, &begun->shape);
        begun->transposed = smi_npy_is_transposed(&array);
        status = begun->transposed ? prepare_gathering(begun, content, &source) : SM_OK;
        smi_array_source_close(&source);
    }
    if (status == SM_OK && passes) {
        *passing = begun;
    } else {
        smi_npy_passing_free(begun);
        *passing = NULL;
    }
    return status;
}

size_t smi_npy_passing_rows(const smi_npy_passing *const passing)
{
    return passing->shape.rows;
}

void smi_npy_passing_free(smi_npy_passing *const passing)
{
    if (passing == NULL) {
        return;
    }
    smi_npy_labels_free(&passing->labels);
    smi_content_free(passing->unpacked);
    smi_content_free(passing->content);
    smi_free(passing);
}

/* ---- a pass ---- */

/* Of a block that is gathered, pieces as long lie together as there are rows in it. */
enum { BLOCK_BYTES = 1 << 20, GATHERED_BYTES = 8 << 20 };

/* The next rows. What has been read where it lies is not needed again before the next pass. */
static sm_status read_rows(const smi_npy_passing *const passing, const smi_npy *const array,
                           smi_array_source *const source, const size_t first, const size_t count,
                           void *const x)
{
    const size_t features = passing->shape.features;
    const uint8_t *const from = source->at;
    if (passing->transposed) {
        const smi_content *const all =
            passing->unpacked == NULL ? passing->content : passing->unpacked;
        return smi_npy_gather(source, array, all, &passing->shape, first, count, x);
    }
    const sm_status status =
        passing->shape.element == SM_U8
            ? smi_npy_read(source, array, count * features, x)
            : smi_npy_read_floats(source, array, first * features, count * features, features, x);
    if (status == SM_OK && from != NULL) {
        smi_content_let_go(passing->content, from, 0, count * features * array->size);
    }
    return status;
}

static sm_status hand_out(const smi_npy_passing *const passing, const smi_npy *const array,
                          smi_array_source *const source, const size_t block_rows, void *const x,
                          smi_take_rows *const take, void *const context)
{
    const int32_t *const labels = passing->labels.values;
    const size_t rows = passing->shape.rows;
    sm_status status = SM_OK;
    for (size_t first = 0; first < rows && status == SM_OK; first += block_rows) {
        const smi_row_block block = {.rows = smi_min_size(block_rows, rows - first),
                                     .x = x,
                                     .labels = labels == NULL ? NULL : labels + first};
        status = read_rows(passing, array, source, first, block.rows, x);
        if (status == SM_OK) {
            status = take(context, &block);
        }
    }
    if (status == SM_OK && !passing->transposed) {
        status = smi_array_source_finish(source);
    }
    return status == SM_OK ? smi_content_check_unchanged(passing->content) : status;
}

static sm_status pass_over(void *const context, smi_take_rows *const take, void *const taker)
{
    const smi_npy_passing *const passing = context;
    smi_array_source source;
    smi_npy array;
    smi_npy_features shape;
    sm_status status = open_array(passing, passing->content, &source, &array, &shape);
    if (status != SM_OK) {
        return status;
    }
    const size_t size = shape.element == SM_U8 ? 1 : sizeof(float);
    const size_t row_bytes = passing->shape.features * size;
    const size_t block_bytes = passing->transposed ? GATHERED_BYTES : BLOCK_BYTES;
    const size_t block_rows =
        smi_min_size(smi_max_size(block_bytes / row_bytes, 1), passing->shape.rows);
    void *const x = smi_bytes(block_rows * row_bytes);
    if (shape.rows != passing->shape.rows || shape.features != passing->shape.features ||
        shape.element != passing->shape.element ||
        smi_npy_is_transposed(&array) != passing->transposed) {
        status = smi_content_check_unchanged(passing->content);
        status = status == SM_OK ? smi_fail_changed(source.name) : status;
    } else if (x == NULL) {
        status = smi_fail_memory(source.name);
    } else {
        status = hand_out(passing, &array, &source, block_rows, x, take, taker);
    }
    smi_free(x);
    smi_array_source_close(&source);
    return status;
}

/* ---- the rows ---- */

static void free_source(void *const context)
{
    smi_npy_passing_free(context);
}

static const smi_row_source source_of_rows = {.pass = pass_over, .free = free_source};

static sm_rows rows_of(smi_npy_passing *const passing)
{
    const smi_npy_features *const shape = &passing->shape;
    return (sm_rows){.element = shape->element,
                     .shape = {.features = shape->features,
                               .classes = passing->labels.classes,
                               .image_height = shape->height,
                               .image_width = shape->width,
                               .scale = shape->element == SM_U8 ? 1.0F / 255.0F : 1.0F,
                               .class_names = (const char *const *)passing->labels.names},
                     .rows = shape->rows,
                     .labelled = passing->labels.values != NULL,
                     .name = passing->archived ? passing->member.label
                                               : smi_content_name(passing->content),
                     .from = &source_of_rows,
                     .source = passing};
}

sm_status smi_npy_passing_finish(smi_npy_passing *const passing, smi_content *const content,
                                 const sm_status status, const char *const labels_name,
                                 const smi_npy_labels *const labels, sm_rows **const rows)
{
    if (status != SM_OK) {
        smi_npy_passing_free(passing);
        smi_content_free(content);
        return status;
    }
    if (passing == NULL) {
        return SM_OK;
    }
    passing->content = content;
    passing->labels = *labels;
    const sm_status numbered =
        smi_npy_number_labels(labels_name, passing->shape.rows, &passing->labels);
    if (numbered != SM_OK) {
        smi_npy_passing_free(passing);
        return numbered;
    }
    const sm_rows filled = rows_of(passing);
    return smi_rows_new(&filled, rows);
}
