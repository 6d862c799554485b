"""What the cases of reading share: our reader on one thread and on all, and what that gives."""

import os
from pathlib import Path

from contest import Peer, Program, contest
from paths import program

MIB = 2**20


def _size(path):
    path = Path(path)
    files = path.rglob("*.png") if path.is_dir() else [path]
    return sum(os.path.getsize(file) for file in files)


def _remarks(entry, size):
    if entry["absent"] is not None:
        return []
    kept, peak = entry["data_bytes"], entry["peak_memory"]
    return [f"{entry['name']}: {1e-6 * size / entry['median']:.0f} MB/s; peak {peak / MIB:.0f} MiB, "
            f"{kept / MIB:.0f} MiB of them the data; 1.1 times the data and 64 MiB are "
            f"{1.1 * kept / MIB + 64:.0f} MiB"]


def race(path, label, peers, context):
    """Entries and remarks for one file. peers: (name, module, task), each given {"path"}."""
    threads = sorted({1, context.threads})
    ours = [Program(f"{label}: softmax, {count} thread{'s' if count > 1 else ''}",
                    [program("bench_read"), path, count]) for count in reversed(threads)]
    theirs = [Peer(f"{label}: {name}", module, task, {"path": str(path)})
              for name, module, task in peers]
    entries = contest([*ours, *theirs], context.runs)
    remarks = [f"{label}: {_size(path) / MIB:.0f} MiB"]
    for entry in entries[:len(ours)]:
        remarks += _remarks(entry, _size(path))
    return {"entries": entries, "remarks": remarks}


def together(races):
    return {key: [item for race_ in races for item in race_[key]] for key in ("entries", "remarks")}
