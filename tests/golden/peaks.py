#!/usr/bin/env python3
"""Converts files of which each is four times as large as another: the peak of memory must be the
same, to a few MiB, and below what the rows themselves would take.

    python3 peaks.py PROGRAM

Arrays and generators only have to keep below that: of a file that is mapped the peak counts what the
system keeps of it.
"""
import array
import os
import pathlib
import random
import resource
import struct
import subprocess
import sys
import tempfile
import zipfile

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


def npy(name, description, shape, pieces, fortran=False):
    """An NPY file of the pieces' bytes."""
    header = "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }" % (description, fortran, shape)
    header += " " * ((-(len(header) + 11)) % 64) + "\n"
    with open(name, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
        for piece in pieces:
            file.write(piece)


def doubles(name, rows, fortran):
    """An NPY file of ten columns."""
    rng = random.Random(1)
    block = array.array("d", [rng.gauss(0, 1) for _ in range(10 * 1000)]).tobytes()
    npy(name, "<f8", (rows, 10), [block] * (rows // 1000), fortran)


def sparse(name, rows):
    """A compressed archive of a matrix of doubles, as SciPy saves them, twenty entries a row."""
    rng = random.Random(1)
    places = array.array("i", range(0, 20 * rows + 1, 20))
    lists = {
        "data": ("<f8", array.array("d", [rng.random() for _ in range(20 * 1000)])),
        "indices": ("<i4", array.array("i", list(range(0, 60, 3)) * 1000)),
    }
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for list_name, (description, block) in lists.items():
            npy("list", description, (20 * rows,), [block.tobytes()] * (rows // 1000))
            archive.write("list", list_name + ".npy")
        npy("list", "<i4", (rows + 1,), [places.tobytes()])
        archive.write("list", "indptr.npy")
        npy("list", "<i8", (2,), [struct.pack("<2q", rows, 60)])
        archive.write("list", "shape.npy")


def arrays_and_generators(program):
    """Of each the rows come to more than LIMIT."""
    doubles("d.npy", 1000 * 1000, False)
    doubles("f.npy", 1000 * 1000, True)
    sparse("s.npz", 200 * 1000)
    with zipfile.ZipFile("d.npz", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write("d.npy", "x.npy")
    for source, target in (("d.npy", "x.npz"), ("d.npz", "x.npz"), ("f.npy", "x.npz"),
                           ("s.npz", "x.npz"), ("digits:n=40000", "x.npz")):
        peak(program, source, target)
        print(f"{source} to {target}: within {LIMIT / MIB:.0f} MiB")


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
        arrays_and_generators(program)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
