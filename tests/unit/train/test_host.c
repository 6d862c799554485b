/* Inside programs that fork, that have threads of their own, and that load the library twice. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"

enum { FEATURES = 40, CLASSES = 5, PARAMETERS = (FEATURES + 1) * CLASSES, HOST_THREADS = 4 };

static const char *library_path; /* of the shared library */

/* Enough work for all threads to take part. */
static made_data some_data(void)
{
    return made_data_of(SM_F32, 20000, FEATURES, CLASSES, 1);
}

/* Trains, and gives the parameters. False when a call fails. */
static bool train(const sm_dataset *const dataset, float *const parameters)
{
    sm_model *model = NULL;
    sm_train_options options = sm_train_options_default();
    options.threads = 4;
    options.max_steps = 5;
    const bool done =
        sm_model_create(sm_dataset_shape(dataset), &model) == SM_OK &&
        sm_train(model, dataset, NULL, &options, NULL) == SM_OK &&
        sm_model_get_parameters(model, 0, parameters, parameters + FEATURES * CLASSES) == SM_OK;
    sm_model_free(model);
    return done;
}

static void a_child_trains_after_its_parent_has(void **state)
{
    (void)state;
    float parents[PARAMETERS];
    made_data data = some_data();
    assert_true(train(data.dataset, parents));
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        float own[PARAMETERS];
        (void)alarm(60); /* a child that hangs fails */
        const bool same = train(data.dataset, own) && memcmp(own, parents, sizeof own) == 0;
        _exit(same ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    made_data_free(&data);
}

typedef struct host_thread {
    const sm_dataset *dataset;
    float parameters[PARAMETERS];
    bool done;
} host_thread;

static void *host_thread_main(void *const argument)
{
    host_thread *const self = argument;
    self->done = train(self->dataset, self->parameters);
    return NULL;
}

static void threads_of_the_host_train_side_by_side(void **state)
{
    (void)state;
    float alone[PARAMETERS];
    host_thread threads[HOST_THREADS];
    pthread_t handles[HOST_THREADS];
    made_data data = some_data();
    assert_true(train(data.dataset, alone));
    for (size_t t = 0; t < HOST_THREADS; t++) {
        threads[t] = (host_thread){.dataset = data.dataset};
        assert_int_equal(pthread_create(&handles[t], NULL, host_thread_main, &threads[t]), 0);
    }
    for (size_t t = 0; t < HOST_THREADS; t++) {
        assert_int_equal(pthread_join(handles[t], NULL), 0);
        assert_true(threads[t].done);
        assert_memory_equal(threads[t].parameters, alone, sizeof alone);
    }
    made_data_free(&data);
}

/* This program has a copy of the library linked in; a second one is loaded beside it. */
static void a_second_copy_of_the_library_has_errors_of_its_own(void **state)
{
    (void)state;
    void *const copy = dlopen(library_path, RTLD_NOW | RTLD_LOCAL);
    if (copy == NULL) {
        fail_msg("%s", dlerror());
    }
    const char *(*message)(void) = NULL;
    sm_status (*load)(const char *, sm_model **) = NULL;
    *(void **)&message = dlsym(copy, "sm_error_message");
    *(void **)&load = dlsym(copy, "sm_model_load");
    assert_true(message != NULL && load != NULL && message != sm_error_message);
    sm_model *model = NULL;
    assert_int_equal(sm_model_load("absent-here", &model), SM_ERROR_IO);
    assert_int_equal(load("absent-there", &model), SM_ERROR_IO);
    assert_non_null(strstr(sm_error_message(), "absent-here"));
    assert_non_null(strstr(message(), "absent-there"));
    assert_int_equal(dlclose(copy), 0);
}

int main(const int argument_count, char **const arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_trains_after_its_parent_has),
        cmocka_unit_test(threads_of_the_host_train_side_by_side),
        cmocka_unit_test(a_second_copy_of_the_library_has_errors_of_its_own),
    };
    if (argument_count != 2) {
        return EXIT_FAILURE;
    }
    library_path = arguments[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
