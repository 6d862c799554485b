Columns of any size are scaled to mean 0 and variance 1 as part of the model, constant and empty ones
are left in peace, and the data stay as they are. Here are a column of zeros, one of sevens, and two
that tell the classes apart, one of them in thousands.

    $ python3 -c '
    > import struct
    > rows = [(0, 7, i % 5, 1000 * (i % 7)) for i in range(200)]
    > labels = [int(a + b / 1000 > 5) for _, _, a, b in rows]
    > x, y = open("x-idx2-float", "wb"), open("y-idx1-ubyte", "wb")
    > x.write(bytes([0, 0, 13, 2]) + struct.pack(">2I", 200, 4) + b"".join(struct.pack(">4f", *r) for r in rows))
    > y.write(bytes([0, 0, 8, 1]) + struct.pack(">I", 200) + bytes(labels))'
    $ softmax train x-idx2-float --labels y-idx1-ubyte --standardize -o m.safetensors --quiet | sed 1,2d
    objective   0.…, at most … above the minimum
    train       loss 0.…   accuracy 1.0000   (200 rows)
    saved to    m.safetensors
    $ softmax inspect m.safetensors | grep scaling
    scaling     column by column: (x - shift) * scale, shift from 0 to 2…, scale from 0.0005… to 1
    $ softmax inspect m.safetensors --json | python3 -c '
    > import json, sys
    > scaling = json.load(sys.stdin)["scaling"]
    > print(scaling["shift"][:3], scaling["scale"][:2], round(scaling["scale"][2] ** -2, 5))'
    [0.0, 7.0, 2.0] [1.0, 1.0] 2.0
    $ softmax evaluate m.safetensors x-idx2-float --labels y-idx1-ubyte | grep accuracy
    accuracy    1.0000

The scaling is that of the rows trained on, not of those held out; a model that training goes on from
keeps its own.

    $ softmax train blobs:n=40 --standardize -o all.safetensors --quiet > out
    > softmax train blobs:n=40 --standardize --validation 20 -o half.safetensors --quiet > out
    > for m in all half; do softmax inspect $m.safetensors --json | grep -o '"scaling": {[^}]*}'; done | uniq | wc -l
    2
    $ softmax train blobs:n=40 --from all.safetensors -o more.safetensors --l2 1e-3 --quiet > out
    > for m in all more; do softmax inspect $m.safetensors --json | grep -o '"scaling": {[^}]*}'; done | uniq | wc -l
    1
    $ softmax train blobs --from all.safetensors --standardize -o more.safetensors
    ! softmax: --standardize is for a new model; one that training goes on from keeps its scaling
    = 2

The bytes of pictures stay bytes, and the result is the same for any number of threads.

    $ for threads in 1 2 5; do
    >     softmax train digits:n=500 --standardize --threads $threads -o t.safetensors --quiet > out
    >     sha256sum < t.safetensors
    > done | uniq | wc -l
    1
