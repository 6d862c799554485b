/* Points in the plane: blobs, circles, moons, spirals. Row r is of class r mod classes. */
#include "base/memory.h"
#include "base/portable_math.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/generator.h"

/* Places one point of a class. context: what the generator prepared. */
typedef void point_maker(const smi_generator_settings *settings, const double *centres,
                         size_t class, smi_random *random, float *point);

static sm_status make_points(const char *const name, const smi_generator_settings *const settings,
                             const double *const centres, point_maker *const place,
                             sm_dataset **const dataset)
{
    const size_t rows = (size_t)settings->n;
    float *const x = smi_array(rows, 2 * sizeof *x);
    int32_t *const labels = smi_array(rows, sizeof *labels);
    if (x == NULL || labels == NULL) {
        smi_free(x);
        smi_free(labels);
        return smi_fail(SM_ERROR_MEMORY, "not enough memory for %zu points", rows);
    }
    for (size_t r = 0; r < rows; r++) {
        smi_random random = smi_row_random(settings, r);
        const size_t class = (size_t)((settings->first + r) % settings->classes);
        place(settings, centres, class, &random, x + 2 * r);
        labels[r] = (int32_t) class;
    }
    return smi_dataset_take(name, SM_F32, x, rows, 2, labels, (size_t)settings->classes, dataset);
}

static void place_blob(const smi_generator_settings *const settings, const double *const centres,
                       const size_t class, smi_random *const random, float *const point)
{
    for (size_t i = 0; i < 2; i++) {
        point[i] = (float)(centres[2 * class + i] + settings->std * smi_random_normal(random));
    }
}

sm_status smi_make_blobs(const smi_generator_settings *const settings, sm_dataset **const dataset)
{
    /* The four of the well-known lab on softmax; any other number lies anywhere in the square. */
    static const double lab[] = {-5.0, 2.0, -2.0, -2.0, 1.0, 2.0, 5.0, -2.0};
    const size_t classes = (size_t)settings->classes;
    if (classes == sizeof lab / sizeof *lab / 2) {
        return make_points("blobs", settings, lab, place_blob, dataset);
    }
    double *const centres = smi_array(classes, 2 * sizeof *centres);
    if (centres == NULL) {
        return smi_fail_memory("the centres");
    }
    smi_random random = smi_random_start(settings->seed, SMI_STREAM_CENTRES);
    for (size_t i = 0; i < 2 * classes; i++) {
        centres[i] = smi_random_between(&random, -10.0, 10.0);
    }
    const sm_status status = make_points("blobs", settings, centres, place_blob, dataset);
    smi_free(centres);
    return status;
}

static void add_noise(const smi_generator_settings *const settings, smi_random *const random,
                      const double x, const double y, float *const point)
{
    point[0] = (float)(x + settings->noise * smi_random_normal(random));
    point[1] = (float)(y + settings->noise * smi_random_normal(random));
}

/* Class c is the ring of radius (c + 1) / classes. */
static void place_on_circle(const smi_generator_settings *const settings,
                            const double *const centres, const size_t class,
                            smi_random *const random, float *const point)
{
    (void)centres;
    const double radius = (double)(class + 1) / (double)settings->classes;
    const double turns = smi_random_double(random);
    add_noise(settings, random, radius * smi_portable_cos(turns), radius * smi_portable_sin(turns),
              point);
}

sm_status smi_make_circles(const smi_generator_settings *const settings, sm_dataset **const dataset)
{
    return make_points("circles", settings, NULL, place_on_circle, dataset);
}

/* Two half circles of radius 1, each reaching into the other. */
static void place_on_moon(const smi_generator_settings *const settings, const double *const centres,
                          const size_t class, smi_random *const random, float *const point)
{
    (void)centres;
    const double turns = 0.5 * smi_random_double(random);
    const double x = smi_portable_cos(turns);
    const double y = smi_portable_sin(turns);
    if (class == 0) {
        add_noise(settings, random, x, y, point);
    } else {
        add_noise(settings, random, 1.0 - x, 0.5 - y, point);
    }
}

sm_status smi_make_moons(const smi_generator_settings *const settings, sm_dataset **const dataset)
{
    return make_points("moons", settings, NULL, place_on_moon, dataset);
}

/* Class c is the arm that leaves near the origin at c of `classes` equal angles and goes around it
 * once while it goes outwards to radius 1. */
static void place_on_spiral(const smi_generator_settings *const settings,
                            const double *const centres, const size_t class,
                            smi_random *const random, float *const point)
{
    (void)centres;
    const double along = smi_random_double(random);
    const double radius = 0.1 + 0.9 * along;
    const double turns = (double)class / (double)settings->classes + along;
    const double turned = turns < 1.0 ? turns : turns - 1.0;
    add_noise(settings, random, radius * smi_portable_cos(turned),
              radius * smi_portable_sin(turned), point);
}

sm_status smi_make_spirals(const smi_generator_settings *const settings, sm_dataset **const dataset)
{
    return make_points("spirals", settings, NULL, place_on_spiral, dataset);
}
