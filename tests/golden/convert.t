Data can be written as files of other kinds, which their endings tell.

    $ softmax data convert circles:n=4,classes=2 points.csv
    4 rows of 2 features written to points.csv
    $ cat points.csv
    x1,x2,label
    …,…,0
    …,…,1
    …,…,0
    …,…,1
    $ softmax data convert circles:n=4,classes=2 points.svm --quiet; cat points.svm
    0 1:… 2:…
    1 1:… 2:…
    0 1:… 2:…
    1 1:… 2:…
    $ softmax data convert circles:n=4,classes=2 points.tsv --quiet; tr '\t' , < points.tsv | cmp - points.csv
    $ softmax data convert circles:n=4,classes=2 made/points-features-idx2-float
    ! softmax: cannot write 'made/points-features-idx2-float': No such file or directory
    = 1
    $ softmax data convert circles:n=4,classes=2 points-features-idx2-float --quiet; ls points-*
    points-features-idx2-float
    points-labels-idx1-ubyte

    $ printf 'x1,label\n5,0\n' > one.csv; softmax data convert one.csv one.svm --label label
    1 row of 1 feature written to one.svm

There and back again the bytes are the same, as often as the formats hold all there is.

    $ softmax data convert digits:n=50 digits-images-idx3-ubyte --quiet
    > softmax data convert digits-images-idx3-ubyte digits.svm --quiet
    > softmax data convert digits.svm again.svm --quiet; cmp digits.svm again.svm
    > softmax data convert points.svm again.svm --quiet; cmp points.svm again.svm
    > softmax data convert points-features-idx2-float again.svm --quiet; cmp points.svm again.svm
    > softmax data convert points-features-idx2-float again-features-idx2-float --quiet
    > cmp points-features-idx2-float again-features-idx2-float && cmp points-labels-idx1-ubyte again-labels-idx1-ubyte
    $ printf '3 0:1.5 7:0.1\n-2\n3 2:1e-30\n' > zero.svm
    > softmax data convert zero.svm again.svm --quiet; cmp zero.svm again.svm

Where labels have no place in the file, it can be said where they go.

    $ softmax data convert circles:n=4,classes=2 x-float
    ! softmax: 'x-float' holds no labels; where do they go? --labels-to FILE
    = 2
    $ softmax data convert circles:n=4,classes=2 x-float --labels-to y-ubyte --quiet
    > softmax data convert x-float --labels y-ubyte again.svm --quiet; cmp points.svm again.svm
    $ softmax data convert circles:n=4,classes=2 x-float --labels-to ./x-float
    ! softmax: 'x-float' and './x-float' are one file, which cannot be both
    = 2
    $ softmax data convert circles:n=4,classes=2 z-float --labels-to z-float
    ! softmax: 'z-float' cannot be both files
    = 2
    $ softmax data convert circles:n=4,classes=2 x.npy --labels-to y.csv
    ! softmax: --labels-to=y.csv: the labels of 'x.npy' are a file of the same kind, whose name ends in .npy
    = 2
    $ softmax data convert circles:n=4,classes=2 x-float --labels-to y.npy
    ! softmax: --labels-to=y.npy: the labels of 'x-float' are a file of the same kind, whose name ends in -ubyte or -int
    = 2
    $ ls y.csv y.npy 2> /dev/null
    = 2
    $ softmax data convert x-float x.npy --labels-to none.npy
    ! softmax: there are no labels to be written to 'none.npy'
    = 1
    $ softmax data convert circles:n=4,classes=2 x.svm --labels-to y-ubyte
    ! softmax: 'x.svm' holds the labels, too; --labels-to is for files that do not
    = 2
    $ softmax data convert x-float x.svm
    ! softmax: 'x.svm': a line of a LIBSVM file begins with a label, and the data has none; CSV, NumPy and IDX files can do without
    = 1
    $ softmax data convert x-float x.csv --quiet; head -n 1 x.csv
    x1,x2

