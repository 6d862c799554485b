#include "data/pictures/read_pictures.h"

#include <limits.h>
#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/pictures/png.h"
#include "sys/file.h"
#include "sys/input.h"

static smi_picture_plan plan_for(const smi_picture_form *const form, const smi_png *const first)
{
    const bool given = form->size.height > 0;
    const bool grey =
        form->colour == SM_COLOUR_GREY || (form->colour == SM_COLOUR_AUTO && !first->colour);
    return (smi_picture_plan){.size = given ? form->size
                                            : (smi_picture_size){first->height, first->width},
                              .channels = grey ? 1 : 3,
                              .resize = form->resize,
                              .tentative = grey && form->colour == SM_COLOUR_AUTO,
                              .first_name = given ? NULL : first->name};
}

static sm_status fail_size(const smi_picture_plan *const plan, const smi_png *const png)
{
    return smi_fail(SM_ERROR_DATA,
                    "%s: %zu × %zu pixels (height × width), but %s %zu × %zu; --size %zux%zu "
                    "brings all to one size",
                    png->name, png->height, png->width,
                    plan->first_name == NULL ? "the model takes" : plan->first_name,
                    plan->size.height, plan->size.width, plan->size.height, plan->size.width);
}

/* Reads an open picture into a row. */
static sm_status read_row(const smi_picture_plan *const plan, smi_png *const png,
                          uint8_t *const row)
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
static sm_status make_rows(const smi_picture_plan *const plan, const size_t rows, uint8_t **const x)
{
    size_t bytes = 0;
    if (!smi_multiply_size(plan->size.height * plan->size.width * plan->channels, rows, &bytes)) {
        return smi_fail(SM_ERROR_MEMORY, "%zu pictures do not fit in memory", rows);
    }
    *x = smi_bytes(bytes);
    return *x == NULL ? smi_fail_memory("the pictures") : SM_OK;
}

static smi_pictures pictures_of(const smi_picture_plan *const plan, uint8_t *const x)
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
    const smi_picture_plan plan = plan_for(form, &png);
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

