/* Activations with their derivatives, in place. A number goes through the same instructions in a
 * full vector and in the last, partial one: its result does not depend on its place. */
#include "kernel/vector/exp.h"
#include "kernel/vector/names.h"
#include "kernel/vector/tile.h"

typedef struct curve {
    smi_vector value;
    smi_vector slope;
} curve;

SMI_TILE curve linear(const smi_vector z)
{
    return (curve){z, smi_splat(1.0F)};
}

SMI_TILE curve relu(const smi_vector z)
{
    const smi_vector zero = smi_splat(0.0F);
    return (curve){smi_larger(zero, z), smi_where_above(z, zero, smi_splat(1.0F), zero)};
}

SMI_TILE curve leaky_relu(const smi_vector z)
{
    const smi_vector share = smi_splat(0.01F);
    return (curve){smi_larger(z, smi_multiply(z, share)),
                   smi_where_above(z, smi_splat(0.0F), smi_splat(1.0F), share)};
}

/* With e = exp(−|z|) ≤ 1, sigmoid(|z|) = 1 / (1 + e) and sigmoid(−|z|) = e / (1 + e), of which the
 * slope is the product: nothing cancels or overflows on either side. */
SMI_TILE curve sigmoid(const smi_vector z)
{
    const smi_vector one = smi_splat(1.0F);
    const smi_vector e = smi_exp_or_zero(smi_minus_magnitude(z));
    const smi_vector large = smi_divide(one, smi_add(one, e));
    const smi_vector small = smi_multiply(e, large);
    return (curve){smi_where_above(z, smi_splat(0.0F), large, small), smi_multiply(large, small)};
}

/* With e = exp(−2|z|) and q = e − 1, tanh|z| = −q / (2 + q) and its slope is 4e / (2 + q)². From
 * the parts of e, q = 2^n · r · series + (2^n − 1), which for small |z| is r · series and loses
 * nothing to cancellation. */
SMI_TILE curve hyperbolic_tangent(const smi_vector z)
{
    const smi_vector one = smi_splat(1.0F);
    const smi_vector magnitude = smi_minus_magnitude(z);
    const smi_vector x = smi_add(magnitude, magnitude);
    const smi_exp_parts parts = smi_exp_parts_of(x);
    const smi_vector power = smi_times_power_of_two(one, parts.n);
    const smi_vector q =
        smi_multiply_add(power, smi_multiply(parts.r, parts.series), smi_subtract(power, one));
    const smi_vector e =
        smi_where_above(smi_splat(-87.33F), x, smi_splat(0.0F), smi_exp_from_parts(parts));
    const smi_vector inverse = smi_divide(one, smi_add(smi_splat(2.0F), q));
    const smi_vector twice = smi_add(inverse, inverse);
    return (curve){smi_with_sign(smi_multiply(q, inverse), z),
                   smi_multiply(e, smi_multiply(twice, twice))};
}

/* Φ(−a) · exp(a² / 2) for 0 ≤ a ≤ 14, which falls smoothly from ½ towards 1 / (a √(2π)), as a
 * quotient of polynomials: a minimax fit of the relative error, 0.25 · 2^-24. All coefficients are
 * positive, so that nothing cancels. */
SMI_TILE smi_vector scaled_tail(const smi_vector a)
{
    smi_vector over = smi_splat(0x1.08cb12p-8F);
    over = smi_multiply_add(over, a, smi_splat(0x1.48e0c6p-5F));
    over = smi_multiply_add(over, a, smi_splat(0x1.746278p-3F));
    over = smi_multiply_add(over, a, smi_splat(0x1.beee46p-2F));
    over = smi_multiply_add(over, a, smi_splat(0.5F));
    smi_vector under = smi_splat(0x1.4bdd68p-7F);
    under = smi_multiply_add(under, a, smi_splat(0x1.9c3736p-4F));
    under = smi_multiply_add(under, a, smi_splat(0x1.dcec94p-2F));
    under = smi_multiply_add(under, a, smi_splat(0x1.325e9ap+0F));
    under = smi_multiply_add(under, a, smi_splat(0x1.abb95p+0F));
    under = smi_multiply_add(under, a, smi_splat(1.0F));
    return smi_divide(over, under);
}

/* With a = |z| and the tail Q = Φ(−a), z · Φ(z) = max(z, 0) − a · Q on both sides, and the slope
 * Φ + z · φ is Q − a · φ on the left and 1 minus that on the right. Beyond a = 14 all of Q and φ
 * has vanished; a stays there, as ∞ · 0 would be NaN. */
SMI_TILE curve gelu(const smi_vector z)
{
    const smi_vector zero = smi_splat(0.0F);
    const smi_vector minus_a = smi_larger(smi_splat(-14.0F), smi_minus_magnitude(z));
    const smi_vector half_square = smi_multiply(smi_multiply(minus_a, minus_a), smi_splat(-0.5F));
    const smi_vector e = smi_exp_or_zero(half_square);
    const smi_vector tail = smi_multiply(e, scaled_tail(smi_subtract(zero, minus_a)));
    const smi_vector density = smi_multiply(e, smi_splat(0x1.988454p-2F)); /* 1 / √(2π) */
    const smi_vector left = smi_multiply_add(minus_a, density, tail);
    return (curve){smi_multiply_add(minus_a, tail, smi_larger(zero, z)),
                   smi_where_above(z, zero, smi_subtract(smi_splat(1.0F), left), left)};
}

SMI_TILE curve curve_at(const sm_activation kind, const smi_vector z)
{
    switch (kind) {
    case SM_RELU:
        return relu(z);
    case SM_LEAKY_RELU:
        return leaky_relu(z);
    case SM_GELU:
        return gelu(z);
    case SM_TANH:
        return hyperbolic_tangent(z);
    case SM_SIGMOID:
        return sigmoid(z);
    case SM_LINEAR:
        break;
    }
    return linear(z);
}

/* kind: a constant, so that nothing is asked within the loop. */
SMI_TILE void pass(const sm_activation kind, float *const z, const size_t count,
                   float *const derivative)
{
    size_t i = 0;
    for (; i + SMI_LANES <= count; i += SMI_LANES) {
        const curve at = curve_at(kind, smi_load_f32(z + i));
        smi_store(z + i, at.value);
        if (derivative != NULL) {
            smi_store(derivative + i, at.slope);
        }
    }
    if (i < count) {
        const size_t rest = count - i;
        const curve at = curve_at(kind, smi_load_some_f32(z + i, rest, 0.0F));
        smi_store_some(z + i, rest, at.value);
        if (derivative != NULL) {
            smi_store_some(derivative + i, rest, at.slope);
        }
    }
}

void SMI_FOR_ISA(smi_activate)(const sm_activation kind, float *const z, const size_t count,
                               float *const derivative)
{
    switch (kind) {
    case SM_LINEAR:
        pass(SM_LINEAR, z, count, derivative);
        break;
    case SM_RELU:
        pass(SM_RELU, z, count, derivative);
        break;
    case SM_LEAKY_RELU:
        pass(SM_LEAKY_RELU, z, count, derivative);
        break;
    case SM_GELU:
        pass(SM_GELU, z, count, derivative);
        break;
    case SM_TANH:
        pass(SM_TANH, z, count, derivative);
        break;
    case SM_SIGMOID:
        pass(SM_SIGMOID, z, count, derivative);
        break;
    }
}
