Tables without labels are looked at, converted, split and predicted.

    $ printf 'mass,island\n1.5,north\n2,south\n7,north\n6.5,south\n' > new.csv
    $ softmax data info new.csv --no-label
    data        new.csv
    rows        4
    features    3, float32
    values      0 to 7, mean 1.75, 33.3 % zero
    columns
      mass                 numeric, 1.5 to 7, mean 4.25
      island               categorical, 2 features: north 2, south 2
    classes     none: there are no labels
    $ softmax data convert new.csv new.npy --no-label
    4 rows of 3 features written to new.npy
    $ softmax data convert new.csv features.csv --no-label --quiet; head -n 2 features.csv
    x1,x2,x3
    1.5,1,0
    $ softmax data split new.csv a.csv b.csv --no-label --held-out 1
    3 rows written to a.csv
    1 row written to b.csv
    $ softmax data split new.csv a.npy b.npy --no-label --held-out 1
    3 rows written to a.npy
    1 row written to b.npy
    ! softmax: new.csv: written as the features that a model would see; a table is copied as it stands where its name and the files' end alike, in .csv, .tsv, .tab, .data or .txt

It has to be said, for a label taken for a feature is a mistake that nothing else would show.

    $ softmax data convert new.csv x.npy
    ! softmax: new.csv: which column is the label? None is called label, class, target or y; --label says which of mass, island; --no-label, where none is needed, that there is none
    = 1
    $ softmax data convert new.csv x.svm --no-label
    ! softmax: 'x.svm': a line of a LIBSVM file begins with a label, and the data has none; CSV, NumPy and IDX files can do without
    = 1

A column that is called like a label is a feature, too, where there is said to be none.

    $ printf 'x,y\n1,2\n3,4\n' > points.csv; softmax data info points.csv --no-label | grep -A 9 '^columns'
    columns
      x                    numeric, 1 to 3, mean 2
      y                    numeric, 2 to 4, mean 3
    classes     none: there are no labels

What contradicts itself, or has no columns, is refused.

    $ softmax data info new.csv --label mass --no-label
    ! softmax: --label and --no-label contradict each other
    = 2
    $ softmax data info new.csv --label=
    ! softmax: --label=: the name is empty
    = 2
    $ softmax data convert digits:n=5 x.npz --no-label
    ! softmax: digits:n=5: --no-label is for a table, and this is none
    = 1

What learns or measures needs labels.

    $ { echo mass,island,kind; printf '%s\n' 1,north,tern 2,south,tern 7,north,gull 8,south,gull; } > birds.csv
    > softmax train birds.csv --label kind -o birds.safetensors --quiet > log
    $ softmax predict birds.safetensors new.csv
    tern
    tern
    gull
    gull
    $ for command in evaluate calibrate report 'plot confusion' 'plot calibration'; do
    >     softmax $command birds.safetensors new.csv 2>&1 | sed "s/^/$command: /"
    > done
    evaluate: softmax: new.csv: there are no labels; column 'kind' has to be there, with one in each row
    calibrate: softmax: new.csv: there are no labels; column 'kind' has to be there, with one in each row
    report: softmax: new.csv: there are no labels; column 'kind' has to be there, with one in each row
    plot confusion: softmax: new.csv: there are no labels; column 'kind' has to be there, with one in each row
    plot calibration: softmax: new.csv: there are no labels; column 'kind' has to be there, with one in each row
    $ softmax train birds.csv --label kind --test new.csv -o m.safetensors
    ! softmax: new.csv: there are no labels; column 'kind' has to be there, with one in each row
    = 1
    $ softmax train new.csv --from birds.safetensors -o m.safetensors
    ! softmax: new.csv: there are no labels; column 'kind' has to be there, with one in each row
    = 1
    $ for command in train tune; do softmax $command new.npy -o m.safetensors; done
    ! softmax: new.npy: there are no labels; --labels FILE gives them, or folders of pictures do
    ! softmax: new.npy: there are no labels; --labels FILE gives them, or folders of pictures do
    = 1

A table has no pictures to draw, with a label or without.

    $ softmax plot images new.csv -o x.png
    ! softmax: new.csv: its rows are no pictures but 3 numbers; …
    = 1
