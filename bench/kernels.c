/* How fast each kernel is, beside the rate of multiply-adds: bench_kernels
 *
 * One thread, blocks of 64 rows, the best of several passes, for the instruction set in use
 * (SOFTMAX_ISA forces another). Prints the rows of docs/kernels.md. The peak is that of the same
 * instruction set's logits kernel on rows that stay in the first-level cache and are so long that
 * nothing but multiply-adds counts. */
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "bench.h"
#include "kernel/kernel.h"
#include "kernel/pack.h"

enum { ROWS = 64, PASSES = 60, MOST_WORDS = 64 };

typedef struct work {
    const smi_kernels *kernels;
    sm_element element;
    size_t features;
    size_t classes;
    const void *x[ROWS];
    const uint64_t *marks[ROWS];
    smi_sparse_row rows[ROWS];
    int32_t labels[ROWS];
    smi_affine map;
    smi_affine gradient;
    float *logits;
    smi_product product;
    float *scratch;
} work;

typedef void pass(work *all);

static void full_logits(work *const all)
{
    all->kernels->logits[all->element](&all->map, all->x, ROWS, all->logits);
}

static void full_gradient(work *const all)
{
    all->kernels->gradient[all->element](&all->gradient, all->x, ROWS, all->logits);
}

static void marked_logits(work *const all)
{
    all->kernels->marked_logits(&all->map, all->x, all->marks, ROWS, all->logits);
}

static void marked_gradient(work *const all)
{
    all->kernels->marked_gradient(&all->gradient, all->x, all->marks, ROWS, all->logits);
}

static void sparse_logits(work *const all)
{
    all->kernels->sparse_logits(&all->map, all->rows, ROWS, all->logits);
}

static void sparse_gradient(work *const all)
{
    all->kernels->sparse_gradient(&all->gradient, all->rows, ROWS, all->logits);
}

static void loss(work *const all)
{
    (void)all->kernels->loss_labels(all->logits, all->labels, ROWS, all->classes);
}

static void multiply(work *const all)
{
    all->kernels->product(&all->product, all->scratch);
}

static double fastest(work *const all, pass *const run)
{
    double best = INFINITY;
    for (size_t i = 0; i < PASSES; i++) {
        const double started = now();
        for (size_t repeat = 0; repeat < 8; repeat++) {
            run(all);
        }
        best = fmin(best, (now() - started) / 8.0);
    }
    return best;
}

static smi_affine need_map(const smi_layout layout, const size_t features, const size_t classes)
{
    size_t floats = 0;
    if (!smi_affine_floats(layout, features, classes, &floats)) {
        leave("a map that large is not to be had");
    }
    float *const memory = need_array(floats, sizeof *memory);
    for (size_t i = 0; i < floats; i++) {
        memory[i] = 1e-3F * (float)(i % 7);
    }
    return smi_affine_over(layout, memory, features, classes);
}

static work begin(const smi_kernels *const kernels, const smi_layout layout,
                  const sm_element element, const size_t features, const size_t classes)
{
    work all = {.kernels = kernels,
                .element = element,
                .features = features,
                .classes = classes,
                .map = need_map(layout, features, classes),
                .gradient = need_map(layout, features, classes),
                .logits = need_array(ROWS * classes, sizeof(float))};
    memset(all.logits, 0, ROWS * classes * sizeof *all.logits);
    for (size_t r = 0; r < ROWS; r++) {
        all.labels[r] = (int32_t)(r % classes);
    }
    return all;
}

static void end(const work *const all)
{
    free(all->map.weights);
    free(all->gradient.weights);
    free(all->logits);
}

/* entries: of a row, that are not passed over. */
static void print(const char *const what, work *const all, pass *const run, const double entries,
                  const double peak)
{
    const double seconds = fastest(all, run);
    const double sums = ROWS * entries * (double)all->classes;
    printf("| %s | %zu × %zu | %.0f | %.1f | %.0f %% |\n", what, all->features, all->classes,
           1e9 * seconds / ROWS, 1e-9 * sums / seconds, 100.0 * sums / seconds / peak);
}

