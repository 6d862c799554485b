/* softmax.h: multiclass classification with probabilities.
 *
 * The whole of it, from labelled data to a tested model:
 *
 *     sm_dataset *train = NULL, *test = NULL;
 *     sm_model   *model = NULL;
 *     sm_metrics  metrics;
 *
 *     CHECK(sm_dataset_open("mnist:train", &train));
 *     CHECK(sm_dataset_open("mnist:test", &test));
 *
 *     sm_train_options options = sm_train_options_default();
 *     options.solver = SM_SOLVER_SGD;
 *     options.learning_rate = 0.5;
 *     options.batch_size = 100;
 *     options.max_steps = 1000;
 *
 *     CHECK(sm_model_create(sm_dataset_shape(train), &model));   // softmax regression
 *     CHECK(sm_train(model, train, test, &options, NULL));
 *     CHECK(sm_evaluate(model, test, &metrics));
 *     printf("test accuracy %.4f\n", metrics.accuracy);
 *
 *     sm_model_free(model), sm_dataset_free(test), sm_dataset_free(train);
 *
 * where CHECK looks at the status and prints sm_error_message().
 *
 * Contents
 *     1. Version            4. Models             7. The mathematics on small arrays
 *     2. Status and errors  5. Training
 *     3. Data               6. Evaluating and predicting
 *
 * Rules that hold for every function here
 *   - What can fail returns sm_status; results come through pointers, which are written only on
 *     SM_OK unless the comment says otherwise. Pointers must not be NULL unless the comment says
 *     they may; the check for it is made and answered with SM_ERROR_ARGUMENT.
 *   - The library never exits, aborts, prints, or touches locale and signals.
 *   - Matrices are dense and row-major. `x: rows × features` has x[row * features + feature].
 *   - A handle may be used by one thread at a time; functions that take it as const may run
 *     at once from any number of threads. Different handles are independent.
 *   - ..._free(NULL) does nothing.
 */
#ifndef SOFTMAX_H
#define SOFTMAX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define SM_API __attribute__((visibility("default")))
#define SM_MUST_USE __attribute__((warn_unused_result))
#else
#define SM_API
#define SM_MUST_USE
#endif

/* ---- 1. Version -------------------------------------------------------------------------- */

#define SM_VERSION_MAJOR 0
#define SM_VERSION_MINOR 1
#define SM_VERSION_PATCH 0
#define SM_VERSION_STRING "0.1.0"

SM_API const char *sm_version(void); /* the library's own, to compare with SM_VERSION_STRING */
SM_API const char *sm_isa(void);     /* the instruction set its kernels use here: "avx512", …; ""
                                        when SOFTMAX_ISA names one that this machine lacks */

/* ---- 2. Status and errors ---------------------------------------------------------------- */

typedef enum sm_status {
    SM_OK = 0,
    SM_ERROR_ARGUMENT, /* the call is wrong: a NULL, an option out of range, an unknown name */
    SM_ERROR_MEMORY,   /* memory ran out, or a size does not fit the address space */
    SM_ERROR_IO,       /* the operating system refused: no such file, no space left, … */
    SM_ERROR_FORMAT,   /* a file's bytes are not what they claim to be */
    SM_ERROR_DATA,     /* well-formed data that cannot be used so: one class, other widths, … */
    SM_ERROR_DIVERGED  /* training: the loss stopped being a finite number */
} sm_status;

SM_API const char *sm_status_name(sm_status status); /* "SM_OK", …; never NULL */

/* What went wrong in the last call of this thread that did not return SM_OK, with file, line or
 * byte where there is one. Never NULL; valid until the next failing call of the same thread. */
SM_API const char *sm_error_message(void);

/* ---- 3. Data ----------------------------------------------------------------------------- */

#define SM_MOST_CLASSES 65536 /* of data and models */

/* Labelled examples: a matrix x of rows × features with a class, or a distribution over the
 * classes, for each row. Bytes are kept as bytes. A dataset may also have no labels: it can then
 * be predicted, but not trained or evaluated on. */
typedef struct sm_dataset sm_dataset;

typedef enum sm_element {
    SM_U8,    /* bytes */
    SM_F32,   /* floats */
    SM_CSR    /* floats, and only those that are not zero: compressed sparse rows */
} sm_element; /* how x is stored */

/* What the first column is called in a LIBSVM file. */
typedef enum sm_index_base {
    SM_INDEX_AUTO,     /* not known. In a file: 1, unless an index 0 occurs in it */
    SM_INDEX_FROM_ONE, /* as the format has it */
    SM_INDEX_FROM_ZERO
} sm_index_base;

/* Whether pictures are grey or in colour. */
typedef enum sm_colour {
    SM_COLOUR_AUTO, /* as their files are: grey when all of them are */
    SM_COLOUR_GREY,
    SM_COLOUR_RGB
} sm_colour;

/* What a model has to know of the data it is made for. */
typedef struct sm_shape {
    size_t features;                /* columns of x, 1 or more */
    size_t classes;                 /* 2 or more for a model */
    size_t image_height;            /* pictures: height × width = features when grey; × 3 in */
    size_t image_width;             /* colour, a pixel's red, green, blue; other data: both 0 */
    bool image_resize;              /* pictures of other sizes are brought to this one */
    bool sparse;                    /* most of x is 0: SM_CSR; rows of any kind work all the same */
    float shift;                    /* a model sees (x − shift) · scale; */
    float scale;                    /* u8: 0 and 1/255, else: 0 and 1, unless set otherwise */
    const float *column_shift;      /* one a feature in the place of `shift`, then 0, or NULL; */
    const float *column_scale;      /* likewise for `scale`, then 1; borrowed */
    const char *const *class_names; /* `classes` names, or NULL for "0", "1", …; borrowed */
    sm_index_base index_base;       /* of the LIBSVM files that go with it */
    const char *columns;            /* what the columns of tables that go with it become, as JSON:
                                       docs/model-format.md; NULL: not known; borrowed */
} sm_shape;

