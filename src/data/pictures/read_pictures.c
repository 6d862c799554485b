#include "data/pictures/read_pictures.h"

#include <limits.h>
#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/pictures/png.h"
#include "sys/input.h"
#include "sys/pool.h"

/* The form, made definite by the first picture. */
typedef struct row_plan {
    smi_picture_size size;
    size_t channels;
    bool resize;
    bool tentative;         /* grey as long as no picture has colour */
    const char *first_name; /* the picture that the size is that of; NULL: it was given */
} row_plan;

static row_plan plan_for(const smi_picture_form *const form, const smi_png *const first)
{
    const bool given = form->size.height > 0;
    const bool grey =
        form->colour == SM_COLOUR_GREY || (form->colour == SM_COLOUR_AUTO && !first->colour);
    return (row_plan){.size = given ? form->size : (smi_picture_size){first->height, first->width},
                      .channels = grey ? 1 : 3,
                      .resize = form->resize,
                      .tentative = grey && form->colour == SM_COLOUR_AUTO,
                      .first_name = given ? NULL : first->name};
}

static sm_status fail_size(const row_plan *const plan, const smi_png *const png)
{
    return smi_fail(SM_ERROR_DATA,
                    "%s: %zu × %zu pixels (height × width), but %s %zu × %zu; --size %zux%zu "
                    "brings all to one size",
                    png->name, png->height, png->width,
                    plan->first_name == NULL ? "the model takes" : plan->first_name,
                    plan->size.height, plan->size.width, plan->size.height, plan->size.width);
}

/* Reads an open picture into a row. */
static sm_status read_row(const row_plan *const plan, smi_png *const png, uint8_t *const row)
{
    const smi_picture_size before = {png->height, png->width};
    if (before.height == plan->size.height && before.width == plan->size.width) {
        return smi_png_read(png, plan->channels, row);
    }
    if (!plan->resize) {
        return fail_size(plan, png);
    }
    uint8_t *const pixels = smi_bytes(before.height * before.width * plan->channels);
    if (pixels == NULL) {
        return smi_fail_memory(png->name);
    }
    const sm_status status = smi_png_read(png, plan->channels, pixels);
    if (status == SM_OK) {
        smi_resize(pixels, before, plan->channels, plan->size, row);
    }
    smi_free(pixels);
    return status;
}

/* Room for this many rows. */
static sm_status make_rows(const row_plan *const plan, const size_t rows, uint8_t **const x)
{
    size_t bytes = 0;
    if (!smi_multiply_size(plan->size.height * plan->size.width * plan->channels, rows, &bytes)) {
        return smi_fail(SM_ERROR_MEMORY, "%zu pictures do not fit in memory", rows);
    }
    *x = smi_bytes(bytes);
    return *x == NULL ? smi_fail_memory("the pictures") : SM_OK;
}

static smi_pictures pictures_of(const row_plan *const plan, uint8_t *const x)
{
    return (smi_pictures){.x = x, .size = plan->size, .channels = plan->channels};
}

sm_status smi_read_picture(const uint8_t *const bytes, const size_t size, const char *const name,
                           const smi_picture_form *const form, smi_pictures *const pictures)
{
    smi_png png = {0};
    uint8_t *x = NULL;
    sm_status status = smi_png_open(bytes, size, name, &png);
    if (status != SM_OK) {
        return status;
    }
    const row_plan plan = plan_for(form, &png);
    status = make_rows(&plan, 1, &x);
    if (status == SM_OK) {
        status = read_row(&plan, &png, x);
    }
    smi_png_close(&png);
    if (status != SM_OK) {
        smi_free(x);
        return status;
    }
    *pictures = pictures_of(&plan, x);
    return SM_OK;
}

/* ---- many pictures ---- */

/* The first row that a thread could not read as planned. */
typedef struct fault {
    size_t row; /* SIZE_MAX: none */
    sm_status status;
    bool colour; /* nothing is wrong with it, but that it has colour */
    char message[SMI_MESSAGE_SIZE];
} fault;

/* One way through all rows. */
typedef struct picture_pass {
    const smi_picture_list *list;
    row_plan plan;
    uint8_t *x;
    fault *faults;             /* one a thread */
    atomic_size_t first_fault; /* the lowest row so far; those behind it need not be read */
} picture_pass;

static sm_status read_file(const smi_picture_list *const list, const size_t row, char *const path,
                           uint8_t **const bytes, size_t *const size)
{
    smi_input *input = NULL;
    sm_status status = smi_picture_path(list, row, path);
    if (status == SM_OK) {
        status = smi_input_open(path, &input);
    }
    if (status == SM_OK) {
        status = smi_input_read_all(input, SMI_MOST_PICTURE_BYTES, bytes, size);
    }
    smi_input_close(input);
    return status;
}

