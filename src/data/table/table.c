#include "data/table/table.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/names.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/labels.h"
#include "data/reading_pool.h"
#include "data/table/columns.h"
#include "data/table/encode.h"
#include "data/table/profile.h"

/* Narrow rows, and those of which more than a quarter is not 0, are stored in full. A sparse entry
 * takes twice the memory of a dense one, and some three times the time. */
enum { SPARSE_SHARE = 4 };

/* All that reading a table makes on the way. */
typedef struct table_reading {
    const sm_open_options *options;
    const sm_shape *like; /* with columns; NULL: the table is learnt from */
    smi_csv *csv;
    smi_pool *pool; /* where they pass, only while they are learnt from; */
    size_t threads; /* then each pass has its own: several may be under way at once */
    smi_table table;
    smi_profile profile;
    smi_vocabulary classes;
    smi_notes notes;
    smi_encoded_rows rows;
    bool sparse;        /* where they pass */
    const char **names; /* of the classes, likewise */
    char *columns;      /* sm_shape's, likewise */
} table_reading;

/* ---- what columns and classes are ---- */

static sm_status open_csv(smi_spool *const spool, const smi_schema *const schema,
                          const sm_open_options *const options, smi_csv **const csv)
{
    smi_csv_options how = {.delimiter = options->delimiter,
                           .comment = options->comment,
                           .header = options->header,
                           .skip_lines = options->skip_lines,
                           .of_query = options->query != NULL};
    /* A row of words must not be taken for a header that the model has never seen. */
    if (schema != NULL && !schema->header && how.header == SM_HEADER_AUTO) {
        how.header = SM_HEADER_NO;
    }
    return smi_csv_open(spool, &how, csv);
}

/* The schema of the model; NULL where the table is to be learnt from. */
static sm_status take_schema(table_reading *const reading, smi_schema **const schema)
{
    const sm_shape *const like = reading->options->like;
    *schema = NULL;
    if (like == NULL || like->columns == NULL) {
        return SM_OK;
    }
    reading->like = like;
    const sm_status status = smi_schema_read(like->columns, "the model's columns", schema);
    if (status == SM_OK && (*schema)->width != like->features) {
        const size_t width = (*schema)->width;
        smi_schema_free(*schema);
        return smi_fail(SM_ERROR_FORMAT,
                        "the model's columns come to %zu features, but it takes %zu", width,
                        like->features);
    }
    return status;
}

static sm_status take_columns(table_reading *const reading, smi_spool *const spool)
{
    const sm_open_options *const options = reading->options;
    smi_schema *schema = NULL;
    sm_status status = take_schema(reading, &schema);
    if (status != SM_OK) {
        smi_spool_free(spool);
        return status;
    }
    status = open_csv(spool, schema, options, &reading->csv);
    if (status != SM_OK) {
        smi_schema_free(schema);
        return status;
    }
    reading->notes.file = smi_csv_file(reading->csv);
    return schema == NULL
               ? smi_columns_choose(reading->csv, options, options->like == NULL, &reading->table)
               : smi_columns_match(reading->csv, schema, options->missing, &reading->notes,
                                   &reading->table);
}

/* Rows that are not learnt from may lack the label; who evaluates on them will miss it. */
static sm_status note_unlabelled(table_reading *const reading)
{
    const smi_profile *const profile = &reading->profile;
    if (profile->unlabelled == 0 || profile->unlabelled == profile->rows) {
        return SM_OK;
    }
    char counted[SMI_COUNTED_SIZE];
    return smi_notes_add(&reading->notes, "%s %s no label, so that none is taken",
                         smi_counted_text(profile->unlabelled, "row", counted),
                         profile->unlabelled == 1 ? "has" : "have");
}

/* The model's classes where there is one, then others that occur, in order. */
static sm_status take_classes(table_reading *const reading)
{
    const sm_shape *const like = reading->like;
    smi_vocabulary *const classes = &reading->classes;
    sm_status status = note_unlabelled(reading);
    bool complete = smi_vocabulary_sort(&reading->profile.labels, true);
    for (size_t c = 0; complete && like != NULL && c < like->classes; c++) {
        char number[24];
        (void)snprintf(number, sizeof number, "%zu", c);
        const char *const name = like->class_names == NULL ? number : like->class_names[c];
        complete = smi_vocabulary_add(classes, name, strlen(name)) != SMI_NO_WORD;
    }
    complete = complete && smi_vocabulary_add_all(classes, &reading->profile.labels);
    if (status == SM_OK && !complete) {
        status = smi_fail_memory("the classes");
    }
    if (status == SM_OK && classes->count > SMI_MAX_CLASSES) {
        status = smi_fail_many_labels(smi_csv_file(reading->csv));
    }
    return status;
}

static bool choose_sparse(const table_reading *const reading)
{
    const smi_schema *const schema = reading->table.schema;
    if (reading->like != NULL) {
        return reading->like->sparse;
    }
    double entries = 0.0;
    for (size_t f = 0; f < schema->feature_count; f++) {
        entries += (double)schema->features[f].entries;
    }
    const double all = (double)reading->profile.rows * (double)schema->width;
    return schema->width > SMI_NARROW_ROWS && entries * SPARSE_SHARE < all;
}

