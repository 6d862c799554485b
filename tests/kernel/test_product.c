/* The products of every table against sums in double precision, with operands and results that end
 * where nothing may be touched. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "kernel/product.h"
#include "kernel/score.h"
#include "kernel/tolerance.h"
#include "support/cmocka_all.h"
#include "support/guarded.h"
#include "support/slow.h"

enum { MOST_ROWS = 320, MOST_COLUMNS = 1100, MOST_DEPTH = 800, MOST_THREADS = 5 };

typedef struct shape {
    size_t rows;
    size_t columns;
    size_t depth;
} shape;

/* How the operands lie, and what becomes of c. */
typedef struct form {
    bool a_transposed;
    bool b_transposed;
    bool apart; /* gaps between columns, and behind rows */
    bool add;
} form;

enum { FORMS = 16 };

static form form_of(const size_t number)
{
    return (form){.a_transposed = (number & 1) != 0,
                  .b_transposed = (number & 2) != 0,
                  .apart = (number & 4) != 0,
                  .add = (number & 8) != 0};
}

/* Numbers by their place, of which a shape takes the first. */
typedef struct numbers {
    float *a;      /* MOST_ROWS × MOST_DEPTH */
    float *b;      /* MOST_DEPTH × MOST_COLUMNS */
    float *before; /* of c: MOST_ROWS × MOST_COLUMNS */
} numbers;

/* Exact elements of a · b, and what their bounds need, MOST_ROWS × MOST_COLUMNS. */
typedef struct exact_values {
    double *parts;      /* of the depth, that are done */
    double *chain;      /* of the part under way */
    double *magnitudes; /* Σ |a · b| */
    double *running;    /* Σ |what each addition gives|, but for those to 0, and Σ |a · b| */
    size_t part_count;
} exact_values;

typedef struct comparison {
    numbers numbers;
    exact_values truth;
    guarded a_memory;
    guarded b_memory;
    guarded c_memory;
    guarded scratch_memory;
    const smi_kernels *tables[SCORE_TABLES]; /* NULL behind the last: asking takes its time */
    table_score scores[SCORE_TABLES];
} comparison;

static float *normal_numbers(const size_t count, const uint64_t stream)
{
    smi_random random = smi_random_start(13, stream);
    float *const made = calloc(count, sizeof *made);
    assert_non_null(made);
    for (size_t i = 0; i < count; i++) {
        made[i] = (float)smi_random_normal(&random);
    }
    return made;
}

static double *doubles(void)
{
    double *const made = calloc((size_t)MOST_ROWS * MOST_COLUMNS, sizeof *made);
    assert_non_null(made);
    return made;
}

static guarded room(const size_t rows, const size_t columns)
{
    return guarded_make((2 * rows + 4) * (columns + 4) * sizeof(float));
}

static comparison start(void)
{
    comparison made = {.numbers = {.a = normal_numbers((size_t)MOST_ROWS * MOST_DEPTH, 1),
                                   .b = normal_numbers((size_t)MOST_DEPTH * MOST_COLUMNS, 2),
                                   .before = normal_numbers((size_t)MOST_ROWS * MOST_COLUMNS, 3)},
                       .a_memory = room(MOST_ROWS, MOST_DEPTH),
                       .b_memory = room(MOST_DEPTH, MOST_COLUMNS),
                       .c_memory = room(MOST_ROWS, MOST_COLUMNS),
                       .scratch_memory = guarded_make((size_t)MOST_THREADS * SMI_PRODUCT_DEPTH *
                                                      SMI_PRODUCT_COLUMNS * sizeof(float))};
    made.truth = (exact_values){doubles(), doubles(), doubles(), doubles(), 0};
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        made.tables[i] = kernels;
    }
    return made;
}

static void finish(comparison *const all)
{
    free(all->numbers.a);
    free(all->numbers.b);
    free(all->numbers.before);
    free(all->truth.parts);
    free(all->truth.chain);
    free(all->truth.magnitudes);
    free(all->truth.running);
    guarded_free(&all->a_memory);
    guarded_free(&all->b_memory);
    guarded_free(&all->c_memory);
    guarded_free(&all->scratch_memory);
}

/* ---- the truth, which grows by one step of the depth at a time ---- */

