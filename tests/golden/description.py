#!/usr/bin/env python3
"""Prints entries of a model file's description: description.py MODEL KEY…"""
import json
import struct
import sys

with open(sys.argv[1], "rb") as file:
    (length,) = struct.unpack("<Q", file.read(8))
    header = json.loads(file.read(length))
description = json.loads(header["__metadata__"]["softmax.model"])
print(", ".join(f"{key}: {description.get(key)}" for key in sys.argv[2:]))