static void print_full(const smi_kernels *const kernels, const sm_element element,
                       const size_t features, const size_t classes, const double peak)
{
    work all = begin(kernels, SMI_BY_CLASS, element, features, classes);
    const bool bytes = element == SM_U8;
    const size_t row_bytes = features * (bytes ? 1 : sizeof(float));
    unsigned char *const x = need_array(ROWS, row_bytes);
    for (size_t i = 0; i < ROWS * features; i++) {
        if (bytes) {
            x[i] = (unsigned char)(1 + i % 255);
        } else {
            ((float *)(void *)x)[i] = (float)(i % 5) - 2.0F;
        }
    }
    for (size_t r = 0; r < ROWS; r++) {
        all.x[r] = x + r * row_bytes;
    }
    print(bytes ? "full logits, u8" : "full logits, f32", &all, full_logits, (double)features,
          peak);
    print(bytes ? "full gradient, u8" : "full gradient, f32", &all, full_gradient, (double)features,
          peak);
    free(x);
    end(&all);
}

/* Rows of generated digits, which are blank in parts as scanned ones are. */
static void print_pictures(const smi_kernels *const kernels, const double peak)
{
    enum { PIXELS = 784 };
    static uint8_t pixels[ROWS][PIXELS];
    static uint64_t words[ROWS][MOST_WORDS];
    static uint32_t columns[ROWS][PIXELS];
    static float values[ROWS][PIXELS];
    sm_dataset *digits = NULL;
    CHECK(sm_dataset_open("digits:n=64", &digits));
    work marked = begin(kernels, SMI_BY_CLASS, SM_U8, PIXELS, 10);
    work listed = begin(kernels, SMI_BY_FEATURE, SM_U8, PIXELS, 10);
    size_t groups = 0;
    size_t entries = 0;
    for (size_t r = 0; r < ROWS; r++) {
        float row[PIXELS];
        CHECK(sm_dataset_row(digits, r, row));
        for (size_t f = 0; f < PIXELS; f++) {
            pixels[r][f] = (uint8_t)row[f];
        }
        marked.x[r] = pixels[r];
        marked.marks[r] = words[r];
        groups += kernels->mark(pixels[r], PIXELS, words[r]);
        const size_t count = kernels->list[SM_U8](pixels[r], PIXELS, columns[r], values[r]);
        listed.rows[r] = (smi_sparse_row){values[r], columns[r], count};
        entries += count;
    }
    const double passed = (double)(groups * kernels->mark_features) / ROWS;
    printf("| | | | | %.0f %% of groups marked, %.0f %% of bytes not 0 |\n",
           100.0 * passed / PIXELS, 100.0 * (double)entries / ROWS / PIXELS);
    print("marked logits, u8", &marked, marked_logits, passed, peak);
    print("marked gradient, u8", &marked, marked_gradient, passed, peak);
    print("listed logits, u8", &listed, sparse_logits, (double)entries / ROWS, peak);
    print("listed gradient, u8", &listed, sparse_gradient, (double)entries / ROWS, peak);
    end(&marked);
    end(&listed);
    sm_dataset_free(digits);
}

static void print_sparse(const smi_kernels *const kernels, const size_t features,
                         const size_t entries, const size_t classes, const double peak)
{
    work all = begin(kernels, SMI_BY_FEATURE, SM_CSR, features, classes);
    uint32_t *const columns = need_array(ROWS * entries, sizeof *columns);
    float *const values = need_array(ROWS * entries, sizeof *values);
    for (size_t i = 0; i < ROWS * entries; i++) {
        const size_t r = i / entries;
        columns[i] = (uint32_t)((i % entries * features + r * 7919 % features) / entries);
        values[i] = 0.5F;
    }
    for (size_t r = 0; r < ROWS; r++) {
        all.rows[r] = (smi_sparse_row){values + r * entries, columns + r * entries, entries};
    }
    print("sparse logits", &all, sparse_logits, (double)entries, peak);
    print("sparse gradient", &all, sparse_gradient, (double)entries, peak);
    free(columns);
    free(values);
    end(&all);
}

