"""A peer in a process of its own: worker.py MODULE TASK SETTINGS

MODULE.TASK(settings) loads its data, compiles and warms up, and returns a function to be timed. For
each line on standard input that function runs once; its dict, as JSON, is the answer. A solution it
hands back ("kernel": features × classes, "bias") is not sent but, the first time, judged: see
objective.py. Whatever the peer prints goes to standard error, which is build/bench/peers.log.
"""

import importlib
import json
import os
import sys


def peak_memory():
    """The most memory that this process ever held, in bytes."""
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return 1024 * int(line.split()[1])
    return None


def judged(answer, settings, first):
    """The answer with its solution replaced, in the first run, by what it is worth."""
    kernel, bias = answer.pop("kernel", None), answer.pop("bias", None)
    if kernel is not None and first:
        import data
        import objective

        answer |= objective.judge(data.load(settings["data"]), kernel, bias, settings["l2"])
    return answer


def main():
    module, task, text = sys.argv[1:]
    settings = json.loads(text)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(value):
        answers.write(json.dumps(value) + "\n")
        answers.flush()

    try:
        run = getattr(importlib.import_module(f"peers.{module}"), task)(settings)
        answer({})
        for turn, _ in enumerate(sys.stdin):
            result = run()
            result["peak_memory"] = peak_memory()
            answer(judged(result, settings, turn == 0))
    except ImportError as error:
        answer({"error": f"not installed ({error})"})
    except Exception as error:  # whatever a peer fails with, the others go on
        answer({"error": f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"})


main()
