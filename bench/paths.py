"""Where things are."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "bench"
BUILD = ROOT / "build" / "bench"
PROGRAMS = Path(os.environ.get("BENCH_PROGRAMS", BUILD / "bin"))
DATA = BUILD / "data"  # what is made for measuring
TOLERANCES = BENCH / "tolerances.json"


def program(name):
    return PROGRAMS / name