static void begin_truth(comparison *const all, const size_t rows, const size_t columns)
{
    const exact_values *const truth = &all->truth;
    for (size_t i = 0; i < rows; i++) {
        const size_t row = i * MOST_COLUMNS;
        memset(truth->parts + row, 0, columns * sizeof(double));
        memset(truth->chain + row, 0, columns * sizeof(double));
        memset(truth->magnitudes + row, 0, columns * sizeof(double));
        memset(truth->running + row, 0, columns * sizeof(double));
    }
    all->truth.part_count = 1;
}

static void add_to_truth(const comparison *const all, const size_t rows, const size_t columns,
                         const size_t k)
{
    const exact_values *const truth = &all->truth;
    for (size_t i = 0; i < rows; i++) {
        const double a = (double)all->numbers.a[i * MOST_DEPTH + k];
        for (size_t j = 0; j < columns; j++) {
            const size_t at = i * MOST_COLUMNS + j;
            const double product = a * (double)all->numbers.b[k * MOST_COLUMNS + j];
            const bool first = truth->chain[at] == 0.0;
            truth->chain[at] += product;
            truth->magnitudes[at] += fabs(product);
            truth->running[at] += fabs(product) + (first ? 0.0 : fabs(truth->chain[at]));
        }
    }
}

static void begin_part(comparison *const all, const size_t rows, const size_t columns)
{
    const exact_values *const truth = &all->truth;
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < columns; j++) {
            const size_t at = i * MOST_COLUMNS + j;
            truth->parts[at] += truth->chain[at];
            truth->running[at] += fabs(truth->parts[at]);
            truth->chain[at] = 0.0;
        }
    }
    all->truth.part_count++;
}

/* The whole of a long shape, in the parts that product.h tells of. */
static void compute_truth(comparison *const all, const shape of)
{
    const size_t parts = (of.depth + SMI_PRODUCT_DEPTH - 1) / SMI_PRODUCT_DEPTH;
    begin_truth(all, of.rows, of.columns);
    for (size_t part = 0; part < parts; part++) {
        if (part > 0) {
            begin_part(all, of.rows, of.columns);
        }
        for (size_t k = of.depth * part / parts; k < of.depth * (part + 1) / parts; k++) {
            add_to_truth(all, of.rows, of.columns, k);
        }
    }
}

/* ---- operands ---- */

/* Lays rows × columns numbers, rows `stride` apart, into the end of the memory; gaps are NaN. */
static smi_matrix lay(const guarded *const memory, const float *const from, const size_t stride,
                      const size_t rows, const size_t columns, const bool transposed,
                      const bool apart)
{
    const size_t near = apart ? 2 : 1;
    const size_t far = (transposed ? rows : columns) * near + (apart ? 3 : 0);
    const size_t row_stride = transposed ? near : far;
    const size_t column_stride = transposed ? far : near;
    const size_t floats = (rows - 1) * row_stride + (columns - 1) * column_stride + 1;
    float *const values = guarded_last(memory, floats * sizeof *values);
    for (size_t i = 0; apart && i < floats; i++) {
        values[i] = NAN;
    }
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < columns; j++) {
            values[i * row_stride + j * column_stride] = from[i * stride + j];
        }
    }
    return (smi_matrix){values, row_stride, column_stride};
}

static smi_product lay_operands(const comparison *const all, const shape of, const form how)
{
    return (smi_product){.rows = of.rows,
                         .columns = of.columns,
                         .depth = of.depth,
                         .a = lay(&all->a_memory, all->numbers.a, MOST_DEPTH, of.rows, of.depth,
                                  how.a_transposed, how.apart),
                         .b = lay(&all->b_memory, all->numbers.b, MOST_COLUMNS, of.depth,
                                  of.columns, how.b_transposed, how.apart),
                         .c_stride = of.columns + (how.apart ? 3 : 0),
                         .add = how.add};
}

static const float gap = 12345.0F;

static size_t c_floats(const smi_product *const product)
{
    return (product->rows - 1) * product->c_stride + product->columns;
}

/* What c holds before: numbers where they count, NaN where they do not, and `gap` in gaps. */
static void lay_c(const comparison *const all, smi_product *const product)
{
    product->c = guarded_last(&all->c_memory, c_floats(product) * sizeof *product->c);
    for (size_t i = 0; i < c_floats(product); i++) {
        const size_t row = i / product->c_stride;
        const size_t column = i % product->c_stride;
        const float before = product->add ? all->numbers.before[row * MOST_COLUMNS + column] : NAN;
        product->c[i] = column < product->columns ? before : gap;
    }
}