What a format cannot hold is refused, and no file is left behind; nor is one touched that was there.

    $ printf '1 1:1\n2 1000000:1\n' > wide.svm; softmax data convert wide.svm wide.csv; ls wide.csv 2> /dev/null
    ! softmax: 'wide.csv': 1,000,001 columns are more than the 1,000,000 that a table is read with; LIBSVM and NPZ files hold them
    = 2

    $ softmax data convert points.svm s-features-idx2-float
    ! softmax: 's-features-idx2-float': IDX files hold full rows, and the data is sparse
    = 1
    $ softmax data convert digits:n=3 digits.json
    ! softmax: 'digits.json': what kind of file is that to be? These endings say it: .csv, .tsv, .svm, .libsvm, .svmlight, .npz, .npy, -ubyte, -float
    = 2
    $ echo old > x.svm; softmax data convert missing.svm x.svm 2> /dev/null; cat x.svm
    old
    $ ls -a | grep -c tmp
    0
    = 1

Parts are taken as ever.

    $ for part in train test; do softmax data convert moons:$part,n=3 $part.svm; done; cmp train.svm test.svm
    3 rows of 2 features written to train.svm
    3 rows of 2 features written to test.svm
    train.svm test.svm differ: byte …
    = 1

Tables are written with the features that a model would see, unscaled: categories as 0 and 1.

    $ printf 'mass,island,species\n1.5,north,gull\n,south,tern\n0.1,north,tern\n' > birds.csv
    > softmax data convert birds.csv features.csv --label species --quiet; cat features.csv
    x1,x2,x3,x4,label
    1.5,0,1,0,gull
    0.8,1,0,1,tern
    0.1,0,1,0,tern
    $ softmax data convert features.csv again.csv --quiet; cmp features.csv again.csv

LIBSVM and IDX labels are whole numbers: classes with other names can be numbered.

    $ softmax data convert birds.csv birds.svm --label species
    ! softmax: class 'gull' is not the text of a whole 32-bit number, which labels in LIBSVM files are; CSV and NPZ files hold any name, and softmax data convert --number-classes writes numbers for names
    = 1
    $ softmax data convert birds.csv birds.svm --label species --number-classes; cat birds.svm
         0  gull
         1  tern
    3 rows of 4 features written to birds.svm
    0 1:1.5 3:1
    1 1:0.8 2:1 4:1
    1 1:0.1 3:1

NumPy's files have features as x and labels as y, or in a file for each.

    $ softmax data convert birds.csv birds.npz --label species --quiet
    > python3 -m zipfile -l birds.npz | awk 'NR > 1 { print $1 }'
    x.npy
    y.npy
    $ softmax data convert birds.csv x.npy --label species --labels-to y.npy --quiet; head -c 6 x.npy | tail -c 5; echo
    NUMPY
    $ softmax data convert birds.csv x.npy --label species
    ! softmax: 'x.npy' holds no labels; where do they go? --labels-to FILE
    = 2

Text is learnt from first, and written when it has been learnt: words, weights of words, numbers in the
place of missing ones. Of full and of sparse rows the files say the same.

    $ printf 'size,words,kind\n1,the red bird,a\n,a red house,b\n3,the bird,a\n5,old house,b\n' > birds.csv
    > softmax data convert birds.csv birds.svm --label kind --text words --number-classes
         0  a
         1  b
    4 rows of 6 features written to birds.svm
    $ cat birds.svm
    0 1:1 3:…
    1 1:3 2:1 …
    0 1:3 …
    1 1:5 …
    $ softmax data convert birds.csv - --label kind 2>&1 | head -n 1
    softmax: '-': what kind of file is that to be? …
    $ softmax data convert - birds2.svm --label kind --text words --number-classes -q < birds.csv; cmp birds.svm birds2.svm
    $ gzip -c birds.csv | softmax data convert - birds2.svm --label kind --text words --number-classes -q; cmp birds.svm birds2.svm
    $ softmax data convert birds.csv birds.npz --label kind --text words --number-classes -q
    > softmax data convert birds.npz birds2.svm -q; cmp birds.svm birds2.svm
    $ softmax data convert birds.svm birds.npz -q; softmax data convert birds.npz birds2.svm -q; cmp birds.svm birds2.svm