/* Opens what the program's DATA argument means; the training part where there are two parts.
 *   "mnist", "mnist:train", "mnist:test", "fashion-mnist…"   from $SOFTMAX_DATA/<name>, else from
 *                                                            <user's cache folder>/softmax/<name>
 *   "digits", "blobs:n=2000,std=1.0,seed=30", "circles:test,classes=3", "moons",
 *   "spirals"                                                generated
 *   "folder", "folder:test"       a folder with MNIST's four IDX files, each raw or gzip
 *   "images-idx3-ubyte.gz"        an IDX file; labels are looked for beside it
 *   "x.npy"                       a NumPy array of numbers, the first dimension rows; labels,
 *                                 numbers or text, in y.npy beside it, y_train.npy beside
 *                                 x_train.npy, NAME_labels.npy beside NAME.npy
 *   "set.npz", "set.npz:test"     a NumPy archive: x_train, y_train, x_test, y_test; or x or X and
 *                                 y, data and target or labels, …; or what SciPy saves of sparse
 *                                 rows, which gives SM_CSR, and y
 *   "a9a", "a9a.t.gz", "x.svm"    a LIBSVM file, "label index:value index:value …" a line; gives
 *                                 SM_CSR. The classes are the distinct labels, ascending
 *   "penguins.csv", "x.tsv"       a text table, as the default of sm_open_options has it
 *   "penguins.db"                 an SQLite database with one table
 *   "pictures", "pictures:test"   a folder with a folder of PNG pictures for each class, named as
 *                                 it is; with parts where they lie in folders `train` and `test`
 *   "unknown", "digit.png"        a folder of PNG pictures, or just one: rows without labels
 *   "-"                           standard input, one of these files
 * Classes and pictures come in the order of their names' bytes. Pictures are bytes, grey or RGB
 * (see sm_colour); what is transparent shows white. A file may be gzip. What it is, its first
 * bytes tell, or else its name.
 * Bytes and floats of NPY files, and of NPZ files that are neither compressed nor misaligned, are
 * used where they lie, mapped into memory, and may be many times as large as that. Such a file must
 * not become shorter while its dataset lives: whoever reads what is gone gets SIGBUS, on whatever
 * thread that is, and ends there unless the program handles it. */
SM_API SM_MUST_USE sm_status sm_dataset_open(const char *data, sm_dataset **dataset);

/* The same, but the test part. *dataset is NULL, with SM_OK, when `data` has no parts, or names
 * one itself. */
SM_API SM_MUST_USE sm_status sm_dataset_open_test(const char *data, sm_dataset **dataset);

/* Whether the first line of a text table names its columns. */
typedef enum sm_header {
    SM_HEADER_AUTO, /* yes, if none of its cells is a number, and either all have text, no two the
                       same, or there is a number below one of them */
    SM_HEADER_YES,
    SM_HEADER_NO
} sm_header;

/* What becomes of a column of a text table. */
typedef enum sm_column_kind {
    SM_COLUMN_NUMERIC,     /* its numbers, and perhaps a 0/1 feature for cells without one */
    SM_COLUMN_CATEGORICAL, /* a 0/1 feature for each of its texts */
    SM_COLUMN_IGNORE,      /* nothing */
    SM_COLUMN_HASH,        /* 2^size 0/1 features, to which texts go by their hash */
    SM_COLUMN_BUCKETS,     /* a 0/1 feature for each of `size` ranges of its numbers, with about as
                              many rows in each; fewer where many numbers are the same */
    SM_COLUMN_CROSS,       /* several columns: 2^size 0/1 features, to which combinations of their
                              texts, or for SM_COLUMN_BUCKETS of ranges, go by their hash. The
                              columns become features of their own, too */
    SM_COLUMN_TEXT         /* a feature for each term of its texts: sm_text_options */
} sm_column_kind;

typedef struct sm_column {
    const char *name; /* from the first line, or a number: from 1, or negative from the end;
                         SM_COLUMN_CROSS: 2 to 8 of them, a comma between */
    sm_column_kind kind;
    size_t size; /* SM_COLUMN_HASH, _CROSS: bits, 1 to 24; SM_COLUMN_BUCKETS: ranges, 2 to 10,000 */
} sm_column;

/* How often a term occurs in a text is count; how many of the rows of the training data have it,
 * texts. */
typedef enum sm_text_weighting {
    SM_TEXT_TFIDF, /* (1 + ln count) · (ln((1 + rows) / (1 + texts)) + 1), and each text scaled to a
                      sum of squares of 1, which the shape's column_scale makes 9 */
    SM_TEXT_COUNTS /* count */
} sm_text_weighting;

/* How texts become features. Their words are runs of two or more letters, digits and underscores,
 * in lower case. */
typedef struct sm_text_options {
    size_t least_words;          /* of a term: 1 or more, default 1 */
    size_t most_words;           /* up to 8; default 1 */
    sm_text_weighting weighting; /* default SM_TEXT_TFIDF */
    size_t least_rows; /* what occurs in fewer rows is no term; 1 or more, default 2; not looked at
                          with */
    size_t hash_bits;  /* up to 24: terms are not listed but share 2^hash_bits features by their
                          hash, half of them with a negative sign; default 0: they are listed */
} sm_text_options;

/* What becomes of cells without a value: empty ones, and NA, N/A, n/a, #N/A, <NA>, NaN, nan,
 * null, NULL, None and ? without quotes. Categories that have some get one more 0/1 feature for
 * them, unless the rule is one of the last two. */
typedef enum sm_missing {
    SM_MISSING_INDICATOR, /* the mean of the column's numbers, and a 0/1 feature that tells */
    SM_MISSING_MEAN,      /* the mean */
    SM_MISSING_ERROR,     /* it is an error */
    SM_MISSING_DROP       /* the row is left out; of later data, only where that is asked for again,
                             and else it is as SM_MISSING_ERROR */
} sm_missing;

/* How data is to be opened that must fit other data, or says too little about itself. What says
 * something of another kind of data than what is opened is an SM_ERROR_ARGUMENT. */
typedef struct sm_open_options {
    bool test_part;          /* as sm_dataset_open_test() does; default false */
    const char *labels_path; /* an IDX or NPY file with the labels of an IDX, NPY or NPZ file;
                                default NULL: those in it or beside it */
    const sm_shape *like; /* the shape of the model, or of the training data, that the data is for.
                             A LIBSVM file then has its number of features, and its index base;
                             default NULL: the largest index decides */
    bool ignore_extra;    /* leave features out that `like` does not have, instead of failing with
                             SM_ERROR_DATA; default false */
    sm_index_base index_base; /* of a LIBSVM file; default SM_INDEX_AUTO: as in `like` where that
                                 knows it */
    size_t threads; /* that read text and pictures, 1 … 256; default 0: one for each processor this
                       process may run on. The data is the same for any number */
    size_t image_height; /* PNG pictures are brought to this size, 1 … 16384 a side, by the areas
                            they cover where they shrink, else bilinearly; */
    size_t image_width;  /* default both 0: all must have one size, that of `like` if it is of
                            pictures, which also says whether others are resized */
    sm_colour colour;    /* of PNG pictures; default SM_COLOUR_AUTO: as in `like` if it is of
                            pictures */

    /* Of a text table. Where `like` has columns, what they are is known, and these six are not
     * looked at, but for one value of `missing`. */
    const sm_column *columns; /* column_count of them; what others are, their cells tell: numeric,
                                 if all that have a value are finite numbers; left out, if there
                                 are many and nearly each has a text of its own; or categorical */
    size_t column_count;
    const char *label; /* the label's column, by name or number; default NULL: the one called label,
                          class, target or y, in any case; "": there is none */
    const char *weight;   /* likewise of the rows' weights, which are above 0; default NULL: none */
    sm_missing missing;   /* default SM_MISSING_INDICATOR. With `like` SM_MISSING_DROP is looked at:
                             where that was its rule, rows are left out as they were then */
    sm_text_options text; /* of SM_COLUMN_TEXT; defaults as above */
    char delimiter;       /* between cells; default 0: the one of , ; and tab that the first lines
                             agree on */
    char comment;         /* lines that begin with it are passed over; default 0: none are */
    sm_header header;     /* default SM_HEADER_AUTO; where `like` has columns without names: no */
    size_t skip_lines;    /* to pass over at the beginning; default 0 */
    const char *query;    /* of an SQLite database: the SELECT whose result is the table; default
                             NULL: all of its only table or view */
} sm_open_options;

