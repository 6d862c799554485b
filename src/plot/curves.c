#include "plot/curves.h"

#include <math.h>

#include "base/memory.h"
#include "plot/palette.h"
#include "plot/run_key.h"
#include "plot/text_room.h"
#include "plot/ticks.h"

/* Of long runs some epochs are left out: no more fit beside each other. MARKS: along a curve.
 * HEIGHT: in pixels. */
enum { MOST_POINTS = 2000, MARKS = 12, HEIGHT = 400 };

static size_t step_of(const smi_run *const run)
{
    return (run->count + MOST_POINTS - 1) / MOST_POINTS;
}

const char *smi_curve_name(const smi_run *const run, const bool validation)
{
    return !validation ? "train" : run->tested ? "test" : "validation";
}

/* Epochs without a finite loss are left out. */
static bool is_drawn(const smi_run *const run, const size_t point, const bool validation)
{
    const smi_curve_point *const p = &run->points[point];
    return isfinite(validation ? p->validation_loss : p->loss) &&
           (point % step_of(run) == 0 || point + 1 == run->count);
}

static size_t length_of(const smi_run *const run, const bool validation)
{
    size_t count = 0;
    for (size_t i = 0; i < run->count; i++) {
        count += is_drawn(run, i, validation) ? 1 : 0;
    }
    return count;
}

/* One of a run's two curves in both panels: epoch, loss, accuracy. */
static void add_curve(smi_script *const script, const smi_run *const run, const size_t number,
                      const bool validation)
{
    smi_script_add(script, "$%s%zu << EOD\n", validation ? "validation" : "train", number);
    for (size_t i = 0; i < run->count; i++) {
        const smi_curve_point *const p = &run->points[i];
        const double accuracy = validation ? p->validation_accuracy : p->accuracy;
        if (is_drawn(run, i, validation)) {
            smi_script_add(script, "%.9g %.9g", p->epoch,
                           validation ? p->validation_loss : p->loss);
            smi_script_add(script, isfinite(accuracy) ? " %.9g\n" : " NaN\n", accuracy);
        }
    }
    smi_script_add(script, "EOD\n");
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
} drawn;

static drawn measure(const smi_run *const runs, const size_t count)
{
    drawn d = {.runs = runs, .count = count};
    for (size_t i = 0; i < count; i++) {
        d.points[i].train = length_of(&runs[i], false);
        d.points[i].validation = length_of(&runs[i], true);
        d.last = fmax(d.last, runs[i].points[runs[i].count - 1].epoch);
    }
    return d;
}

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

/* The curves of one panel, whose numbers stand in this column. One run's are named in it. */
static void add_panel(smi_script *const script, const drawn *const d, const int column)
{
    const char *before = "plot ";
    for (size_t i = 0; i < d->count; i++) {
        for (int v = 0; v < 2; v++) {
            const size_t length = v == 1 ? d->points[i].validation : d->points[i].train;
            if (length > 0) {
                smi_script_add(script, "%s$%s%zu using 1:%d with ", before,
                               v == 1 ? "validation" : "train", i, column);
                add_line(script, i, v == 1, length, d->count > 1);
                if (d->count == 1) {
                    smi_script_add(script, " title '%s'", smi_curve_name(&d->runs[i], v == 1));
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

static void add_runs(smi_script *const script, const drawn *const d)
{
    for (size_t i = 0; i < d->count; i++) {
        add_curve(script, &d->runs[i], i, false);
        add_curve(script, &d->runs[i], i, true);
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

void smi_add_curves(smi_script *const script, const smi_picture_target *const target,
                    const smi_run *const run)
{
    const bool accurate = smi_have_accuracy(run, 1);
    const drawn d = measure(run, 1);
    add_runs(script, &d);
    set_axes(script, target, d.last);
    smi_script_add(script, "set multiplot layout 1,%d title ", accurate ? 2 : 1);
    smi_script_quote(script, run->name, 100);
    smi_script_add(script, " font ',12'\n");
    add_panels(script, target, &d, accurate, 1.0);
    smi_script_add(script, "unset multiplot\n");
}

void smi_begin_curves(smi_script *const script, const smi_picture_target *const target,
                      const bool with_accuracy)
{
    smi_picture_begin(script, target, width_of(with_accuracy), HEIGHT);
}

/* Of several runs, with the key below the panels, where they leave it room; in letters it has lines
 * besides those of the terminal. */
static void add_with_key(smi_script *const script, const smi_picture_target *const target,
                         const smi_run *const runs, const size_t count)
{
    smi_run_entry entries[SMI_MOST_RUNS] = {{0}};
    smi_picture_target taller = *target;
    const bool letters = target->format == SMI_PICTURE_LETTERS;
    const bool accurate = smi_have_accuracy(runs, count);
    const drawn d = measure(runs, count);
    for (size_t i = 0; i < count; i++) {
        entries[i] = (smi_run_entry){.name = runs[i].name,
                                     .train = d.points[i].train > 0,
                                     .validation = d.points[i].validation > 0,
                                     .held_out = smi_curve_name(&runs[i], true)};
    }
    const size_t width = letters ? target->columns : width_of(accurate);
    const size_t panels = letters ? target->lines : HEIGHT;
    const smi_run_key key = {entries, count, width, letters};
    const size_t height = panels + smi_run_key_height(&key);
    taller.lines = height; /* of letters alone */
    smi_picture_begin(script, &taller, width, height);
    add_runs(script, &d);
    set_axes(script, target, d.last);
    smi_script_add(script, "set multiplot\n");
    add_panels(script, target, &d, accurate, (double)panels / (double)height);
    smi_run_key_add(script, &key, height);
    smi_script_add(script, "unset multiplot\n");
}

sm_status smi_plot_curves(const smi_picture_target *const target, const smi_run *const runs,
                          const size_t count)
{
    smi_script script = {0};
    if (count > 1) {
        add_with_key(&script, target, runs, count);
    } else {
        smi_begin_curves(&script, target, smi_have_accuracy(runs, count));
        smi_add_curves(&script, target, runs);
    }
    return smi_picture_finish(&script, target);
}
