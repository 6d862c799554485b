/* Which rows of large data are drawn. */
#ifndef CLI_PLOT_SAMPLE_ROWS_H
#define CLI_PLOT_SAMPLE_ROWS_H

#include <stddef.h>
#include <stdint.h>

/* `count` of the rows 0 … rows − 1, each as likely as any other, ascending; all of them when there
 * are no more. *taken: how many. Freed by free(); NULL, having said so, when there is not the
 * memory. */
size_t *cli_sample_rows(size_t rows, size_t count, uint64_t seed, size_t *taken);

#endif
