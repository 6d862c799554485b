#include "data/array/npy_values.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/array/npy_decode.h"
#include "data/array/npy_transposed.h"

/* Bytes that are fetched and checked where they lie at a time. */
enum { PIECE = 1 << 20 };

/* ---- numbers ---- */

static sm_status expect_numbers(const smi_array_source *const source, const smi_npy *const array)
{
    return smi_npy_is_text(array)
               ? smi_fail(SM_ERROR_FORMAT, "%s: the elements are text, not numbers", source->name)
               : SM_OK;
}

/* Where the first value is that is not finite; `count`: nowhere. */
static size_t first_not_finite(const float *const values, const size_t count)
{
    static const uint32_t exponent = 0x7f800000;
    uint32_t any = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t bits = 0;
        memcpy(&bits, values + i, sizeof bits);
        any |= (uint32_t)((bits & exponent) == exponent);
    }
    size_t i = any != 0 ? 0 : count;
    while (i < count && isfinite(values[i])) {
        i++;
    }
    return i;
}

static sm_status fail_not_finite(const char *const name, const size_t place, const size_t row_size,
                                 const double value)
{
    return row_size == 0
               ? smi_fail(SM_ERROR_DATA, "%s: element %zu: %g is not a finite 32-bit number", name,
                          place, value)
               : smi_fail(SM_ERROR_DATA,
                          "%s: row %zu, column %zu: %g is not a finite 32-bit number", name,
                          place / row_size, place % row_size, value);
}

sm_status smi_npy_read_floats(smi_array_source *const source, const smi_npy *const array,
                              const size_t first, const size_t count, const size_t row_size,
                              float *const to)
{
    smi_npy_tile tile;
    for (size_t done = 0; done < count;) {
        const size_t some = smi_min_size(SMI_NPY_TILE, count - done);
        const sm_status status = smi_npy_read(source, array, some, tile.bytes);
        if (status != SM_OK) {
            return status;
        }
        smi_npy_to_floats(array, &tile, some, to + done);
        const size_t bad = first_not_finite(to + done, some);
        if (bad < some) {
            return fail_not_finite(source->name, smi_npy_place_of(array, first + done + bad),
                                   row_size, smi_npy_to_double(array, &tile, bad));
        }
        done += some;
    }
    return SM_OK;
}

sm_status smi_npy_take_floats(smi_array_source *const source, const smi_npy *const array,
                              const size_t row_size, float *const to)
{
    float values[SMI_NPY_TILE];
    const bool scattered = smi_npy_is_transposed(array);
    const size_t most = scattered ? SMI_NPY_TILE : array->elements;
    sm_status status = expect_numbers(source, array);
    for (size_t done = 0, count = 0; status == SM_OK && done < array->elements; done += count) {
        count = smi_min_size(most, array->elements - done);
        status = smi_npy_read_floats(source, array, done, count, row_size, scattered ? values : to);
        if (status == SM_OK && scattered) {
            smi_npy_scatter(array, values, done, count, sizeof *to, 0, to);
        }
    }
    return status == SM_OK ? smi_array_source_finish(source) : status;
}

sm_status smi_npy_read_integers(smi_array_source *const source, const smi_npy *const array,
                                const size_t first, const size_t count, const int64_t least,
                                const int64_t most, const size_t size, void *const to)
{
    smi_npy_tile tile;
    int64_t values[SMI_NPY_TILE];
    sm_status status = expect_numbers(source, array);
    for (size_t done = 0; status == SM_OK && done < count;) {
        const size_t some = smi_min_size(SMI_NPY_TILE, count - done);
        status = smi_npy_read(source, array, some, tile.bytes);
        if (status != SM_OK) {
            break;
        }
        size_t good = smi_npy_to_integers(array, &tile, some, values);
        for (size_t i = 0; i < good; i++) {
            if (values[i] < least || values[i] > most) {
                good = i;
            } else if (size == 4) {
                ((uint32_t *)to)[done + i] = (uint32_t)values[i];
            } else {
                ((uint64_t *)to)[done + i] = (uint64_t)values[i];
            }
        }
        if (good < some) {
            return smi_fail(SM_ERROR_DATA,
                            "%s: element %zu: %.17g is not a whole number from %lld "
                            "to %lld",
                            source->name, first + done + good,
                            smi_npy_to_double(array, &tile, good), (long long)least,
                            (long long)most);
        }
        done += some;
    }
    return status;
}

sm_status smi_npy_take_integers(smi_array_source *const source, const smi_npy *const array,
                                const int64_t least, const int64_t most, const size_t size,
                                void *const to)
{
    const sm_status status =
        smi_npy_read_integers(source, array, 0, array->elements, least, most, size, to);
    return status == SM_OK ? smi_array_source_finish(source) : status;
}

/* ---- where they lie ---- */

bool smi_npy_lies_ready(const smi_array_source *const source, const smi_npy *const array)
{
    return source->at != NULL && !array->swapped && !smi_npy_is_transposed(array) &&
           (uintptr_t)source->at % array->size == 0;
}

