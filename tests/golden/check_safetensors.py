"""Opens a model with the standard safetensors reader and repeats its predictions in NumPy.

    python3 check_safetensors.py MODEL IMAGES PREDICTED

IMAGES is an IDX file, PREDICTED what `softmax predict --probabilities` printed for it.
"""
import json
import sys

import numpy
from safetensors import safe_open

model, images, predicted = sys.argv[1:]
with safe_open(model, framework="numpy") as file:
    tensors = {name: file.get_tensor(name) for name in sorted(file.keys())}
    description = json.loads(file.metadata()["softmax.model"])
print("tensors: " + ", ".join(f"{n} {t.shape} {t.dtype}" for n, t in tensors.items()))

pixels = numpy.fromfile(images, dtype=numpy.uint8, offset=16).reshape(-1, 784)
scaling = description["scaling"] or {
    name: tensors[name].astype(numpy.float64) for name in ("shift", "scale")
}
x = (pixels.astype(numpy.float64) - scaling["shift"]) * scaling["scale"]
z = x @ tensors["dense_0.kernel"].astype(numpy.float64) + tensors["dense_0.bias"]
z /= description.get("temperature", 1.0)
p = numpy.exp(z - z.max(axis=1, keepdims=True))
p /= p.sum(axis=1, keepdims=True)

rows = [line.split("\t") for line in open(predicted)]
theirs = numpy.array([row[1:] for row in rows], dtype=numpy.float64)
names = description["class_names"]
same = sum(row[0] == names[c] for row, c in zip(rows, p.argmax(axis=1)))
print(f"{same} of {len(rows)} classes the same, "
      f"probabilities within 1e-5: {bool(abs(p - theirs).max() < 1e-5)}")
