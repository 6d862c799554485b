"""W: what it costs to watch training: --live in a terminal, --tensorboard and --log."""

import fcntl
import os
import pty
import shutil
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

    def run(self):
        shown, its_end = pty.openpty()
        fcntl.ioctl(its_end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
        environment = os.environ | {"TERM": "xterm", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
        reader = threading.Thread(target=_drain, args=[shown])
        start = time.perf_counter()
        process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=its_end,
                                   env=environment)
        os.close(its_end)
        reader.start()
        status = process.wait()
        seconds = time.perf_counter() - start
        reader.join()
        os.close(shown)
        if status != 0:
            raise Absent(f"it ends with status {status}")
        return {"seconds": seconds}


def _drain(terminal):
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:  # nobody has its other end any more
        pass


def _ways(name, held_out, *options):
    folder = BUILD / "watched"
    shutil.rmtree(folder, ignore_errors=True)
    command = [program("softmax"), "train", data.argument(name), "--validation", held_out, "-o",
               model_path("watched"), *options]
    for way in ([], ["--live"], ["--tensorboard", folder], ["--log", BUILD / "watched.jsonl"]):
        label = " ".join(["softmax train", *options, *way[:1]])
        yield _AtTerminal(label, command + way)


def _remarks(entries):
    if all(entry["absent"] is None for entry in entries):
        plain = entries[0]["median"]
        for entry in entries[1:]:
            yield f"{entry['name']}: {100 * (entry['median'] / plain - 1):+.1f} %"


def measure(context):
    name, held_out = context.pick(("mnist", "5000"), ("digits", "100"))
    entries, remarks = [], []
    for options in (["--solver", "sgd", "--epochs", context.pick("30", "1")],
                    ["--hidden", "128", "--epochs", context.pick("5", "1")]):
        found = contest(list(_ways(name, held_out, *options)), context.runs)
        entries += found
        remarks += _remarks(found)
    return {"entries": entries, "remarks": remarks}
