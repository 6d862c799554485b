#include "plot/calibration.h"

#include <math.h>

#include "plot/palette.h"

enum { WIDTH = 640, HEIGHT = 680 };

/* Where the bins lie, what they hold, and how large their points are: bins of few rows say little.
 */
static void add_bins(smi_script *const script, const smi_calibration_bin *const bins,
                     const size_t count)
{
    double most = 1.0;
    for (size_t i = 0; i < count; i++) {
        most = fmax(most, bins[i].count);
    }
    smi_script_add(script, "$bins << EOD\n");
    for (size_t i = 0; i < count; i++) {
        const smi_calibration_bin *const b = &bins[i];
        if (b->count > 0.0) {
            smi_script_add(script, "%.9g %.9g %.9g %.9g %.0f %.3g\n", b->from, b->to, b->confidence,
                           b->accuracy, b->count, 0.4 + 1.2 * sqrt(b->count / most));
        }
    }
    smi_script_add(script, "EOD\n");
}

sm_status smi_plot_calibration(const smi_picture_target *const target, const char *const title,
                               const smi_calibration_bin *const bins, const size_t count)
{
    /* Letters do not stand on their sides: above the axes they have room. */
    const bool letters = target->format == SMI_PICTURE_LETTERS;
    smi_script script = {0};
    smi_picture_begin(&script, target, WIDTH, HEIGHT);
    add_bins(&script, bins, count);
    smi_script_add(&script, "set multiplot\nset xrange [0:1]\nset xtics 0,0.2,1\n");
    smi_picture_place(&script, 0.14, 0.96, letters ? 0.42 : 0.36, letters ? 0.9 : 0.92);
    smi_script_add(&script, "set title ");
    smi_script_quote(&script, title, 120);
    smi_script_add(
        &script,
        "%s\nset yrange [0:1]\nset ytics 0,0.2,1\n"
        "set format x ''\nset key bottom right Right samplen 3 spacing 1.2\n"
        "plot x with lines dashtype 2 linecolor rgb '#%06x' title 'as it should be', \\\n"
        " $bins using 3:4:6 with linespoints linewidth 2 pointtype 7 pointsize variable "
        "linecolor rgb '#%06x' title 'the model'\n",
        letters ? ".\"\\nshare that is right\"" : "\nset ylabel 'share that is right'", SMI_GREY,
        SMI_BLUE);
    smi_picture_place(&script, 0.14, 0.96, 0.11, 0.31);
    smi_script_add(&script,
                   "%s 'rows (log scale)'\n"
                   "set logscale y\nset yrange [0.7:*]\nset ytics autofreq\n"
                   "set format y '%%.0s%%c'\nset format x '%%.1f'\n"
                   "set xlabel 'probability of the predicted class'\n"
                   "set style fill solid 1.0 border linecolor rgb '#ffffff'\n"
                   "plot $bins using (($1 + $2) / 2):5:($2 - $1) with boxes linecolor rgb "
                   "'#%06x'\nunset multiplot\n",
                   letters ? "set title" : "unset title\nset ylabel", 0x56b4e9U);
    return smi_picture_finish(&script, target);
}
