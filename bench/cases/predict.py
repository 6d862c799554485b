"""D: one row through the C interface, the probabilities wanted."""

import subprocess

import data
from contest import Peer, Program, contest
from context import model_path, train_command
from paths import program

TITLE = "predict one row, seconds a call"


def measure(context):
    name = context.pictures
    subprocess.run([str(word) for word in
                    train_command(data.argument(name), "predict", "--epochs", 20)],
                   check=True, stdout=subprocess.DEVNULL)
    calls = context.pick(50000, 1000)
    model = model_path("predict")
    ours = Program("softmax, sm_predict_u8()",
                   [program("bench_predict_row"), model, data.argument(name), calls])
    settings = {"data": name, "model": str(model), "calls": calls}
    peers = [Peer("ONNX Runtime", "onnx_peer", "predict_row", settings | {"empty": False},
                  ["from Python, with I/O binding"]),
             Peer("ONNX Runtime, empty graph", "onnx_peer", "predict_row",
                  settings | {"empty": True}, ["what of it is the call"])]
    entries = contest([ours, *peers], context.runs)
    result = {"entries": entries}
    if all(entry["absent"] is None for entry in entries):
        net = entries[1]["median"] - entries[2]["median"]
        result["remarks"] = [f"less the empty graph's time, ONNX Runtime takes "
                             f"{1e6 * net:.2f} us, {net / entries[0]['median']:.1f} times ours"]
    return result
