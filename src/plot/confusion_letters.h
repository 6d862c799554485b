/* A confusion matrix in a terminal. */
#ifndef SMI_PLOT_CONFUSION_LETTERS_H
#define SMI_PLOT_CONFUSION_LETTERS_H

#include "plot/confusion.h"

/* Counts in rows of true classes, in several parts where a line has not the room for one; of many
 * classes the most frequent mistakes. */
sm_status smi_print_confusion(const smi_picture_target *target, const smi_confusion *confusion);

#endif
