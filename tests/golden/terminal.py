"""Runs a command at a terminal, for terminal.t, and prints what the terminal shows.

    python3 terminal.py COLUMNS [--type-interrupt-at TEXT | --narrow-at TEXT] COMMAND…

The terminal is the command's standard input and standard error; its standard output goes nowhere.
Each time the cursor goes back to the left a new line begins. Escape sequences are printed in a
readable form: {K} clears the line, {36m} and the like are colours. With --type-interrupt-at Ctrl-C
is typed once, when TEXT has appeared; with --narrow-at the terminal then loses 20 columns. The exit status is the command's.
"""
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios

columns, *command = sys.argv[1:]
awaited = None
narrows = command[0] == "--narrow-at"
if narrows or command[0] == "--type-interrupt-at":
    awaited, command = command[1].encode(), command[2:]

terminal, its_end = pty.openpty()


def set_width(columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 25, columns, 0, 0))


set_width(int(columns))


def take_the_terminal():
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


child = subprocess.Popen(
    command, stdin=its_end, stdout=subprocess.DEVNULL, stderr=its_end, start_new_session=True,
    preexec_fn=take_the_terminal,
)
os.close(its_end)
shown = b""
while True:
    try:
        shown += os.read(terminal, 65536)
    except OSError:  # the command has ended
        break
    if awaited is not None and awaited in shown:
        awaited = None
        if narrows:
            set_width(int(columns) - 20)
        else:
            os.write(terminal, b"\x03")
text = shown.decode().replace("\r\n", "\n").replace("\r", "\n")
print(re.sub("\x1b\\[([0-9;]*[a-zA-Z])", r"{\1}", text).strip("\n"))
sys.exit(child.wait())
