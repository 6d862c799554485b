#include "plot/confusion_letters.h"

#include <stdbool.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "plot/text_room.h"

/* MOST_PRINTED: classes of a matrix. Widths are in characters, GAP is between columns. */
enum { MOST_PRINTED = 24, LONGEST_NAME = 20, GAP = 2, LEAST_MISTAKES = 10 };

static const char HEADING[] = "true class";

typedef struct layout {
    size_t name;   /* the widest, at most LONGEST_NAME */
    size_t number; /* before names, where columns are numbered; 0: they are named */
    size_t row;    /* what begins a row */
    size_t cell;
    size_t across; /* columns of a part */
} layout;

static size_t width_of(const uint64_t number)
{
    char text[SMI_NUMBER_TEXT_SIZE];
    return strlen(smi_grouped_text(number, text));
}

static layout lay_out(const smi_confusion *const c, const size_t columns)
{
    layout l = {0};
    size_t count = 1;
    for (size_t i = 0; i < c->classes; i++) {
        l.name = smi_max_size(l.name, smi_min_size(smi_text_columns(c->names[i]), LONGEST_NAME));
    }
    for (size_t i = 0; i < c->classes * c->classes; i++) {
        count = smi_max_size(count, width_of(c->counts[i]));
    }
    l.row = smi_max_size(l.name, sizeof HEADING - 1);
    l.cell = smi_max_size(count, l.name) + GAP;
    if (l.row + c->classes * l.cell > columns) {
        l.number = width_of(c->classes);
        l.row = smi_max_size(l.row, l.number + 1 + l.name);
        l.cell = smi_max_size(count, l.number) + GAP;
    }
    const size_t most = columns < l.row + l.cell ? 1 : (columns - l.row) / l.cell;
    const size_t parts = smi_max_size((c->classes + most - 1) / most, 1);
    l.across = (c->classes + parts - 1) / parts; /* about as many in each */
    return l;
}

static void print_name(smi_script *const text, const smi_confusion *const c, const layout *const l,
                       const size_t class)
{
    if (l->number > 0) {
        smi_script_add(text, "%*zu ", (int)l->number, class + 1);
    }
    smi_script_column(text, c->names[class], l->row - (l->number > 0 ? l->number + 1 : 0));
}

static void print_column_name(smi_script *const text, const smi_confusion *const c,
                              const layout *const l, const size_t class)
{
    if (l->number > 0) {
        smi_script_add(text, "%*zu", (int)l->cell, class + 1);
    } else {
        const smi_text_part name = smi_fit_text(c->names[class], l->name);
        smi_script_add(text, "%*s", (int)(l->cell - name.columns), "");
        (void)smi_script_plain(text, c->names[class], l->name);
    }
}

/* The columns from `first` to before `end`. */
static void print_part(smi_script *const text, const smi_confusion *const c, const layout *const l,
                       const size_t first, const size_t end)
{
    smi_script_add(text, "\n%*spredicted class\n", (int)(l->row + GAP), "");
    smi_script_column(text, HEADING, l->row);
    for (size_t j = first; j < end; j++) {
        print_column_name(text, c, l, j);
    }
    smi_script_end_line(text);
    for (size_t i = 0; i < c->classes; i++) {
        print_name(text, c, l, i);
        for (size_t j = first; j < end; j++) {
            char number[SMI_NUMBER_TEXT_SIZE];
            const uint64_t count = c->counts[i * c->classes + j];
            smi_script_add(text, "%*s", (int)l->cell,
                           count == 0 ? "" : smi_grouped_text(count, number));
        }
        smi_script_end_line(text);
    }
}

/* The place in `counts` of the most frequent mistake that comes after this one, of the same number
 * the first in the matrix; one past the last place where there is none. */
static size_t next_mistake(const smi_confusion *const c, const size_t before)
{
    const size_t none = c->classes * c->classes;
    size_t best = none;
    for (size_t i = 0; i < none; i++) {
        const bool mistake = i / c->classes != i % c->classes && c->counts[i] > 0;
        const bool later = before == none || c->counts[i] < c->counts[before] ||
                           (c->counts[i] == c->counts[before] && i > before);
        if (mistake && later && (best == none || c->counts[i] > c->counts[best])) {
            best = i;
        }
    }
    return best;
}

static void print_mistakes(smi_script *const text, const smi_confusion *const c,
                           const smi_picture_target *const target)
{
    enum { OTHER_LINES = 5 };
    const size_t none = c->classes * c->classes;
    const size_t most = smi_max_size(target->lines, OTHER_LINES + LEAST_MISTAKES) - OTHER_LINES;
    size_t at = none;
    smi_script_add(text, "\n  rows  ");
    smi_script_column(text, HEADING, LONGEST_NAME + GAP);
    smi_script_add(text, "taken for\n");
    for (size_t i = 0; i < most && (at = next_mistake(c, at)) != none; i++) {
        char number[SMI_NUMBER_TEXT_SIZE];
        smi_script_add(text, "%6s  ", smi_grouped_text(c->counts[at], number));
        smi_script_column(text, c->names[at / c->classes], LONGEST_NAME);
        smi_script_add(text, "%*s", GAP, "");
        (void)smi_script_plain(text, c->names[at % c->classes], LONGEST_NAME);
        smi_script_add(text, "\n");
    }
}

sm_status smi_print_confusion(const smi_picture_target *const target,
                              const smi_confusion *const confusion)
{
    smi_script text = {0};
    (void)smi_script_plain(&text, confusion->title, target->columns);
    smi_script_add(&text, "\n");
    if (confusion->classes > MOST_PRINTED) {
        print_mistakes(&text, confusion, target);
        return smi_picture_finish_text(&text, target);
    }
    const layout l = lay_out(confusion, target->columns);
    for (size_t first = 0; first < confusion->classes; first += l.across) {
        print_part(&text, confusion, &l, first, smi_min_size(first + l.across, confusion->classes));
    }
    return smi_picture_finish_text(&text, target);
}
