#include "cli/plot/read_training_log.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/input.h"

static const size_t MOST_BYTES = (size_t)1 << 28;

/* NaN for null, for what is not there, and for what is too large for an axis: the distance of two
 * numbers still has to be one. */
static double number_of(const json_t *const number)
{
    const double value = json_is_number(number) ? json_number_value(number) : NAN;
    return fabs(value) <= SMI_MOST_DRAWN ? value : NAN;
}

static bool append(cli_training_log *const log, const smi_curve_point *const point,
                   size_t *const room)
{
    if (log->count == *room) {
        const size_t larger_room = *room == 0 ? 256 : 2 * *room;
        smi_curve_point *const larger = realloc(log->points, larger_room * sizeof *larger);
        if (larger == NULL) {
            return false;
        }
        log->points = larger;
        *room = larger_room;
    }
    log->points[log->count++] = *point;
    return true;
}

static smi_curve_point point_of(const json_t *const object)
{
    const json_t *const train = json_object_get(object, "train");
    const json_t *const validation = json_object_get(object, "validation");
    return (smi_curve_point){.epoch = number_of(json_object_get(object, "epoch")),
                             .loss = number_of(json_object_get(train, "loss")),
                             .accuracy = number_of(json_object_get(train, "accuracy")),
                             .validation_loss = number_of(json_object_get(validation, "loss")),
                             .validation_accuracy =
                                 number_of(json_object_get(validation, "accuracy"))};
}

/* A line without its newline. */
static sm_status read_line(const char *const name, const size_t number, const char *const line,
                           const size_t length, cli_training_log *const log, size_t *const room)
{
    json_error_t error;
    json_t *const object = json_loadb(line, length, JSON_REJECT_DUPLICATES, &error);
    if (!json_is_object(object)) {
        json_decref(object);
        return smi_fail(SM_ERROR_FORMAT, "%s:%zu: the line is no JSON object; %s", name, number,
                        "a log of softmax train --log has one in each line");
    }
    const smi_curve_point point = point_of(object);
    if (log->run == NULL) {
        log->run = json_incref(json_object_get(object, "run"));
    }
    if (json_is_object(json_object_get(object, "end"))) {
        json_decref(log->end);
        log->end = json_incref(json_object_get(object, "end"));
    }
    json_decref(object);
    const bool is_epoch =
        isfinite(point.epoch) && (isfinite(point.loss) || isfinite(point.validation_loss));
    return !is_epoch || append(log, &point, room) ? SM_OK : smi_fail_memory(name);
}

static sm_status read_lines(const char *const name, const char *at, const char *const end,
                            cli_training_log *const log)
{
    size_t room = 0;
    for (size_t number = 1; at < end; number++) {
        const char *const newline = memchr(at, '\n', (size_t)(end - at));
        const char *const line_end = newline == NULL ? end : newline;
        const char *const next = newline == NULL ? end : newline + 1;
        const sm_status status =
            line_end == at ? SM_OK
                           : read_line(name, number, at, (size_t)(line_end - at), log, &room);
        if (status == SM_ERROR_FORMAT && next == end && (log->count > 0 || log->run != NULL)) {
            log->broken = true;
        } else if (status != SM_OK) {
            return status;
        }
        at = next;
    }
    return log->run != NULL ? SM_OK : cli_need_epochs(name, log);
}

void cli_read_test(const cli_training_log *const log, double *const loss, double *const accuracy)
{
    const json_t *const test = json_object_get(log->end, "test");
    *loss = number_of(json_object_get(test, "loss"));
    *accuracy = number_of(json_object_get(test, "accuracy"));
}

sm_status cli_need_epochs(const char *const name, const cli_training_log *const log)
{
    return log->count > 0 ? SM_OK
                          : smi_fail(SM_ERROR_DATA,
                                     "%s: the log has no epoch with a loss: there are no curves "
                                     "to draw",
                                     name);
}

sm_status cli_parse_training_log(const char *const name, const char *const text, const size_t size,
                                 cli_training_log *const log)
{
    cli_training_log parsed = {0};
    if (size == 0) {
        return smi_fail(SM_ERROR_DATA, "%s: the log is empty; softmax train --log FILE writes one",
                        name);
    }
    const sm_status status = read_lines(name, text, text + size, &parsed);
    if (status != SM_OK) {
        cli_free_training_log(&parsed);
        return status;
    }
    *log = parsed;
    return SM_OK;
}

sm_status cli_read_training_log(const char *const path, cli_training_log *const log)
{
    smi_input *input = NULL;
    uint8_t *bytes = NULL;
    size_t size = 0;
    sm_status status = smi_input_open(path, &input);
    if (status != SM_OK) {
        return status;
    }
    status = smi_input_read_all(input, MOST_BYTES, &bytes, &size);
    if (status == SM_OK) {
        status = cli_parse_training_log(smi_input_name(input), (const char *)bytes, size, log);
    }
    smi_free(bytes);
    smi_input_close(input);
    return status;
}

void cli_free_training_log(cli_training_log *const log)
{
    free(log->points);
    json_decref(log->run);
    json_decref(log->end);
    log->points = NULL;
    log->run = NULL;
    log->end = NULL;
}
