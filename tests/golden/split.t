Data can be split into two files, one of them held out: a fifth of the rows, with each class's share.

    $ softmax data split blobs:n=100 train.svm test.svm
    80 rows written to train.svm
    20 rows written to test.svm
    $ cut -d ' ' -f 1 test.svm | sort | uniq -c | awk '{ print $2, $1 }'
    0 5
    1 5
    2 5
    3 5

Together they are all rows, in their order. The seed says which.

    $ softmax data convert blobs:n=100 all.svm --quiet; sort train.svm test.svm | cmp - <(sort all.svm)
    > grep -Fxf test.svm all.svm | cmp - test.svm
    $ softmax data split blobs:n=100 a.svm b.svm --quiet; cmp b.svm test.svm
    > softmax data split blobs:n=100 a.svm c.svm --seed 1 --quiet; cmp -s c.svm test.svm
    = 1

How many, and of what kind the files are, is a matter of choice.

    $ softmax data split blobs:n=100 a.csv b-features-idx2-float --held-out 0.25
    75 rows written to a.csv
    25 rows written to b-features-idx2-float
    $ softmax data split blobs:n=100 a.svm b.svm --held-out 7 --no-stratify --quiet; wc -l < b.svm
    7
    $ softmax data split blobs:n=100 a.svm b.svm --held-out 100
    ! softmax: --held-out=100: cannot hold out 100 of 100 rows: possible are 1 … 99
    = 2
    $ softmax data split blobs:n=100 a.svm a.svm
    ! softmax: 'a.svm' cannot be both files
    = 2
    $ softmax data split blobs:n=100 ./new.svm new.svm
    ! softmax: './new.svm' and 'new.svm' are one file, which cannot be both
    = 2
    $ softmax data split blobs:n=100 a.svm b.npy
    ! softmax: 'b.npy' holds no labels, and its name does not say where they go; .npz files hold them, too
    = 2
    $ softmax data split train.svm a-images-1-float a-images-2-float
    ! softmax: 'a-labels-idx1-ubyte' cannot be both files
    = 2
    $ softmax data split blobs:n=100 a.svm
    ! softmax data split: an argument is missing; it is called as: softmax data split DATA FILE HELD-OUT
    = 2

Text tables are split as they stand: cells keep their quotes, and both files get the header.

    $ { printf '\xef\xbb\xbf# weighed in spring\nname,mass,species\r\n'; for i in 1 2 3 4 5; do
    >     printf '"tern, no. %d\nsmall",0.%d0,tern\r\ngull %d,1.%d,gull\r\n' $i $i $i $i; done; } > birds.csv
    $ softmax data split birds.csv train.csv test.csv --label species --comment '#'
    8 rows written to train.csv
    2 rows written to test.csv
    $ tr -d '\r' < test.csv
    ﻿# weighed in spring
    name,mass,species
    …
    …
    …
    $ head -n 2 birds.csv > all.csv; python3 - <<'END'
    > import csv, re
    > head = open('all.csv', newline='').read()
    > def records(path):
    >     text = open(path, newline='').read()
    >     assert text.startswith(head)
    >     return re.findall(r'(?:"[^"]*"|[^"\n])*\n', text[len(head):])
    > whole, train, test = (records(name + '.csv') for name in ('birds', 'train', 'test'))
    > print(len(whole), len(train), len(test), sorted(train + test) == sorted(whole))
    > print([r for r in whole if r in test] == test, [r for r in whole if r in train] == train)
    > print(sorted(r.split(',')[-1].strip() for r in test))
    > END
    10 8 2 True
    True True
    ['gull', 'tern']
    $ gzip -c birds.csv > birds.csv.gz; softmax data split birds.csv.gz a.csv b.csv --label species --comment '#' --quiet
    > cmp a.csv train.csv && cmp b.csv test.csv

