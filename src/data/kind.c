#include "data/kind.h"

#include "base/status.h"

/* What data of a kind is, and where its labels are that no other file gives. */
typedef struct kind_text {
    const char *name;
    const char *labels; /* NULL: another file may give them */
} kind_text;

static const kind_text texts[] = {
    [SMI_DATA_MADE] = {"made by a generator", "a generator makes them with its rows"},
    [SMI_DATA_MNIST] = {"a set of IDX files", "those of a set lie in its folder"},
    [SMI_DATA_IDX] = {"an IDX file", NULL},
    [SMI_DATA_NPY] = {"an NPY file", NULL},
    [SMI_DATA_NPZ] = {"an NPZ file", NULL},
    [SMI_DATA_LIBSVM] = {"a LIBSVM file", "the lines of a LIBSVM file begin with theirs"},
    [SMI_DATA_TABLE] = {"a text table", "of a text table they are a column"},
    [SMI_DATA_SQLITE] = {"an SQLite database", "of a database they are a column"},
    [SMI_DATA_PICTURES] = {"a set of PNG pictures",
                           "those of pictures are the names of their folders"},
};

static bool has_labels(const sm_open_options *const options)
{
    return options->labels_path != NULL;
}

static bool has_index_base(const sm_open_options *const options)
{
    return options->index_base != SM_INDEX_AUTO;
}

static bool has_ignore_extra(const sm_open_options *const options)
{
    return options->ignore_extra;
}

static bool has_size(const sm_open_options *const options)
{
    return options->image_height > 0;
}

static bool has_colour(const sm_open_options *const options)
{
    return options->colour != SM_COLOUR_AUTO;
}

/* Where there is `like`, it says what columns are. */
static bool has_columns(const sm_open_options *const options)
{
    return options->like == NULL && options->column_count > 0;
}

/* That there is none is true of what is no table, too. */
static bool has_label(const sm_open_options *const options)
{
    return options->like == NULL && options->label != NULL && options->label[0] != '\0';
}

static bool has_weight(const sm_open_options *const options)
{
    return options->like == NULL && options->weight != NULL;
}

static bool has_missing(const sm_open_options *const options)
{
    return options->like == NULL && options->missing != SM_MISSING_INDICATOR;
}

static bool has_delimiter(const sm_open_options *const options)
{
    return options->delimiter != '\0';
}

static bool has_comment(const sm_open_options *const options)
{
    return options->comment != '\0';
}

static bool has_header(const sm_open_options *const options)
{
    return options->header != SM_HEADER_AUTO;
}

static bool has_skip_lines(const sm_open_options *const options)
{
    return options->skip_lines > 0;
}

static bool has_query(const sm_open_options *const options)
{
    return options->query != NULL;
}

/* An option that is given, and the kinds of data it is for. */
typedef struct option_use {
    bool (*is_given)(const sm_open_options *options);
    const char *what;
    unsigned kinds; /* a bit each */
} option_use;

#define KIND(name) (1U << (unsigned)SMI_DATA_##name)
#define ARRAYS (KIND(IDX) | KIND(NPY) | KIND(NPZ))
#define COLUMNS (KIND(TABLE) | KIND(SQLITE))

static const option_use uses[] = {
    {has_labels, "labels in a file of their own are for IDX, NPY and NPZ files", ARRAYS},
    {has_index_base, "where indices begin is said of LIBSVM files", KIND(LIBSVM)},
    {has_ignore_extra, "indices to leave out are those of LIBSVM files", KIND(LIBSVM)},
    {has_size, "a size to resize to is for PNG pictures", KIND(PICTURES)},
    {has_colour, "grey or colour is a choice for PNG pictures", KIND(PICTURES)},
    {has_columns, "columns to choose are those of text tables and SQLite databases", COLUMNS},
    {has_label, "a column with the label is for text tables and SQLite databases", COLUMNS},
    {has_weight, "a column with weights is for text tables and SQLite databases", COLUMNS},
    {has_missing, "a rule for missing values is for text tables and SQLite databases", COLUMNS},
    {has_delimiter, "a delimiter is for text tables", KIND(TABLE)},
    {has_comment, "comments to pass over are those of text tables", KIND(TABLE)},
    {has_header, "whether the first line is a header is said of text tables", KIND(TABLE)},
    {has_skip_lines, "lines to skip are those of text tables", KIND(TABLE)},
    {has_query, "a query is for SQLite databases", KIND(SQLITE)},
};

sm_status smi_check_kind(const char *const data, const smi_data_kind kind,
                         const sm_open_options *const options)
{
    const kind_text *const text = &texts[kind];
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        const option_use *const use = &uses[i];
        if ((use->kinds >> (unsigned)kind & 1U) != 0 || !use->is_given(options)) {
            continue;
        }
        return use->is_given == has_labels
                   ? smi_fail(SM_ERROR_ARGUMENT, "%s: %s; %s", data, use->what, text->labels)
                   : smi_fail(SM_ERROR_ARGUMENT, "%s: %s, and this is %s", data, use->what,
                              text->name);
    }
    return SM_OK;
}
