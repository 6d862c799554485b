/* A confusion matrix as a heat map. */
#ifndef SMI_PLOT_CONFUSION_H
#define SMI_PLOT_CONFUSION_H

#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "plot/picture.h"

enum { SMI_MOST_CONFUSION_CLASSES = 1000 };

typedef struct smi_confusion {
    const char *title;
    const char *const *names;
    const uint64_t *counts; /* classes × classes: rows of true class i taken for class j */
    size_t classes;         /* 2 … SMI_MOST_CONFUSION_CLASSES */
} smi_confusion;

/* Colours are shares of the true class; of few classes each cell has its count and its share in
 * per cent. In a terminal it is a table of counts. */
sm_status smi_plot_confusion(const smi_picture_target *target, const smi_confusion *confusion);

#endif