static float *scratch_of(const comparison *const all, const smi_product *const product,
                         const size_t threads)
{
    return guarded_last(&all->scratch_memory,
                        threads * smi_product_scratch(product) * sizeof(float));
}

static void compare(const comparison *const all, const smi_product *const product,
                    table_score *const score)
{
    const exact_values *const truth = &all->truth;
    const bool sums =
        product->add || truth->part_count > 1; /* the last part is added to something */
    for (size_t i = 0; i < c_floats(product); i++) {
        const size_t column = i % product->c_stride;
        const size_t at = i / product->c_stride * MOST_COLUMNS + column;
        if (column >= product->columns) {
            assert_true(product->c[i] == gap);
            continue;
        }
        const double before = product->add ? (double)all->numbers.before[at] : 0.0;
        const double exact = before + truth->parts[at] + truth->chain[at];
        const double running = truth->running[at] + (sums ? fabs(exact) : 0.0) +
                               (double)(truth->part_count - 1) * fabs(before);
        const double bound = product_bound(arithmetic_of(score->isa), product->depth, running,
                                           truth->magnitudes[at] + fabs(before), exact);
        score_value(score, (double)product->c[i], exact, bound, product->depth >= 100);
    }
    assert_true(guarded_intact(&all->c_memory, c_floats(product) * sizeof(float)));
}

/* Every table on one shape, against the truth as far as it has grown. */
static void check_shape(comparison *const all, const shape of, const form how)
{
    smi_product product = lay_operands(all, of, how);
    for (size_t i = 0; all->tables[i] != NULL; i++) {
        lay_c(all, &product);
        smi_product_serial(all->tables[i], &product, scratch_of(all, &product, 1));
        all->scores[i].isa = all->tables[i]->isa;
        compare(all, &product, &all->scores[i]);
    }
}

static void check_long_shape(comparison *const all, const shape of, const size_t first_form)
{
    compute_truth(all, of);
    for (size_t f = first_form; f < FORMS; f += 5) {
        check_shape(all, of, form_of(f));
    }
}

/* ---- the tests ---- */

static void products_of_every_table_are_within_the_bound(void **state)
{
    (void)state;
    /* Where time is short one shape in seven, so that all numbers of rows, of columns and of the
     * depth meet many of the others, in all forms. */
    enum { MOST = 33, APART = RUNS_SLOWLY ? 7 : 1 };
    comparison all = start();
    size_t count = 0;
    begin_truth(&all, MOST, MOST);
    for (size_t depth = 1; depth <= MOST; depth++) {
        add_to_truth(&all, MOST, MOST, depth - 1);
        for (size_t rows = 1; rows <= MOST; rows++) {
            for (size_t columns = 1; columns <= MOST; columns++) {
                if (count % APART == 0) {
                    check_shape(&all, (shape){rows, columns, depth}, form_of(count % FORMS));
                }
                count++;
            }
        }
    }
    check_long_shape(&all, (shape){7, 515, 257}, 0);
    check_long_shape(&all, (shape){131, 150, 300}, 1);
    check_long_shape(&all, (shape){13, 1100, 100}, 2);
    check_long_shape(&all, (shape){130, 65, 513}, 3);
    check_long_shape(&all, (shape){129, 769, 31}, 4);
    finish(&all);
    score_conclude(all.scores, 0.5, 0.01);
}

static void a_product_of_no_depth_is_zero(void **state)
{
    (void)state;
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        float c[3] = {1.0F, 2.0F, 3.0F};
        float scratch[1];
        smi_product product = {.rows = 1, .columns = 2, .c = c, .c_stride = 2, .add = true};
        assert_int_equal(smi_product_scratch(&product), 0);
        smi_product_serial(kernels, &product, scratch);
        assert_true(c[0] == 1.0F && c[1] == 2.0F);
        product.add = false;
        smi_product_serial(kernels, &product, scratch);
        assert_true(c[0] == 0.0F && c[1] == 0.0F && c[2] == 3.0F);
        product.rows = 0;
        product.columns = 3;
        smi_product_serial(kernels, &product, scratch);
        product.rows = 1;
        product.columns = 0;
        smi_product_run(kernels, NULL, &product, scratch);
        assert_true(c[2] == 3.0F);
    }
}

