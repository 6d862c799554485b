/* Several runs in one chart: how their curves are told apart, and a key below that says so. */
#ifndef SMI_PLOT_RUN_KEY_H
#define SMI_PLOT_RUN_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plot/script.h"

/* Colours say what data a curve is of; shades of them, marks and, from the fourth on, dashes say of
 * which run: no two of the first 15 have the same, and later ones are wider. */
typedef struct smi_run_style {
    uint32_t colour;
    unsigned dash;  /* gnuplot's numbers */
    unsigned shape; /* hollow for training data, filled for validation */
    unsigned width;
} smi_run_style;

smi_run_style smi_run_style_of(size_t run, bool validation);

/* A run as the key has it. */
typedef struct smi_run_entry {
    const char *name;
    bool train; /* it has such a curve */
    bool validation;
    const char *held_out; /* what that one is of: "validation" or "test" */
} smi_run_entry;

/* The key of a picture that is so many pixels wide, or letters of a terminal. */
typedef struct smi_run_key {
    const smi_run_entry *entries;
    size_t count;
    size_t width;
    bool letters;
} smi_run_key;

/* How many pixels, or lines, it is high. */
size_t smi_run_key_height(const smi_run_key *key);

/* Draws it at the bottom of a picture that is so high, within gnuplot's multiplot; it is the last.
 */
void smi_run_key_add(smi_script *script, const smi_run_key *key, size_t height);

#endif