SM_API sm_open_options sm_open_options_default(void);

/* options NULL: the default. */
SM_API SM_MUST_USE sm_status sm_dataset_open_with(const char *data, const sm_open_options *options,
                                                  sm_dataset **dataset);

/* Opens a pair of IDX files (raw or gzip). labels_path NULL: no labels. features_path "-" reads
 * standard input. Elements: u8 stays u8; i8, i16, i32, f32 and f64 become f32. The classes are
 * the distinct labels, ascending, and named by their decimal text. The labels may also be an NPY
 * file. */
SM_API SM_MUST_USE sm_status sm_dataset_open_idx(const char *features_path, const char *labels_path,
                                                 sm_dataset **dataset);

/* Wrap arrays of the caller's, which are not copied and must outlive the dataset and every part
 * split off it. x: rows × features. labels: one class index below `classes` a row, or NULL.
 * classes: 1 … SM_MOST_CLASSES, without labels too. Fails with SM_ERROR_DATA on a label out of
 * range or, for f32, a value that is not finite. */
SM_API SM_MUST_USE sm_status sm_dataset_borrow_u8(const uint8_t *x, size_t rows, size_t features,
                                                  const int32_t *labels, size_t classes,
                                                  sm_dataset **dataset);
SM_API SM_MUST_USE sm_status sm_dataset_borrow_f32(const float *x, size_t rows, size_t features,
                                                   const int32_t *labels, size_t classes,
                                                   sm_dataset **dataset);

/* Wraps compressed sparse rows likewise: row r has the entries row_starts[r] … row_starts[r + 1] −
 * 1 of values and columns; row_starts: rows + 1, from 0, ascending; columns below `features`,
 * ascending and distinct within a row, or it fails with SM_ERROR_DATA. features < 2³². */
SM_API SM_MUST_USE sm_status sm_dataset_borrow_csr(const float *values, const uint32_t *columns,
                                                   const size_t *row_starts, size_t rows,
                                                   size_t features, const int32_t *labels,
                                                   size_t classes, sm_dataset **dataset);

/* Gives each row a distribution over the classes instead of one class.
 * targets: rows × classes, one-hot or soft, finite, ≥ 0, each row summing to 1; borrowed as above.
 * Not for a dataset split off another. */
SM_API SM_MUST_USE sm_status sm_dataset_set_targets(sm_dataset *dataset, const float *targets);

/* Gives each row a weight in training: `rows` finite numbers > 0, borrowed as above. Only their
 * ratios count: training scales them to a mean of 1. Not for a dataset split off another. */
SM_API SM_MUST_USE sm_status sm_dataset_set_weights(sm_dataset *dataset, const float *weights);

/* States that each row is a picture; height × width must be the number of features, or a third of
 * it: pictures in colour. */
SM_API SM_MUST_USE sm_status sm_dataset_set_image_shape(sm_dataset *dataset, size_t height,
                                                        size_t width);

/* Names the classes: `classes` distinct non-empty names, copied. What names there were is not valid
 * any more; refused with SM_ERROR_ARGUMENT while another dataset is a part of this one, or it of
 * another. */
SM_API SM_MUST_USE sm_status sm_dataset_set_class_names(sm_dataset *dataset,
                                                        const char *const *names);

typedef struct sm_split_options {
    size_t held_out; /* rows of the second part, 1 … rows − 1; 0: as held_out_share says */
    bool stratify;   /* keep the classes' shares in both parts, to a row; default false */
    uint64_t seed;   /* of the random choice of rows; default 0 */
    double held_out_share; /* where held_out is 0: above 0, below 1; default 0 */
} sm_split_options;

SM_API sm_split_options sm_split_options_default(size_t held_out);

/* Splits into two parts that share the rows of `dataset` without copying them; all three are
 * freed independently, in any order. Both parts keep the order of the rows, and all classes. */
SM_API SM_MUST_USE sm_status sm_dataset_split(const sm_dataset *dataset,
                                              const sm_split_options *options, sm_dataset **first,
                                              sm_dataset **second);

/* Splits a text table likewise into two files, each with the header: records are copied as they
 * stand. To stratify there must be a label, and its distinct texts are the classes. path "-":
 * standard input. options: how the table is read; NULL: the default. rows: of either part; NULL:
 * not wanted. The files appear whole and both, or not at all. */
SM_API SM_MUST_USE sm_status sm_table_split(const char *path, const sm_open_options *options,
                                            const sm_split_options *split, const char *first_path,
                                            const char *second_path, size_t rows[2]);

typedef struct sm_fold_options {
    size_t folds;  /* 2 … rows */
    bool stratify; /* spread each class evenly, to a row; default true */
    uint64_t seed; /* of the random choice of rows; default 0 */
} sm_fold_options;

SM_API sm_fold_options sm_fold_options_default(size_t folds);

/* Splits likewise, for cross-validation: of the equal parts, to a row, that the rows are cut into,
 * `fold` (from 0) is held out. Over all folds each row is held out once. */
SM_API SM_MUST_USE sm_status sm_dataset_fold(const sm_dataset *dataset,
                                             const sm_fold_options *options, size_t fold,
                                             sm_dataset **rest, sm_dataset **held_out);

/* Writes features and labels (labels_path NULL: none) as IDX files: idx3 for grey pictures, idx2
 * otherwise; u8 or f32 as stored. SM_ERROR_DATA with soft targets, weights or colour pictures. Not
 * for SM_CSR. The files appear whole and both, or not at all. */
SM_API SM_MUST_USE sm_status sm_dataset_save_idx(const sm_dataset *dataset,
                                                 const char *features_path,
                                                 const char *labels_path);

/* Writes features and labels (labels_path NULL: none) as NPY files for NumPy: x rows × features or,
 * of pictures, rows × height × width, and × 3 where they have colour, u8 or f32 as stored; y 64-bit
 * integers where that is what the classes are named by, else text. SM_ERROR_DATA with soft
 * targets or weights. Not for SM_CSR. The files appear whole and both, or not at all. */
SM_API SM_MUST_USE sm_status sm_dataset_save_npy(const sm_dataset *dataset,
                                                 const char *features_path,
                                                 const char *labels_path);

/* Writes the same two, y where there are labels, into one NPZ file, uncompressed and aligned, so
 * that it can be used without being read into memory. SM_CSR becomes what scipy.sparse.load_npz()
 * reads. SM_ERROR_DATA with soft targets or weights. */
