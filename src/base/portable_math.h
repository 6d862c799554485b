/* Elementary functions made of +, −, ×, ÷ alone, which IEEE 754 rounds alike everywhere, so that
 * generated data is the same on every platform: mathematical libraries differ in the last bit. */
#ifndef SMI_BASE_PORTABLE_MATH_H
#define SMI_BASE_PORTABLE_MATH_H

/* Natural logarithm of a positive normal number, to a few units in the last place. */
double smi_portable_log(double x);

/* Sine and cosine of an angle in turns (1 is a full circle), |turns| < 2^31, to 2^-51 absolute. */
double smi_portable_sin(double turns);
double smi_portable_cos(double turns);

#endif
