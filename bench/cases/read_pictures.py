"""R6: a folder of PNG pictures to bytes in memory."""

import files
import reading

TITLE = "folder of PNG pictures to memory, seconds"


def measure(context):
    count = context.pick(20_000, 200)
    path = files.pictures_folder(context.pictures, count)
    return reading.race(path, f"{count:,} of {context.pictures}", [
        ("Pillow", "read_peer", "pillow_pictures"),
        ("Pillow, all threads", "read_peer", "pillow_pictures_threads"),
    ], context)