SM_API SM_MUST_USE sm_status sm_dataset_save_npz(const sm_dataset *dataset, const char *path);

/* Write a text file that appears whole or not at all. Numbers have the digits that bring the same
 * float back. Of soft targets the likeliest class is written.
 *   libsvm  entries that are not 0, counted from 1 unless shape.index_base says otherwise. Where
 *           no row has one in the last column, the first row gets a 0 there, which keeps the width.
 *           SM_ERROR_DATA without labels, with weights, or with a class name that is no integer
 *   csv     columns x1, x2, …, weight where rows have weights, label where they have labels;
 *           delimiter: a comma, a semicolon or a tab */
SM_API SM_MUST_USE sm_status sm_dataset_save_libsvm(const sm_dataset *dataset, const char *path);
SM_API SM_MUST_USE sm_status sm_dataset_save_csv(const sm_dataset *dataset, const char *path,
                                                 char delimiter);

SM_API void sm_dataset_free(sm_dataset *dataset);

/* Data on its way from its source to a file of another kind. Of text tables, SQLite databases,
 * LIBSVM and IDX files, NumPy's arrays and folders of pictures only some blocks are in memory at a
 * time, however large they are; what is mapped is read as it passes. */
typedef struct sm_rows sm_rows;

/* As sm_dataset_open_with(). Text is gone through once to learn what its rows will be, and again
 * whenever they are saved. Data that is to be `like` other data is held. */
SM_API SM_MUST_USE sm_status sm_rows_open(const char *data, const sm_open_options *options,
                                          sm_rows **rows);

/* The rows of a dataset as it is now; arrays that it borrows must outlive them, it need not. */
SM_API SM_MUST_USE sm_status sm_rows_of(const sm_dataset *dataset, sm_rows **rows);
SM_API void sm_rows_free(sm_rows *rows); /* NULL is accepted */

/* As of datasets. */
SM_API sm_shape sm_rows_shape(const sm_rows *rows); /* names: valid while they live */
SM_API size_t sm_rows_count(const sm_rows *rows);
SM_API bool sm_rows_have_labels(const sm_rows *rows);
SM_API const char *sm_rows_notes(const sm_rows *rows);
SM_API SM_MUST_USE sm_status sm_rows_set_class_names(sm_rows *rows, const char *const *names);

/* Write what the functions of the same names write of a dataset, byte for byte. A file that changes
 * meanwhile is an error. */
SM_API SM_MUST_USE sm_status sm_rows_save_idx(const sm_rows *rows, const char *features_path,
                                              const char *labels_path);
SM_API SM_MUST_USE sm_status sm_rows_save_npy(const sm_rows *rows, const char *features_path,
                                              const char *labels_path);
SM_API SM_MUST_USE sm_status sm_rows_save_npz(const sm_rows *rows, const char *path);
SM_API SM_MUST_USE sm_status sm_rows_save_libsvm(const sm_rows *rows, const char *path);
SM_API SM_MUST_USE sm_status sm_rows_save_csv(const sm_rows *rows, const char *path,
                                              char delimiter);

/* Looking at a dataset; none of these accepts NULL. Names are valid until it is freed, or its
 * classes are named anew. */
SM_API sm_shape sm_dataset_shape(const sm_dataset *dataset);
SM_API size_t sm_dataset_rows(const sm_dataset *dataset);
SM_API sm_element sm_dataset_element(const sm_dataset *dataset);
SM_API bool sm_dataset_has_labels(const sm_dataset *dataset);

/* What a user should know of how the data was read, a line each, each with its newline: categories
 * that the model has not seen, columns and rows left out. "": nothing. Valid while it lives. */
SM_API const char *sm_dataset_notes(const sm_dataset *dataset);

/* Of a table, before it was split: rows that have no value for a feature (its place among those of
 * shape.columns), left out or not; and rows that were left out for want of any. 0 for other data
 * and for texts, where nothing is missing. */
SM_API size_t sm_dataset_missing(const sm_dataset *dataset, size_t feature);
SM_API size_t sm_dataset_left_out(const sm_dataset *dataset);

/* What a row is called, for people: of folders of pictures its file, with the class folder before
 * it where there are such. NULL for other data, and when row ≥ rows. It need not be UTF-8. */
SM_API const char *sm_dataset_row_name(const sm_dataset *dataset, size_t row);

/* The class index of a row (of soft targets: the first largest); −1 without labels, or when
 * row ≥ rows. */
SM_API int32_t sm_dataset_label(const sm_dataset *dataset, size_t row);

/* Copies one row as stored, unscaled. values: `features` floats. */
SM_API SM_MUST_USE sm_status sm_dataset_row(const sm_dataset *dataset, size_t row, float *values);

/* The entries of one row of SM_CSR: `count` values and their columns, ascending; valid while the
 * dataset lives. Fails with SM_ERROR_ARGUMENT for other data. */
SM_API SM_MUST_USE sm_status sm_dataset_row_entries(const sm_dataset *dataset, size_t row,
                                                    const float **values, const uint32_t **columns,
                                                    size_t *count);

/* ---- 4. Models --------------------------------------------------------------------------- */

/* A classifier of dense layers, outputs = f(inputs · kernel + bias): the first takes features as
 * (x − shift) · scale, the last gives the logits, and probabilities = softmax(logits), where a
 * calibrated model divides its logits by a temperature first.
 * With the last alone it is softmax regression, with hidden layers before it a network.
 * kernel: inputs × outputs, bias: outputs. */
typedef struct sm_model sm_model;

typedef enum sm_init {
    SM_INIT_ZEROS,   /* all that softmax regression needs: it is convex. In a network the units
                        of a layer would stay the same */
    SM_INIT_UNIFORM, /* kernel uniform in [0, 1), bias 0 */
    SM_INIT_GLOROT,  /* kernel uniform in ±sqrt(6 / (inputs + outputs)), bias 0; Glorot and
                        Bengio, "Understanding the difficulty of training deep feedforward
                        neural networks", AISTATS 2010 */
    SM_INIT_GLOROT_NORMAL, /* the same with normal numbers of variance 2 / (inputs + outputs) */
    SM_INIT_HE             /* kernel normal with variance 2 / inputs, bias 0; He et al., "Delving
                              deep into rectifiers", ICCV 2015 */
} sm_init;

/* f, number by number. */
typedef enum sm_activation {
    SM_LINEAR,     /* z */
    SM_RELU,       /* max(z, 0) */
    SM_LEAKY_RELU, /* z, where negative 0.01 · z */
    SM_GELU,       /* z · Φ(z), Φ: the normal distribution's; Hendrycks and Gimpel, 2016 */
    SM_TANH,
    SM_SIGMOID /* 1 / (1 + exp(−z)) */
} sm_activation;

SM_API const char *sm_activation_name(sm_activation activation); /* "linear", "relu", "leaky-relu",
                                                                    …; NULL: none such */

