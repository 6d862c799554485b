"""ONNX Runtime on our model: one row at a time, output and input bound beforehand.

settings["empty"]: a graph that copies one number instead, whose time is that of the call alone.
"""

import json
import time

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import data

WARM_UP = 1000


def _read_safetensors(path):
    """The tensors of a file of ours, all of them float32."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        content = file.read()
    header.pop("__metadata__", None)
    return {name: np.frombuffer(content[slice(*entry["data_offsets"])], np.float32)
            .reshape(entry["shape"]) for name, entry in header.items()}


def _layer_names(tensors):
    """dense_0, dense_1, …, as many as there are."""
    return [f"dense_{i}" for i in range(sum(name.endswith(".kernel") for name in tensors))]


def _model_graph(path):
    """Gemm for each layer, Relu between them, Softmax at the end."""
    tensors = _read_safetensors(path)
    names = _layer_names(tensors)
    nodes, parameters, x = [], [], "x"
    for name in names:
        kernel, bias = f"{name}.kernel", f"{name}.bias"
        parameters += [numpy_helper.from_array(tensors[part], part) for part in (kernel, bias)]
        nodes.append(helper.make_node("Gemm", [x, kernel, bias], [name]))
        x = name
        if name != names[-1]:
            x = f"{name}.output"
            nodes.append(helper.make_node("Relu", [name], [x]))
    nodes.append(helper.make_node("Softmax", [x], ["y"], axis=1))
    shape = (tensors[f"{names[0]}.kernel"].shape[0], tensors[f"{names[-1]}.kernel"].shape[1])
    return nodes, parameters, shape


def _session(nodes, parameters, inputs, outputs):
    x, y = (helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, width])
            for name, width in (("x", inputs), ("y", outputs)))
    graph = helper.make_graph(nodes, "model", [x], [y], parameters)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # one row is too little for more
    return onnxruntime.InferenceSession(model.SerializeToString(), options,
                                        providers=["CPUExecutionProvider"])


def predict_row(settings):
    if settings["empty"]:
        nodes, parameters, shape = [helper.make_node("Identity", ["x"], ["y"])], [], (1, 1)
    else:
        nodes, parameters, shape = _model_graph(settings["model"])
    session = _session(nodes, parameters, *shape)
    row = np.zeros((1, shape[0]), np.float32)
    if not settings["empty"]:
        row[:] = data.load(settings["data"]).block(0, 1, np.float32)
    binding = session.io_binding()
    x = onnxruntime.OrtValue.ortvalue_from_numpy(row)
    binding.bind_ortvalue_input("x", x)
    binding.bind_output("y", "cpu")
    call, clock = session._sess.run_with_iobinding, time.perf_counter
    arguments = binding._iobinding, None

    def run():
        times = np.empty(settings["calls"])
        for i in range(WARM_UP + settings["calls"]):
            start = clock()
            call(*arguments)
            times[i - WARM_UP] = clock() - start
        return {"seconds": float(np.median(times))}

    return run
