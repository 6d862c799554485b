"""D: one row through the C interface, the probabilities wanted."""

import data
from contest import Peer, Program, contest
from context import model_path, train_command
from paths import program

TITLE = "predict one row, seconds a call"


def _remarks(ours, runtime, empty):
    remarks = []
    if ours["absent"] is None:
        remarks.append(f"in {ours['calls']:,} calls softmax allocates {ours['allocations']:,} times")
    if all(entry["absent"] is None for entry in (ours, runtime, empty)):
        net = runtime["median"] - empty["median"]
        remarks.append(f"less the empty graph's time, ONNX Runtime takes {1e6 * net:.2f} us, "
                       f"{net / ours['median']:.1f} times ours")
    return remarks


def measure_model(context, model_name, *options):
    """Trains the model with these options first."""
    name = context.pictures
    Program("softmax train", train_command(data.argument(name), model_name, *options)).run()
    calls = context.pick(50000, 1000)
    model = model_path(model_name)
    ours = Program("softmax, sm_predict_u8()",
                   [program("bench_predict_row"), model, data.argument(name), calls])
    settings = {"data": name, "model": str(model), "calls": calls}
    peers = [Peer("ONNX Runtime", "onnx_peer", "predict_row", settings | {"empty": False},
                  ["from Python, with I/O binding"]),
             Peer("ONNX Runtime, empty graph", "onnx_peer", "predict_row",
                  settings | {"empty": True}, ["what of it is the call"])]
    entries = contest([ours, *peers], context.runs)
    return {"entries": entries, "remarks": _remarks(*entries)}


def measure(context):
    return measure_model(context, "predict", "--epochs", 20)
