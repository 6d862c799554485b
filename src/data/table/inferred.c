/* Columns that the user says nothing of. One whose cells are all finite numbers is numeric, any
 * other one categorical. Numbers are taken for numbers until a text is met, so that columns of
 * numbers cost no vocabulary; where that loses a word, the column is gone through once more. */
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/table/categorical.h"
#include "data/table/cell.h"
#include "data/table/csv_table.h"
#include "data/table/numeric.h"

/* The first cell of its sort. */
typedef struct sighting {
    bool any;
    uint64_t offset; /* of its row */
    char shown[SMI_SHOWN_SIZE];
} sighting;

typedef struct inferred_notes {
    smi_numeric_notes numbers;
    smi_categorical_notes words;
    sighting text;
    sighting too_large; /* a number that is not finite */
    bool lost;          /* words do not have all numbers */
} inferred_notes;

static const smi_feature_kind mixed_kind;

static void *inferred_notes_new(const smi_feature *const feature)
{
    (void)feature;
    return smi_array(1, sizeof(inferred_notes));
}

static void inferred_notes_free(void *const notes)
{
    if (notes != NULL) {
        smi_categorical_notes_clear(&((inferred_notes *)notes)->words);
    }
    smi_free(notes);
}

static void see(sighting *const first, const smi_cell *const cell, const uint64_t offset)
{
    if (!first->any) {
        first->any = true;
        first->offset = offset;
        smi_cell_show(cell, first->shown);
    }
}

/* words_too: note the texts of numbers from the first one on. */
static bool learn(const smi_feature *const feature, inferred_notes *const notes,
                  const smi_csv_row *const row, const bool words_too, smi_csv_fault *const fault)
{
    const smi_cell *const cell = smi_feature_cell(feature, row->cells);
    float number = 0.0F;
    const smi_reading reading = smi_cell_number(cell, &number);
    if (reading != SMI_READ_NUMBER && smi_cell_is_missing(cell)) {
        notes->numbers.missing++;
        return true;
    }
    if (reading == SMI_READ_NUMBER) {
        smi_numeric_note(&notes->numbers, number);
    } else {
        see(reading == SMI_READ_TEXT ? &notes->text : &notes->too_large, cell, row->offset);
    }
    if (words_too || notes->text.any) {
        fault->column = feature->places[0];
        return smi_categorical_note(&notes->words, cell, fault);
    }
    notes->lost = true;
    return true;
}

static bool inferred_learn(const smi_feature *const feature, void *const notes,
                           const smi_csv_row *const row, smi_csv_fault *const fault)
{
    return learn(feature, notes, row, false, fault);
}

static void inferred_take_numbers(void *const notes, const smi_numeric_notes *const numbers)
{
    inferred_notes *const own = notes;
    own->numbers = *numbers;
    own->lost = numbers->count > 0;
}

static bool mixed_learn(const smi_feature *const feature, void *const notes,
                        const smi_csv_row *const row, smi_csv_fault *const fault)
{
    return learn(feature, notes, row, true, fault);
}

static void keep_first(sighting *const all, sighting *const found)
{
    if (!all->any) {
        *all = *found;
    }
    found->any = false;
}

static sm_status inferred_merge(const smi_feature *const feature, void *const all,
                                void *const notes, const smi_learnt *const learnt)
{
    inferred_notes *const whole = all;
    inferred_notes *const piece = notes;
    whole->lost = whole->lost || piece->lost;
    piece->lost = false;
    keep_first(&whole->text, &piece->text);
    keep_first(&whole->too_large, &piece->too_large);
    smi_numeric_merge(&whole->numbers, &piece->numbers);
    return smi_categorical_merge(feature, &whole->words, &piece->words, learnt);
}

static sm_status fail_at(const smi_feature *const feature, const smi_learnt *const learnt,
                         const uint64_t offset, smi_csv_fault *const fault)
{
    fault->column = feature->places[0];
    return smi_csv_fail(learnt->csv, offset, fault);
}

/* A column of numbers but for a few cells is more likely to be wrong in these. */
static sm_status fail_almost_numeric(const smi_feature *const feature,
                                     const inferred_notes *const all,
                                     const smi_learnt *const learnt)
{
    const char *const column = smi_feature_column(feature, learnt->csv);
    smi_csv_fault fault = {0};
    (void)snprintf(fault.text, sizeof fault.text,
                   "'%s' is not a number, but most cells of the column are; --categorical %s takes "
                   "them all for categories, --ignore %s leaves the column out",
                   all->text.shown, column, column);
    return fail_at(feature, learnt, all->text.offset, &fault);
}

/* Whether three digits follow. */
static bool begins_group(const char *const text)
{
    return strspn(text, "0123456789") == 3;
}

