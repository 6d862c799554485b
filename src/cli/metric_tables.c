#include "cli/metric_tables.h"

#include <stdio.h>
#include <string.h>

#include "cli/terminal.h"

enum { MOST_COLUMNS = 20, NAME_SIZE = 64, LARGEST_ENTRIES = 10 };

/* A class name as it is shown: safe, and not too long. */
static const char *shown_name(const sm_shape *const shape, const size_t class, char text[NAME_SIZE])
{
    cli_make_safe(shape->class_names[class], text, NAME_SIZE);
    return text;
}

static size_t name_columns(const sm_shape *const shape, const size_t least)
{
    char text[NAME_SIZE];
    size_t widest = least;
    for (size_t c = 0; c < shape->classes; c++) {
        const size_t columns = cli_columns_of(shown_name(shape, c, text));
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

void cli_print_classes(const sm_shape *const shape, const sm_class_metrics *const classes)
{
    char text[NAME_SIZE];
    char number[CLI_GROUPED_SIZE];
    const size_t columns = name_columns(shape, 5);
    cli_print_left(stdout, "class", columns);
    (void)printf("   precision   recall       f1       rows\n");
    for (size_t c = 0; c < shape->classes; c++) {
        const sm_class_metrics *const m = &classes[c];
        cli_print_left(stdout, shown_name(shape, c, text), columns);
        (void)printf("      %.4f   %.4f   %.4f %10s\n", m->precision, m->recall, m->f1,
                     cli_grouped((size_t)m->support, number));
    }
}

static void print_matrix(const sm_shape *const shape, const uint64_t *const confusion)
{
    char text[NAME_SIZE];
    char number[CLI_GROUPED_SIZE];
    const size_t columns = name_columns(shape, 4);
    size_t width = name_columns(shape, 1);
    for (size_t i = 0; i < shape->classes * shape->classes; i++) {
        const size_t length = strlen(cli_grouped((size_t)confusion[i], number));
        width = length > width ? length : width;
    }
    (void)printf("confusion: a row for the true class, a column for the predicted one\n");
    cli_print_left(stdout, "", columns);
    for (size_t c = 0; c < shape->classes; c++) {
        (void)fputs("  ", stdout);
        cli_print_right(stdout, shown_name(shape, c, text), width);
    }
    (void)fputc('\n', stdout);
    for (size_t r = 0; r < shape->classes; r++) {
        cli_print_left(stdout, shown_name(shape, r, text), columns);
        for (size_t c = 0; c < shape->classes; c++) {
            const uint64_t count = confusion[r * shape->classes + c];
            (void)fputs("  ", stdout);
            cli_print_right(stdout, count == 0 ? "." : cli_grouped((size_t)count, number), width);
        }
        (void)fputc('\n', stdout);
    }
}

bool cli_next_confusion(const uint64_t *const confusion, const size_t classes,
                        const size_t *const last, size_t *const found)
{
    bool any = false;
    for (size_t i = 0; i < classes * classes; i++) {
        if (confusion[i] == 0 || i / classes == i % classes) {
            continue;
        }
        const bool after = last == NULL || confusion[i] < confusion[*last] ||
                           (confusion[i] == confusion[*last] && i > *last);
        if (after && (!any || confusion[i] > confusion[*found])) {
            *found = i;
            any = true;
        }
    }
    return any;
}

static void print_largest(const sm_shape *const shape, const uint64_t *const confusion)
{
    char true_name[NAME_SIZE];
    char predicted_name[NAME_SIZE];
    char number[CLI_GROUPED_SIZE];
    size_t last = 0;
    size_t found = 0;
    (void)printf("most confused, of %zu classes\n", shape->classes);
    for (size_t i = 0; i < LARGEST_ENTRIES; i++) {
        if (!cli_next_confusion(confusion, shape->classes, i == 0 ? NULL : &last, &found)) {
            break;
        }
        (void)printf("%10s  %s taken for %s\n", cli_grouped((size_t)confusion[found], number),
                     shown_name(shape, found / shape->classes, true_name),
                     shown_name(shape, found % shape->classes, predicted_name));
        last = found;
    }
}

void cli_print_confusion(const sm_shape *const shape, const uint64_t *const confusion)
{
    if (shape->classes <= MOST_COLUMNS) {
        print_matrix(shape, confusion);
    } else {
        print_largest(shape, confusion);
    }
}
