#!/usr/bin/env python3
"""Kills training at random moments, lets it go on, and compares the models with one that nothing
disturbed: not a byte may differ.

    python3 kill.py SOFTMAX TIMES

A run is killed, killed once more when it has gone on, and may then come to its end; so until there
have been so many kills. The moments are drawn with a fixed seed over the time that a run takes;
what they interrupt depends on the machine.
"""
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

RUNS = [
    "digits:train,n=300 --solver adam --batch-size 10 --epochs 30 --checkpoint-every 40",
    "digits:train,n=300 --solver sgd --momentum 0.9 --batch-size 7 --epochs 20 --validation 0.2 "
    "--patience 8 --checkpoint-every 40",
    "digits:train,n=300 --solver ftrl --l1 1e-4 --epochs 300 --checkpoint-every 40",
    "blobs:train,n=3000 --solver lbfgs --l2 0 --tolerance 0 --epochs 200 --checkpoint-every 10",
    "digits:train,n=300 --solver lbfgs --l1 1e-4 --tolerance 1e-6 --checkpoint-every 10",
    "digits:train,n=300 --solver newton-cg --l2 1e-6 --tolerance 1e-7 --checkpoint-every 1",
    "digits:train,n=300 --hidden 32,16 --dropout 0.2 --epochs 30 --checkpoint-every 20",
    "digits:train,n=300 --solver gd --epochs 300 --checkpoint-every 20",
]


def command(softmax, options, *more):
    return [softmax, "train", *options.split(), "--quiet", "-o", "model", *more]


def train(arguments):
    """The bytes of the model."""
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
    return pathlib.Path("model").read_bytes()


def train_and_kill(arguments, seconds):
    """Whether it was killed, rather than finished before."""
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    if process.returncode != 0:
        sys.exit(f"{' '.join(arguments)}: exit status {process.returncode}")
    return False


def resume_if_there_is():
    return ["--resume", "part"] if os.path.exists("part") else []


def main():
    softmax, times = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    moments = random.Random(1)
    killed = resumed = runs = 0
    wanted, lasting = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        while killed < times and runs < 10 * times:
            options = RUNS[runs % len(RUNS)]
            keep = ["--checkpoint", "part"]
            if options not in wanted:
                wanted[options] = train(command(softmax, options.rsplit(" --checkpoint", 1)[0]))
                began = time.monotonic()
                train(command(softmax, options, *keep))
                lasting[options] = time.monotonic() - began
            pathlib.Path("part").unlink(missing_ok=True)
            for _ in range(2):
                resume = resume_if_there_is()
                moment = moments.uniform(0.0, lasting[options])
                killed += train_and_kill(command(softmax, options, *keep, *resume), moment)
            resume = resume_if_there_is()
            resumed += len(resume) > 0
            runs += 1
            if train(command(softmax, options, *keep, *resume)) != wanted[options]:
                sys.exit(f"run {runs}: another model than without interruption: {options}")
        print(f"killed {killed} times, went on from a checkpoint in {resumed} of {runs} runs")
        os.chdir("/")
    if killed < times or 2 * resumed < runs:
        sys.exit("training was over too soon to be killed often enough")


main()
