#include "data/array/npy_decode.h"

#include <math.h>
#include <string.h>

/* IEEE 754 half precision: 1 bit of sign, 5 of exponent, 10 of fraction. */
static float half_to_float(const uint16_t half)
{
    const uint32_t sign = (uint32_t)(half >> 15) << 31;
    const uint32_t exponent = half >> 10 & 0x1f;
    const uint32_t fraction = half & 0x3ff;
    uint32_t bits = sign | (exponent + 112) << 23 | fraction << 13;
    float value = 0.0F;
    if (exponent == 0) { /* subnormal: a multiple of 2⁻²⁴ */
        value = (float)fraction * 0x1p-24F;
        return sign != 0 ? -value : value;
    }
    if (exponent == 0x1f) {
        bits = sign | 0x7f800000U | fraction << 13;
    }
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The i-th number of the tile, whose numbers are of the type. */
#define NUMBER(type, i) (((const type *)(const void *)tile->bytes)[i])

double smi_npy_to_double(const smi_npy *const array, const smi_npy_tile *const tile, const size_t i)
{
    switch (array->kind) {
    case SMI_NPY_FLOAT:
        return array->size == 2   ? (double)half_to_float(NUMBER(uint16_t, i))
               : array->size == 4 ? (double)NUMBER(float, i)
                                  : NUMBER(double, i);
    case SMI_NPY_SIGNED:
        return array->size == 1   ? (double)NUMBER(int8_t, i)
               : array->size == 2 ? (double)NUMBER(int16_t, i)
               : array->size == 4 ? (double)NUMBER(int32_t, i)
                                  : (double)NUMBER(int64_t, i);
    case SMI_NPY_BOOL:
        return tile->bytes[i] != 0 ? 1.0 : 0.0;
    default:
        return array->size == 1   ? (double)tile->bytes[i]
               : array->size == 2 ? (double)NUMBER(uint16_t, i)
               : array->size == 4 ? (double)NUMBER(uint32_t, i)
                                  : (double)NUMBER(uint64_t, i);
    }
}

/* Double holds the numbers that floats are made of exactly, but for integers of 64 bits: those are
 * rounded twice, which is of no account beside a float's 24 bits. */
void smi_npy_to_floats(const smi_npy *const array, const smi_npy_tile *const tile,
                       const size_t count, float *const to)
{
    if (array->kind == SMI_NPY_FLOAT && array->size == 4) {
        memcpy(to, tile->bytes, count * sizeof *to);
        return;
    }
    if (array->kind == SMI_NPY_FLOAT && array->size == 8) {
        for (size_t i = 0; i < count; i++) {
            to[i] = (float)NUMBER(double, i);
        }
        return;
    }
    if (array->kind == SMI_NPY_FLOAT) {
        for (size_t i = 0; i < count; i++) {
            to[i] = half_to_float(NUMBER(uint16_t, i));
        }
        return;
    }
    for (size_t i = 0; i < count; i++) {
        to[i] = (float)smi_npy_to_double(array, tile, i);
    }
}

size_t smi_npy_to_integers(const smi_npy *const array, const smi_npy_tile *const tile,
                           const size_t count, int64_t *const to)
{
    for (size_t i = 0; i < count; i++) {
        if (array->kind == SMI_NPY_SIGNED && array->size == 8) {
            to[i] = NUMBER(int64_t, i);
            continue;
        }
        /* 64 bits without a sign are the only ones that double rounds, and those that are rounded
         * are beyond what anything here can be, rounded or not. */
        const double number = smi_npy_to_double(array, tile, i);
        if (!(fabs(number) < 0x1p63) || number != trunc(number)) {
            return i;
        }
        to[i] = (int64_t)number;
    }
    return count;
}
