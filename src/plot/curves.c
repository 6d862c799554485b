#include "plot/curves.h"

#include <math.h>

#include "base/memory.h"
#include "plot/palette.h"
#include "plot/text_room.h"

/* Of long runs some epochs are left out: no more fit beside each other. MARKS: along a curve.
 * LONGEST_NAME: columns, and WIDEST_NAME: ems, of a run in the key. */
enum { MOST_POINTS = 2000, MARKS = 12, LONGEST_NAME = 30, WIDEST_NAME = 14 };

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

enum { DASHES = 5 }; /* gnuplot has no more */

/* Runs are told apart by dashes, and where these begin again by widths; sixels have no dashes. */
static size_t width_of(const smi_picture_target *const target, const size_t run)
{
    return target->format == SMI_PICTURE_SIXEL ? run % 4 * 2 + 1 : 2 + run / DASHES * 2;
}

/* The curves of one panel, whose numbers stand in this column. */
static void add_panel(smi_script *const script, const smi_picture_target *const target,
                      const smi_run *const runs, const lengths *const points, const size_t count,
                      const int column)
{
    const char *before = "plot ";
    for (size_t i = 0; i < count; i++) {
        const size_t dash = i % DASHES + 1;
        const size_t width = width_of(target, i);
        if (points[i].train > 0) {
            smi_script_add(script, "%s$train%zu using 1:%d with ", before, i, column);
            if (points[i].train == 1) {
                smi_script_add(script, "points pointtype 7 pointsize 0.7");
            } else {
                smi_script_add(script, "lines dashtype %zu", dash);
            }
            smi_script_add(script, " linewidth %zu linecolor rgb '#%06x'", width, SMI_BLUE);
            add_title(script, &runs[i], count > 1, "train");
            before = ", \\\n ";
        }
        if (points[i].validation > 0) {
            smi_script_add(
                script,
                "%s$validation%zu using 1:%d with linespoints dashtype %zu linewidth %zu "
                "pointtype 7 pointsize 0.7 pointinterval %zu linecolor rgb '#%06x'",
                before, i, column, dash, width, (points[i].validation + MARKS - 1) / MARKS,
                SMI_RED);
            add_title(script, &runs[i], count > 1, "validation");
            before = ", \\\n ";
        }
    }
    smi_script_add(script, "\n");
}

void smi_add_curves(smi_script *const script, const smi_picture_target *const target,
                    const smi_run *const runs, const size_t count)
{
    lengths points[SMI_MOST_RUNS];
    const bool accurate = smi_have_accuracy(runs, count);
    /* Letters do not stand on their sides: above the axes they have room. */
    const char *const name = target->format == SMI_PICTURE_LETTERS ? "title" : "ylabel";
    double last = 0.0;
    for (size_t i = 0; i < count; i++) {
        points[i].train = add_curve(script, &runs[i], i, false);
        points[i].validation = add_curve(script, &runs[i], i, true);
        last = fmax(last, runs[i].points[runs[i].count - 1].epoch);
    }
    if (target->format != SMI_PICTURE_LETTERS) { /* where its lines would look like curves */
        smi_script_add(script, "set grid ytics linetype 1 linecolor rgb '#%06x'\n", SMI_FAINT);
    }
    smi_script_add(script,
                   "set xlabel 'epoch'\n"
                   "set xtics %s\nset offsets graph 0.02, graph 0.02, graph 0.05, graph 0.05\n"
                   "set autoscale noextend\n"
                   "set key top right Right samplen 3 spacing 1.2\nset multiplot layout 1,%d",
                   last < 12.0 ? "1" : "autofreq", accurate ? 2 : 1);
    if (count == 1) {
        smi_script_add(script, " title ");
        smi_script_quote(script, runs[0].name, 100);
        smi_script_add(script, " font ',12'");
    }
    smi_script_add(script, "\nset %s 'loss (mean cross-entropy)'\n", name);
    add_panel(script, target, runs, points, count, 2);
    if (accurate) {
        smi_script_add(script, "set %s 'accuracy'\nset key bottom right\n", name);
        add_panel(script, target, runs, points, count, 3);
    }
    smi_script_add(script, "unset multiplot\n");
}

void smi_begin_curves(smi_script *const script, const smi_picture_target *const target,
                      const bool with_accuracy)
{
    smi_picture_begin(script, target, with_accuracy ? 1000 : 560, 400);
}

sm_status smi_plot_curves(const smi_picture_target *const target, const smi_run *const runs,
                          const size_t count)
{
    smi_script script = {0};
    smi_begin_curves(&script, target, smi_have_accuracy(runs, count));
    smi_add_curves(&script, target, runs, count);
    return smi_picture_finish(&script, target);
}
