Folders of pictures in which something is wrong: the file is named, whichever thread reads it.

    $ cat > make.py <<'EOF'
    > import os, sys
    > sys.path.insert(0, os.environ["GOLDEN"])
    > from png import SIGNATURE, chunk, header, png
    > good = png(28, 28, bytes(784))
    > damaged = bytearray(good)
    > damaged[50] ^= 1
    > bad = {
    >     "damaged": bytes(damaged),
    >     "short": good[:60],
    >     "huge": SIGNATURE + header(100000, 100000, 0) + good[33:],
    >     "announced": SIGNATURE + header(8000, 8000, 0) + good[33:],
    >     "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    >     "empty": b"",
    >     "other": png(20, 28, bytes(560)),
    >     "colourless": SIGNATURE + header(28, 28, 5) + good[33:],
    > }
    > for name, bytes_ in bad.items():
    >     for row in range(12):
    >         folder = f"{name}/{'ab'[row // 6]}"
    >         os.makedirs(folder, exist_ok=True)
    >         with open(f"{folder}/{row:02}.png", "wb") as file:
    >             file.write(bytes_ if row == 7 else good)
    > EOF
    > python3 make.py
    > for f in damaged short huge announced jpeg empty other colourless; do
    >     softmax train $f -o m.safetensors; [ $? = 1 ] || echo "$f: $?"
    > done; ls m.safetensors 2> /dev/null
    ! softmax: damaged/b/07.png: damaged PNG: …
    ! softmax: short/b/07.png: damaged PNG: …
    ! softmax: huge/b/07.png: 100,000 × 100,000 pixels; possible are 16,384 a side and 67,108,864 in all
    ! softmax: announced/b/07.png: damaged PNG: too short for 8,000 × 8,000 pixels
    ! softmax: jpeg/b/07.png: not a PNG file, as its first bytes would tell
    ! softmax: empty/b/07.png: not a PNG file, as its first bytes would tell
    ! softmax: other/b/07.png: 20 × 28 pixels (height × width), but other/a/00.png 28 × 28; --size 28x28 brings all to one size
    ! softmax: colourless/b/07.png: damaged PNG: …
    = 2

A class without pictures, a file that is not there, folders of nothing.

    $ mkdir other/c; softmax train other -o m.safetensors
    ! softmax: other/c: the folder of class 'c' holds no picture, a file of a name that ends in .png
    = 1
    $ ln -s nowhere.png jpeg/a/000.png; ln -s .. jpeg/a/up; softmax train jpeg -o m.safetensors
    ! softmax: cannot open 'jpeg/a/000.png': No such file or directory
    = 1
    $ mkdir nothing; softmax train nothing -o m.safetensors
    ! softmax: the folder 'nothing' holds neither MNIST's files ('train-images-idx3-ubyte' and its siblings), nor PNG pictures, nor folders of them
    = 1
    $ softmax train short:test -o m.safetensors
    ! softmax: the folder 'short' has no parts: neither MNIST's files nor folders 'train' and 'test' with class folders in them
    = 1
    $ head -c 60 short/a/00.png | softmax data info -
    ! softmax: standard input: damaged PNG: …
    = 1
