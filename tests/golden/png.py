"""Makes PNG files. Imported by tests, or called as png.py FILE HEIGHTxWIDTH BYTE…: a grey picture
whose pixels are these numbers, over and over; with HEIGHTxWIDTHx3 one in colour."""

import itertools
import struct
import sys
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, RGB = 0, 2


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def header(height, width, kind):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))


def png(height, width, pixels, kind=GREY):
    """pixels: height * width bytes, or in colour three times as many."""
    stride = len(pixels) // height
    rows = b"".join(b"\0" + pixels[at : at + stride] for at in range(0, len(pixels), stride))
    return SIGNATURE + header(height, width, kind) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def main(path, size, *values):
    height, width, *colours = map(int, size.split("x"))
    count = height * width * (colours or [1])[0]
    pixels = bytes(itertools.islice(itertools.cycle(map(int, values)), count))
    with open(path, "wb") as file:
        file.write(png(height, width, pixels, RGB if colours else GREY))


if __name__ == "__main__":
    main(*sys.argv[1:])
