/* A text file that is written piece by piece, and appears whole or not at all. */
#ifndef SMI_SYS_TEXT_OUTPUT_H
#define SMI_SYS_TEXT_OUTPUT_H

#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

typedef struct smi_text_output smi_text_output;

sm_status smi_text_output_open(const char *path, smi_text_output **output);

/* What goes wrong on the way is told by smi_text_output_status(), and in the end. */
void smi_put_text(smi_text_output *output, const char *text, size_t length);
void smi_put_character(smi_text_output *output, char character);
void smi_put_float(smi_text_output *output, float value); /* as smi_float_text() */
void smi_put_integer(smi_text_output *output, int64_t value);

/* SM_OK while all has been written, for loops to end early. */
sm_status smi_text_output_status(const smi_text_output *output);

/* Frees it, and puts the file in its place if `status` is SM_OK and all was written; otherwise
 * there is no trace of it. Returns the status that came about. */
sm_status smi_text_output_finish(smi_text_output *output, sm_status status); /* NULL is accepted */

#endif
