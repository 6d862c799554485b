#include "plot/curves.h"

#include <math.h>

#include "base/memory.h"
#include "plot/palette.h"
#include "plot/run_key.h"
#include "plot/text_room.h"
#include "plot/ticks.h"

/* Of long runs some epochs are left out: no more fit beside each other. MARKS: along a curve.
 * LONGEST_NAME: columns, and WIDEST_NAME: ems, of a run in the key of letters. HEIGHT: in pixels.
 */
enum { MOST_POINTS = 2000, MARKS = 12, LONGEST_NAME = 30, WIDEST_NAME = 14, HEIGHT = 400 };

static size_t step_of(const smi_run *const run)
{
    return (run->count + MOST_POINTS - 1) / MOST_POINTS;
}

/* One of a run's two curves in both panels: epoch, loss, accuracy. Epochs without a finite loss are
 * left out. Returns how many there are. */
static size_t add_curve(smi_script *const script, const smi_run *const run, const size_t number,
                        const bool validation)
{
    size_t count = 0;
    smi_script_add(script, "$%s%zu << EOD\n", validation ? "validation" : "train", number);
    for (size_t i = 0; i < run->count; i++) {
        const smi_curve_point *const p = &run->points[i];
        const double loss = validation ? p->validation_loss : p->loss;
        const double accuracy = validation ? p->validation_accuracy : p->accuracy;
        if (isfinite(loss) && (i % step_of(run) == 0 || i + 1 == run->count)) {
            smi_script_add(script, "%.9g %.9g", p->epoch, loss);
            smi_script_add(script, isfinite(accuracy) ? " %.9g\n" : " NaN\n", accuracy);
            count++;
        }
    }
    smi_script_add(script, "EOD\n");
    return count;
}

bool smi_have_accuracy(const smi_run *const runs, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t p = 0; p < runs[i].count; p++) {
            const smi_curve_point *const point = &runs[i].points[p];
            if ((isfinite(point->loss) && isfinite(point->accuracy)) ||
                (isfinite(point->validation_loss) && isfinite(point->validation_accuracy))) {
                return true;
            }
        }
    }
    return false;
}

/* "train", or "NAME: train" of several runs. */
static void add_title(smi_script *const script, const smi_run *const run, const bool several,
                      const char *const what)
{
    smi_script_add(script, " title ");
    if (several) {
        smi_script_quote(script, run->name,
                         smi_columns_within(run->name, LONGEST_NAME, WIDEST_NAME));
        smi_script_add(script, ".': %s'", what);
    } else {
        smi_script_add(script, "'%s'", what);
    }
}

/* How many points the curves of a run have. */
typedef struct lengths {
    size_t train;
    size_t validation;
} lengths;

/* What the runs of a picture have. */
typedef struct drawn {
    const smi_run *runs;
    lengths points[SMI_MOST_RUNS];
    size_t count;
    double last; /* epoch */
    bool titled; /* in a key of the panel's own */
} drawn;

/* The line of a curve, with marks along it where it is validation's or one of several. */
static void add_line(smi_script *const script, const size_t run, const bool validation,
                     const size_t points, const bool several)
{
    const smi_run_style style = smi_run_style_of(run, validation);
    if (!validation && !several) {
        smi_script_add(script, points == 1 ? "points pointtype 7 pointsize 0.7" : "lines");
    } else {
        smi_script_add(script, "linespoints pointtype %u pointsize %g pointinterval %zu",
                       style.shape, several ? 1.0 : 0.7, (points + MARKS - 1) / MARKS);
    }
    smi_script_add(script, " dashtype %u linewidth %u linecolor rgb '#%06x'", style.dash,
                   style.width, style.colour);
}

/* The curves of one panel, whose numbers stand in this column. */
static void add_panel(smi_script *const script, const drawn *const d, const int column)
{
    const char *before = "plot ";
    for (size_t i = 0; i < d->count; i++) {
        for (int v = 0; v < 2; v++) {
            const size_t length = v == 1 ? d->points[i].validation : d->points[i].train;
            const char *const what = v == 1 ? "validation" : "train";
            if (length > 0) {
                smi_script_add(script, "%s$%s%zu using 1:%d with ", before, what, i, column);
                add_line(script, i, v == 1, length, d->count > 1);
                if (d->titled) {
                    add_title(script, &d->runs[i], d->count > 1, what);
                }
                before = ", \\\n ";
            }
        }
    }
    smi_script_add(script, "\n");
}

static size_t width_of(const bool with_accuracy)
{
    return with_accuracy ? 1000 : 560;
}

static void add_runs(smi_script *const script, drawn *const d)
{
    for (size_t i = 0; i < d->count; i++) {
        const smi_run *const run = &d->runs[i];
        d->points[i].train = add_curve(script, run, i, false);
        d->points[i].validation = add_curve(script, run, i, true);
        d->last = fmax(d->last, run->points[run->count - 1].epoch);
    }
}

