#include "cli/train_end.h"

#include <stdio.h>

#include "cli/describe_model.h"
#include "cli/json.h"
#include "cli/terminal.h"

void cli_warn_of_train_end(const sm_train_options *const options,
                           const sm_train_summary *const summary)
{
    if (summary->reason[0] != '\0') {
        cli_say("solver %s: %s", sm_solver_name(summary->solver), summary->reason);
    }
    if (summary->separated) {
        cli_say("every row is classified right and there is no penalty: there is no best model, "
                "larger weights are always a little better; a small --l2 gives one");
    }
    if (summary->interrupted) {
        const char *const checkpoint = options->checkpoint;
        cli_say("interrupted after step %zu%s%s", summary->steps,
                checkpoint == NULL ? "" : "; training goes on with --resume ",
                checkpoint == NULL ? "" : checkpoint);
    } else if (summary->stalled) {
        cli_say("stopped after %zu steps: rounding errors hide further progress, with the gradient "
                "at %.2g of its first size, not yet at the tolerance %.2g",
                summary->steps, summary->relative_gradient_norm, options->tolerance);
    } else if (summary->solver < SM_SOLVER_GD && !summary->converged && !summary->stopped_early &&
               options->tolerance > 0.0) {
        cli_say("stopped after %zu steps with the gradient at %.2g of its first size, not yet at "
                "the tolerance %.2g; --epochs or a larger --l2 or --tolerance help",
                summary->steps, summary->relative_gradient_norm, options->tolerance);
    }
}

static json_t *epoch_or_null(const size_t epoch)
{
    return epoch == 0 ? json_null() : json_integer((json_int_t)epoch);
}

static json_t *metrics_or_null(const sm_metrics *const metrics)
{
    return metrics->rows == 0 ? json_null() : cli_json_metrics(metrics);
}

json_t *cli_train_end_metrics(const cli_train_end *const end)
{
    return json_pack("{s:o, s:o, s:o}", "train", cli_json_metrics(&end->train), "validation",
                     metrics_or_null(&end->validation), "test", metrics_or_null(&end->test));
}

int cli_print_train_end_json(const cli_train_end *const end)
{
    const sm_train_summary *const summary = &end->summary;
    return cli_json_print(json_pack(
        "{s:s, s:I, s:I, s:I, s:f, s:b, s:b, s:b, s:b, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
        "s:o, s:o, s:s, s:I}",
        "solver", sm_solver_name(summary->solver), "parameters",
        (json_int_t)sm_model_parameter_count(end->model), "epochs", (json_int_t)summary->epochs,
        "steps", (json_int_t)summary->steps, "seconds", summary->seconds, "converged",
        (int)summary->converged, "interrupted", (int)summary->interrupted, "stopped_early",
        (int)summary->stopped_early, "stalled", (int)summary->stalled, "separated",
        (int)summary->separated, "best_epoch", epoch_or_null(summary->best_epoch), "gradient_norm",
        cli_json_number(summary->gradient_norm), "relative_gradient_norm",
        cli_json_number(summary->relative_gradient_norm), "objective",
        cli_json_number(summary->objective), "optimality_gap_bound",
        cli_json_number(summary->optimality_gap_bound), "train", cli_json_metrics(&end->train),
        "validation", metrics_or_null(&end->validation), "test", metrics_or_null(&end->test),
        "model", cli_json_text(end->output), "isa", sm_isa(), "threads", (json_int_t)end->threads));
}

void cli_print_metrics(const char *const name, const sm_metrics *const metrics)
{
    char rows[SMI_COUNTED_SIZE];
    if (metrics->rows > 0) {
        (void)printf("%-11s loss %.4f   accuracy %.4f   (%s)\n", name, metrics->loss,
                     metrics->accuracy, smi_counted_text(metrics->rows, "row", rows));
    }
}

/* What only some runs have to tell. */
static void print_minimum(const cli_train_end *const end)
{
    const sm_train_summary *const summary = &end->summary;
    if (summary->best_epoch > 0) {
        (void)printf("%-11s epoch %zu, by its validation loss %.4f%s\n", "best",
                     summary->best_epoch,
                     sm_history_epoch(end->history, summary->best_epoch - 1)->validation_loss,
                     summary->stopped_early ? "; stopped early" : "");
    }
    if (summary->optimality_gap_bound < summary->objective) { /* else it says nothing */
        (void)printf("%-11s %.6g, at most %.2g above the minimum\n", "objective",
                     summary->objective, summary->optimality_gap_bound);
    }
}

const char *cli_train_end_word(const sm_train_summary *const summary)
{
    if (summary->converged) {
        return ", converged";
    }
    return summary->stalled ? ", stopped: rounding hides further progress" : "";
}

void cli_print_train_end(const cli_train_end *const end)
{
    char counted[SMI_COUNTED_SIZE];
    char threads[SMI_COUNTED_SIZE];
    char kind[CLI_KIND_SIZE];
    const sm_train_summary *const summary = &end->summary;
    (void)printf("%-11s %s, %s\n", "model", cli_kind_of(end->model, kind),
                 smi_counted_text(sm_model_parameter_count(end->model), "parameter", counted));
    (void)printf("%-11s %s, %s in %.2f s%s (%s, %s)\n", "training", sm_solver_name(summary->solver),
                 smi_counted_text(summary->steps, "step", counted), summary->seconds,
                 cli_train_end_word(summary), sm_isa(),
                 smi_counted_text(end->threads, "thread", threads));
    print_minimum(end);
    cli_print_metrics("train", &end->train);
    cli_print_metrics("validation", &end->validation);
    cli_print_metrics("test", &end->test);
    cli_print_saved(11, end->output);
}