static void a_value_that_is_not_finite_reaches_its_row_alone(void **state)
{
    (void)state;
    enum { ROWS = 9, COLUMNS = 35, DEPTH = 5 };
    comparison all = start();
    all.numbers.a[4 * MOST_DEPTH + 2] = INFINITY;
    smi_product product = lay_operands(&all, (shape){ROWS, COLUMNS, DEPTH}, form_of(0));
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        lay_c(&all, &product);
        smi_product_serial(kernels, &product, scratch_of(&all, &product, 1));
        for (size_t c = 0; c < (size_t)ROWS * COLUMNS; c++) {
            assert_int_equal(isfinite(product.c[c]) != 0, c / COLUMNS != 4);
        }
    }
    finish(&all);
}

/* What an element comes to does not depend on where its tile begins and ends. */
static void a_part_has_the_bits_of_the_whole(void **state)
{
    (void)state;
    enum { ROWS = 131, COLUMNS = 150, DEPTH = 300, ROW = 5, COLUMN = 7, LESS = 11 };
    static float whole[ROWS * COLUMNS];
    static float part[ROWS * COLUMNS];
    comparison all = start();
    for (size_t f = 0; f < 4; f++) {
        smi_product product = lay_operands(&all, (shape){ROWS, COLUMNS, DEPTH}, form_of(f));
        const smi_kernels *kernels = NULL;
        for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
            product.c = whole;
            product.c_stride = COLUMNS;
            smi_product_serial(kernels, &product, scratch_of(&all, &product, 1));
            memcpy(part, whole, sizeof part);
            smi_product inner = product;
            inner.rows -= LESS;
            inner.columns -= LESS;
            inner.a.values += ROW * product.a.row_stride;
            inner.b.values += COLUMN * product.b.column_stride;
            inner.c = part + (size_t)ROW * COLUMNS + COLUMN;
            smi_product_serial(kernels, &inner, scratch_of(&all, &inner, 1));
            assert_memory_equal(part, whole, sizeof part);
        }
    }
    finish(&all);
}

static void check_threads(const comparison *const all, const shape of, const form how,
                          const smi_kernels *const kernels, smi_pool *const *const pools,
                          const size_t pool_count)
{
    smi_product product = lay_operands(all, of, how);
    lay_c(all, &product);
    const size_t bytes = c_floats(&product) * sizeof(float);
    smi_product_serial(kernels, &product, scratch_of(all, &product, 1));
    float *const serial = malloc(bytes);
    assert_non_null(serial);
    memcpy(serial, product.c, bytes);
    for (size_t p = 0; p < pool_count; p++) {
        lay_c(all, &product);
        smi_product_run(kernels, pools[p], &product,
                        scratch_of(all, &product, smi_pool_threads(pools[p])));
        assert_memory_equal(product.c, serial, bytes);
        assert_true(guarded_intact(&all->c_memory, bytes));
    }
    free(serial);
}

static void bits_are_the_same_for_any_number_of_threads(void **state)
{
    (void)state;
    static const size_t threads[] = {1, 2, 3, MOST_THREADS};
    enum { POOLS = sizeof threads / sizeof *threads };
    smi_pool *pools[POOLS];
    comparison all = start();
    for (size_t p = 0; p < POOLS; p++) {
        assert_int_equal(smi_pool_create(threads[p], &pools[p]), SM_OK);
    }
    const smi_kernels *kernels = NULL;
    for (size_t i = 1; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        check_threads(&all, (shape){100, 128, 784}, form_of(12), kernels, pools, POOLS);
        check_threads(&all, (shape){100, 601, 128}, form_of(2), kernels, pools, POOLS);
        check_threads(&all, (shape){320, 10, 700}, form_of(1), kernels, pools, POOLS);
        check_threads(&all, (shape){67, 1000, 40}, form_of(8), kernels, pools, POOLS);
    }
    for (size_t p = 0; p < POOLS; p++) {
        smi_pool_free(pools[p]);
    }
    finish(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_of_every_table_are_within_the_bound),
        cmocka_unit_test(a_product_of_no_depth_is_zero),
        cmocka_unit_test(a_value_that_is_not_finite_reaches_its_row_alone),
        cmocka_unit_test(a_part_has_the_bits_of_the_whole),
        cmocka_unit_test(bits_are_the_same_for_any_number_of_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