static void print_loss(const smi_kernels *const kernels, const size_t classes)
{
    work all = begin(kernels, SMI_BY_CLASS, SM_F32, 1, classes);
    const double seconds = fastest(&all, loss);
    printf("| loss | %zu classes | %.0f | %.2f exp/ns | |\n", classes, 1e9 * seconds / ROWS,
           1e-9 * ROWS * (double)classes / seconds);
    end(&all);
}

/* Layers of networks: rows × UNITS numbers, in the second-level cache. */
enum { UNITS = 512 };

typedef struct layer {
    const smi_kernels *kernels;
    sm_activation kind;
    smi_dropout dropout;
    float *z;
    float *slopes; /* NULL: none are asked for */
    float *units;  /* a bias, or the sums of columns */
} layer;

static void activate(const layer *const of)
{
    of->kernels->activate(of->kind, of->z, (size_t)ROWS * UNITS, of->slopes);
}

static void leave_out(const layer *const of)
{
    of->kernels->dropout(&of->dropout, 0, ROWS, UNITS, of->z, of->slopes);
}

static void add_bias(const layer *const of)
{
    of->kernels->add_bias(of->units, UNITS, ROWS, of->z, UNITS);
}

static void sum_columns(const layer *const of)
{
    of->kernels->column_sums(of->z, ROWS, UNITS, of->units);
}

static double fastest_of_layer(const layer *const of, void (*const run)(const layer *))
{
    double best = INFINITY;
    for (size_t i = 0; i < PASSES; i++) {
        const double started = now();
        for (size_t repeat = 0; repeat < 8; repeat++) {
            run(of);
        }
        best = fmin(best, (now() - started) / 8.0);
    }
    return best;
}

static void print_layer(const char *const what, const layer *const of,
                        void (*const run)(const layer *))
{
    const double seconds = fastest_of_layer(of, run);
    printf("| %s%s | %d units | %.0f | %.2f numbers/ns | |\n", what,
           of->slopes != NULL ? ", slopes" : "", UNITS, 1e9 * seconds / ROWS,
           1e-9 * ROWS * UNITS / seconds);
}

static void print_units(layer *const of)
{
    of->units = need_array(UNITS, sizeof *of->units);
    memset(of->units, 0, UNITS * sizeof *of->units);
    memset(of->z, 0, (size_t)ROWS * UNITS * sizeof *of->z);
    print_layer("bias", of, add_bias);
    print_layer("column sums", of, sum_columns);
    free(of->units);
}

/* The numbers stay away from those below the normal ones, however often the same function is taken
 * of them. */
static void print_layers(const smi_kernels *const kernels)
{
    static const struct {
        const char *name;
        sm_activation kind;
    } kinds[] = {{"relu", SM_RELU},
                 {"leaky-relu", SM_LEAKY_RELU},
                 {"gelu", SM_GELU},
                 {"tanh", SM_TANH},
                 {"sigmoid", SM_SIGMOID}};
    layer of = {.kernels = kernels, .dropout = smi_dropout_at(0, 0, 0, 0.5)};
    float *const slopes = need_array((size_t)ROWS * UNITS, sizeof *slopes);
    of.z = need_array((size_t)ROWS * UNITS, sizeof *of.z);
    print_units(&of);
    for (int with = 0; with < 2; with++) {
        of.slopes = with == 1 ? slopes : NULL;
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            of.kind = kinds[k].kind;
            for (size_t i = 0; i < (size_t)ROWS * UNITS; i++) {
                of.z[i] = i % 3 == 0 ? 20.0F : -20.0F;
            }
            print_layer(kinds[k].name, &of, activate);
        }
        memset(slopes, 0, (size_t)ROWS * UNITS * sizeof *slopes);
        print_layer("dropout", &of, leave_out);
    }
    free(of.z);
    free(slopes);
}