static void note_fault(picture_pass *const pass, const size_t row, const size_t thread,
                       const sm_status status, const bool colour)
{
    fault *const here = &pass->faults[thread];
    if (row < here->row) {
        here->row = row;
        here->status = status;
        here->colour = colour;
        memcpy(here->message, sm_error_message(), strlen(sm_error_message()) + 1);
    }
    size_t first = atomic_load(&pass->first_fault);
    while (row < first && !atomic_compare_exchange_weak(&pass->first_fault, &first, row)) {
    }
}

static void read_one(void *const context, const size_t row, const size_t thread)
{
    picture_pass *const pass = context;
    if (row > atomic_load_explicit(&pass->first_fault, memory_order_relaxed)) {
        return;
    }
    const size_t row_bytes = pass->plan.size.height * pass->plan.size.width * pass->plan.channels;
    char path[PATH_MAX];
    uint8_t *bytes = NULL;
    size_t size = 0;
    smi_png png = {0};
    sm_status status = read_file(pass->list, row, path, &bytes, &size);
    if (status == SM_OK) {
        status = smi_png_open(bytes, size, path, &png);
    }
    const bool colour = status == SM_OK && pass->plan.tentative && png.colour;
    if (status == SM_OK && !colour) {
        status = read_row(&pass->plan, &png, pass->x + row * row_bytes);
    }
    if (status != SM_OK || colour) {
        note_fault(pass, row, thread, status, colour);
    }
    smi_png_close(&png);
    smi_free(bytes);
}

/* Makes x and fills it. *colour: it failed only because the plan was tentative, and wrong. */
static sm_status run_pass(picture_pass *const pass, smi_pool *const pool, bool *const colour)
{
    const size_t threads = smi_pool_threads(pool);
    sm_status status = make_rows(&pass->plan, pass->list->rows, &pass->x);
    if (status != SM_OK) {
        return status;
    }
    for (size_t t = 0; t < threads; t++) {
        pass->faults[t].row = SIZE_MAX;
    }
    atomic_init(&pass->first_fault, SIZE_MAX);
    smi_pool_run(pool, pass->list->rows, read_one, pass);
    *colour = false;
    for (size_t t = 0; t < threads; t++) {
        const fault *const here = &pass->faults[t];
        if (here->row != SIZE_MAX && here->row == atomic_load(&pass->first_fault)) {
            *colour = here->colour;
            status = here->colour ? SM_ERROR_DATA : smi_fail(here->status, "%s", here->message);
        }
    }
    if (status != SM_OK) {
        smi_free(pass->x);
        pass->x = NULL;
    }
    return status;
}

/* Reads all rows as planned; a tentative plan that turns out wrong once more, in colour. */
static sm_status run_passes(picture_pass *const pass, const size_t threads)
{
    smi_pool *pool = NULL;
    bool colour = false;
    sm_status status = smi_pool_create(threads, &pool);
    if (status == SM_OK) {
        status = run_pass(pass, pool, &colour);
    }
    if (colour) {
        pass->plan.channels = 3;
        pass->plan.tentative = false;
        status = run_pass(pass, pool, &colour);
    }
    smi_pool_free(pool);
    return status;
}

static sm_status plan_by_first(const smi_picture_list *const list,
                               const smi_picture_form *const form, char *const path,
                               row_plan *const plan)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    smi_png png = {0};
    sm_status status = read_file(list, 0, path, &bytes, &size);
    if (status == SM_OK) {
        status = smi_png_open(bytes, size, path, &png);
    }
    if (status == SM_OK) {
        *plan = plan_for(form, &png);
    }
    smi_png_close(&png);
    smi_free(bytes);
    return status;
}

sm_status smi_read_pictures(const smi_picture_list *const list, const smi_picture_form *const form,
                            const size_t threads, smi_pictures *const pictures)
{
    char first_path[PATH_MAX];
    picture_pass pass = {.list = list};
    sm_status status = plan_by_first(list, form, first_path, &pass.plan);
    if (status != SM_OK) {
        return status;
    }
    pass.faults = smi_array(threads, sizeof *pass.faults);
    if (pass.faults == NULL) {
        return smi_fail_memory("the pictures");
    }
    status = run_passes(&pass, threads);
    smi_free(pass.faults);
    if (status == SM_OK) {
        *pictures = pictures_of(&pass.plan, pass.x);
    }
    return status;
}