/* Whether commas of the text lie between groups of digits, as in "1,234.5" and "1,234,567". */
static bool has_groups(const char *const text)
{
    const char *const comma = strchr(text, ',');
    return comma != NULL && strpbrk(comma + 1, ",.") != NULL;
}

/* Whether the text is a number, be it with a comma for its point, or with groups of digits. */
static bool is_number(const char *const text)
{
    char number[64] = "";
    size_t length = 0;
    const char *const comma = strchr(text, ',');
    const bool groups = has_groups(text);
    for (const char *at = text; *at != '\0'; at++) {
        const bool between = groups ? *at == ',' : *at == '.' && comma != NULL && at < comma;
        if (length == sizeof number || (between && !begins_group(at + 1))) {
            return false;
        }
        if (!between) {
            number[length++] = (char)(*at == ',' ? '.' : *at);
        }
    }
    const char *at = number;
    float value = 0.0F;
    return smi_take_float(&at, number + length, &value) && at == number + length;
}

/* Whether all texts of the column, which are not all numbers, are some but for their commas. */
static bool has_commas_in_numbers(const smi_vocabulary *const words)
{
    uint32_t w = 0;
    while (w < words->count && is_number(smi_vocabulary_word(words, w))) {
        w++;
    }
    return w == words->count;
}

static sm_status fail_commas(const smi_feature *const feature, const inferred_notes *const all,
                             const smi_learnt *const learnt)
{
    const bool points = learnt->csv->delimiter != ',' && !has_groups(all->text.shown) &&
                        strchr(all->text.shown, '.') == NULL;
    smi_csv_fault fault = {0};
    (void)snprintf(fault.text, sizeof fault.text,
                   "'%s' has a comma %s, as have the column's other numbers; %s, --categorical %s "
                   "takes them all for categories",
                   all->text.shown, points ? "for its point" : "in it",
                   points ? "tr , . makes points of commas" : "numbers are written like 1234.5",
                   smi_feature_column(feature, learnt->csv));
    return fail_at(feature, learnt, all->text.offset, &fault);
}

/* A name or an identifier says nothing of rows to come: each text would be a category of one row.
 */
static sm_status leave_out(smi_feature *const feature, const inferred_notes *const all,
                           const smi_learnt *const learnt)
{
    const char *const column = smi_feature_column(feature, learnt->csv);
    char cells[SMI_COUNTED_SIZE];
    char texts[SMI_COUNTED_SIZE];
    feature->width = 0;
    return smi_notes_add(learnt->notes,
                         "column '%s' is left out: %s with %s are no categories; --categorical %s "
                         "takes it all the same",
                         column, smi_counted_text(all->words.cells, "cell", cells),
                         smi_counted_text(all->words.words.count, "different text", texts), column);
}

static sm_status finish_categorical(smi_feature *const feature, inferred_notes *const all,
                                    const smi_learnt *const learnt)
{
    /* Few enough cells, and few enough categories, are believed whatever they are. */
    static const uint64_t few_cells = 50;
    static const uint64_t few_categories = 20;
    const uint64_t cells = all->words.cells;
    const uint64_t categories = all->words.words.count;
    if (all->numbers.count * 10 >= cells * 9 && categories > few_categories) {
        return fail_almost_numeric(feature, all, learnt);
    }
    if (has_commas_in_numbers(&all->words.words)) {
        return fail_commas(feature, all, learnt);
    }
    if (cells >= few_cells && categories * 10 >= cells * 9) {
        return leave_out(feature, all, learnt);
    }
    all->words.missing = all->numbers.missing;
    return smi_categorical_finish(feature, &all->words, learnt);
}

static sm_status inferred_finish(smi_feature *const feature, void *const all,
                                 const smi_learnt *const learnt)
{
    inferred_notes *const whole = all;
    if (whole->text.any && whole->lost) {
        feature->kind = &mixed_kind;
        feature->again = true;
        return SM_OK;
    }
    if (whole->text.any) {
        return finish_categorical(feature, whole, learnt);
    }
    if (whole->too_large.any) {
        smi_csv_fault fault = {0};
        (void)snprintf(fault.text, sizeof fault.text, "'%s' is not a finite 32-bit number",
                       whole->too_large.shown);
        return fail_at(feature, learnt, whole->too_large.offset, &fault);
    }
    return smi_numeric_finish(feature, &whole->numbers, learnt);
}

const smi_feature_kind smi_inferred_kind = {.name = "inferred",
                                            .notes_new = inferred_notes_new,
                                            .learn = inferred_learn,
                                            .take_numbers = inferred_take_numbers,
                                            .merge = inferred_merge,
                                            .finish = inferred_finish,
                                            .notes_free = inferred_notes_free};

static const smi_feature_kind mixed_kind = {.name = "inferred",
                                            .notes_new = inferred_notes_new,
                                            .learn = mixed_learn,
                                            .merge = inferred_merge,
                                            .finish = inferred_finish,
                                            .notes_free = inferred_notes_free};
