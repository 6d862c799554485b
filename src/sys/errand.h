/* One thing that another thread does meanwhile. */
#ifndef SMI_SYS_ERRAND_H
#define SMI_SYS_ERRAND_H

#include <softmax.h>

typedef struct smi_errand smi_errand;

/* A NULL errand where there is not the memory. */
sm_status smi_errand_create(smi_errand **errand);

/* Has run(context) done, once what was begun before is. Where the system starts no thread it is
 * done when this returns. */
void smi_errand_begin(smi_errand *errand, void (*run)(void *context), void *context);

/* Returns when what was begun is done. */
void smi_errand_await(smi_errand *errand);

void smi_errand_free(smi_errand *errand); /* awaits it; NULL is accepted */

#endif