NumPy's other numbers, and compressed archives, become rows on the way, whatever their order.

    $ cat > arrays.py <<'END'
    > import struct, zipfile
    > def npy(name, descr, shape, fortran, data):
    >     header = "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }" % (descr, fortran, shape)
    >     with open(name, "wb") as file:
    >         file.write(b"\x93NUMPY\x01\0" + struct.pack("<H", len(header)) + header.encode() + data)
    > npy("double.npy", "<f8", "(2, 2)", False, struct.pack("<4d", 1.5, 0.1, -2, 1e-40))
    > npy("swapped.npy", ">i2", "(2, 2)", False, struct.pack(">4h", 1, -2, 300, 4))
    > npy("fortran.npy", "<f8", "(2, 2)", True, struct.pack("<4d", 1.5, -2, 0.1, 1e-40))
    > npy("nan.npy", "<f8", "(2, 2)", False, struct.pack("<4d", 1, 2, 3, float("nan")))
    > npy("huge.npy", "<f8", "(1, 2)", False, struct.pack("<2d", 1, 1e39))
    > npy("y.npy", "|u1", "(2,)", False, b"\7\5")
    > sparse = [("data", "<f8", "<3d", (1.5, 2, 0.1)), ("indices", "<i4", "<3i", (0, 2, 1)),
    >           ("indptr", "<i4", "<3i", (0, 2, 3)), ("shape", "<i8", "<2q", (2, 3))]
    > for last in 3, 4:
    >     with zipfile.ZipFile("sparse%d.npz" % last, "w", zipfile.ZIP_DEFLATED) as archive:
    >         for name, descr, pack, values in sparse:
    >             values = (0, 2, last) if name == "indptr" else values
    >             npy(name + ".npy", descr, "(%d,)" % len(values), False, struct.pack(pack, *values))
    >             archive.write(name + ".npy")
    >         archive.write("y.npy")
    > for name in "double", "fortran", "nan":
    >     with zipfile.ZipFile(name + ".npz", "w", zipfile.ZIP_DEFLATED) as archive:
    >         archive.write(name + ".npy", "x.npy")
    >         archive.write("y.npy")
    > archive = bytearray(open("double.npz", "rb").read())
    > archive[archive.find(b"PK\1\2") + 16] ^= 1  # its checksum, in the directory
    > open("damaged.npz", "wb").write(archive)
    > END
    > python3 arrays.py
    $ gzip -c fortran.npy > packed.npy.gz
    > for data in double.npy fortran.npy packed.npy.gz double.npz fortran.npz; do softmax data convert $data x.csv --labels y.npy -q; cat x.csv; done | sort | uniq -c
          5 -2,1e-40,5
          5 1.5,0.1,7
          5 x1,x2,label
    $ softmax data convert sparse3.npz x.svm -q; cat x.svm
    7 1:1.5 3:2
    5 2:0.1
    $ softmax data convert swapped.npy x.csv -q; cat x.csv
    x1,x2
    1,-2
    300,4
    $ rm x.csv; for data in nan.npy huge.npy nan.npz damaged.npz sparse4.npz; do softmax data convert $data x.csv; done
    ! softmax: nan.npy: row 1, column 1: nan is not a finite 32-bit number
    ! softmax: huge.npy: row 0, column 1: 1e+39 is not a finite 32-bit number
    ! softmax: nan.npz:x.npy: row 1, column 1: nan is not a finite 32-bit number
    ! softmax: damaged.npz:x.npy: the bytes do not have the checksum that the archive gives: they are damaged
    ! softmax: sparse4.npz:indptr.npy: the places where rows begin do not ascend from 0 to the number of entries, 3
    = 1
    $ ls x.csv 2> /dev/null
    = 2

A fault far down in the file leaves nothing behind.

    $ (echo x,label; yes 1,a | head -n 500000; echo no,b) > long.csv; softmax data convert long.csv long.svm --numeric x
    ! softmax: long.csv:500002: column 'x': 'no' is not a number
    = 1
    $ (yes '1 1:2' | head -n 500000; echo '1 2:x') > long.svm; softmax data convert long.svm long.npz
    ! softmax: long.svm:500001: …
    = 1
    $ ls long.*; ls -a | grep -c tmp
    long.csv
    long.svm
    0
    = 1
