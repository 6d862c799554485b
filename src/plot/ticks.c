#include "plot/ticks.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "plot/text_room.h"

/* Axes that reach as far, and those whose numbers have more decimals, have exponents. */
static const double LARGE = 1e6;
enum { MOST_DECIMALS = 6, MOST_DIGITS = 17 };

/* Of step_of()'s numbers: a power of ten is not one less for a rounding. */
static int exponent_of(const double number)
{
    return (int)floor(log10(number) + 1e-9);
}

static double step_of(const double range, const size_t wanted)
{
    const double rough = range / (double)wanted;
    const double power = pow(10.0, floor(log10(rough)));
    const double ratio = rough / power;
    return power * (ratio < 1.5 ? 1.0 : ratio < 3.5 ? 2.0 : ratio < 7.5 ? 5.0 : 10.0);
}

/* As many digits as tell a number from the next one, a step away. */
static void write_number(const double number, const double step, const bool large,
                         char text[SMI_TICK_SIZE])
{
    const int decimals = -exponent_of(step);
    if (number == 0.0) {
        (void)snprintf(text, SMI_TICK_SIZE, "%.*f",
                       decimals > 0 && decimals <= MOST_DECIMALS ? decimals : 0, 0.0);
    } else if (large || decimals > MOST_DECIMALS) {
        const int digits = exponent_of(fabs(number)) - exponent_of(step) + 1;
        (void)snprintf(text, SMI_TICK_SIZE, "%.*g", digits < MOST_DIGITS ? digits : MOST_DIGITS,
                       number);
    } else {
        (void)snprintf(text, SMI_TICK_SIZE, "%.*f", decimals > 0 ? decimals : 0, number);
    }
}

smi_ticks smi_ticks_of(const double from, const double to, const size_t wanted)
{
    smi_ticks ticks = {.step = step_of(to - from, wanted)};
    const double first = ceil(from / ticks.step - 1e-9);
    const bool large = fmax(fabs(from), fabs(to)) >= LARGE;
    for (size_t i = 0; i < SMI_MOST_TICKS; i++) {
        const double number = (first + (double)i) * ticks.step;
        if (!(number <= to + 1e-9 * ticks.step)) {
            break;
        }
        char *const text = ticks.texts[i];
        ticks.numbers[i] = number == 0.0 ? 0.0 : number; /* never −0 */
        write_number(ticks.numbers[i], ticks.step, large, text);
        ticks.columns = smi_max_size(ticks.columns, strlen(text));
        ticks.width = fmax(ticks.width, smi_text_width(text, SMI_TICK_SIZE));
        ticks.count++;
    }
    return ticks;
}

static bool touch(const smi_ticks *const ticks, const double range, const size_t columns)
{
    enum { GAP = 2 };
    return (double)(ticks->columns + GAP) > (double)columns * ticks->step / range;
}

smi_ticks smi_ticks_beside(const double from, const double to, const size_t wanted,
                           const size_t columns)
{
    smi_ticks ticks = smi_ticks_of(from, to, wanted);
    for (size_t fewer = wanted - 1; fewer > 0 && touch(&ticks, to - from, columns); fewer--) {
        const smi_ticks next = smi_ticks_of(from, to, fewer);
        if (next.count < 2) { /* which would say too little of the axis */
            break;
        }
        ticks = next;
    }
    return ticks;
}

void smi_ticks_add(smi_script *const script, const char axis, const smi_ticks *const ticks)
{
    smi_script_add(script, "set %ctics (", axis);
    for (size_t i = 0; i < ticks->count; i++) {
        smi_script_add(script, "%s'%s' %.15g", i == 0 ? "" : ", ", ticks->texts[i],
                       ticks->numbers[i]);
    }
    smi_script_add(script, ")\n");
}

void smi_ticks_add_names(smi_script *const script, const char axis, const char *const *const names,
                         const size_t count, const size_t step, const size_t most)
{
    smi_script_add(script, "set %ctics (", axis);
    for (size_t i = 0; i < count; i += step) {
        smi_script_add(script, i == 0 ? "" : ", ");
        smi_script_quote_tic(script, names[i], most);
        smi_script_add(script, " %zu", i);
    }
    smi_script_add(script, ") scale 0");
}
