/* How much memory this process can have: the machine's, or what it is limited to. */
#ifndef SMI_SYS_PHYSICAL_MEMORY_H
#define SMI_SYS_PHYSICAL_MEMORY_H

#include <softmax.h>

/* Bytes; infinite where the operating system does not say. */
double smi_physical_memory(void);

/* Floats that training keeps for each parameter of a model, at the least: the parameters in the
 * model, those under way and the last finite ones, gradients, sums and what is worked in. */
enum { SMI_TRAINING_FLOATS = 9 };

/* Likewise for each unit of a hidden layer: a block of rows on their way there and back. */
enum { SMI_UNIT_FLOATS = 4 * 64 };

/* SM_ERROR_MEMORY when so many bytes are more than that: systems promise memory that they do not
 * have, and end the program that uses it. The message is "not enough memory for <what> <parameters>
 * parameters: …". */
sm_status smi_check_memory(double bytes, const char *what, double parameters);

#endif
