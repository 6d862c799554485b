#!/usr/bin/env python3
"""Reads what train --tensorboard wrote by TensorBoard's own package, as its page does, and compares.

    python3 check_tensorboard.py FOLDER LOG

LOG is what --log wrote of the same run: the numbers are the same. Histograms have all values that the
parameters have, between their least and their most; pictures are decoded.
"""
import io
import json
import math
import sys

import PIL.Image
from tensorboard.backend.event_processing import event_accumulator
from tensorboard.backend.event_processing import plugin_event_accumulator


def load(folder):
    """As files hold it, and as plugins of the page see it."""
    everything = {kind: 0 for kind in event_accumulator.DEFAULT_SIZE_GUIDANCE}
    plain = event_accumulator.EventAccumulator(folder, everything)
    page = plugin_event_accumulator.EventAccumulator(folder)
    return plain.Reload(), page.Reload()


def check_numbers(run, lines, part):
    for name in ("loss", "accuracy"):
        values = {event.step: event.value for event in run.Scalars(name)}
        assert set(values) == {line["step"] for line in lines}, (part, name, values)
        for line in lines:
            assert math.isclose(values[line["step"]], line[part][name], rel_tol=1e-6), (line, name)


def check_histogram(event):
    told = event.histogram_value
    assert math.isclose(sum(told.bucket), told.num), told
    assert told.bucket_limit == sorted(told.bucket_limit) and told.bucket_limit[-1] == told.max
    assert told.min * told.num <= told.sum <= told.max * told.num, told
    return int(told.num)


def check_picture(event):
    with PIL.Image.open(io.BytesIO(event.encoded_image_string)) as picture:
        picture.load()
        assert picture.size == (event.width, event.height), picture
        return picture.size


folder, log = sys.argv[1:]
with open(log) as file:
    lines = [line for line in map(json.loads, file) if "epoch" in line]
train, train_page = load(f"{folder}/train")
validation, _ = load(f"{folder}/validation")
check_numbers(train, lines, "train")
check_numbers(validation, lines, "validation")
print(f"numbers of {len(lines)} epochs are those of the log")
for tag in sorted(train.Tags()["histograms"]):
    print(tag, "histograms of", *(check_histogram(event) for event in train.Histograms(tag)))
for tag in sorted(train.Tags()["images"]):
    print(tag, "pictures of", *(check_picture(event) for event in train.Images(tag)))
for plugin in ("scalars", "histograms", "images"):
    print(f"{plugin}:", *sorted(train_page.PluginTagToContent(plugin)))
