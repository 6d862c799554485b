"""W: what it costs to watch training: --live in a terminal, --tensorboard and --log."""

import fcntl
import os
import pty
import shutil
import statistics
import struct
import subprocess
import termios
import threading
import time

import data
from contest import Absent, Program, contest
from context import model_path
from paths import BUILD, program

TITLE = "training watched in different ways, seconds of the whole command"


class _AtTerminal(Program):
    """A command timed from outside, with a terminal for what it shows."""

    def __init__(self, name, command, made):
        """made: the folder that it writes into, which each run finds gone."""
        super().__init__(name, command)
        self._made = made
        self.processor_seconds = []

    def run(self):
        shutil.rmtree(self._made, ignore_errors=True)
        shown, its_end = pty.openpty()
        fcntl.ioctl(its_end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
        environment = os.environ | {"TERM": "xterm", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
        reader = threading.Thread(target=_drain, args=[shown])
        start = time.perf_counter()
        process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=its_end,
                                   env=environment)
        os.close(its_end)
        reader.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        reader.join()
        os.close(shown)
        if process.returncode != 0:
            raise Absent(f"it ends with status {process.returncode}")
        self.processor_seconds.append(used.ru_utime + used.ru_stime)
        return {"seconds": seconds}


def _drain(terminal):
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:  # nobody has its other end any more
        pass


def _ways(name, held_out, *options):
    """The plain one first and last: what the others are compared with is what lies on both sides."""
    folder = BUILD / "watched"
    command = [program("softmax"), "train", data.argument(name), "--validation", held_out, "-o",
               model_path("watched"), *options]
    ways = {"": [], "--live": ["--live"], "--tensorboard": ["--tensorboard", folder],
            "--log": ["--log", BUILD / "watched.jsonl"], "again": []}
    for way, more in ways.items():
        label = " ".join(filter(None, ["softmax train", *options, way]))
        yield _AtTerminal(label, command + more, folder)


def _more(times, before, after):
    """What the runs took more than the plain ones of their turns, in per cent: the mean, and its
    standard error."""
    more = [100 * (2 * time / (a + b) - 1) for time, a, b in zip(times, before, after)]
    mean = f"{statistics.mean(more):+.1f}"
    if len(more) == 1:
        return f"{mean} %"
    return f"{mean} ± {statistics.stdev(more) / len(more) ** 0.5:.1f} %"


def _remarks(ways, entries):
    if any(entry["absent"] is not None for entry in entries):
        return
    for way, entry in zip(ways[1:-1], entries[1:-1]):
        used = _more(way.processor_seconds, ways[0].processor_seconds, ways[-1].processor_seconds)
        took = _more(entry["runs"], entries[0]["runs"], entries[-1]["runs"])
        yield f"{entry['name']}: time {took}, processor time {used}"


def measure(context):
    name, held_out = context.pick(("mnist", "5000"), ("digits", "100"))
    entries, remarks = [], []
    for options in (["--solver", "sgd", "--epochs", context.pick("30", "1")],
                    ["--hidden", "128", "--epochs", context.pick("10", "1")]):
        ways = list(_ways(name, held_out, *options))
        found = contest(ways, context.pick(6 * context.runs, 1))  # the differences are small
        entries += found
        remarks += _remarks(ways, found)
    return {"entries": entries, "remarks": remarks}