/* ---- the dataset ---- */

/* The names are the vocabulary's. */
static sm_status list_classes(const smi_vocabulary *const classes, const char ***const list)
{
    const char **const names = smi_array(classes->count, sizeof *names);
    if (names == NULL) {
        return smi_fail_memory("the class names");
    }
    for (uint32_t c = 0; c < classes->count; c++) {
        names[c] = smi_vocabulary_word(classes, c);
    }
    *list = names;
    return SM_OK;
}

static sm_status name_classes(const smi_vocabulary *const classes, sm_dataset *const dataset)
{
    const char **names = NULL;
    sm_status status = list_classes(classes, &names);
    if (status == SM_OK) {
        status = sm_dataset_set_class_names(dataset, names);
    }
    smi_free(names);
    return status;
}

/* Its columns' scaling: the model's, or by what was learnt. */
static sm_status scale_columns(const table_reading *const reading, sm_dataset *const dataset)
{
    const sm_shape *const like = reading->like;
    const size_t width = reading->table.schema->width;
    if (like != NULL && like->column_shift == NULL) {
        dataset->shape.shift = like->shift;
        dataset->shape.scale = like->scale;
        return SM_OK;
    }
    float *const columns = smi_array(width, 2 * sizeof *columns);
    if (columns == NULL) {
        return smi_fail_memory("the scaling");
    }
    if (like != NULL) {
        memcpy(columns, like->column_shift, width * sizeof *columns);
        memcpy(columns + width, like->column_scale, width * sizeof *columns);
    } else {
        smi_schema_scaling(reading->table.schema, columns, columns + width);
    }
    smi_dataset_keep_scaling(dataset, columns);
    return SM_OK;
}

/* The arrays become the dataset's. */
static sm_status take_arrays(table_reading *const reading, const bool sparse,
                             sm_dataset **const dataset)
{
    const char *const file = smi_csv_file(reading->csv);
    const size_t features = reading->table.schema->width;
    const smi_encoded_rows rows = reading->rows;
    const size_t classes = rows.labels == NULL ? 0 : reading->classes.count;
    reading->rows = (smi_encoded_rows){.weights = rows.weights};
    const sm_status status = sparse ? smi_dataset_take_csr(file, &rows.csr, reading->profile.rows,
                                                           features, rows.labels, classes, dataset)
                                    : smi_dataset_take(file, SM_F32, rows.x, reading->profile.rows,
                                                       features, rows.labels, classes, dataset);
    if (status == SM_OK && rows.weights != NULL) {
        smi_dataset_keep_weights(*dataset, rows.weights);
        reading->rows.weights = NULL;
    }
    return status;
}

/* As a text within JSON, where quotes and backslashes take two bytes. */
static bool fits_model_file(const char *const text)
{
    size_t size = 0;
    for (const char *at = text; *at != '\0'; at++) {
        size += *at == '"' || *at == '\\' ? 2 : 1;
    }
    return size <= SMI_MOST_DESCRIPTION;
}

static sm_status keep_missing(const table_reading *const reading, sm_dataset *const dataset)
{
    const smi_schema *const schema = reading->table.schema;
    size_t *const missing = smi_array(schema->feature_count, sizeof *missing);
    if (missing == NULL) {
        return smi_fail_memory("what is missing");
    }
    for (size_t f = 0; f < schema->feature_count; f++) {
        missing[f] = (size_t)schema->features[f].missing;
    }
    smi_dataset_keep_missing(dataset, missing, schema->feature_count, reading->profile.dropped);
    return SM_OK;
}

/* The text is to be freed by smi_free(). */
static sm_status describe_columns(const table_reading *const reading, char **const columns)
{
    char *text = NULL;
    const sm_status status = smi_schema_write(reading->table.schema, &text);
    if (status == SM_OK && !fits_model_file(text)) {
        smi_free(text);
        return smi_fail(
            SM_ERROR_DATA,
            "%s: the names and categories of its columns come to more than the %d "
            "MiB of text that a model keeps; --hash and --text-hash keep none of a column's, "
            "--ignore leaves it out",
            smi_csv_file(reading->csv), SMI_MOST_DESCRIPTION >> 20);
    }
    if (status == SM_OK) {
        *columns = text;
    }
    return status;
}

static sm_status describe(table_reading *const reading, sm_dataset *const dataset)
{
    char *columns = NULL;
    sm_status status =
        sm_dataset_has_labels(dataset) ? name_classes(&reading->classes, dataset) : SM_OK;
    if (status == SM_OK) {
        status = scale_columns(reading, dataset);
    }
    if (status == SM_OK) {
        status = keep_missing(reading, dataset);
    }
    if (status == SM_OK) {
        status = describe_columns(reading, &columns);
    }
    if (status == SM_OK) {
        smi_dataset_keep_columns(dataset, columns);
        smi_dataset_keep_notes(dataset, reading->notes.text);
        reading->notes.text = NULL;
    }
    return status;
}

