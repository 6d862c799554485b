#include "cli/watch/train_log.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/terminal.h"

struct cli_train_log {
    const char *path; /* of the command line */
    FILE *file;
    size_t every; /* steps between lines within an epoch; 0: none */
    json_t *run;  /* what is known of it; NULL: it is written */
    bool regular; /* a file that can be cut, not a pipe or a terminal */
    bool made;    /* it was not there before */
    bool resumes;
    bool begun; /* the first line is written, or was tried */
    bool ended;
    bool failed;
};

enum { DIGITS = 9, TIME_SIZE = 32 };

/* ---- what is there already ---- */

/* The step of a line, 0 of one that says what the run is; false where it belongs to no log. */
static bool read_step(const char *const line, const size_t length, double *const step)
{
    json_t *const object = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
    const json_t *const end = json_object_get(object, "end");
    const json_t *const number = json_object_get(end == NULL ? object : end, "step");
    const bool is_run = json_is_object(json_object_get(object, "run"));
    const bool is_line = is_run || json_is_number(number);
    *step = is_run ? 0.0 : json_number_value(number);
    *step += end == NULL ? 0.0 : 0.5; /* the end comes behind its step */
    json_decref(object);
    return is_line;
}

enum { LONGEST_LINE = 4 << 20 }; /* more than a command line can have */

/* Whether a file is empty or begins with a line of a log: anything else is not overwritten. */
static bool is_log(FILE *const file)
{
    char *const text = malloc(LONGEST_LINE);
    const size_t size = text == NULL ? 0 : fread(text, 1, LONGEST_LINE, file);
    const char *const end = size == 0 ? NULL : memchr(text, '\n', size);
    double step = 0.0;
    const bool is = text != NULL && !ferror(file) &&
                    (size == 0 || (end != NULL && read_step(text, (size_t)(end - text), &step)));
    free(text);
    return is;
}

/* Whether the file is also what the program writes its results or messages to. */
static bool is_own_output(FILE *const file)
{
    struct stat log;
    struct stat own;
    bool is = false;
    for (int descriptor = STDOUT_FILENO; descriptor <= STDERR_FILENO; descriptor++) {
        is = is || (fstat(fileno(file), &log) == 0 && fstat(descriptor, &own) == 0 &&
                    log.st_dev == own.st_dev && log.st_ino == own.st_ino);
    }
    return is;
}

/* Reads a line with its newline, where it has one, or the first LONGEST_LINE bytes of it. Returns
 * its length; 0 at the end, and where it cannot be read. */
static size_t read_line(FILE *const file, char *const line)
{
    size_t length = 0;
    for (int c = 0; length < LONGEST_LINE && c != '\n' && (c = getc(file)) != EOF;) {
        line[length++] = (char)c;
    }
    return length;
}

/* How many bytes of the log are of steps up to this one. A line without its newline was being
 * written when something ended the program, and is not counted. Returns −1, having said so, when
 * the file is no log. */
static off_t length_until(const cli_train_log *const log, const double most)
{
    char *const line = malloc(LONGEST_LINE);
    off_t at = 0;
    off_t kept = 0;
    size_t length = 0;
    if (line == NULL) {
        cli_say("not enough memory for '%s'", log->path);
        return -1;
    }
    rewind(log->file);
    for (size_t number = 1; (length = read_line(log->file, line)) > 0; number++) {
        double step = 0.0;
        if (line[length - 1] != '\n' && length < LONGEST_LINE) {
            break;
        }
        if (!read_step(line, length, &step)) {
            cli_say("%s:%zu: not a line of a log of training, which --resume goes on with",
                    log->path, number);
            kept = -1;
            break;
        }
        if (step > most) {
            break;
        }
        at += (off_t)length;
        kept = step > 0.0 ? at : kept; /* a run without a step leaves nothing */
    }
    if (ferror(log->file)) {
        cli_say("cannot read '%s': %s", log->path, strerror(errno));
        kept = -1;
    }
    free(line);
    return kept;
}

/* ---- opening ---- */

static FILE *open_stream(const char *const path, bool *const made, bool *const regular)
{
    struct stat about;
    *made = lstat(path, &about) != 0;
    *regular = stat(path, &about) != 0 || S_ISREG(about.st_mode);
    const int descriptor =
        open(path, *regular ? O_RDWR | O_CREAT | O_CLOEXEC : O_WRONLY | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return NULL;
    }
    FILE *const file = fdopen(descriptor, *regular ? "r+" : "w");
    if (file == NULL) {
        close(descriptor);
    }
    return file;
}

int cli_train_log_open(const char *const path, const bool resumes, cli_train_log **const log)
{
    cli_train_log *const opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        cli_say("not enough memory for the log");
        return CLI_FAILURE;
    }
    opened->path = path;
    opened->file = open_stream(path, &opened->made, &opened->regular);
    opened->resumes = resumes && opened->regular;
    if (opened->file == NULL) {
        cli_say("cannot write '%s': %s", path, strerror(errno));
        free(opened);
        return CLI_FAILURE;
    }
    if (!opened->regular) {
        (void)signal(SIGPIPE, SIG_IGN); /* who reads may go; writing then fails, which is said */
    } else if (is_own_output(opened->file) || !is_log(opened->file)) {
        cli_say("--log=%s: it is there, and no log of training; the log needs a file of its own",
                path);
        (void)cli_train_log_close(opened);
        return CLI_FAILURE;
    }
    if (opened->resumes && length_until(opened, INFINITY) < 0) {
        (void)cli_train_log_close(opened);
        return CLI_FAILURE;
    }
    *log = opened;
    return CLI_SUCCESS;
}

