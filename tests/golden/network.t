Hidden layers make a network; what it consists of, its file and inspect tell.

    $ softmax train circles --hidden 25,15 --activation tanh --dropout 0.1 --init he --learning-rate 0.01 -o c.safetensors > out 2> err; grep solver err >&2
    ! softmax: solver adam: networks get far in few passes on minibatches
    $ grep -v training out
    model       network of 3 dense layers, 513 parameters
    train       loss 0.0…   accuracy 0.99…   (2,000 rows)
    test        loss 0.0…   accuracy 0.99…   (2,000 rows)
    saved to    c.safetensors
    $ softmax inspect c.safetensors
    model       c.safetensors
                network of 3 dense layers
    
    layer           inputs    outputs  activation  dropout     parameters
    dense_0              2         25  tanh            0.1             75
    dense_1             25         15  tanh            0.1            390
    dense_2             15          3  linear            0             48
    total                                                             513
    
    classes     3: 0 1 2
    scaling     (x - 0) * 1
    weights     norm …, largest …, 0.0 % zero
    trained     adam, l2 0.0001, 400 steps, on 2,000 rows
    objective   0.…
    $ softmax inspect c.safetensors --json | python3 -c '
    > import json, sys
    > for layer in json.load(sys.stdin)["layers"]: print(layer)'
    {'name': 'dense_0', 'inputs': 2, 'outputs': 25, 'activation': 'tanh', 'dropout': 0.1, 'parameters': 75}
    {'name': 'dense_1', 'inputs': 25, 'outputs': 15, 'activation': 'tanh', 'dropout': 0.1, 'parameters': 390}
    {'name': 'dense_2', 'inputs': 15, 'outputs': 3, 'activation': 'linear', 'dropout': 0.0, 'parameters': 48}

It is repeated in Python from what the file says.

    $ softmax data make circles:n=100 -o points --quiet
    > softmax predict c.safetensors points/t10k-features-idx2-float --probabilities > predicted
    > python3 - <<'END'
    > import json, math, struct
    > raw = open("c.safetensors", "rb").read()
    > n = struct.unpack("<Q", raw[:8])[0]
    > header = json.loads(raw[8 : 8 + n])
    > layers = json.loads(header["__metadata__"]["softmax.model"])["layers"]
    > def tensor(name):
    >     begin, end = header[name]["data_offsets"]
    >     return struct.unpack("<%df" % ((end - begin) // 4), raw[8 + n + begin : 8 + n + end])
    > points = open("points/t10k-features-idx2-float", "rb").read()[12:]
    > worst = 0.0
    > for row, line in enumerate(open("predicted")):
    >     x = struct.unpack_from(">2f", points, 8 * row)
    >     for layer in layers:
    >         w, b, o = tensor(layer["name"] + ".kernel"), tensor(layer["name"] + ".bias"), layer["outputs"]
    >         z = [b[j] + sum(x[i] * w[i * o + j] for i in range(len(x))) for j in range(o)]
    >         x = [math.tanh(v) for v in z] if "activation" in layer else z
    >     p = [math.exp(v) / sum(map(math.exp, x)) for v in x]
    >     worst = max(worst, max(abs(a - float(t)) for a, t in zip(p, line.split("\t")[1:])))
    > print(row + 1, worst < 1e-4)
    > END
    100 True

The first weights are those of --seed; the same run gives the same file.

    $ for seed in 1 1 2; do softmax train moons --hidden 4 --seed $seed --steps 0 --quiet -o m$((++i)) > out; done
    > cmp m1 m2; cmp -s m1 m3 || echo other
    other
    $ softmax train moons --hidden 4 --init zeros --steps 0 --quiet -o zeros > out; softmax inspect zeros | grep weights
    weights     norm 0, largest 0, 100.0 % zero
    ! softmax: with --init zeros all units of a hidden layer stay the same

Training goes on from a network; its layers are those it has.

    $ softmax train circles --from c.safetensors --steps 1 --quiet -o more > out; softmax inspect more | grep -c dense_
    3
    $ softmax train circles --from c.safetensors --hidden 25 -o m
    ! softmax: --from and --hidden both say which layers the model has
    = 2

Layers that cannot be.

    $ for hidden in 0 25,,15 25, ,25 '' many -3 1.5 18446744073709551616; do
    >     softmax train circles -o m --hidden "$hidden"; [ $? = 2 ] || echo "$hidden"
    > done
    ! softmax: --hidden=0: it must be the units of 1 to 999 layers, each 1 or more, such as 25,15
    ! softmax: --hidden=25,,15: it must be the units of 1 to 999 layers, each 1 or more, such as 25,15
    ! softmax: --hidden=25,: it must be the units of 1 to 999 layers, each 1 or more, such as 25,15
    ! softmax: --hidden=,25: it must be the units of 1 to 999 layers, each 1 or more, such as 25,15
    ! softmax: --hidden=: it must be the units of 1 to 999 layers, each 1 or more, such as 25,15
    ! softmax: --hidden=many: it must be the units of 1 to 999 layers, each 1 or more, such as 25,15
    ! softmax: --hidden=-3: it must be the units of 1 to 999 layers, each 1 or more, such as 25,15
    ! softmax: --hidden=1.5: it must be the units of 1 to 999 layers, each 1 or more, such as 25,15
    ! softmax: --hidden=18446744073709551616: it must be the units of 1 to 999 layers, each 1 or more, such as 25,15
    $ softmax train circles -o m --hidden 25 --activation swish
    ! softmax train: --activation=swish: it must be one of linear, relu, leaky-relu, gelu, tanh, sigmoid
    = 2
    $ softmax train circles -o m --hidden 25 --dropout 1
    ! softmax train: --dropout=1: it must be a number from 0 to 0.999999
    = 2
    $ softmax train circles -o m --hidden 25 --dropout -0.1
    ! softmax train: --dropout=-0.1: it must be a number from 0 to 0.999999
    = 2
    $ softmax train circles -o m --activation relu
    ! softmax: --activation is of hidden layers: --hidden UNITS
    = 2
    $ softmax train circles -o m --dropout 0.5
    ! softmax: --dropout is of hidden layers: --hidden UNITS
    = 2
    $ softmax train circles -o m --hidden 25 --momentum 0.5
    ! softmax: --momentum is for sgd; the solver is adam
    = 2

More parameters than the machine can hold: the bytes are said before any is taken.

    $ softmax train circles -o m --hidden 10000000,10000000
    ! softmax: not enough memory for training 100000070000003 parameters: it takes 3.6e+06 GB or more, and this … GB
    = 1
    $ ls m
    ! ls: …
    = 2

Statistics are those of softmax regression.

    $ softmax inspect c.safetensors --statistics circles
    ! softmax: statistics hold for softmax regression alone, and the model is a network of 3 layers
    = 1

What says nothing new, or would be lost, is refused.

    $ softmax train moons --hidden 4 --epochs 1 --schedule cosine --quiet -o small > out
    $ softmax train moons --from small --epochs 1 --clip-norm 1 --quiet -o smaller > out
    $ softmax train moons --from small --activation relu -o smaller
    ! softmax: --activation is for a new model; one that training goes on from keeps its layers
    = 2
    $ softmax train moons -o part --checkpoint part
    ! softmax: --output=part: the checkpoint is there; the model needs another file
    = 2
    $ softmax train moons --hidden 30000000 -o wide
    ! softmax: not enough memory for training …
    = 1
