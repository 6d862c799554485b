#include "data/pieces.h"

#include <stdbool.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"

/* Up to `slots` pieces, one behind the other, and then the beginning of a record whose end has not
 * been read. */
typedef struct text_batch {
    char *text;
    size_t capacity;
    size_t size;     /* bytes that are there */
    size_t cut;      /* where the last piece ends */
    uint64_t offset; /* of the first byte in all the text */
    size_t *ends;    /* of the pieces: slots */
    size_t count;    /* of the pieces */
    bool ended;      /* the text does */
    sm_status status;
    char message[SMI_MESSAGE_SIZE]; /* that of the status: the thread that made it has its own */
} text_batch;

typedef struct pieces_run {
    const smi_pieces *pieces;
    text_batch batches[2];
    text_batch *worked; /* its pieces are worked on, */
    text_batch *filled; /* while this one is read; NULL: there is nothing more */
} pieces_run;

static void fail_batch(text_batch *const batch, const sm_status status)
{
    batch->status = status;
    memcpy(batch->message, sm_error_message(), strlen(sm_error_message()) + 1);
}

/* Room for `more` bytes and the margin. */
static bool make_room(text_batch *const batch, const size_t more)
{
    size_t needed = 0;
    if (!smi_add_size(batch->size, more, &needed) ||
        !smi_add_size(needed, SMI_PIECE_MARGIN, &needed)) {
        return false;
    }
    if (needed <= batch->capacity) {
        return true;
    }
    const size_t capacity = smi_max_size(needed, batch->capacity + batch->capacity / 2);
    char *const text = smi_bytes(capacity);
    if (text == NULL) {
        return false;
    }
    if (batch->text != NULL) {
        memcpy(text, batch->text, batch->size);
    }
    smi_free(batch->text);
    batch->text = text;
    batch->capacity = capacity;
    return true;
}

/* Ends a piece behind the last record. */
static void cut_piece(const smi_pieces *const pieces, text_batch *const batch, const size_t seen)
{
    const size_t pending = batch->size - batch->cut;
    size_t length =
        pieces->cut(pieces->context, batch->text + batch->cut, seen - batch->cut, pending);
    length = batch->ended ? pending : length;
    if (length > 0) {
        batch->cut += length;
        batch->ends[batch->count++] = batch->cut;
    }
}

static void fill(const smi_pieces *const pieces, text_batch *const batch)
{
    while (batch->count < pieces->slots && !batch->ended && batch->status == SM_OK) {
        size_t got = 0;
        if (!make_room(batch, pieces->piece_size)) {
            fail_batch(batch, smi_fail_memory("reading"));
            break;
        }
        const sm_status status =
            pieces->read(pieces->context, batch->text + batch->size, pieces->piece_size, &got);
        if (status != SM_OK) {
            fail_batch(batch, status);
            break;
        }
        const size_t seen = batch->size;
        batch->size += got;
        batch->ended = got < pieces->piece_size;
        cut_piece(pieces, batch, seen);
        if (batch->size - batch->cut > pieces->most_pending) {
            fail_batch(batch, pieces->fail_pending(pieces->context, batch->offset + batch->cut));
        }
    }
    if (batch->text != NULL) {
        memset(batch->text + batch->size, 0, SMI_PIECE_MARGIN);
    }
}

/* An empty batch, but for what the other one has begun. */
static bool begin_after(const text_batch *const before, text_batch *const next)
{
    const size_t pending = before->size - before->cut;
    next->size = 0;
    next->cut = 0;
    next->count = 0;
    next->offset = before->offset + before->cut;
    if (!make_room(next, pending)) {
        return false;
    }
    if (pending > 0) {
        memcpy(next->text, before->text + before->cut, pending);
    }
    next->size = pending;
    return true;
}

static smi_piece piece_of(const text_batch *const batch, const size_t i)
{
    const size_t begin = i == 0 ? 0 : batch->ends[i - 1];
    return (smi_piece){.at = batch->text + begin,
                       .end = batch->text + batch->ends[i],
                       .offset = batch->offset + begin,
                       .slot = i};
}

/* Reading comes first, as all else waits for it in the end; and what is done beside, as it is about
 * as long, so that two threads come to pieces at about the same time. */
static void do_task(void *const context, const size_t task, const size_t thread)
{
    const pieces_run *const run = context;
    const smi_pieces *const pieces = run->pieces;
    (void)thread;
    const size_t reading = run->filled != NULL;
    const size_t first_piece = reading + (pieces->beside != NULL);
    if (task < reading) {
        fill(pieces, run->filled);
    } else if (task < first_piece) {
        pieces->beside(pieces->context);
    } else {
        const smi_piece piece = piece_of(run->worked, task - first_piece);
        pieces->work(pieces->context, &piece);
    }
}

/* Works on the pieces of one batch, and has the other one filled. */
static sm_status work_through(pieces_run *const run, smi_pool *const pool)
{
    const smi_pieces *const pieces = run->pieces;
    text_batch *const worked = run->worked;
    text_batch *const other = &run->batches[worked == &run->batches[0]];
    const bool more = !worked->ended && worked->status == SM_OK;
    run->filled = more ? other : NULL;
    if (more && !begin_after(worked, other)) {
        return smi_fail_memory("reading");
    }
    smi_pool_run(pool, worked->count + more + (pieces->beside != NULL), do_task, run);
    sm_status status = SM_OK;
    for (size_t i = 0; i < worked->count && status == SM_OK; i++) {
        const smi_piece piece = piece_of(worked, i);
        status = pieces->merge(pieces->context, &piece);
    }
    if (status == SM_OK && worked->status != SM_OK) {
        status = smi_fail(worked->status, "%s", worked->message);
    }
    run->worked = run->filled;
    return status;
}

sm_status smi_pieces_run(const smi_pieces *const pieces, smi_pool *const pool)
{
    pieces_run run = {.pieces = pieces};
    sm_status status = SM_OK;
    for (size_t i = 0; i < 2; i++) {
        run.batches[i].ends = smi_array(pieces->slots, sizeof *run.batches[i].ends);
        if (run.batches[i].ends == NULL) {
            status = smi_fail_memory("reading");
        }
    }
    if (status == SM_OK) {
        run.worked = &run.batches[0];
        fill(pieces, run.worked);
    }
    while (status == SM_OK && run.worked != NULL) {
        status = work_through(&run, pool);
    }
    for (size_t i = 0; i < 2; i++) {
        smi_free(run.batches[i].ends);
        smi_free(run.batches[i].text);
    }
    return status;
}
