"""What a case is run with."""

import json
import os
import subprocess
from dataclasses import dataclass

from contest import Program
from paths import BUILD, TOLERANCES, program

L2 = 1e-4
GRADIENT_NORM = 1e-4  # relative: where everybody stops


@dataclass
class Context:
    smoke: bool
    runs: int
    threads: int

    def pick(self, full, smoke):
        """A size or a name: that of a measurement, or that of a minute."""
        return smoke if self.smoke else full

    @property
    def pictures(self):
        return self.pick("mnist", "digits")

    @property
    def text(self):
        return self.pick("news", "news-smoke")

    @property
    def limits(self):
        """Further settings of a peer that trains: the smoke run does not wait for it to finish."""
        return self.pick({}, {"iterations": 10})

    def tolerance(self, case, peer):
        """The peer's own setting with which it just reaches the gradient norm asked for, None where
        none does; that norm itself until calibrate.py has found it."""
        found = json.loads(TOLERANCES.read_text()).get(case, {})
        return found[peer]["tolerance"] if peer in found else GRADIENT_NORM


def model_path(name):
    return BUILD / f"{name}.safetensors"


def train_command(data_argument, name, *options):
    return [program("softmax"), "train", data_argument, "-o", model_path(name), "--quiet", "--json",
            *options]


def our_training(name, data_argument, *options, label="softmax train"):
    """Training by the program, timed by itself ("seconds": the solver alone)."""
    return Program(label, train_command(data_argument, name, "--l2", L2, "--tolerance",
                                        GRADIENT_NORM, *options))


def solver_words():
    """The words that --solver takes, as the program itself lists them."""
    done = subprocess.run([program("softmax"), "train", "digits", "-o", os.devnull, "--solver", "?"],
                          capture_output=True, text=True)
    known = ("auto", "lbfgs", "newton-cg", "gd", "sgd", "adam", "adamw", "adagrad", "ftrl")
    text = done.stderr.replace(",", " ").replace("'", " ").split()
    return [word for word in known if word in text]