int cli_train_log_close(cli_train_log *const log)
{
    if (log == NULL) {
        return CLI_SUCCESS;
    }
    const bool failed = log->failed;
    if (log->made && !log->begun) {
        (void)unlink(log->path);
    }
    (void)fclose(log->file); /* every line has been flushed */
    json_decref(log->run);
    free(log);
    return failed ? CLI_FAILURE : CLI_SUCCESS;
}

/* ---- writing ---- */

/* Says once that the log ends here; training is worth more than its log. */
static void fail(cli_train_log *const log, const char *const why)
{
    cli_say("cannot write '%s': %s; training goes on without it", log->path, why);
    log->failed = true;
}

/* Takes over the object. Whoever follows the file sees whole lines. */
static void write_line(cli_train_log *const log, json_t *const object)
{
    if (object == NULL) {
        fail(log, "not enough memory");
        return;
    }
    errno = EIO;
    if (json_dumpf(object, log->file, JSON_REAL_PRECISION(DIGITS)) != 0 ||
        fputc('\n', log->file) == EOF || fflush(log->file) != 0) {
        fail(log, strerror(errno));
    }
    json_decref(object);
}

/* Cuts the file where this run goes on: at its beginning, or behind the last step that was done
 * before. */
static bool cut(cli_train_log *const log, const size_t last_step)
{
    const off_t kept = log->resumes ? length_until(log, (double)last_step) : 0;
    if (kept < 0) {
        log->failed = true;
    } else if (log->regular && (fflush(log->file) != 0 || ftruncate(fileno(log->file), kept) != 0 ||
                                fseeko(log->file, kept, SEEK_SET) != 0)) {
        fail(log, strerror(errno));
    }
    return !log->failed;
}

/* The first line. last_step: of those done before this run. */
static bool begin(cli_train_log *const log, const sm_solver solver, const size_t last_step)
{
    char text[TIME_SIZE] = "";
    struct tm parts;
    const time_t now = time(NULL);
    if (log->begun || log->failed) {
        return !log->failed;
    }
    log->begun = true;
    if (gmtime_r(&now, &parts) != NULL) {
        (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    }
    if (json_object_set_new(log->run, "solver", json_string(sm_solver_name(solver))) != 0 ||
        json_object_set_new(log->run, "started", json_string(text)) != 0) {
        fail(log, "not enough memory");
        return false;
    }
    if (cut(log, last_step)) {
        write_line(log, json_pack("{s:O}", "run", log->run));
    }
    return !log->failed;
}

void cli_train_log_describe(cli_train_log *const log, json_t *const run, const size_t every)
{
    log->run = run;
    log->every = every;
}

static json_t *figures(const double loss, const double accuracy)
{
    return json_pack("{s:o, s:o}", "loss", cli_json_number(loss), "accuracy",
                     cli_json_number(accuracy));
}

/* Passes over the data so far: a whole number at the end of an epoch. */
static json_t *epochs_done(const sm_progress *const now)
{
    return now->epoch_ended ? json_integer((json_int_t)now->epoch)
                            : json_real((double)now->step / (double)now->steps_per_epoch);
}

void cli_train_log_progress(cli_train_log *const log, const sm_progress *const now)
{
    const bool is_due = log->every > 0 && now->step % log->every == 0;
    if (!begin(log, now->solver, now->step - 1) ||
        !(now->epoch_ended || is_due || now->step == now->planned_steps)) {
        return;
    }
    write_line(log, json_pack("{s:o, s:I, s:f, s:o, s:o, s:o, s:o}", "epoch", epochs_done(now),
                              "step", (json_int_t)now->step, "seconds", now->seconds, "train",
                              figures(now->epoch_loss, now->epoch_accuracy), "validation",
                              isnan(now->validation_loss)
                                  ? json_null()
                                  : figures(now->validation_loss, now->validation_accuracy),
                              "learning_rate", cli_json_number(now->learning_rate), "gradient_norm",
                              cli_json_number(now->gradient_norm)));
}

void cli_train_log_end(cli_train_log *const log, const sm_train_summary *const summary,
                       json_t *const end)
{
    if (log->ended || !begin(log, summary->solver, summary->steps)) {
        json_decref(end);
        return;
    }
    json_t *const line =
        json_pack("{s:I, s:f, s:b, s:b, s:b, s:b}", "step", (json_int_t)summary->steps, "seconds",
                  summary->seconds, "converged", (int)summary->converged, "interrupted",
                  (int)summary->interrupted, "stopped_early", (int)summary->stopped_early,
                  "stalled", (int)summary->stalled);
    log->ended = true;
    if (line != NULL && json_object_update(line, end) == 0) {
        write_line(log, json_pack("{s:o}", "end", line));
    } else {
        json_decref(line);
        fail(log, "not enough memory");
    }
    json_decref(end);
}
