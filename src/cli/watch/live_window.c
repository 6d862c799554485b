#include "cli/watch/live_window.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sys/child.h"
#include "sys/feed.h"

struct cli_live_window {
    smi_feed *gnuplot;
    const char *kind; /* gnuplot's name of it */
    bool begun;
};

/* How long gnuplot may take for the last picture. */
static const double last_seconds = 3.0;

static bool is_set(const char *const name)
{
    const char *const value = getenv(name);
    return value != NULL && value[0] != '\0';
}

/* Whether a list with blanks between its words has this one. */
static bool has_word(const char *const list, const size_t size, const char *const word)
{
    const size_t length = strlen(word);
    for (size_t at = 0; at + length <= size; at++) {
        if (memcmp(list + at, word, length) == 0 && (at == 0 || list[at - 1] == ' ') &&
            (at + length == size || list[at + length] == ' ' || list[at + length] == '\n')) {
            return true;
        }
    }
    return false;
}

/* The kind of window that this gnuplot has; NULL: none. */
static const char *find_kind(void)
{
    static const char *const gnuplot[] = {"gnuplot", "-d", NULL};
    static const char question[] = "set print '-'\nprint GPVAL_TERMINALS\n";
    static const char *const kinds[] = {"qt", "wxt", "x11"}; /* the last needs an X display */
    const size_t possible = sizeof kinds / sizeof *kinds - (is_set("DISPLAY") ? 0 : 1);
    const char *found = NULL;
    bool missing = false;
    smi_child_end end = {0};
    if (smi_child_run(gnuplot, question, sizeof question - 1, 1 << 16, &missing, &end) != SM_OK) {
        return NULL;
    }
    for (size_t i = 0; i < possible && found == NULL; i++) {
        found = has_word(end.output, end.size, kinds[i]) ? kinds[i] : NULL;
    }
    smi_free(end.output);
    return found;
}

cli_live_window *cli_live_window_open(void)
{
    /* As a file: what comes by standard input itself it reads between what its window tells it, and
     * may lose parts of. */
    static const char *const gnuplot[] = {"gnuplot", "-d", "-persist", "/dev/stdin", NULL};
    if (!is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY")) {
        return NULL;
    }
    const char *const kind = find_kind();
    cli_live_window *const window = kind == NULL ? NULL : calloc(1, sizeof *window);
    if (window == NULL) {
        return NULL;
    }
    window->kind = kind;
    (void)signal(SIGPIPE, SIG_IGN); /* gnuplot may go; telling it then fails */
    if (smi_feed_open(gnuplot, &window->gnuplot) != SM_OK) {
        free(window);
        return NULL;
    }
    return window;
}

bool cli_live_window_draw(cli_live_window *const window, const smi_run *const run)
{
    const smi_picture_target target = {.format = SMI_PICTURE_WINDOW, .window = window->kind};
    if (!smi_feed_is_idle(window->gnuplot)) {
        return true;
    }
    smi_script script = {0};
    if (!window->begun) {
        smi_begin_curves(&script, &target, true);
        window->begun = true;
    }
    smi_add_curves(&script, &target, run);
    const bool told =
        !script.failed && smi_feed_tell(window->gnuplot, script.text, script.length) == SM_OK;
    smi_script_free(&script);
    return told && !smi_feed_is_gone(window->gnuplot);
}

void cli_live_window_close(cli_live_window *const window, const smi_run *const run)
{
    if (window == NULL) {
        return;
    }
    smi_feed_wait(window->gnuplot, last_seconds);
    if (run->count > 0) {
        (void)cli_live_window_draw(window, run);
        smi_feed_wait(window->gnuplot, last_seconds);
    }
    smi_feed_close(window->gnuplot);
    free(window);
}
