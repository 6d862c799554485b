Damaged LIBSVM files are refused with the file, the line and what is wrong.

    $ bad() { printf "$2" > "$1.svm"; softmax train $1.svm -o m.safetensors; [ $? = 1 ] || echo "$1: $?"; }
    > bad twice '1 1:1\n2 1:1 3:1 3:2\n'
    > bad descending '# a comment\n\n1 1:1\n2 5:1 3:1\n'
    > bad negative '1 -1:1\n'
    > bad index31 '1 2147483648:1\n'
    > bad index32 '1 4294967297:1\n'
    > bad index '1 one:1\n'
    > bad pair '1 1:1 2\n'
    > bad value '1 1:abc\n'
    > bad blank '1 1: 1\n'
    > bad nan '1 1:1\n2 1:nan\n'
    > bad inf '1 1:1\n2 1:-inf\n'
    > bad overflow '1 1:1\n2 1:1e99\n'
    > bad multilabel '1,3 1:1\n'
    > bad nolabel '1:1 2:1\n'
    > bad word 'spam 1:1\n'
    > bad nanlabel '1 1:1\nnan 1:1\n'
    > bad fraction '0.5 1:1\n'
    > bad large '3000000000 1:1\n'
    > bad zero '1 1:1\0\n'
    > bad escape '1 \033]0;x:1\n'
    > bad rows '# nothing\n\n'
    > bad entries '1\n2\n'
    > bad empty ''
    > bad oneclass '1 1:1\n1 2:1\n'
    ! softmax: twice.svm:2: index 3 comes twice
    ! softmax: descending.svm:4: index 3 comes after 5; indices must ascend
    ! softmax: negative.svm:1: '-1' is a negative index
    ! softmax: index31.svm:1: index 2147483648 is larger than 2147483647, the largest there is
    ! softmax: index32.svm:1: index 4294967297 is larger than 2147483647, the largest there is
    ! softmax: index.svm:1: 'one:1' does not begin with an index, a whole number
    ! softmax: pair.svm:1: '2' is not index:value
    ! softmax: value.svm:1: '1:abc' has a value that is not a finite 32-bit number
    ! softmax: blank.svm:1: '1:' has a value that is not a finite 32-bit number
    ! softmax: nan.svm:2: '1:nan' has a value that is not a finite 32-bit number
    ! softmax: inf.svm:2: '1:-inf' has a value that is not a finite 32-bit number
    ! softmax: overflow.svm:2: '1:1e99' has a value that is not a finite 32-bit number
    ! softmax: multilabel.svm:1: '1,3' are several labels, and a row has one class
    ! softmax: nolabel.svm:1: '1:1' is no label, and a line begins with one
    ! softmax: word.svm:1: 'spam' is not a number, as labels are
    ! softmax: nanlabel.svm:2: 'nan' is not a number, as labels are
    ! softmax: fraction.svm:1: '0.5' is not a whole number, as the label of a class is
    ! softmax: large.svm:1: '3000000000' is too large for a label
    ! softmax: zero.svm:1: '1:1?' has a value that is not a finite 32-bit number
    ! softmax: escape.svm:1: '?]0;x:1' does not begin with an index, a whole number
    ! softmax: rows.svm: the file holds no rows
    ! softmax: entries.svm: no row has an entry, so that there are no features
    ! softmax: empty.svm: the file is empty
    ! softmax: a model tells apart 2 to 65,536 classes; these are 1: '1'

So are files cut short or damaged, from wherever they come, and no model is left behind.

    $ seq 2000 | sed 's/.*/&  1:&.5 2:0.25/' | gzip > whole.gz; head -c 3000 whole.gz > cut.gz
    $ softmax data info cut.gz
    ! softmax: cut.gz: the gzip data breaks off after … decompressed bytes
    = 1
    $ { echo '1 1:1'; echo '2 x'; } | softmax data info -
    ! softmax: standard input:2: 'x' is not index:value
    = 1
    $ softmax data info missing.svm
    ! softmax: 'missing.svm' is neither a file or folder, nor a named set (mnist, fashion-mnist), nor a generator (digits, blobs, circles, moons, spirals)
    = 1
    $ printf 'x1 x2\n1 2\n' > words; softmax data info words
    ! softmax: words: neither an IDX, LIBSVM, NPY, NPZ, PNG or SQLite file nor a text table, as its first bytes would tell
    = 1
    $ ls m.safetensors
    ! ls: cannot access 'm.safetensors': No such file or directory
    = 2

Classes have to be those of the model, options words that there are.

    $ printf '1 1:1\n2 3:1\n' > a.svm; softmax train a.svm -o a.safetensors --quiet > out
    > printf '9 1:1\n' > other.svm; softmax evaluate a.safetensors other.svm
    ! softmax: the data has a class '9', which is not one of the model's 2
    = 1
    $ softmax train a.svm --zero-based maybe -o b.safetensors
    ! softmax train: --zero-based=maybe: it must be one of auto, no, yes
    = 2
