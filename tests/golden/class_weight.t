A class that is rare is found more often when it counts as much as the others. Of these points a
twentieth is of class 1, and most of them lie among those of class 0.

    $ python3 -c '
    > import random, struct
    > random.seed(1)
    > labels = [int(i % 20 == 0) for i in range(2000)]
    > x, y = open("x-idx2-float", "wb"), open("y-idx1-ubyte", "wb")
    > x.write(bytes([0, 0, 13, 2]) + struct.pack(">2I", 2000, 1))
    > x.write(b"".join(struct.pack(">f", random.gauss(l, 1)) for l in labels))
    > y.write(bytes([0, 0, 8, 1]) + struct.pack(">I", 2000) + bytes(labels))'
    $ for weights in 0=1,1=1 balanced 1=19 0=2,1=38; do
    >     softmax train x-idx2-float --labels y-idx1-ubyte --class-weight $weights -o w.safetensors --quiet > out
    >     softmax evaluate w.safetensors x-idx2-float --labels y-idx1-ubyte --json | python3 -c '
    > import json, sys
    > r = json.load(sys.stdin)["classes"][1]["recall"]
    > print("most" if r > 0.6 else "few" if r < 0.1 else "some")'
    >     softmax inspect w.safetensors --json | grep -o '"class_weights": [^]]*]'
    > done
    few
    "class_weights": [1.0, 1.0]
    most
    "class_weights": [0.526315789, 10.0]
    most
    "class_weights": [1.0, 19.0]
    most
    "class_weights": [2.0, 38.0]

What is printed does not weigh: it is what evaluate finds.

    $ softmax train x-idx2-float --labels y-idx1-ubyte --class-weight balanced -o w.safetensors --quiet --json > t
    > softmax evaluate w.safetensors x-idx2-float --labels y-idx1-ubyte --json > e
    > python3 -c '
    > import json
    > t, e = json.load(open("t")), json.load(open("e"))
    > print(abs(t["train"]["loss"] - e["loss"]) < 1e-9, t["train"]["accuracy"] == e["accuracy"])'
    True True
