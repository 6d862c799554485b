#include "kernel/product.h"

#include "base/memory.h"

enum {
    TASK_PRODUCTS = 1 << 19, /* multiply-adds that are worth a task */
    TASKS_PER_THREAD = 4,    /* so that a thread that is held up does not hold up all */
    TASK_ROWS = 24,          /* fewer would pack b for too little */
    TASK_COLUMNS = 128,      /* fewer would read a for too little */
    COLUMN_STEP = 64         /* a task's columns are a multiple, so that panels stay whole */
};

size_t smi_product_scratch(const smi_product *const product)
{
    const size_t depth = smi_min_size(product->depth, SMI_PRODUCT_DEPTH);
    const size_t columns = smi_round_up(smi_min_size(product->columns, SMI_PRODUCT_COLUMNS), 16);
    return depth * columns;
}

void smi_product_serial(const smi_kernels *const kernels, const smi_product *const product,
                        float *const scratch)
{
    kernels->product(product, scratch);
}

/* c, cut into tiles for the threads of a pool. */
typedef struct cut {
    const smi_kernels *kernels;
    const smi_product *product;
    float *scratch;
    size_t scratch_floats; /* of each thread */
    size_t row_parts;
    size_t column_parts;
} cut;

static void multiply_part(void *const context, const size_t task, const size_t thread)
{
    const cut *const all = context;
    smi_product part = *all->product;
    const size_t steps = (part.columns + COLUMN_STEP - 1) / COLUMN_STEP;
    const size_t across = task % all->column_parts;
    const size_t down = task / all->column_parts;
    const size_t column = steps * across / all->column_parts * COLUMN_STEP;
    const size_t row = part.rows * down / all->row_parts;
    part.columns =
        smi_min_size(steps * (across + 1) / all->column_parts * COLUMN_STEP, part.columns) - column;
    part.rows = part.rows * (down + 1) / all->row_parts - row;
    part.a.values += row * part.a.row_stride;
    part.b.values += column * part.b.column_stride;
    part.c += row * part.c_stride + column;
    smi_product_serial(all->kernels, &part, all->scratch + thread * all->scratch_floats);
}

/* How many tasks: of columns first, so that no two pack the same part of b. */
static void choose_parts(cut *const all, const size_t threads)
{
    const smi_product *const product = all->product;
    const double work =
        (double)product->rows * (double)product->columns * (double)product->depth / TASK_PRODUCTS;
    const size_t most = threads * TASKS_PER_THREAD;
    const size_t tasks = work < (double)most ? (size_t)work : most;
    const size_t columns = smi_max_size(product->columns / TASK_COLUMNS, 1);
    all->column_parts = smi_max_size(smi_min_size(tasks, columns), 1);
    const size_t rows = (tasks + all->column_parts - 1) / all->column_parts;
    all->row_parts = smi_max_size(smi_min_size(rows, product->rows / TASK_ROWS), 1);
}

void smi_product_run(const smi_kernels *const kernels, smi_pool *const pool,
                     const smi_product *const product, float *const scratch)
{
    const size_t threads = pool == NULL ? 1 : smi_pool_threads(pool);
    cut all = {.kernels = kernels,
               .product = product,
               .scratch = scratch,
               .scratch_floats = smi_product_scratch(product)};
    if (threads > 1) {
        choose_parts(&all, threads);
    }
    const size_t tasks = all.row_parts * all.column_parts;
    if (tasks <= 1) {
        smi_product_serial(kernels, product, scratch);
        return;
    }
    smi_pool_run(pool, tasks, multiply_part, &all);
}