sm_status smi_npy_check_floats(smi_array_source *const source, const smi_content *const content,
                               const float *const values, const size_t count, const size_t row_size)
{
    const size_t most = PIECE / sizeof *values;
    for (size_t done = 0; done < count;) {
        const size_t some = smi_min_size(most, count - done);
        smi_content_fetch(content, values + done, 0, some * sizeof *values);
        (void)smi_array_source_pass(source, some * sizeof *values);
        const size_t bad = first_not_finite(values + done, some);
        if (bad < some) {
            return fail_not_finite(source->name, done + bad, row_size, (double)values[done + bad]);
        }
        smi_content_let_go(content, values + done, 0, some * sizeof *values);
        done += some;
    }
    const sm_status status = smi_array_source_finish(source);
    return status == SM_OK ? smi_content_check_unchanged(content) : status;
}

sm_status smi_npy_pass_bytes(smi_array_source *const source, const smi_content *const content)
{
    while (source->has_checksum && source->left > 0) {
        const size_t some = smi_min_size(PIECE, source->left);
        smi_content_fetch(content, source->at, 0, some);
        const uint8_t *const bytes = smi_array_source_pass(source, some);
        smi_content_let_go(content, bytes, 0, some);
    }
    return smi_array_source_finish(source);
}

/* ---- features ---- */

static sm_status take_bytes(smi_array_source *const source, const smi_npy *const array,
                            uint8_t *const to)
{
    if (!smi_npy_is_transposed(array)) {
        const sm_status status = smi_npy_read(source, array, array->elements, to);
        return status == SM_OK ? smi_array_source_finish(source) : status;
    }
    smi_npy_tile tile;
    sm_status status = SM_OK;
    for (size_t done = 0; status == SM_OK && done < array->elements;) {
        const size_t count = smi_min_size(SMI_NPY_TILE, array->elements - done);
        status = smi_npy_read(source, array, count, tile.bytes);
        if (status == SM_OK) {
            smi_npy_scatter(array, tile.bytes, done, count, 1, 0, to);
        }
        done += count;
    }
    return status == SM_OK ? smi_array_source_finish(source) : status;
}

/* The shape of the features; fails where there is none. */
static sm_status shape_features(const char *const name, const smi_npy *const array,
                                smi_npy_features *const features)
{
    const bool channels =
        array->dimensions == 4 && (array->extent[3] == 1 || array->extent[3] == 3);
    if (array->dimensions < 2) {
        char dimensions[SMI_COUNTED_SIZE];
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: %s: these are not rows of features; x.reshape(-1, 1) makes rows of "
                        "one feature",
                        name, smi_counted_text(array->dimensions, "dimension", dimensions));
    }
    if (array->elements == 0) {
        return smi_fail(SM_ERROR_DATA, "%s: the array holds no %s", name,
                        array->extent[0] == 0 ? "rows" : "features: one of its dimensions is 0");
    }
    features->rows = array->extent[0];
    features->features = array->elements / array->extent[0];
    if (array->dimensions == 3 || channels) {
        features->height = array->extent[1];
        features->width = array->extent[2];
    }
    return SM_OK;
}

/* Leaves x where it lies. */
static sm_status use_in_place(smi_array_source *const source, const smi_content *const content,
                              smi_npy_features *const features)
{
    features->x = source->at;
    return features->element == SM_U8
               ? smi_npy_pass_bytes(source, content)
               : smi_npy_check_floats(source, content, (const float *)features->x,
                                      features->rows * features->features, features->features);
}

sm_status smi_npy_begin_features(smi_array_source *const source, smi_npy *const array,
                                 smi_npy_features *const features)
{
    *features = (smi_npy_features){.rows = 0};
    sm_status status = smi_npy_read_header(source, array);
    if (status == SM_OK) {
        status = expect_numbers(source, array);
    }
    if (status == SM_OK) {
        status = shape_features(source->name, array, features);
    }
    if (status == SM_OK) {
        features->element = array->kind == SMI_NPY_UNSIGNED && array->size == 1 ? SM_U8 : SM_F32;
    }
    return status;
}

bool smi_npy_is_in_place(const smi_array_source *const source, const smi_npy *const array,
                         const smi_npy_features *const features)
{
    const bool floats = array->kind == SMI_NPY_FLOAT && array->size == sizeof(float);
    return (features->element == SM_U8 || floats) && smi_npy_lies_ready(source, array);
}

sm_status smi_npy_take_features(smi_array_source *const source, const smi_content *const content,
                                smi_npy_features *const features)
{
    smi_npy array;
    smi_npy_features taken;
    sm_status status = smi_npy_begin_features(source, &array, &taken);
    if (status != SM_OK) {
        return status;
    }
    if (smi_npy_is_in_place(source, &array, &taken)) {
        status = use_in_place(source, content, &taken);
    } else {
        const bool bytes = taken.element == SM_U8;
        size_t size = array.elements;
        taken.memory = bytes || smi_multiply_size(array.elements, sizeof(float), &size)
                           ? smi_bytes(size)
                           : NULL;
        taken.x = taken.memory;
        status = taken.memory == NULL ? smi_fail_memory(source->name)
                 : bytes              ? take_bytes(source, &array, taken.memory)
                         : smi_npy_take_floats(source, &array, taken.features, taken.memory);
    }
    if (status != SM_OK) {
        smi_free(taken.memory);
        return status;
    }
    *features = taken;
    return SM_OK;
}
