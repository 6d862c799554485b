@tool gnuplot
A terminal that says it shows sixels gets pixels; it is asked once, and its answer is not shown.

    $ cat > terminal.py <<'END'
    > import os, pty, re, subprocess, sys, termios, fcntl
    > answer, *command = sys.argv[1:]
    > terminal, its_end = pty.openpty()
    > take = lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    > before = termios.tcgetattr(terminal)
    > child = subprocess.Popen(command, stdin=its_end, stdout=its_end, stderr=its_end, start_new_session=True,
    >                          preexec_fn=take, env=os.environ | {"TERM": "xterm"})
    > os.close(its_end)
    > shown = b""
    > asked = 0
    > def read():
    >     try:
    >         return os.read(terminal, 65536)
    >     except OSError:  # the program has ended
    >         return b""
    > while True:
    >     more = read()
    >     shown += more
    >     if b"\x1b[c" in shown:
    >         shown = shown.replace(b"\x1b[c", b"")
    >         asked += 1
    >         os.write(terminal, answer.encode().decode("unicode_escape").encode())
    >     if not more:
    >         break
    > child.wait()
    > print("asked", asked, "times; set back:", termios.tcgetattr(terminal) == before)
    > if b"\x1bP" in shown:
    >     print("sixels", re.search(rb'q"1;1;(\d+;\d+)', shown)[1].decode())
    > print("letters" if b"logits" in shown else "", b"\x1b[?" in shown, child.returncode)
    > END
    > python3 terminal.py '\x1b[?62;4;22c' softmax plot softmax 1 2
    asked 1 times; set back: True
    sixels 960;340
     False 0

Another gets letters, as does one that is not asked.

    $ python3 terminal.py '\x1b[?1;2c' softmax plot softmax 1 2; python3 terminal.py '' softmax plot softmax 1 2 --terminal text
    asked 1 times; set back: True
    letters False 0
    asked 0 times; set back: True
    letters False 0
    $ softmax plot softmax 1 2 --terminal sixel | head -c 7 | od -A n -c | tr -s ' '
     033 P q " 1 ; 1

Ctrl-C, typed while it is asked, ends the program, and the terminal is as before.

    $ python3 terminal.py '\x03\x1b[?1;2c' softmax plot softmax 1 2 | sed -n 1p
    asked 1 times; set back: True

Curves of several runs have a key below them, of the letters that the curves are drawn in.

    $ cat > a.jsonl <<'END'
    > {"epoch": 1, "train": {"loss": 2, "accuracy": 0.5}, "validation": {"loss": 3, "accuracy": 0.4}}
    > {"epoch": 2, "train": {"loss": 1, "accuracy": 0.6}, "validation": {"loss": 2, "accuracy": 0.5}}
    > END
    > sed 's/"validation": {[^}]*}/"validation": null/' a.jsonl > b.jsonl
    > softmax plot curves a.jsonl b.jsonl a.jsonl --terminal text | sed 's/ *$//' > key; sed -n '5p; 9p' key; tail -n 3 key
        3 |E@                                  0.6 |+                         %D
      2.5 |+            @@@                   0.55 |+           %%%%
              train    validation              train    validation
           *****F***** #####G##### a.jsonl  $$$$$H$$$$$             b.jsonl
           %%%%%D%%%%% @@@@@E@@@@@ a.jsonl
    $ for n in 2 9 16; do softmax plot curves $(yes b.jsonl | head -n $n) --terminal text | grep -o ' b.jsonl' | wc -l; done
    2
    9
    16
