"""Prints what pictures are, for the plot_*.t files: python3 picture.py FILE… A line each: the kind, and
width and height in pixels, of which 96 are an inch. A file that is not whole is an error. With --text
before the files, of SVG also the texts in it, in their order."""

import math
import re
import struct
import sys
import xml.etree.ElementTree
import zlib


def png(data):
    at, width, height, kinds, pixels = 8, 0, 0, [], b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body)
        kinds.append(kind)
        if kind == b"IHDR":
            width, height = struct.unpack(">II", body[:8])
        elif kind == b"IDAT":
            pixels += body
        at += 12 + length
    assert kinds[0] == b"IHDR" and kinds[-1] == b"IEND" and len(zlib.decompress(pixels)) > height
    return f"PNG {width} x {height}"


def svg(data, with_text):
    root = xml.etree.ElementTree.fromstring(data)
    name = "{http://www.w3.org/2000/svg}"
    assert root.tag == name + "svg" and not root.findall(f".//{name}script")
    lines = [f"SVG {root.get('width')} x {root.get('height')}"]
    if with_text:
        lines += ["".join(text.itertext()).strip() for text in root.iter(name + "text")]
    return "\n".join(lines)


def pdf(data):
    assert data.rstrip().endswith(b"%%EOF")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    for stream in streams:  # objects may be packed
        try:
            data += zlib.decompress(stream)
        except zlib.error:
            pass
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([0-9.]+) ([0-9.]+)", data)
    # Points are whole.
    return "PDF %d x %d" % tuple(math.ceil(float(side) / 72 * 96) for side in box.groups())


def main(*paths):
    with_text = paths[0] == "--text"
    for path in paths[with_text:]:
        with open(path, "rb") as file:
            data = file.read()
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            print(png(data))
        elif data.startswith(b"%PDF-"):
            print(pdf(data))
        else:
            print(svg(data, with_text))


if __name__ == "__main__":
    main(*sys.argv[1:])
