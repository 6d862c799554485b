#!/usr/bin/env python3
"""Reads TensorBoard's event files by nothing but their specification, and prints what they tell.

    python3 events.py FILE...

Every length and sum is checked. A line a value: its tag, its step, and the number; of histograms
how many values, from where to where, and in how many buckets; of pictures their size.
"""
import struct
import sys
import zlib

TABLE = []
for byte in range(256):
    for _ in range(8):
        byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
    TABLE.append(byte)


def masked_sum(data):
    total = 0xFFFFFFFF
    for byte in data:
        total = TABLE[(total ^ byte) & 0xFF] ^ total >> 8
    total ^= 0xFFFFFFFF
    return ((total >> 15 | total << 17) + 0xA282EAD8) & 0xFFFFFFFF


def records(data):
    at = 0
    while at < len(data):
        head = data[at : at + 8]
        size, head_sum = struct.unpack("<QI", data[at : at + 12])
        body = data[at + 12 : at + 12 + size]
        assert head_sum == masked_sum(head), "the sum of a length"
        assert struct.unpack("<I", data[at + 12 + size : at + 16 + size])[0] == masked_sum(body)
        yield body
        at += 16 + size


def varint(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 0x80:
            return value, at


def fields(data):
    """A list of values by field number."""
    at, found = 0, {}
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        elif key & 7 == 2:
            size, at = varint(data, at)
            value, at = data[at : at + size], at + size
        else:
            code, size = {1: ("<d", 8), 5: ("<f", 4)}[key & 7]
            value, at = struct.unpack(code, data[at : at + size])[0], at + size
        assert at <= len(data), "a field within its message"
        found.setdefault(key >> 3, []).append(value)
    return found


def doubles(data):
    return struct.unpack(f"<{len(data) // 8}d", data)


def picture(data, image):
    width, height = struct.unpack(">II", data[16:24])
    assert data[:8] == b"\x89PNG\r\n\x1a\n" and (height, width) == (image[1][0], image[2][0])
    at = 8
    while at < len(data):
        size = struct.unpack(">I", data[at : at + 4])[0]
        chunk = data[at + 4 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size])[0] == zlib.crc32(chunk)
        at += 12 + size
    return f"{width} x {height}"


def text_of(value):
    if 2 in value:
        return f"{value[2][0]:.6g}"
    if 4 in value:
        image = fields(value[4][0])
        return picture(image[4][0], image)
    histogram = fields(value[5][0])
    limits, counts = doubles(histogram[6][0]), doubles(histogram[7][0])
    least, most, count, total, squares = (histogram[i][0] for i in range(1, 6))
    assert list(limits) == sorted(limits) and limits[-1] == most and sum(counts) == count
    assert len(limits) == len(counts) and least <= limits[0]
    assert least * count <= total <= most * count and total * total <= squares * count * 1.000001
    return f"{count:.0f} values from {least:.6g} to {most:.6g} in {len(limits)} buckets"


for path in sys.argv[1:]:
    events = [fields(record) for record in records(open(path, "rb").read())]
    assert events[0][3] == [b"brain.Event:2"]
    times = [event[1][0] for event in events]
    assert times == sorted(times) and times[0] > 1e9
    for event in events[1:]:
        if 7 in event:
            assert fields(event[7][0]) == {1: [1]}
            print("start", event[2][0])
        for value in fields(event[5][0])[1] if 5 in event else []:
            value = fields(value)
            print(value[1][0].decode(), event[2][0], text_of(value))
