What is minimised: from logits, the default, or from probabilities; labels sharp or smoothed.

    $ for loss in '' '--loss from-logits' '--loss from-probabilities' '--label-smoothing 0.25' '--loss from-probabilities --label-smoothing 0.25'; do
    >     softmax train blobs -o b.safetensors --quiet --json $loss | python3 -c '
    > import json, sys
    > r = json.load(sys.stdin)
    > bound = r["optimality_gap_bound"]
    > print(r["solver"], r["converged"], r["objective"] > 0.5, r["test"]["accuracy"] > 0.97, bound if bound is None else bound < 1e-3)'
    >     softmax inspect b.safetensors --json | grep -oE '"(loss_from|label_smoothing)": [^,}]*'
    > done
    lbfgs True False True True
    lbfgs True False True True
    lbfgs True False True None
    "loss_from": "probabilities"
    lbfgs True True True True
    "label_smoothing": 0.25
    lbfgs True True True None
    "loss_from": "probabilities"
    "label_smoothing": 0.25

What is printed is neither smoothed nor clipped: it is what evaluate finds.

    $ softmax train blobs -o c.safetensors --quiet --json --label-smoothing 0.2 --loss from-probabilities --validation 0.2 > t
    > softmax evaluate c.safetensors blobs:test --json > e
    > python3 -c '
    > import json
    > t, e = json.load(open("t")), json.load(open("e"))
    > print(abs(t["test"]["loss"] - e["loss"]) < 1e-9, t["train"]["loss"] < t["objective"] - 0.01)'
    True True

Where rows are hopelessly wrong at first, the loss from probabilities has no gradient to learn from:
a model of points at 1 and -1, and points of the other classes five times as far out.

    $ python3 -c '
    > import struct
    > for name, far, flip in ("near", 1, 0), ("far", 5, 1):
    >     x, y = open(name + "-idx2-float", "wb"), open(name + "-idx1-ubyte", "wb")
    >     x.write(bytes([0, 0, 13, 2]) + struct.pack(">2I", 200, 1))
    >     x.write(b"".join(struct.pack(">f", far if r % 2 else -far) for r in range(200)))
    >     y.write(bytes([0, 0, 8, 1]) + struct.pack(">I", 200) + bytes((r + flip) % 2 for r in range(200)))'
    $ softmax train near-idx2-float --labels near-idx1-ubyte --l2 1e-6 -o near.safetensors --quiet > out
    > for loss in from-logits from-probabilities; do
    >     softmax train far-idx2-float --labels far-idx1-ubyte --from near.safetensors --loss $loss --l2 0 -o far.safetensors --quiet | grep accuracy
    > done
    train       loss 0.…   accuracy 1.0000   (200 rows)
    train       loss …   accuracy 0.0000   (200 rows)

What does not go together, or is out of range.

    $ softmax train blobs -o b.safetensors --loss naive
    ! softmax train: --loss=naive: it must be one of from-logits, from-probabilities
    = 2
    $ softmax train blobs -o b.safetensors --solver newton-cg --loss from-probabilities
    ! softmax: newton-cg needs the loss from logits, and it is from probabilities; lbfgs, gd, sgd, adam, adamw, adagrad and ftrl can take either
    = 2
    $ softmax train blobs -o b.safetensors --label-smoothing 1
    ! softmax train: --label-smoothing=1: it must be a number from 0 to 0.999999
    = 2
