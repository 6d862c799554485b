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
    ! softmax: --held-out=100: it must be a number of rows below 100, or a share such as 0.1
    = 2
    $ softmax data split blobs:n=100 a.svm a.svm
    ! softmax: 'a.svm' cannot be both files
    = 2
    $ softmax data split blobs:n=100 a.svm
    ! softmax data split: an argument is missing; it is called as: softmax data split DATA FILE HELD-OUT
    = 2
