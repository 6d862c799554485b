    $ softmax train digits:n=300 -o d.safetensors --quiet > out
    $ softmax inspect d.safetensors
    model       d.safetensors
                softmax regression
    
    layer           inputs    outputs  activation  dropout     parameters
    dense_0            784         10  linear            0          7,850
    total                                                           7,850
    
    classes     10: 0 1 2 3 4 5 6 7 8 9
    pictures    28 x 28
    scaling     (x - 0) * 0.00392157
    weights     norm …, largest …, … % zero
    trained     lbfgs, l2 0.0001, … steps, on 300 rows, converged
    objective   0.…
    $ softmax inspect d.safetensors --json | python3 -c '
    > import json, sys
    > r = json.load(sys.stdin)
    > print(r["kind"], r["parameters"], r["layers"], r["classes"], r["image"])
    > print(r["training"]["solver"]["name"], r["training"]["l2"], r["training"]["converged"])'
    model 7850 [{'name': 'dense_0', 'inputs': 784, 'outputs': 10, 'activation': 'linear', 'dropout': 0.0, 'parameters': 7850}] ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] {'height': 28, 'width': 28, 'channels': 1, 'resize': False}
    lbfgs 0.0001 True

Data files are described as softmax data info does.

    $ softmax data make moons:n=10 -o moons --quiet
    > softmax inspect moons/train-features-idx2-float > a; softmax data info moons/train-features-idx2-float > b; cmp a b
    $ softmax inspect nothing
    ! softmax: 'nothing' is neither a file or folder, nor a named set (mnist, fashion-mnist), nor a generator (digits, blobs, circles, moons, spirals)
    = 1