/* What rows and classes there are. */
static sm_status learn(table_reading *const reading)
{
    const sm_status status = smi_profile_make(&reading->table, reading->pool, reading->options,
                                              &reading->notes, &reading->profile);
    return status == SM_OK ? take_classes(reading) : status;
}

static sm_status read_rows(table_reading *const reading, sm_dataset **const dataset)
{
    sm_status status = learn(reading);
    const bool sparse = status == SM_OK && choose_sparse(reading);
    if (status == SM_OK) {
        status = smi_encode(&reading->table, reading->pool, &reading->profile, &reading->classes,
                            sparse, &reading->notes, &reading->rows);
    }
    sm_dataset *created = NULL;
    if (status == SM_OK) {
        status = take_arrays(reading, sparse, &created);
    }
    if (status == SM_OK) {
        status = describe(reading, created);
    }
    if (status != SM_OK) {
        sm_dataset_free(created);
        return status;
    }
    *dataset = created;
    return SM_OK;
}

static sm_status begin(table_reading *const reading, smi_spool *const spool)
{
    const sm_status status = take_columns(reading, spool);
    return status == SM_OK ? smi_reading_pool(reading->options, &reading->pool) : status;
}

static void end(table_reading *const reading)
{
    smi_pool_free(reading->pool);
    smi_csv_free(reading->csv);
    smi_schema_free(reading->table.schema);
    smi_profile_free(&reading->profile);
    smi_vocabulary_free(&reading->classes);
    smi_notes_free(&reading->notes);
    smi_encoded_rows_free(&reading->rows);
    smi_free(reading->names);
    smi_free(reading->columns);
}

sm_status smi_table_read(smi_spool *const spool, const sm_open_options *const options,
                         sm_dataset **const dataset)
{
    table_reading reading = {.options = options};
    sm_status status = begin(&reading, spool);
    if (status == SM_OK) {
        status = read_rows(&reading, dataset);
    }
    end(&reading);
    return status;
}

/* ---- rows that pass ---- */

static sm_status pass_over(void *const source, smi_take_rows *const take, void *const context)
{
    const table_reading *const reading = source;
    smi_pool *pool = NULL;
    sm_status status = smi_pool_create(reading->threads, &pool);
    if (status == SM_OK) {
        status = smi_encode_passing(&reading->table, pool, &reading->profile, &reading->classes,
                                    reading->sparse, take, context);
    }
    smi_pool_free(pool);
    return status;
}

static void free_reading(void *const source)
{
    end(source);
    smi_free(source);
}

static const smi_row_source passing = {.pass = pass_over, .free = free_reading};

static sm_rows rows_of(table_reading *const reading)
{
    const smi_schema *const schema = reading->table.schema;
    const bool labelled = reading->table.label != SMI_NO_COLUMN && reading->profile.unlabelled == 0;
    return (sm_rows){.element = reading->sparse ? SM_CSR : SM_F32,
                     .shape = {.features = schema->width,
                               .classes = labelled ? reading->classes.count : 0,
                               .sparse = reading->sparse,
                               .scale = 1.0F,
                               .class_names = labelled ? reading->names : NULL,
                               .columns = reading->columns},
                     .rows = reading->profile.rows,
                     .labelled = labelled,
                     .weighted = reading->table.weight != SMI_NO_COLUMN,
                     .name = smi_csv_file(reading->csv),
                     .notes = reading->notes.text,
                     .from = &passing,
                     .source = reading};
}

sm_status smi_table_rows(smi_spool *const spool, const sm_open_options *const options,
                         sm_rows **const rows)
{
    table_reading *const reading = smi_array(1, sizeof *reading);
    if (reading == NULL) {
        smi_spool_free(spool);
        return smi_fail_memory("a table");
    }
    *reading = (table_reading){.options = options, .profile = {.passing = true}};
    sm_status status = begin(reading, spool);
    if (status == SM_OK) {
        status = learn(reading);
    }
    if (status == SM_OK) {
        status = list_classes(&reading->classes, &reading->names);
    }
    if (status == SM_OK) {
        status = describe_columns(reading, &reading->columns);
    }
    if (status != SM_OK) {
        free_reading(reading);
        return status;
    }
    reading->sparse = choose_sparse(reading);
    reading->threads = smi_reading_threads(options);
    smi_pool_free(reading->pool);
    reading->pool = NULL;
    reading->options = NULL; /* which do not outlive this call */
    const sm_rows filled = rows_of(reading);
    return smi_rows_new(&filled, rows);
}

bool smi_table_looks_right(const uint8_t *const bytes, const size_t size)
{
    bool separated = false;
    bool lines = false;
    for (size_t i = 0; i < size; i++) {
        const uint8_t byte = bytes[i];
        if (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t') {
            return false;
        }
        lines = lines || byte == '\n';
        separated = separated || (!lines && (byte == ',' || byte == ';' || byte == '\t'));
    }
    return separated;
}