/* A way through some rows, all of them or a block. */
typedef struct picture_pass {
    const smi_picture_list *list;
    const smi_picture_plan *plan;
    size_t first;              /* of the rows */
    uint8_t *x;                /* where it goes */
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

static void read_one(void *const context, const size_t task, const size_t thread)
{
    picture_pass *const pass = context;
    const size_t row = pass->first + task;
    if (row > atomic_load_explicit(&pass->first_fault, memory_order_relaxed)) {
        return;
    }
    char path[PATH_MAX];
    uint8_t *bytes = NULL;
    size_t size = 0;
    smi_png png = {0};
    sm_status status = read_file(pass->list, row, path, &bytes, &size);
    if (status == SM_OK) {
        status = smi_png_open(bytes, size, path, &png);
    }
    const bool colour = status == SM_OK && pass->plan->tentative && png.colour;
    if (status == SM_OK && !colour) {
        status = read_row(pass->plan, &png, pass->x + task * smi_picture_row_bytes(pass->plan));
    }
    if (status != SM_OK || colour) {
        note_fault(pass, row, thread, status, colour);
    }
    smi_png_close(&png);
    smi_free(bytes);
}

/* Reads `count` rows. *colour: it failed only because the plan was tentative, and wrong. */
static sm_status run_pass(picture_pass *const pass, smi_pool *const pool, const size_t count,
                          bool *const colour)
{
    const size_t threads = smi_pool_threads(pool);
    sm_status status = SM_OK;
    pass->faults = smi_array(threads, sizeof *pass->faults);
    if (pass->faults == NULL) {
        return smi_fail_memory("the pictures");
    }
    for (size_t t = 0; t < threads; t++) {
        pass->faults[t].row = SIZE_MAX;
    }
    atomic_init(&pass->first_fault, SIZE_MAX);
    smi_pool_run(pool, count, read_one, pass);
    *colour = false;
    for (size_t t = 0; t < threads; t++) {
        const fault *const here = &pass->faults[t];
        if (here->row != SIZE_MAX && here->row == atomic_load(&pass->first_fault)) {
            *colour = here->colour;
            status = here->colour ? SM_ERROR_DATA : smi_fail(here->status, "%s", here->message);
        }
    }
    smi_free(pass->faults);
    return status;
}

sm_status smi_read_picture_rows(const smi_picture_list *const list,
                                const smi_picture_plan *const plan, smi_pool *const pool,
                                const size_t first, const size_t count, uint8_t *const x)
{
    picture_pass pass = {.list = list, .plan = plan, .first = first};
    pass.x = x;
    bool colour = false;
    const sm_status status = run_pass(&pass, pool, count, &colour);
    if (!colour) {
        return status;
    }
    char path[PATH_MAX];
    const sm_status found = smi_picture_path(list, atomic_load(&pass.first_fault), path);
    return found == SM_OK ? smi_fail_changed(path) : found;
}

/* Makes x and reads all rows as planned; a tentative plan that turns out wrong once more, in
 * colour. */
static sm_status read_all(const smi_picture_list *const list, smi_picture_plan *const plan,
                          smi_pool *const pool, uint8_t **const x)
{
    bool colour = false;
    sm_status status = SM_OK;
    do {
        if (colour) {
            plan->channels = 3;
            plan->tentative = false;
        }
        picture_pass pass = {.list = list, .plan = plan};
        status = make_rows(plan, list->rows, &pass.x);
        if (status == SM_OK) {
            status = run_pass(&pass, pool, list->rows, &colour);
        }
        if (status == SM_OK) {
            *x = pass.x;
        } else {
            smi_free(pass.x);
        }
    } while (colour && plan->tentative);
    return status;
}

static sm_status plan_by_first(const smi_picture_list *const list,
                               const smi_picture_form *const form, char *const path,
                               smi_picture_plan *const plan)
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

/* What is looked for in all files. */
typedef struct colour_search {
    const smi_picture_list *list;
    atomic_bool found;
} colour_search;

/* What is wrong with a file, who reads it as a row will say; no message of it is to stay. */
static void look_at(void *const context, const size_t row, const size_t thread)
{
    colour_search *const search = context;
    char path[PATH_MAX];
    uint8_t *bytes = NULL;
    size_t size = 0;
    smi_png png = {0};
    (void)thread;
    if (atomic_load(&search->found)) {
        return;
    }
    if (read_file(search->list, row, path, &bytes, &size) == SM_OK &&
        smi_png_open(bytes, size, path, &png) == SM_OK && png.colour) {
        atomic_store(&search->found, true);
    }
    smi_png_close(&png);
    smi_free(bytes);
}

sm_status smi_plan_pictures(const smi_picture_list *const list, const smi_picture_form *const form,
                            smi_pool *const pool, char *const first_path,
                            smi_picture_plan *const plan)
{
    const sm_status status = plan_by_first(list, form, first_path, plan);
    if (status == SM_OK && plan->tentative) {
        char message[SMI_MESSAGE_SIZE];
        colour_search search = {.list = list};
        atomic_init(&search.found, false);
        memcpy(message, sm_error_message(), strlen(sm_error_message()) + 1);
        smi_pool_run(pool, list->rows, look_at, &search);
        smi_set_message("%s", message);
        if (atomic_load(&search.found)) {
            plan->channels = 3;
            plan->tentative = false;
        }
    }
    return status;
}

sm_status smi_read_pictures(const smi_picture_list *const list, const smi_picture_form *const form,
                            const size_t threads, smi_pictures *const pictures)
{
    char first_path[PATH_MAX];
    smi_picture_plan plan = {.channels = 0};
    smi_pool *pool = NULL;
    uint8_t *x = NULL;
    sm_status status = plan_by_first(list, form, first_path, &plan);
    if (status == SM_OK) {
        status = smi_pool_create(threads, &pool);
    }
    if (status == SM_OK) {
        status = read_all(list, &plan, pool, &x);
    }
    smi_pool_free(pool);
    if (status == SM_OK) {
        *pictures = pictures_of(&plan, x);
    }
    return status;
}
