A mirror that does not give what it should: nothing gets the name, nothing is left behind, and the
exit status is 1. The file that the mirror has is of the right size, and is not the published one.

    $ mkdir files && truncate -s 9912422 files/train-images-idx3-ubyte.gz
    > python3 "$GOLDEN/mirror.py" files > address 2> log & echo $! > server
    > until [ -s address ]; do sleep 0.05; done
    $ for way in good wrong missing cut short long loop; do
    >     softmax data fetch mnist --mirror "$(cat address)/$way" --output sets; [ $? = 1 ] || echo "$way: $?"
    >     find sets -type f
    > done
    ! softmax: http://…/good/train-images-idx3-ubyte.gz: the checksum is wrong: this is not the published file
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

A disk that runs full, with a limit on the size of files to stand in for it; a folder that cannot be.

    $ (trap '' XFSZ; ulimit -f 100; softmax data fetch mnist --mirror "$(cat address)/good" --output sets)
    ! softmax: cannot write 'sets/mnist/train-images-idx3-ubyte.gz': File too large
    = 1
    $ find sets -type f; softmax data fetch mnist --mirror "$(cat address)/good" --output address
    ! softmax: cannot make the folder 'address': File exists
    = 1
    $ kill "$(cat server)"
