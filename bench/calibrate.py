"""Finds, for each peer of a case, the loosest setting of its tolerance that reaches the gradient norm
asked for, since tolerances mean something else in every program. Kept in bench/tolerances.json.

Every try is a whole run of the peer. Where the gradient left over tells how far off the tolerance
is, the next try goes there; a solution up to twice as good as asked for ends the search, and so does
one that a tighter tolerance no longer changes: such a peer has a tolerance of null.
"""

import importlib
import json

from cases import ORDER
from contest import contest
from context import GRADIENT_NORM
from paths import TOLERANCES

FIRST = 1e-3
TRIES = 14
GOOD_ENOUGH = 0.5  # of the gradient norm asked for
CLOSE_ENOUGH = 1.2  # times a tolerance that is good, one that is not


def _next(tolerance, reached, good, bad):
    """good, bad: the loosest tolerance that reached the mark, the tightest that did not, or None."""
    if good is None:
        return tolerance * min(0.8, max(1.0 / 200.0, 0.9 * GRADIENT_NORM / reached))
    if bad is None:
        return 4.0 * tolerance
    return (good * bad) ** 0.5


def _outcome(tolerance, reached):
    """An entry of the file."""
    return {"tolerance": tolerance and float(f"{tolerance:.4g}"), "reached": float(f"{reached:.3g}")}


def _loosest(peer):
    """The entry for the loosest tolerance that reached the mark; None when the peer is absent."""
    tolerance, found, bad, last = FIRST, None, None, None
    for _ in range(TRIES):
        [entry] = contest([peer.with_settings(tolerance=tolerance)], 1)
        if entry["absent"] is not None:
            return None
        reached = entry["relative_gradient_norm"]
        print(f"{peer.name}: tolerance {tolerance:.3g} reaches {reached:.3g}", flush=True)
        if reached <= GRADIENT_NORM:
            found = _outcome(tolerance, reached)
            if reached > GOOD_ENOUGH * GRADIENT_NORM:
                break
        elif found is None and reached == last:
            return _outcome(None, reached)
        else:
            bad = tolerance
        if found and bad and bad < CLOSE_ENOUGH * found["tolerance"]:
            break
        last = reached
        tolerance = _next(tolerance, reached, found and found["tolerance"], bad)
    return found


def run(letters, context):
    for letter in letters:
        module = importlib.import_module(f"cases.{ORDER[letter]}")
        for peer in module.peers(context) if hasattr(module, "peers") else ():
            if peer.is_judged:
                found = _loosest(peer)
                everything = json.loads(TOLERANCES.read_text())
                if found is not None:
                    everything.setdefault(letter, {})[peer.name] = found
                    TOLERANCES.write_text(json.dumps(everything, indent=2) + "\n")
