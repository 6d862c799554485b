/* Text gone through in pieces of whole records, several at once on the threads of a pool while the
 * next are being read. Which records are in a piece depends on the text alone: those that end
 * within the piece_size bytes that are read at once. */
#ifndef SMI_DATA_PIECES_H
#define SMI_DATA_PIECES_H

#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "sys/pool.h"

/* Behind a piece so many bytes may be read, which mean nothing. */
enum { SMI_PIECE_MARGIN = 64 };

typedef struct smi_piece {
    const char *at; /* the text, at … end − 1: never empty */
    const char *end;
    uint64_t offset; /* of its first byte in all the text that is read */
    size_t slot;     /* where what it gives is to be put */
} smi_piece;

/* How. All functions get the context. */
typedef struct smi_pieces {
    size_t piece_size;
    size_t slots;        /* pieces at once, 1 or more */
    size_t most_pending; /* bytes that may follow a record's end without another */

    /* The next bytes; *got is less than `size` only at the end. Called by one thread at a time. */
    sm_status (*read)(void *context, void *buffer, size_t size, size_t *got);

    /* Where the last record in text[0 … size) ends; 0: none does. The text begins where a record
     * does, and the bytes before `seen` have been looked at in the call before. Called by the
     * thread that reads. */
    size_t (*cut)(void *context, const char *text, size_t seen, size_t size);

    /* On any thread, one piece of a slot at a time. */
    void (*work)(void *context, const smi_piece *piece);

    /* On any thread, while pieces are worked on, once for all that are worked on together: what
     * makes `merge` short, as all threads wait for that. NULL: there is nothing to do. */
    void (*beside)(void *context);

    /* On the caller's thread, piece by piece in their order. */
    sm_status (*merge)(void *context, const smi_piece *piece);

    /* Says that a record at this offset is longer than most_pending. */
    sm_status (*fail_pending)(void *context, uint64_t offset);

    void *context;
} smi_pieces;

/* Fails with what comes first in the order of the text. */
sm_status smi_pieces_run(const smi_pieces *pieces, smi_pool *pool);

#endif
