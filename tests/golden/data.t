Generated data can be looked at, and written in MNIST's format.

    $ softmax data info digits:n=500
    data        digits:n=500
    rows        500
    features    784, bytes, pictures of 28 x 28
    values      0 to 255, mean …, … % zero
    classes     10
      0         …
      1         …
      2         …
      3         …
      4         …
      5         …
      6         …
      7         …
      8         …
      9         …
    $ softmax data info circles:n=9,classes=3 --json
    {"kind": "data", "name": "circles:n=9,classes=3", "rows": 9, "features": 2, "type": "float32", "sparse": null, "image": null, "classes": [{"name": "0", "rows": 3}, {"name": "1", "rows": 3}, {"name": "2", "rows": 3}], "table": null, "values": {"min": …, "max": …, "mean": …, "zeros": 0.0}}
    $ softmax data make digits:n=20 -o made/here
    20 rows for training and 20 for testing written to made/here
    $ ls made/here; softmax data info made/here | head -n 2
    t10k-images-idx3-ubyte
    t10k-labels-idx1-ubyte
    train-images-idx3-ubyte
    train-labels-idx1-ubyte
    data        made/here
    rows        20

A folder written so gives the same model as the generator; gzip makes no difference.

    $ softmax data make digits:n=400 -o d --quiet
    > softmax train digits:n=400 -o a.safetensors --quiet > out
    > softmax train d -o b.safetensors --quiet > out
    > gzip d/*; softmax train d -o c.safetensors --quiet > out
    > cmp a.safetensors b.safetensors && cmp a.safetensors c.safetensors && ls d
    t10k-images-idx3-ubyte.gz
    t10k-labels-idx1-ubyte.gz
    train-images-idx3-ubyte.gz
    train-labels-idx1-ubyte.gz

Parts can be named. A folder that lacks a file says which.

    $ for data in digits:train,n=4 digits:test,n=4 d:train d:test; do softmax data info $data | sed -n 2p; done
    rows        4
    rows        4
    rows        400
    rows        400
    $ rm d/t10k-labels-idx1-ubyte.gz; softmax train d -o b.safetensors
    ! softmax: the folder 'd' has no file 't10k-labels-idx1-ubyte' or 't10k-labels-idx1-ubyte.gz'
    = 1
    $ softmax train d:train -o b.safetensors --quiet | grep -vc objective
    4

Named sets are looked for in SOFTMAX_DATA, then where fetch puts them.

    $ unset SOFTMAX_DATA; softmax data info mnist
    ! softmax: the data set 'mnist' is neither in $SOFTMAX_DATA (not set) nor in '…/.cache/softmax'; 'softmax data fetch mnist' gets it
    = 1
    $ unset SOFTMAX_DATA; softmax data make digits:n=3 -o ~/.cache/softmax/mnist --quiet; softmax data info mnist:test | head -n 2
    data        mnist:test
    rows        3
    $ softmax data make digits:n=7 -o sets/mnist --quiet; SOFTMAX_DATA=sets softmax data info mnist | head -n 2
    data        mnist
    rows        7
    $ softmax data make mnist2 -o x
    ! softmax: 'mnist2' is neither a file or folder, nor a named set (mnist, fashion-mnist), nor a generator (digits, blobs, circles, moons, spirals)
    = 1