/* A hidden layer. */
typedef struct sm_layer {
    size_t units; /* outputs, 1 or more */
    sm_activation activation;
    double dropout; /* the share of outputs left out in training, the rest divided by 1 − dropout;
                       0 … below 1; Srivastava et al., JMLR 2014 */
} sm_layer;

SM_API sm_layer sm_layer_default(size_t units); /* relu, no dropout */

/* Creates softmax regression for data of this shape, with all parameters 0. */
SM_API SM_MUST_USE sm_status sm_model_create(sm_shape shape, sm_model **model);

/* Puts a hidden layer before the output layer, and begins anew: parameters are then those of
 * SM_INIT_GLOROT with seed 0. At most 999 hidden layers. */
SM_API SM_MUST_USE sm_status sm_model_add_layer(sm_model *model, const sm_layer *layer);

/* Scales each feature to mean 0 and variance 1 over the rows of `dataset`, as part of the model:
 * the data stay as they are, bytes stay bytes, zeros stay zeros. A constant column is shifted to 0.
 * Meant for before training: the parameters keep their values, for features scaled so. */
SM_API SM_MUST_USE sm_status sm_model_standardize(sm_model *model, const sm_dataset *dataset);

/* Sets the parameters as `init` says; the same seed gives the same parameters everywhere, each
 * layer drawing from a random stream of its own, row after row. What is known of the model's
 * training is forgotten. */
SM_API SM_MUST_USE sm_status sm_model_initialize(sm_model *model, sm_init init, uint64_t seed);

/* Model files are safetensors files, described in docs/model-format.md. Saving replaces `path` at
 * once or, on failure, leaves it as it was. Loading believes no byte of the file unchecked. */
SM_API SM_MUST_USE sm_status sm_model_save(const sm_model *model, const char *path);
SM_API SM_MUST_USE sm_status sm_model_load(const char *path, sm_model **model);

SM_API void sm_model_free(sm_model *model);

/* Looking at a model; none of these accepts NULL. What they point to is valid while it lives. */
SM_API sm_shape sm_model_shape(const sm_model *model);
SM_API size_t sm_model_parameter_count(const sm_model *model);
SM_API size_t sm_model_layer_count(const sm_model *model); /* dense layers, output included: 1 in
                                                              softmax regression */

/* One dense layer. */
typedef struct sm_layer_info {
    const char *name; /* "dense_0", …, as in the model's file; NULL: there is no such layer */
    size_t inputs;
    size_t outputs;
    sm_activation activation; /* output layer: SM_LINEAR */
    double dropout;           /* output layer: 0 */
    size_t parameters;        /* (inputs + 1) · outputs */
} sm_layer_info;

/* index: in the order in which data goes through, from 0. The name is valid until a layer is added.
 */
SM_API sm_layer_info sm_model_layer_info(const sm_model *model, size_t index);

/* How it was trained, as the text of one JSON object; "" for a model that was not. */
SM_API const char *sm_model_training(const sm_model *model);

/* What the logits are divided by before anybody sees them: 1, unless sm_model_calibrate() found, or
 * a caller set, something else in the range. A higher temperature makes the model less sure of the
 * same classes. Training does not look at it, and whatever changes the parameters, training
 * included, sets it back to 1, as it was fitted to those there were. */
#define SM_LEAST_TEMPERATURE 1e-6
#define SM_MOST_TEMPERATURE 1e6

SM_API double sm_model_temperature(const sm_model *model);
SM_API SM_MUST_USE sm_status sm_model_set_temperature(sm_model *model, double temperature);

/* Copies the parameters of one layer out or in; layer: its index. kernel: inputs × outputs, in the
 * first layer for scaled features; bias: outputs. Setting fails with SM_ERROR_DATA when a value is
 * not finite, and forgets what is known of the training. */
SM_API SM_MUST_USE sm_status sm_model_get_parameters(const sm_model *model, size_t layer,
                                                     float *kernel, float *bias);
SM_API SM_MUST_USE sm_status sm_model_set_parameters(sm_model *model, size_t layer,
                                                     const float *kernel, const float *bias);

/* ---- 5. Training ------------------------------------------------------------------------- */

/* What is minimised: mean over rows of the cross-entropy, plus l1 · ‖kernel‖₁ + l2/2 · ‖kernel‖².
 * Same data, options and instruction set give the same bits for any number of threads. */
typedef enum sm_solver {
    SM_SOLVER_AUTO, /* one of the next two, as the problem suggests, or for networks adam; the
                       summary says which */

    /* On all rows; a step is an epoch. */
    SM_SOLVER_LBFGS,     /* limited-memory BFGS: Nocedal and Wright, "Numerical Optimization", 7.2;
                            with l1 proximal: Lee, Sun and Saunders, SIAM J. Optim. 2014; or,
                            on wide sparse data, OWL-QN: Andrew and Gao, ICML 2007 */
    SM_SOLVER_NEWTON_CG, /* Newton's method by conjugate gradients: the same book, 7.1; not for l1
                          */
    SM_SOLVER_GD,        /* gradient descent */

    /* On minibatches. */
    SM_SOLVER_SGD,     /* stochastic gradient descent */
    SM_SOLVER_ADAM,    /* Kingma and Ba, ICLR 2015 */
    SM_SOLVER_ADAMW,   /* the same with decoupled decay: Loshchilov and Hutter, ICLR 2019 */
    SM_SOLVER_ADAGRAD, /* Duchi, Hazan and Singer, JMLR 2011 */
    SM_SOLVER_FTRL     /* FTRL-proximal, per coordinate: McMahan et al., KDD 2013 */
} sm_solver;

SM_API const char *sm_solver_name(sm_solver solver); /* "auto", "lbfgs", …; NULL: no such solver */

/* How the cross-entropy of a row is taken. */
typedef enum sm_loss {
    SM_LOSS_FROM_LOGITS, /* −Σ target · log softmax(logits), whatever the logits are: the one to use
                          */
    SM_LOSS_FROM_PROBABILITIES /* −Σ target · log p, the probabilities p in float and clipped to
                                  [1e-7, 1 − 1e-7], as of a network whose last layer is softmax:
                                  the one to compare with. It is never above 16.118, and a p that is
                                  clipped has no gradient (docs/numerics.md, 5) */
} sm_loss;

/* How the learning rate changes from step to step; t counts them from 0. */
typedef enum sm_schedule {
    SM_SCHEDULE_CONSTANT,
    SM_SCHEDULE_STEP,   /* · decay_rate^⌊t / decay_steps⌋ */
    SM_SCHEDULE_COSINE, /* · half a cosine wave from 1 to decay_rate, at decay_steps and after;
                           Loshchilov and Hutter, "SGDR", ICLR 2017, without restarts */
    SM_SCHEDULE_INVERSE_TIME /* · 1 / (1 + decay_rate · t / decay_steps); Robbins and Monro, 1951 */
} sm_schedule;

