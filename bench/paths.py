"""Where things are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "bench"
BUILD = ROOT / "build" / "bench"
PROGRAMS = BUILD / "bin"
DATA = BUILD / "data"  # what is made for measuring
TOLERANCES = BENCH / "tolerances.json"


def program(name):
    return PROGRAMS / name