So they are to files whose names do not say that they are to be something else; none is compressed.

    $ softmax data split birds.csv.gz a.data b.txt --label species --comment '#'
    8 rows written to a.data
    2 rows written to b.txt
    $ cmp a.data train.csv && cmp b.txt test.csv
    $ softmax data split birds.csv.gz a.csv.gz b.csv --label species --comment '#'
    ! softmax: 'a.csv.gz': what kind of file is that to be? These endings say it: .csv, .tsv, .svm, .libsvm, .svmlight, .npz, .npy, -ubyte, -float
    = 2
    $ softmax data split birds.csv a.csv b.csv --comment '#' --no-stratify --held-out 3 --quiet; grep -c , b.csv
    …

A label is needed to keep the shares; what is wrong with the table is told as ever, and no file appears.

    $ rm a.csv b.csv; softmax data split birds.csv a.csv b.csv --comment '#'
    ! softmax: birds.csv: which column is the label? None is called label, class, target or y; --label says which of name, mass, species; --no-label, where none is needed, that there is none
    = 1
    $ softmax data split birds.csv a.csv b.csv --label species --comment '#' --held-out 10
    ! softmax: cannot hold out 10 of 10 rows: possible are 1 … 9
    = 2
    $ printf 'x,y\n1,2\n3\n' > ragged.csv; softmax data split ragged.csv a.csv b.csv
    ! softmax: ragged.csv:3: …
    = 1
    $ ls a.csv b.csv 2> /dev/null
    = 2

Files of other kinds than the table's own get its features, and that is said; a kind may be written
in capitals.

    $ cp birds.csv BIRDS.CSV; for pair in "birds.csv a.csv b.csv" "BIRDS.CSV c.Csv d.csv"; do
    > softmax data split $pair --label species --comment '#' --quiet; done; cmp a.csv c.Csv; cmp b.csv d.csv
    $ softmax data split birds.csv a.csv b.npz --label species --comment '#' --ignore name --held-out 2
    ! softmax: birds.csv: written as the features that a model would see; a table is copied as it stands where its name and the files' end alike, in .csv, .tsv, .tab, .data or .txt
    8 rows written to a.csv
    2 rows written to b.npz
    $ head -n 1 a.csv
    x1,label

What would change the rows does not go with copying them, and of two files neither is written where
one cannot be.

    $ softmax data split birds.csv a.csv b.csv --label species --comment '#' --missing drop
    ! softmax: --missing: a table is copied as it stands where the files' names end as its own does; with other endings its features are written
    = 2
    $ softmax data split birds.csv a.csv b.csv --label species --comment '#' --ignore name
    ! softmax: --ignore: a table is copied as it stands where the files' names end as its own does; with other endings its features are written
    = 2
    $ softmax data split birds.csv a.csv b.csv --labels labels.npy
    ! softmax: --labels: a table is copied as it stands where the files' names end as its own does; with other endings its features are written
    = 2
    $ softmax data split blobs:n=100 none.svm nowhere/b.svm; status=$?; ls none.svm 2> ls.err; exit $status
    ! softmax: cannot write 'nowhere/b.svm': No such file or directory
    = 1

What goes wrong when the second file is nearly written leaves none of the first, nor of its labels.

    $ for name in full.csv full.npz full.npy full-labels-idx1-ubyte; do ln -s /dev/full $name; done
    > softmax data split birds.csv none.csv full.csv --label species --comment '#'
    > softmax data split blobs:n=100 none.npz full.npz
    > softmax data split digits:n=100 none-images-idx3-ubyte full-images-idx3-ubyte
    > softmax data convert digits:n=9 none-images-idx3-ubyte --labels-to full-labels-idx1-ubyte
    > softmax data convert digits:n=9 none.npy --labels-to full.npy
    > ls -A | grep -e none -e full-images -e tmp
    ! softmax: cannot write 'full.csv': No space left on device
    ! softmax: cannot write 'full.npz': No space left on device
    ! softmax: cannot write 'full-labels-idx1-ubyte': No space left on device
    ! softmax: cannot write 'full-labels-idx1-ubyte': No space left on device
    ! softmax: cannot write 'full.npy': No space left on device
    = 1
