/* Another program that is told text while this one goes on, and does not wait for it. What it
 * writes goes nowhere; keys that interrupt this program do not reach it. */
#ifndef SMI_SYS_FEED_H
#define SMI_SYS_FEED_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

typedef struct smi_feed smi_feed;

/* Starts arguments[0], which is looked for in PATH, with these arguments, NULL behind the last.
 * What it is told is its standard input, a pipe: the process has to ignore SIGPIPE. */
sm_status smi_feed_open(const char *const *arguments, smi_feed **feed);

/* Hands it what it takes at once of the text it has not got yet. Whether it has got all: only then
 * may it be told more. */
bool smi_feed_is_idle(smi_feed *feed);

/* Tells it more, of which a copy is made. */
sm_status smi_feed_tell(smi_feed *feed, const char *text, size_t size);

/* Whether it does not read any more, as when it has ended. */
bool smi_feed_is_gone(const smi_feed *feed);

/* Waits until it has got all, for `seconds` at most. */
void smi_feed_wait(smi_feed *feed, double seconds);

/* Tells it that this is the end; it may live on. NULL is accepted. */
void smi_feed_close(smi_feed *feed);

#endif