#define SM_UNLIMITED SIZE_MAX /* max_steps, patience: no limit */
#define SM_AUTO SIZE_MAX      /* max_epochs, decay_steps: as is usual for the choice made */
#define SM_AUTO_RATE (-1.0)   /* learning_rate, decay_rate: likewise */

/* Where training stands, after a step. */
typedef struct sm_progress {
    size_t step;            /* steps done, from 1 */
    size_t epoch;           /* the epoch the step belongs to, from 1 */
    size_t planned_steps;   /* where the limits will stop it at the latest; SM_UNLIMITED: nowhere */
    bool epoch_ended;       /* the step was its epoch's last */
    double loss;            /* mean cross-entropy of the step's rows, without penalty, before it */
    double accuracy;        /* share of the step's rows classified right, before it */
    double gradient_norm;   /* before it, relative to where it is measured from: see tolerance;
                               minibatches: NaN */
    double validation_loss; /* after the step, when epoch_ended and there is validation */
    double validation_accuracy; /* data; otherwise NaN */
    double seconds;             /* in the solver so far, without validation */
    sm_solver solver;           /* the one used; never SM_SOLVER_AUTO */
    size_t steps_per_epoch;     /* 1 for solvers on all rows */
    double epoch_loss;       /* mean over the epoch's rows so far of the loss before their step */
    double epoch_accuracy;   /* likewise */
    double learning_rate;    /* of the step; lbfgs, newton-cg: NaN */
    const float *parameters; /* after the step: the kernels of all layers, in order, then their
                                biases, each as in sm_model_get_parameters(); valid during the
                                call */
} sm_progress;

/* Called after each step, on the thread that called sm_train. Returning false stops training
 * there, as if a limit had been reached. */
typedef bool sm_progress_callback(const sm_progress *progress, void *user);

typedef struct sm_train_options {
    sm_solver solver;     /* default SM_SOLVER_AUTO */
    double learning_rate; /* gd and minibatches: > 0, or SM_AUTO_RATE, the default: gd, sgd,
                             adagrad 0.1, adam, adamw 0.001, ftrl 0.2 */
    sm_schedule schedule; /* gd and minibatches; default SM_SCHEDULE_CONSTANT */
    size_t decay_steps;   /* schedule: 1 or more, or SM_AUTO, the default: step a third of the
                             planned steps, cosine all of them, inverse-time an epoch's */
    double decay_rate;    /* schedule: ≥ 0, step and cosine ≤ 1, or SM_AUTO_RATE, the default:
                             step 0.1, cosine 0, inverse-time 1 */
    double momentum;      /* sgd: 0 … below 1; default 0. Velocity v ← momentum · v + gradient,
                             step −learning_rate · v, as in Sutskever et al., ICML 2013 */
    bool nesterov;        /* sgd: step along gradient + momentum · v instead; default false */
    double beta1;         /* adam, adamw: 0 … below 1; default 0.9 */
    double beta2;         /* likewise; default 0.999 */
    double epsilon;       /* adam, adamw: > 0; default 1e-7 */
    double weight_decay; /* adamw: ≥ 0; default 0.01. A step also takes the share learning_rate ·
                            weight_decay off the kernel; l2 is not touched by it */
    double initial_accumulator; /* adagrad, ftrl: > 0; default 0.1 */
    double clip_norm;  /* minibatches: > 0. A step's gradient with a larger norm is scaled down to
                          it: Pascanu et al., ICML 2013; default INFINITY: never */
    size_t batch_size; /* minibatches: rows a step, 1 or more; default 100. The last batch of
                          an epoch may be smaller */
    size_t max_epochs; /* passes over the data, 0 or more, or SM_AUTO, the default: minibatches
                          20, else 1000, without limit when max_steps is given */
    size_t max_steps;  /* 0 or more; default SM_UNLIMITED */
    size_t patience;   /* stop after so many epochs without a smaller validation loss, and keep
                          the parameters of the best epoch; 1 or more; default SM_UNLIMITED:
                          neither */
    double l1;         /* ≥ 0; default 0. Makes weights exactly 0; by proximal steps where the
                          solver is a gradient descent: Duchi and Singer, JMLR 2009 */
    double l2;         /* ≥ 0; default 1e-4 */
    sm_loss loss;      /* default SM_LOSS_FROM_LOGITS, the only one for newton-cg */
    double label_smoothing; /* 0 … below 1; default 0. Targets become (1 − label_smoothing) · target
                               + label_smoothing / classes: Szegedy et al., CVPR 2016. Like `loss`
                               it is for what is minimised: validation knows neither */
    double tolerance; /* lbfgs, newton-cg, gd: stop once ‖gradient‖₂ ≤ tolerance · ‖gradient at
                         zero parameters‖₂, for a network at those that it starts from, with l1 that
                         of the smallest subgradient; ≥ 0; default 1e-4; 0: only the limits stop
                         it */
    size_t history_size; /* lbfgs: pairs of vectors remembered, 1 … 100; default 10 */
    bool shuffle;        /* minibatches: a new permutation each epoch (true, the default) or row
                            order */
    uint64_t seed;       /* of the permutations; default 0 */
    const double *class_weights; /* one for each of the model's classes, finite, > 0: what its rows
                                    count in the objective, and nowhere else; only ratios matter;
                                    default NULL: all the same. The loss of steps, epochs and
                                    summary is then weighted, that of validation is not */
    size_t threads;              /* 1 … 256; default: the processors this process may run on */
    sm_progress_callback *on_progress; /* default NULL: none */
    void *user;                        /* handed to on_progress; default NULL */
    const char *checkpoint;    /* file that is replaced, now and then and at the end, by what
                                  training needs to go on; default NULL: none */
    size_t checkpoint_steps;   /* after so many steps, 1 or more; default SM_UNLIMITED; or after */
    double checkpoint_seconds; /* so many seconds, ≥ 0; default 60; INFINITY: never */
    const char *resume;        /* checkpoint to go on from; default NULL: none. Data, options and
                                  untrained model must be those that it was made with, but for
                                  limits (max_epochs, max_steps, patience, and tolerance except
                                  newton-cg's), threads and these four. The model comes out as from
                                  a run without interruption, bit for bit */
} sm_train_options;

SM_API sm_train_options sm_train_options_default(void);

/* SM_OK, or SM_ERROR_ARGUMENT with the field that is out of range named in the message. All but
 * class_weights, whose number only sm_train() knows. */
SM_API SM_MUST_USE sm_status sm_train_options_check(const sm_train_options *options);

/* Class weights that let all classes count the same, however many rows of `dataset` each has: rows
 * / (classes that have any · rows of the class), 1 where there are none. weights: one for each
 * class of the model. */
SM_API SM_MUST_USE sm_status sm_balanced_class_weights(const sm_model *model,
                                                       const sm_dataset *dataset, double *weights);

