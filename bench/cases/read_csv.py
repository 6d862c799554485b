"""R1: a table of numbers from a CSV file to floats in memory."""

import files
import reading

TITLE = "CSV of numbers to memory, seconds"


def measure(context):
    path = files.numbers_csv(context.pick(800_000, 1000))
    return reading.race(path, "30 columns", [
        ("pandas", "read_peer", "pandas_csv"),
        ("pandas, engine pyarrow, all threads", "read_peer", "pandas_csv_arrow"),
        ("NumPy, loadtxt", "read_peer", "numpy_csv"),
    ], context)