/* Two panels beside each other, or that of the loss alone, in the upper `share` of the picture. */
static void add_panels(smi_script *const script, const smi_picture_target *const target,
                       const drawn *const d, const bool accurate, const double share)
{
    /* Letters do not stand on their sides: above the axes they have room. */
    const char *const name = target->format == SMI_PICTURE_LETTERS ? "title" : "ylabel";
    const double width = accurate ? 0.5 : 1.0;
    if (share < 1.0) {
        smi_script_add(script, "set size %g,%.5f\nset origin 0,%.5f\n", width, share, 1.0 - share);
    }
    smi_script_add(script, "set %s 'loss (mean cross-entropy)'\n", name);
    add_panel(script, d, 2);
    if (accurate) {
        if (share < 1.0) {
            smi_script_add(script, "set origin 0.5,%.5f\n", 1.0 - share);
        } else {
            smi_script_add(script, "set key bottom right\n");
        }
        smi_script_add(script, "set %s 'accuracy'\n", name);
        add_panel(script, d, 3);
    }
}

/* The numbers along the axis of epochs. Of a part of the first one gnuplot's own, from the first
 * step to the last, would touch. */
static void set_epochs(smi_script *const script, const double last)
{
    enum { TICKS = 5, COLUMNS = 40 }; /* of letters, in the width of a panel */
    if (last < 1.0) {
        const smi_ticks ticks = smi_ticks_beside(0.0, last, TICKS, COLUMNS);
        smi_script_add(script, "set xrange [0:]\n");
        smi_ticks_add(script, 'x', &ticks);
    } else {
        smi_script_add(script, "set xtics %s\n", last < 12.0 ? "1" : "autofreq");
    }
}

static void set_axes(smi_script *const script, const smi_picture_target *const target,
                     const double last)
{
    if (target->format != SMI_PICTURE_LETTERS) { /* where its lines would look like curves */
        smi_script_add(script, "set grid ytics linetype 1 linecolor rgb '#%06x'\n", SMI_FAINT);
    }
    smi_script_add(script, "set xlabel 'epoch'\n");
    set_epochs(script, last);
    smi_script_add(script, "set offsets graph 0.02, graph 0.02, graph 0.05, graph 0.05\n"
                           "set autoscale noextend\n"
                           "set key top right Right samplen 3 spacing 1.2\n");
}

/* With the key within each panel. */
static void add_curves(smi_script *const script, const smi_picture_target *const target,
                       const smi_run *const runs, const size_t count)
{
    const bool accurate = smi_have_accuracy(runs, count);
    drawn d = {.runs = runs, .count = count, .titled = true};
    add_runs(script, &d);
    set_axes(script, target, d.last);
    smi_script_add(script, "set multiplot layout 1,%d", accurate ? 2 : 1);
    if (count == 1) {
        smi_script_add(script, " title ");
        smi_script_quote(script, runs[0].name, 100);
        smi_script_add(script, " font ',12'");
    }
    smi_script_add(script, "\n");
    add_panels(script, target, &d, accurate, 1.0);
    smi_script_add(script, "unset multiplot\n");
}

void smi_add_curves(smi_script *const script, const smi_picture_target *const target,
                    const smi_run *const run)
{
    add_curves(script, target, run, 1);
}

void smi_begin_curves(smi_script *const script, const smi_picture_target *const target,
                      const bool with_accuracy)
{
    smi_picture_begin(script, target, width_of(with_accuracy), HEIGHT);
}

/* Of several runs, with the key below the panels, where they leave it room. */
static void add_with_key(smi_script *const script, const smi_picture_target *const target,
                         const smi_run *const runs, const size_t count)
{
    smi_run_entry entries[SMI_MOST_RUNS] = {{0}};
    const bool accurate = smi_have_accuracy(runs, count);
    const size_t width = width_of(accurate);
    drawn d = {.runs = runs, .count = count};
    for (size_t i = 0; i < count; i++) {
        entries[i].name = runs[i].name;
    }
    const size_t height = HEIGHT + smi_run_key_height(entries, count, width);
    smi_picture_begin(script, target, width, height);
    add_runs(script, &d);
    for (size_t i = 0; i < count; i++) {
        entries[i].train = d.points[i].train > 0;
        entries[i].validation = d.points[i].validation > 0;
    }
    set_axes(script, target, d.last);
    smi_script_add(script, "set multiplot\n");
    add_panels(script, target, &d, accurate, (double)HEIGHT / (double)height);
    smi_run_key_add(script, entries, count, width, height);
    smi_script_add(script, "unset multiplot\n");
}

sm_status smi_plot_curves(const smi_picture_target *const target, const smi_run *const runs,
                          const size_t count)
{
    smi_script script = {0};
    if (count > 1 && target->format != SMI_PICTURE_LETTERS) {
        add_with_key(&script, target, runs, count);
    } else {
        smi_begin_curves(&script, target, smi_have_accuracy(runs, count));
        add_curves(&script, target, runs, count);
    }
    return smi_picture_finish(&script, target);
}