/* What happened in one epoch. */
typedef struct sm_epoch {
    size_t step;                /* steps done at its end */
    double seconds;             /* in the solver until its end */
    double loss;                /* mean over the epoch's rows of the loss before their step */
    double accuracy;            /* likewise */
    double validation_loss;     /* at its end; NaN without validation data */
    double validation_accuracy; /* likewise */
} sm_epoch;

typedef struct sm_train_summary {
    sm_solver solver;   /* the one used; never SM_SOLVER_AUTO */
    const char *reason; /* why it was chosen, as a sentence; "" when the options name it */
    size_t epochs;      /* begun */
    size_t steps;       /* done */
    double seconds;     /* in the solver, validation aside */
    double loss;        /* at the end, over all rows, without penalty */
    double accuracy;    /* likewise */
    double objective;   /* likewise, penalty included: what was minimised */
    double gradient_norm; /* ‖gradient of the objective‖₂ at the end, over all rows; with l1 that of
                             the smallest subgradient */
    double relative_gradient_norm; /* the same, divided by its value at zero parameters, for a
                                      network at its first ones; NaN after a solver on minibatches
                                      over data that is read from its file in each pass, to which it
                                      would add one */
    double optimality_gap_bound;   /* the objective is at most this much above its minimum; NaN as
                                      relative_gradient_norm is, and where nothing can be said: l2
                                      is 0, the loss from probabilities, or the model a network
                                      (docs/numerics.md, 9) */
    size_t best_epoch;             /* patience: whose parameters were kept; 0: none */
    bool converged;                /* relative_gradient_norm ≤ tolerance */
    bool stopped_early;            /* patience ran out */
    bool stalled;                  /* lbfgs, newton-cg: rounding errors hide any further progress */
    bool separated;   /* every row is classified right and there is no penalty: there is no minimum,
                         and weights only grow */
    bool interrupted; /* on_progress returned false */
} sm_train_summary;

typedef struct sm_history sm_history;

/* Trains from the model's present parameters.
 *   train       its features and classes must be the model's (classes by name, in any order)
 *   validation  evaluated at the end of each epoch; NULL: nothing is, and patience is refused
 *   options     NULL: the default
 *   history     receives a record, to be freed by the caller; NULL: none is kept
 * A network with dropout needs a solver on minibatches, or it fails with SM_ERROR_ARGUMENT.
 * When the loss stops being finite it returns SM_ERROR_DIVERGED, naming the step; the model then
 * has the last parameters whose loss was finite, and *history is written. After any other error,
 * a checkpoint that cannot be written among them, the model is unchanged. */
SM_API SM_MUST_USE sm_status sm_train(sm_model *model, const sm_dataset *train,
                                      const sm_dataset *validation, const sm_train_options *options,
                                      sm_history **history);

SM_API sm_train_summary sm_history_summary(const sm_history *history);
SM_API size_t sm_history_epochs(const sm_history *history);
SM_API const sm_epoch *sm_history_epoch(const sm_history *history, size_t index); /* from 0; NULL
                                                                                beyond the end */
SM_API void sm_history_free(sm_history *history);

/* ---- 6. Evaluating and predicting -------------------------------------------------------- */

typedef struct sm_metrics {
    double loss;     /* mean cross-entropy, without penalty */
    double accuracy; /* share of rows whose most probable class is theirs */
    size_t rows;
} sm_metrics;

/* The data's classes must be among the model's, by name. */
SM_API SM_MUST_USE sm_status sm_evaluate(const sm_model *model, const sm_dataset *dataset,
                                         sm_metrics *metrics);

typedef struct sm_class_metrics {
    double precision; /* of the rows taken for this class, the share that is; 0 if none is */
    double recall;    /* of this class's rows, the share taken for it; 0 if there is none */
    double f1;        /* the harmonic mean of both; 0 if both are 0 */
    uint64_t support; /* rows of this class */
} sm_class_metrics;

/* The same, and more of it, each into memory of the caller's, or NULL for none of it.
 *   class_metrics  classes
 *   top_accuracy   classes; [k − 1]: the share of rows whose class is among the k most probable
 *   confusion      classes × classes; [i * classes + j]: rows of true class i taken for class j
 * Where rows lie in a file that was changed meanwhile, it fails with SM_ERROR_IO, as all that goes
 * through rows does; confusion is then of no use. */
SM_API SM_MUST_USE sm_status sm_evaluate_fully(const sm_model *model, const sm_dataset *dataset,
                                               sm_metrics *metrics, sm_class_metrics *class_metrics,
                                               double *top_accuracy, uint64_t *confusion);

/* The class metrics of a matrix, as above. */
SM_API void sm_class_metrics_from_confusion(const uint64_t *confusion, size_t classes,
                                            sm_class_metrics *class_metrics);

/* Whether probabilities are what they say: of rows whose most probable class has a probability of
 * 0.8, their confidence, 8 in 10 should be of that class. */

/* The rows whose confidence is above i / bin_count and at most (i + 1) / bin_count. */
typedef struct sm_reliability_bin {
    size_t rows;
    double confidence; /* mean; 0 without rows */
    double accuracy;   /* the share of them that is right; likewise */
} sm_reliability_bin;

typedef struct sm_calibration {
    size_t rows;
    double loss;           /* mean negative log-likelihood, as sm_metrics has it */
    double accuracy;       /* likewise */
    double confidence;     /* mean */
    double expected_error; /* mean over rows of |confidence − accuracy| of their bin */
    double largest_error;  /* the largest of these */
} sm_calibration;

#define SM_RELIABILITY_BINS 15 /* as is usual */
#define SM_MOST_RELIABILITY_BINS 1000

/* Guo et al., "On calibration of modern neural networks", ICML 2017, 2. bin_count: 1 …
 * SM_MOST_RELIABILITY_BINS; bins: as many, of the caller's, or NULL. The data's classes must be
 * among the model's, by name. SM_ERROR_DATA where a row has no probabilities, as its logits
 * overflow. */
SM_API SM_MUST_USE sm_status sm_evaluate_calibration(const sm_model *model,
                                                     const sm_dataset *dataset, size_t bin_count,
                                                     sm_reliability_bin *bins,
                                                     sm_calibration *calibration);

/* Gives the model the temperature with the least loss on rows that it was not trained on: the same
 * paper, 4.2. What temperature it has before does not matter. SM_ERROR_DATA where there is no best
 * one, as every row is classified right, or the model is no better than chance on them. */
SM_API SM_MUST_USE sm_status sm_model_calibrate(sm_model *model, const sm_dataset *held_out);

/* Classical inference on a model of at most this many parameters. */
#define SM_MOST_STATISTICS_PARAMETERS 2000

/* The log of the odds of a class against the base class is linear in the features as they are
 * stored, unscaled; this is one of its coefficients. */
typedef struct sm_coefficient {
    double value;
    double standard_error;
    double z;       /* value / standard_error */
    double p_value; /* two-sided: of a z as far from 0, were the coefficient 0 */
    double lower;   /* of the confidence interval */
    double upper;
} sm_coefficient;

