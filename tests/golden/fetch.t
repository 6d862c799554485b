Fetching from a mirror that does what it likes. The real files, where they are at hand, stand in for
the published ones: of MNIST's training images the published archive is made again, byte for byte,
with the compressor's settings and the time stamp of its day.
@needs SOFTMAX_DATA

    $ mkdir files && cp "$SOFTMAX_DATA"/mnist/*.gz files && chmod u+w files/*
    > zcat files/train-images-idx3-ubyte.gz > train-images.idx3-ubyte
    > touch -d @848331386 train-images.idx3-ubyte
    > gzip -6 -c train-images.idx3-ubyte > files/train-images-idx3-ubyte.gz
    > python3 "$GOLDEN/mirror.py" files > address & echo $! > server
    > until [ -s address ]; do sleep 0.05; done

A wrong checksum, a file that is not there, a connection that is cut, a file too short or too long:
nothing gets the name, and nothing is left behind.

    $ for way in wrong missing cut short long loop; do
    >     softmax data fetch mnist --mirror "$(cat address)/$way" --output sets
    >     find sets -type f
    > done
    ! softmax: http://…/wrong/train-images-idx3-ubyte.gz: the checksum is wrong: this is not the published file
    ! softmax: http://…/missing/train-images-idx3-ubyte.gz: The requested URL returned error: 404
    ! softmax: http://…/cut/train-images-idx3-ubyte.gz: transfer closed with 4956211 bytes remaining to read
    ! softmax: http://…/short/train-images-idx3-ubyte.gz: 4956211 bytes instead of 9912422
    ! softmax: http://…/long/train-images-idx3-ubyte.gz: longer than the 9912422 bytes it should have
    ! softmax: http://…/loop/train-images-idx3-ubyte.gz: Maximum (5) redirects followed
    $ softmax data fetch mnist --mirror http://127.0.0.1:1/ --output sets
    ! softmax: http://127.0.0.1:1/train-images-idx3-ubyte.gz: Failed to connect to 127.0.0.1 port 1…
    = 1
    $ softmax data fetch mnist --mirror file:///etc --output sets
    ! softmax: file:///etc/train-images-idx3-ubyte.gz: Protocol "file" not supported or disabled in libcurl
    = 1

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
