"""S: every solver on every data set, beside the one that the program takes by itself."""

import data
from contest import Absent, Program, contest
from context import GRADIENT_NORM, L2, solver_words, train_command

TITLE = "every solver to relative gradient norm 1e-4, l2 = 1e-4, seconds"
PATIENCE = 30.0  # seconds: a solver that takes longer is out of the race
AUTO = "auto"


class _Solver(Program):
    """A solver that has to reach the gradient norm; stochastic ones, which may not, are then out."""

    def __init__(self, label, name, options):
        argument = data.argument(name)
        command = train_command(argument, "solvers", "--l2", L2, "--tolerance", GRADIENT_NORM,
                                *options)
        super().__init__(f"{name}: {label}", command, limit=PATIENCE)

    def run(self):
        answer = super().run()
        if not answer["relative_gradient_norm"] <= GRADIENT_NORM:
            raise Absent(f"reached {answer['relative_gradient_norm']:.1e} "
                         f"in {answer['seconds']:.2f} s")
        return answer


def _race(name, context):
    words = [word for word in solver_words() if word != AUTO]
    solvers = [_Solver(AUTO, name, []), *(_Solver(word, name, ["--solver", word])
                                          for word in words)]
    entries = contest(solvers, min(3, context.runs))
    if entries[0]["absent"] is not None:
        raise Absent(entries[0]["absent"])
    return entries


def _auto_over_best(entries):
    """The default's median over that of the fastest solver; None when no other finished."""
    present = [entry["median"] for entry in entries[1:] if entry["absent"] is None]
    return entries[0]["median"] / min(present) if present else None


def measure(context):
    entries, ratios, remarks = [], {}, []
    for name in context.pick(("mnist", "digits_8x8", "letter", "covtype", "wide", "news"),
                             ("digits", "wide-smoke", "news-smoke")):
        try:
            of_set = _race(name, context)
        except Absent as reason:
            remarks.append(f"{name}: not available: {reason}")
            continue
        entries += of_set
        ratios[name] = _auto_over_best(of_set)
        if ratios[name] is not None:
            remarks.append(f"{name}: the default takes {ratios[name]:.2f} times the best")
    return {"entries": entries, "auto_over_best": ratios, "remarks": remarks}
