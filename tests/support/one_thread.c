/* Linked into the tests that left_out.cmake says start no threads. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* The linker, told --wrap=pthread_create, takes calls of pthread_create for ones of this. */
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument);

int __wrap_pthread_create(pthread_t *const thread, const pthread_attr_t *const attributes,
                          void *(*const start)(void *), void *const argument)
{
    (void)thread;
    (void)attributes;
    (void)start;
    (void)argument;
    (void)fputs("This test starts a thread: it must go from the list in left_out.cmake.\n", stderr);
    abort();
}
