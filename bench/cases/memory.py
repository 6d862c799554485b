"""E: how much memory training holds at its peak."""

import statistics

import data
from contest import Absent, Program
from context import train_command
from paths import program

TITLE = "peak resident memory of training, bytes"


def measure(context):
    name = context.pictures
    command = train_command(data.argument(name), "memory", "--l2", 1e-4, "--tolerance", 1e-4)
    contestant = Program("softmax train", [program("bench_peak_memory"), *command])
    try:
        peaks = [contestant.run()["bytes"] for _ in range(context.runs)]
    except Absent as reason:
        return {"entries": [], "remarks": [f"not available: {reason}"]}
    set_ = data.load(name)
    size = set_.x.size * set_.x.itemsize
    peak = statistics.median(peaks)
    limit = 1.3 * size + 16 * 2**20
    return {"entries": [], "peak_bytes": peak, "data_bytes": size,
            "remarks": [f"peak {peak / 2**20:.1f} MiB for {size / 2**20:.1f} MiB of data; "
                        f"1.3 times the data and 16 MiB are {limit / 2**20:.1f} MiB"]}
