#!/usr/bin/env python3
"""Converts files of which each is four times as large as another: the peak of memory must be the
same, to a few MiB, and below what the rows themselves would take.

    python3 peaks.py PROGRAM
"""
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile

MIB = 1 << 20
TOLERANCE = 4 * MIB
LIMIT = 24 * MIB  # of memory that is the program's own; in memory none of the large files fits it


def numbers(rng):
    return ",".join("%.6g" % rng.gauss(0, 1) for _ in range(10)) + ",%d\n" % rng.randrange(5)


def categories(rng):
    return "%s,%d\n" % (",".join("c%d" % rng.randrange(300) for _ in range(6)), rng.randrange(5))


def entries(rng):
    columns = sorted(rng.sample(range(1, 900), 20))
    return "%d %s\n" % (rng.randrange(5), " ".join("%d:%.3g" % (c, rng.random()) for c in columns))


# What files are made of, how often 1,000 lines of it are repeated, and what they become.
CASES = [
    ("numbers.csv", ",".join("x%d" % i for i in range(10)) + ",label\n", numbers, 250, "x.npy"),
    ("categories.csv", "a,b,c,d,e,f,label\n", categories, 200, "x.npz"),
    ("entries.svm", "", entries, 60, "x.npz"),
    ("entries.svm", "", entries, 60, "x.svm"),
]


def begin():
    """One processor, so that the number of threads is the same everywhere."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    resource.setrlimit(resource.RLIMIT_DATA, (LIMIT, LIMIT))


def peak(program, source, target):
    """In bytes; no less than what this script takes, which the child begins with."""
    labels = ["--labels-to", "y.npy"] if target.endswith(".npy") else []
    run = subprocess.Popen([program, "data", "convert", source, target, "--quiet", *labels],
                           preexec_fn=begin)
    _, status, usage = os.wait4(run.pid, 0)
    if status != 0:
        sys.exit(f"{source} to {target}: the program ended with status {status}")
    return usage.ru_maxrss * 1024


def main():
    program = os.path.abspath(sys.argv[1])
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name, header, line, repeated, target in CASES:
            rng = random.Random(1)
            block = "".join(line(rng) for _ in range(1000))
            peaks = []
            for times in (repeated, 4 * repeated):
                pathlib.Path(name).write_text(header + block * times)
                peaks.append(peak(program, name, target))
            print(f"{name} to {target}: {peaks[0] / MIB:.1f} MiB, and {peaks[1] / MIB:.1f} MiB "
                  f"with four times as many rows")
            failed = failed or peaks[1] > peaks[0] + TOLERANCE
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