/* A dense layer's three products for a minibatch: Z = X · W, dW = Xᵀ · δ, dX = δ · Wᵀ. */
static void print_products(const smi_kernels *const kernels, const size_t rows, const size_t inputs,
                           const size_t outputs, const double peak)
{
    work all = {.kernels = kernels,
                .scratch = need_array((size_t)SMI_PRODUCT_DEPTH * SMI_PRODUCT_COLUMNS,
                                      sizeof *all.scratch)};
    float *const x = need_array(rows * inputs, sizeof *x);
    float *const weights = need_array(inputs * outputs, sizeof *weights);
    float *const z = need_array(rows * outputs, sizeof *z);
    float *const result = need_array(rows * inputs + inputs * outputs, sizeof *result);
    for (size_t i = 0; i < rows * inputs; i++) {
        x[i] = (float)(i % 5) - 2.0F;
    }
    for (size_t i = 0; i < inputs * outputs; i++) {
        weights[i] = 1e-3F * (float)(i % 7);
    }
    const smi_matrix x_rows = {x, inputs, 1};
    const smi_matrix x_columns = {x, 1, inputs};
    const smi_matrix z_rows = {z, outputs, 1};
    const struct {
        const char *name;
        smi_product of;
    } products[] = {
        {"X · W", {rows, outputs, inputs, x_rows, {weights, outputs, 1}, z, outputs, false}},
        {"Xᵀ · δ", {inputs, outputs, rows, x_columns, z_rows, result, outputs, false}},
        {"δ · Wᵀ", {rows, inputs, outputs, z_rows, {weights, 1, outputs}, result, inputs, false}}};
    const double sums = (double)rows * (double)inputs * (double)outputs;
    for (size_t p = 0; p < sizeof products / sizeof *products; p++) {
        all.product = products[p].of;
        const double seconds = fastest(&all, multiply);
        printf("| %s, %zu rows | %zu × %zu | %.0f | %.1f | %.0f %% |\n", products[p].name, rows,
               inputs, outputs, 1e9 * seconds / (double)rows, 1e-9 * sums / seconds,
               100.0 * sums / seconds / peak);
    }
    free(x);
    free(weights);
    free(z);
    free(result);
    free(all.scratch);
}

/* Multiply-adds a second of long rows that stay in the first-level cache. */
static double peak_of(const smi_kernels *const kernels)
{
    enum { LONG = 1024 };
    static float row[LONG];
    work all = begin(kernels, SMI_BY_CLASS, SM_F32, LONG, 5);
    for (size_t r = 0; r < ROWS; r++) {
        all.x[r] = row;
    }
    const double seconds = fastest(&all, full_logits);
    end(&all);
    return ROWS * LONG * 5.0 / seconds;
}

int main(void)
{
    const smi_kernels *kernels = NULL;
    CHECK(smi_kernels_choose(&kernels));
    const double peak = peak_of(kernels);
    printf("%s, peak %.1f multiply-adds/ns\n\n", kernels->isa, 1e-9 * peak);
    printf("| kernel | features × classes | ns a row | multiply-adds/ns | of peak |\n");
    printf("|---|---|---|---|---|\n");
    print_full(kernels, SM_U8, 784, 10, peak);
    print_full(kernels, SM_F32, 784, 10, peak);
    print_full(kernels, SM_F32, 256, 1000, peak);
    print_full(kernels, SM_F32, 54, 7, peak);
    print_full(kernels, SM_F32, 16, 26, peak);
    print_pictures(kernels, peak);
    print_sparse(kernels, 33847, 142, 20, peak);
    print_sparse(kernels, 123, 14, 2, peak);
    print_products(kernels, 32, 25, 15, peak);
    print_products(kernels, 100, 784, 128, peak);
    print_products(kernels, 128, 256, 10, peak);
    print_products(kernels, 128, 1024, 1000, peak);
    print_loss(kernels, 10);
    print_loss(kernels, 1000);
    print_layers(kernels);
    return 0;
}
