/* What the machine can do at most: bench_floor THREADS
 *
 * Bandwidth by STREAM's triad, a[i] = b[i] + s · c[i], counted as 3 arrays, and by reading alone;
 * the rate of float multiply-adds that depend on nothing but themselves. All in the widest vectors
 * that the compiler was told of, on all threads at once, the best of several passes. Prints one
 * JSON object. */
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "bench.h"

#if defined(__AVX512F__)
enum { VECTOR_BYTES = 64 };
#elif defined(__AVX__)
enum { VECTOR_BYTES = 32 };
#else
enum { VECTOR_BYTES = 16 };
#endif

typedef float vector __attribute__((vector_size(VECTOR_BYTES)));

enum {
    LANES = VECTOR_BYTES / sizeof(float),
    CHAINS = 12, /* accumulators: more than latency × units of any machine, fewer than registers */
    ROUNDS = 4000000,
    MEBIBYTES = 96, /* of each array, all threads together: well beyond the caches */
    PASSES = 7
};

typedef enum kind { TRIAD, READ, MULTIPLY_ADD } kind;

/* A thread's share. */
typedef struct share {
    pthread_t thread;
    pthread_barrier_t *barrier;
    vector *a; /* three arrays of `count` vectors */
    vector *b;
    vector *c;
    size_t count;
    kind what;
    double started;
    double ended;
    vector result; /* so that nothing is optimised away */
} share;

static void triad(share *const s)
{
    vector *restrict const a = s->a;
    const vector *restrict const b = s->b;
    const vector *restrict const c = s->c;
    const vector scale = s->result + 3.0F;
    for (size_t i = 0; i < s->count; i++) {
        a[i] = b[i] + scale * c[i];
    }
}

static void read_all(share *const s)
{
    vector sums[8] = {{0}};
    for (size_t i = 0; i + 8 <= s->count; i += 8) {
        for (size_t j = 0; j < 8; j++) {
            sums[j] += s->b[i + j];
        }
    }
    for (size_t j = 0; j < 8; j++) {
        s->result += sums[j] * 1e-30F;
    }
}

static void multiply_add(share *const s)
{
    vector sums[CHAINS];
    const vector factor = s->result * 1e-30F + 0.999F;
    const vector term = factor * 1e-3F;
    for (size_t j = 0; j < CHAINS; j++) {
        sums[j] = factor + (float)j;
    }
    for (size_t i = 0; i < ROUNDS; i++) {
        for (size_t j = 0; j < CHAINS; j++) {
            sums[j] = sums[j] * factor + term;
        }
    }
    for (size_t j = 0; j < CHAINS; j++) {
        s->result += sums[j] * 1e-30F;
    }
}

static void *work(void *const argument)
{
    share *const s = argument;
    (void)pthread_barrier_wait(s->barrier);
    s->started = now();
    if (s->what == TRIAD) {
        triad(s);
    } else if (s->what == READ) {
        read_all(s);
    } else {
        multiply_add(s);
    }
    s->ended = now();
    return NULL;
}

/* Seconds from when the first thread starts until the last is done. */
static double run_once(share *const shares, const size_t threads, const kind what)
{
    pthread_barrier_t barrier;
    (void)pthread_barrier_init(&barrier, NULL, (unsigned)threads);
    for (size_t t = 0; t < threads; t++) {
        shares[t].barrier = &barrier;
        shares[t].what = what;
        if (pthread_create(&shares[t].thread, NULL, work, &shares[t]) != 0) {
            leave("no new thread");
        }
    }
    double started = INFINITY;
    double ended = 0.0;
    for (size_t t = 0; t < threads; t++) {
        (void)pthread_join(shares[t].thread, NULL);
        started = fmin(started, shares[t].started);
        ended = fmax(ended, shares[t].ended);
    }
    (void)pthread_barrier_destroy(&barrier);
    return ended - started;
}

static double fastest(share *const shares, const size_t threads, const kind what)
{
    double best = INFINITY;
    for (size_t pass = 0; pass < PASSES; pass++) {
        best = fmin(best, run_once(shares, threads, what));
    }
    return best;
}

static vector *need_touched(const size_t count)
{
    vector *const array = need_array(count, sizeof *array);
    memset(array, 0, count * sizeof *array);
    return array;
}

int main(const int argument_count, char **const arguments)
{
    if (argument_count != 2) {
        leave("usage: bench_floor THREADS");
    }
    const size_t threads = need_count(arguments[1]);
    const size_t count = (size_t)MEBIBYTES * 1024 * 1024 / threads / sizeof(vector);
    share *const shares = need_array(threads, sizeof *shares);
    memset(shares, 0, threads * sizeof *shares);
    for (size_t t = 0; t < threads; t++) {
        shares[t].a = need_touched(count);
        shares[t].b = need_touched(count);
        shares[t].c = need_touched(count);
        shares[t].count = count;
    }
    const double bytes = (double)(threads * count * sizeof(vector));
    const double sums = (double)threads * ROUNDS * CHAINS * LANES;
    const double triad_rate = 3.0 * bytes / fastest(shares, threads, TRIAD);
    const double read_rate = bytes / fastest(shares, threads, READ);
    const double sum_rate = sums / fastest(shares, threads, MULTIPLY_ADD);
    float nothing = 0.0F;
    for (size_t t = 0; t < threads; t++) {
        nothing += shares[t].result[0];
        free(shares[t].a);
        free(shares[t].b);
        free(shares[t].c);
    }
    printf("{\"triad_bytes_per_second\": %.6g, \"read_bytes_per_second\": %.6g, "
           "\"multiply_adds_per_second\": %.6g, \"vector_bits\": %d, \"threads\": %zu, "
           "\"unused\": %g}\n",
           triad_rate, read_rate, sum_rate, 8 * VECTOR_BYTES, threads, (double)nothing);
    free(shares);
    return 0;
}
