Fetching from a mirror; fetch_bad.t has mirrors that fail. The real files, where they are at hand, stand
in for the published ones: of MNIST's training images the published archive is made again, byte for
byte, with the compressor's settings and the time stamp of its day.
@needs SOFTMAX_DATA

    $ mkdir files && cp "$SOFTMAX_DATA"/mnist/*.gz files && chmod u+w files/*
    > zcat files/train-images-idx3-ubyte.gz > train-images.idx3-ubyte
    > touch -d @848331386 train-images.idx3-ubyte
    > gzip -6 -c train-images.idx3-ubyte > files/train-images-idx3-ubyte.gz
    > python3 "$GOLDEN/mirror.py" files > address & echo $! > server
    > until [ -s address ]; do sleep 0.05; done

When all is well; and again, when the files are there already.

    $ softmax data fetch mnist --mirror "$(cat address)/good"
    train-images-idx3-ubyte.gz   fetched
    train-labels-idx1-ubyte.gz   fetched
    t10k-images-idx3-ubyte.gz    fetched
    t10k-labels-idx1-ubyte.gz    fetched
    mnist is in …/.cache/softmax/mnist
    $ unset SOFTMAX_DATA; softmax data info mnist | sed -n 2,3p; ls -A ~/.cache/softmax/mnist
    rows        60,000
    features    784, bytes, pictures of 28 x 28
    t10k-images-idx3-ubyte.gz
    t10k-labels-idx1-ubyte.gz
    train-images-idx3-ubyte.gz
    train-labels-idx1-ubyte.gz
    $ softmax data fetch mnist --mirror "$(cat address)/missing"
    train-images-idx3-ubyte.gz   is there already
    train-labels-idx1-ubyte.gz   is there already
    t10k-images-idx3-ubyte.gz    is there already
    t10k-labels-idx1-ubyte.gz    is there already
    mnist is in …/.cache/softmax/mnist

A damaged file is fetched again; until that works it stays as it is.

    $ echo damaged > ~/.cache/softmax/mnist/t10k-labels-idx1-ubyte.gz
    > softmax data fetch mnist --mirror "$(cat address)/cut" --quiet
    > cat ~/.cache/softmax/mnist/t10k-labels-idx1-ubyte.gz
    damaged
    ! softmax: http://…/cut/t10k-labels-idx1-ubyte.gz: transfer closed with 2271 bytes remaining to read
    $ softmax data fetch mnist --mirror "$(cat address)/moved/"
    train-images-idx3-ubyte.gz   is there already
    train-labels-idx1-ubyte.gz   is there already
    t10k-images-idx3-ubyte.gz    is there already
    t10k-labels-idx1-ubyte.gz    fetched
    mnist is in …/.cache/softmax/mnist
    $ kill "$(cat server)"
