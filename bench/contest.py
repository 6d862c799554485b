"""Runs contestants in turn, ours and theirs alternating, and sums up their times.

A contestant is one of our programs, run anew each time, or a peer that a worker process keeps alive
with its data in memory. Either answers a run with a dict that has "seconds", and perhaps more.
"""

import json
import os
import statistics
import subprocess
import sys
import time

from paths import BENCH, BUILD, ROOT

LONG_RUN = 20.0  # seconds: whoever takes longer gets fewer runs, as the table then says
FEWER_RUNS = 3


class Absent(Exception):
    """The contestant cannot take part; the message says why."""


def _last_line(text):
    """What went wrong, without where this tree lies."""
    lines = text.strip().replace(f"{ROOT}/", "").splitlines()
    return lines[-1] if lines else "it ended without a word"


class Program:
    """One of our programs, which prints a JSON object."""

    ours = True

    def __init__(self, name, command, notes=(), limit=None):
        """limit: seconds after which the program is given up, loading and all."""
        self.name = name
        self.notes = list(notes)
        self._limit = limit
        self._command = [str(word) for word in command]

    def launch(self):
        pass

    def start(self):
        return {}

    def run(self):
        try:
            done = subprocess.run(self._command, capture_output=True, text=True,
                                  timeout=self._limit)
        except subprocess.TimeoutExpired:
            raise Absent(f"not done after {self._limit:g} s") from None
        if done.returncode != 0:
            raise Absent(_last_line(done.stderr))
        return json.loads(done.stdout)

    def stop(self):
        pass


class Peer:
    """A function of a module in peers/, in a process of its own (see worker.py)."""

    ours = False

    def __init__(self, name, module, task, settings, notes=()):
        self.name = name
        self.notes = list(notes)
        self._task = (module, task)
        self._settings = settings
        self._process = None
        self._log = None

    @property
    def is_judged(self):
        """Whether its tolerance is one that has to be found: see calibrate.py."""
        return self._task[0] != "liblinear_peer"

    def with_settings(self, **changed):
        return Peer(self.name, *self._task, self._settings | changed, self.notes)

    def launch(self):
        """Begins what start() waits for: until then it imports its library and loads its data."""
        if self._settings.get("tolerance", 0.0) is None:
            raise Absent("at no tolerance does it reach the gradient norm")
        self._log = open(BUILD / "peers.log", "a")
        self._process = subprocess.Popen(
            [sys.executable, BENCH / "worker.py", *self._task, json.dumps(self._settings)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, text=True,
            env=os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "JAX_PLATFORMS": "cpu"})

    def start(self):
        return self._answer()

    def _answer(self):
        line = self._process.stdout.readline()
        answer = json.loads(line) if line else {"error": "its process ended"}
        if "error" in answer:
            raise Absent(answer["error"])
        return answer

    def run(self):
        self._process.stdin.write("run\n")
        self._process.stdin.flush()
        return self._answer()

    def stop(self):
        if self._process is not None:
            self._process.stdin.close()
            self._process.wait()
            self._process.stdout.close()
            self._log.close()


class _Entry:
    """A contestant and what its runs gave."""

    def __init__(self, contestant):
        self.contestant = contestant
        self.answers = []
        self.absent = None

    def attempt(self, action):
        """The action's answer, or None once the contestant is found absent."""
        if self.absent is None:
            try:
                return action()
            except Absent as reason:
                self.absent = str(reason)
        return None

    def wants(self, turn):
        if self.absent is not None:
            return False
        long = self.answers and self.answers[0]["seconds"] > LONG_RUN
        return not long or turn < FEWER_RUNS

    def summary(self):
        summary = {"name": self.contestant.name, "ours": self.contestant.ours,
                   "notes": self.contestant.notes, "absent": self.absent}
        if self.absent is None:
            seconds = [answer["seconds"] for answer in self.answers]
            more = {key: value for key, value in self.answers[0].items() if key != "seconds"}
            summary |= {"runs": seconds, "median": statistics.median(seconds), **more}
        return summary


def _say(text):
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


def _take_turns(entries, runs):
    for turn in range(runs):
        for entry in entries:
            if entry.wants(turn):
                answer = entry.attempt(entry.contestant.run)
                if answer is not None:
                    _say(f"run {turn + 1} of {entry.contestant.name}: {answer['seconds']:.4g} s")
                    entry.answers.append(answer)


def contest(contestants, runs):
    """Entries of results.json, one for each contestant, each with its ratio to the first of ours."""
    entries = [_Entry(contestant) for contestant in contestants]
    try:
        # One run is no measurement: then they may disturb each other while they get ready.
        for group in [entries] if runs == 1 else [[entry] for entry in entries]:
            for entry in group:
                entry.attempt(entry.contestant.launch)
            for entry in group:
                entry.attempt(entry.contestant.start)
                if entry.absent is not None:
                    _say(f"absent: {entry.contestant.name}: {entry.absent}")
        _take_turns(entries, runs)
    finally:
        for entry in entries:
            entry.contestant.stop()
    summaries = [entry.summary() for entry in entries]
    add_ratios(summaries)
    return summaries


def add_ratios(summaries):
    """ratio: a peer's median / the median of our first entry."""
    ours = next((s for s in summaries if s["ours"] and s["absent"] is None), None)
    for summary in summaries:
        if ours is not None and not summary["ours"] and summary["absent"] is None:
            summary["ratio"] = summary["median"] / ours["median"]
