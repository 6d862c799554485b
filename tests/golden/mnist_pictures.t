@needs SOFTMAX_DATA
MNIST as PNG files is the same data: the model is the same, byte for byte.

    $ cat > make.py <<'EOF'
    > import gzip, os, struct, sys
    > sys.path.insert(0, os.environ["GOLDEN"])
    > from png import png
    > def read(name, header):
    >     with gzip.open(f"{os.environ['SOFTMAX_DATA']}/mnist/t10k-{name}-ubyte.gz") as file:
    >         return file.read()[header:]
    > x, y = read("images-idx3", 16), read("labels-idx1", 8)
    > pictures = [x[at : at + 784] for at in range(0, len(x), 784)]
    > by_class = sorted(range(len(y)), key=lambda row: y[row])
    > for c in range(10):
    >     os.makedirs(f"pictures/{c}")
    > for row, picture in enumerate(pictures):
    >     with open(f"pictures/{y[row]}/{row:05}.png", "wb") as file:
    >         file.write(png(28, 28, picture))
    > with open("x-images-idx3-ubyte", "wb") as file:
    >     file.write(struct.pack(">IIII", 0x803, len(y), 28, 28))
    >     file.write(b"".join(pictures[row] for row in by_class))
    > with open("x-labels-idx1-ubyte", "wb") as file:
    >     file.write(struct.pack(">II", 0x801, len(y)) + bytes(y[row] for row in by_class))
    > EOF
    > python3 make.py
    > softmax train pictures --solver sgd --epochs 2 -o a.safetensors --quiet > out
    > softmax train x-images-idx3-ubyte --solver sgd --epochs 2 -o b.safetensors --quiet > out
    > cmp a.safetensors b.safetensors && softmax data info pictures | sed -n 2,3p
    rows        10,000
    features    784, bytes, pictures of 28 x 28