typedef struct sm_statistics {
    size_t rows;
    size_t parameters;               /* coefficients: (classes − 1) × (features + 1) */
    size_t degrees_of_freedom;       /* of the likelihood ratio: (classes − 1) × features */
    double log_likelihood;           /* at its maximum, summed over rows */
    double null_log_likelihood;      /* likewise of intercepts alone */
    double pseudo_r_squared;         /* McFadden's: 1 − log_likelihood / null_log_likelihood */
    double likelihood_ratio;         /* twice the difference of the two */
    double likelihood_ratio_p_value; /* of one as large, were all coefficients but intercepts 0 */
    double aic;                      /* 2 · parameters − 2 · log_likelihood */
    double bic;                      /* log(rows) · parameters − 2 · log_likelihood */
    size_t newton_steps;  /* from the model, whose parameters are float, to the maximum */
    double largest_shift; /* of a coefficient by these, in its standard errors; at most 0.1 */
} sm_statistics;

/* Standard errors and what follows from them, from the observed information at the maximum of the
 * likelihood of the data that the model was trained on: docs/numerics.md, "Statistics". For each
 * class but base_class, in order, `coefficients` receives the intercept and one coefficient for
 * each feature; it has room for (classes − 1) × (features + 1). confidence: of the intervals, above
 * 0 and below 1. feature_names: for messages; NULL: x1, x2, …. Fails with SM_ERROR_DATA, saying
 * why, where such statistics do not hold or do not exist: hidden layers; more parameters than
 * above; a penalty; classes that the features separate; columns that are constant or depend on
 * others; another maximum than the model's; weighted rows, soft targets. */
SM_API SM_MUST_USE sm_status sm_model_statistics(const sm_model *model, const sm_dataset *train,
                                                 size_t base_class, double confidence,
                                                 const char *const *feature_names,
                                                 sm_statistics *statistics,
                                                 sm_coefficient *coefficients);

typedef enum sm_output { SM_LOGITS, SM_PROBABILITIES } sm_output;

/* Rows first_row … first_row + rows − 1 of a dataset, or `rows` rows of an array, through the
 * model. x: rows × features, as stored, unscaled; output: rows × classes, of the caller's. A row's
 * output has the same bits whichever rows come with it. Allocates nothing, but for networks whose
 * widest hidden layer times the rows, of which 64 go together, is above SM_PREDICT_UNITS. */
#define SM_PREDICT_UNITS 8192

SM_API SM_MUST_USE sm_status sm_predict(const sm_model *model, const sm_dataset *dataset,
                                        size_t first_row, size_t rows, sm_output kind,
                                        float *output);
SM_API SM_MUST_USE sm_status sm_predict_u8(const sm_model *model, const uint8_t *x, size_t rows,
                                           sm_output kind, float *output);
SM_API SM_MUST_USE sm_status sm_predict_f32(const sm_model *model, const float *x, size_t rows,
                                            sm_output kind, float *output);

/* ---- 7. The mathematics on small arrays -------------------------------------------------- */

/* All in double precision inside, rounded once; plain loops, for when a handful of numbers is
 * all there is. They accept any finite value and −∞. Logits of +∞ count as their limit: one in a
 * row has all of the probability; several, or a row of −∞ alone, have none and give NaN, as NaN
 * does. Arrays are the caller's, and must not overlap unless said. classes ≥ 1. */

/* probabilities[r] = exp(logits[r]) / sum(exp(logits[r])), shifted by the row's maximum so that
 * nothing overflows. Both rows × classes; they may be the same array. */
SM_API void sm_softmax(const float *logits, size_t rows, size_t classes, float *probabilities);

/* log_probabilities = logits − log(sum(exp(logits))) row by row: exact where a probability is so
 * near 0 or 1 that its logarithm would not be. Both rows × classes; they may be the same array. */
SM_API void sm_log_softmax(const float *logits, size_t rows, size_t classes,
                           float *log_probabilities);

/* log(sum(exp(values))), without overflow: −∞ when count is 0; +∞ with any +∞. */
SM_API double sm_log_sum_exp(const float *values, size_t count);

/* The same of each row. values: rows × classes; sums: rows. */
SM_API void sm_log_sum_exp_rows(const float *values, size_t rows, size_t classes, float *sums);

/* The index of the first largest value; 0 when count is 0. */
SM_API size_t sm_argmax(const float *values, size_t count);

/* The same of each row: its class. values: rows × classes; labels: rows. */
SM_API void sm_argmax_rows(const float *values, size_t rows, size_t classes, int32_t *labels);

/* The indices of the k largest values, largest first, equal ones by index; k ≤ count. */
SM_API void sm_top_k(const float *values, size_t count, size_t k, size_t *indices);

/* one_hot: rows × classes; row r is 1 at labels[r] and 0 elsewhere, all 0 if the label is not in
 * 0 … classes − 1. */
SM_API void sm_one_hot(const int32_t *labels, size_t rows, size_t classes, float *one_hot);

/* The share of rows whose first largest output is at their label or, of targets one-hot or soft,
 * at the first largest of them: equal(argmax, argmax). outputs, logits or probabilities: rows ×
 * classes; labels: rows; targets: rows × classes. NaN when rows is 0. */
SM_API double sm_accuracy(const float *outputs, const int32_t *labels, size_t rows, size_t classes);
SM_API double sm_accuracy_soft(const float *outputs, const float *targets, size_t rows,
                               size_t classes);

/* Mean over rows of −Σ targets · log softmax(logits), from the logits: the one to use.
 * logits: rows × classes; labels: class indices in range; targets: rows × classes.
 * NaN when rows is 0. */
SM_API double sm_cross_entropy(const float *logits, const int32_t *labels, size_t rows,
                               size_t classes);
SM_API double sm_cross_entropy_soft(const float *logits, const float *targets, size_t rows,
                                    size_t classes);

/* The same row by row, with gradients; those of the mean are these divided by the rows. Any of the
 * results may be NULL.
 *   losses           rows
 *   logit_gradient   rows × classes: of losses[r] by the logits of row r, softmax(logits) ·
 *                    Σ targets − targets
 *   target_gradient  rows × classes: of losses[r] by the targets of row r, −log softmax(logits) */
SM_API void sm_cross_entropy_gradient(const float *logits, const int32_t *labels, size_t rows,
                                      size_t classes, float *losses, float *logit_gradient);
SM_API void sm_cross_entropy_soft_gradient(const float *logits, const float *targets, size_t rows,
                                           size_t classes, float *losses, float *logit_gradient,
                                           float *target_gradient);

/* The same from probabilities in float, −Σ targets · log(probabilities), as it is often written:
 * the one to compare with, not to use. A small probability has already been rounded, in the
 * worst case to 0, and the loss is then infinite where sm_cross_entropy() is exact. */
SM_API double sm_cross_entropy_naive(const float *probabilities, const float *targets, size_t rows,
                                     size_t classes);

#ifdef __cplusplus
}
#endif
#endif
