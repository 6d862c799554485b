"""R3: an epoch over a mapped NPY file larger than memory, beside reading the file once."""

import os
import resource
import shutil
import statistics
import subprocess
import time

import large_array
from contest import Absent, Program, contest
from context import model_path, train_command
from memory_limit import limited_memory
from paths import DATA, program

TITLE = "mapped NPY larger than memory, seconds of the whole command"
GIB = 2**30
SAMPLE_ROWS = 20_000


class _Cold(Program):
    """A command with little memory, on a file none of which is in memory when it starts."""

    def __init__(self, name, command, file, enter, ours=True):
        super().__init__(name, command)
        self.ours = ours
        self._file = file
        self._enter = enter
        self._runs = []  # bytes read and seconds of each

    def run(self):
        with open(self._file, "rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_inblock
        start = time.perf_counter()
        done = subprocess.run(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              text=True, preexec_fn=self._enter)
        seconds = time.perf_counter() - start
        if done.returncode != 0:
            raise Absent(done.stderr.strip() or "it was ended, as for want of memory")
        read = 512 * (resource.getrusage(resource.RUSAGE_CHILDREN).ru_inblock - before)
        self._runs.append((read, seconds))
        return {"seconds": seconds}

    @property
    def has_run(self):
        return bool(self._runs)

    def reading(self):
        """Medians of the bytes read, and of bytes a second."""
        return (statistics.median(read for read, _ in self._runs),
                statistics.median(read / seconds for read, seconds in self._runs))


def _accuracy(model, folder):
    command = [program("softmax"), "evaluate", model_path(model), folder / "fresh.npy", "--json"]
    return Program("evaluate", command).run()["accuracy"]


def _train(name, path, solver):
    return train_command(path, name, "--solver", solver, "--epochs", 1)


def _remarks(folder, size, limit, contestants):
    remarks = [f"{size / GIB:.3g} GiB of float32, {limit / GIB:.3g} GiB of memory"]
    for contestant in contestants:
        if not contestant.has_run:
            continue
        read, rate = contestant.reading()
        remarks.append(f"{contestant.name}: {read / GIB:.3g} GiB came from the disk, "
                       f"{rate / GIB:.3g} GiB a second")
    for solver in ("sgd", "gd"):
        name = f"sample-{solver}"
        Program(name, _train(name, folder / "sample.npy", solver)).run()
        remarks.append(f"{solver}: accuracy on {SAMPLE_ROWS:,} fresh rows "
                       f"{_accuracy(f'large-{solver}', folder):.4f}; after an epoch over a sample of "
                       f"{SAMPLE_ROWS:,} in memory {_accuracy(name, folder):.4f}")
    return remarks


def measure(context):
    size, limit = context.pick((12 * GIB, 2 * GIB), (GIB // 64, GIB // 2))
    folder = DATA / "larger-than-memory"
    DATA.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(DATA).free < 1.2 * size:
        raise Absent(f"{size / GIB:.0f} GiB do not fit on the disk")
    with limited_memory(limit) as enter:
        try:
            large_array.make(folder, size, SAMPLE_ROWS)
            x = folder / "x.npy"
            contestants = [
                _Cold("softmax train, sgd, an epoch", _train("large-sgd", x, "sgd"), x, enter),
                _Cold("softmax train, gd, an epoch", _train("large-gd", x, "gd"), x, enter),
                _Cold("cat, the file read once", ["cat", str(x)], x, enter, ours=False)]
            entries = contest(contestants, min(3, context.runs))
            return {"entries": entries, "remarks": _remarks(folder, size, limit, contestants)}
        finally:
            shutil.rmtree(folder, ignore_errors=True)
