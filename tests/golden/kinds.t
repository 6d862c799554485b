An option that says how data of one kind is read is not passed over in silence where the data is of
another.

    $ printf 'size,colour,kind\n1,red,a\n2,blue,b\n3,red,a\n4,blue,b\n' > fruit.csv
    > printf 'a 1:1\nb 1:2\n' > a.svm
    > softmax data convert blobs:n=10 x.npy --labels-to y.npy --quiet
    > softmax data convert fruit.csv f.npz --label kind --quiet
    > softmax data convert digits:n=9 d-images-idx3-ubyte --labels-to d-labels-idx1-ubyte --quiet
    > softmax data make digits -o mnist-like --quiet 2> /dev/null; ls
    a.svm
    d-images-idx3-ubyte
    d-labels-idx1-ubyte
    f.npz
    fruit.csv
    mnist-like
    x.npy
    y.npy

    $ for given in '--size 28x28' --grey --colour '--zero-based yes' '--query SELECT'; do
    >     softmax data info fruit.csv $given; test $? = 1 || echo "$given"
    > done
    ! softmax: fruit.csv: a size to resize to is for PNG pictures, and this is a text table
    ! softmax: fruit.csv: grey or colour is a choice for PNG pictures, and this is a text table
    ! softmax: fruit.csv: grey or colour is a choice for PNG pictures, and this is a text table
    ! softmax: fruit.csv: where indices begin is said of LIBSVM files, and this is a text table
    ! softmax: fruit.csv: a query is for SQLite databases, and this is a text table

    $ for given in --header --no-header '--delimiter ;' '--comment %' '--skip-lines 1' '--label 1' '--weight w' '--numeric a' '--missing mean'; do
    >     softmax data info x.npy $given; test $? = 1 || echo "$given"
    > done
    ! softmax: x.npy: whether the first line is a header is said of text tables, and this is an NPY file
    ! softmax: x.npy: whether the first line is a header is said of text tables, and this is an NPY file
    ! softmax: x.npy: a delimiter is for text tables, and this is an NPY file
    ! softmax: x.npy: comments to pass over are those of text tables, and this is an NPY file
    ! softmax: x.npy: lines to skip are those of text tables, and this is an NPY file
    ! softmax: x.npy: a column with the label is for text tables and SQLite databases, and this is an NPY file
    ! softmax: x.npy: a column with weights is for text tables and SQLite databases, and this is an NPY file
    ! softmax: x.npy: columns to choose are those of text tables and SQLite databases, and this is an NPY file
    ! softmax: x.npy: a rule for missing values is for text tables and SQLite databases, and this is an NPY file

    $ for data in digits:n=9 mnist-like d-images-idx3-ubyte x.npy f.npz a.svm; do
    >     softmax data info $data --skip-lines 1; test $? = 1 || echo "$data"
    > done
    ! softmax: digits:n=9: lines to skip are those of text tables, and this is made by a generator
    ! softmax: mnist-like: lines to skip are those of text tables, and this is a set of IDX files
    ! softmax: d-images-idx3-ubyte: lines to skip are those of text tables, and this is an IDX file
    ! softmax: x.npy: lines to skip are those of text tables, and this is an NPY file
    ! softmax: f.npz: lines to skip are those of text tables, and this is an NPZ file
    ! softmax: a.svm: lines to skip are those of text tables, and this is a LIBSVM file

Where there is a model, too; and where a table is split, or converted as it passes.

    $ softmax train fruit.csv --label kind -o m.safetensors --quiet > log
    > softmax evaluate m.safetensors fruit.csv --ignore-extra
    ! softmax: fruit.csv: indices to leave out are those of LIBSVM files, and this is a text table
    = 1
    $ softmax data split fruit.csv a.csv b.csv --size 2x2
    ! softmax: fruit.csv: a size to resize to is for PNG pictures, and this is a text table
    = 2
    $ softmax data convert fruit.csv b.svm --label kind --grey
    ! softmax: fruit.csv: grey or colour is a choice for PNG pictures, and this is a text table
    = 1

A size is that of the pictures that a model is trained on. What it is tested on may be none.

    $ picture() { mkdir -p $(dirname $1); python3 "$GOLDEN/png.py" "$@"; }
    > for i in 1 2 3; do picture shapes/light/$i.png 8x12 20$i; picture shapes/dark/$i.png 8x12 1$i; done
    > softmax data convert shapes test.npz --size 4x6 --quiet
    > softmax train shapes --size 4x6 --test test.npz -o s.safetensors --quiet | grep ^test
    test        loss …   accuracy 1.0000   (6 rows)
    $ softmax data info shapes --ignore-extra
    ! softmax data info: there is no option '--ignore-extra'; …
    = 2
    $ softmax evaluate s.safetensors shapes --ignore-extra
    ! softmax: shapes: indices to leave out are those of LIBSVM files, and this is a set of PNG pictures
    = 1
