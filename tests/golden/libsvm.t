LIBSVM files give sparse data: a row a line, its label first, then index:value.

    $ cat > fruit.svm <<END
    > # colour, weight, stone
    > 1 1:0.9 2:0.2
    > 1 1:0.8 2:0.3
    > 2 1:0.1 2:0.7 3:1
    > 2 2:0.8 3:1
    > 3 2:0.1
    > 3 1:0.1 2:0.2
    > END
    $ softmax data info fruit.svm
    data        fruit.svm
    rows        6
    features    3, sparse float32
    entries     12, 2 a row, density 66.67 %
    values      0 to 1, mean 0.3444, 33.3 % zero
    classes     3
      1                  2 rows   33.3 %
      2                  2 rows   33.3 %
      3                  2 rows   33.3 %
    $ softmax data info fruit.svm --json
    {"kind": "data", "name": "fruit.svm", "rows": 6, "features": 3, "type": "float32", "sparse": {"entries": 12, "density": 0.666…}, "image": null, "classes": [{"name": "1", "rows": 2}, {"name": "2", "rows": 2}, {"name": "3", "rows": 2}], "table": null, "values": {"min": 0.0, "max": 1.0, "mean": 0.344…, "zeros": 0.333…}}
    $ softmax inspect fruit.svm | head -n 3
    data        fruit.svm
    rows        6
    features    3, sparse float32

Training, evaluating and predicting take them as any data.

    $ softmax train fruit.svm --l2 1e-3 -o fruit.safetensors --quiet
    model       softmax regression, 12 parameters
    training    lbfgs, … steps in … s, converged (…)
    objective   …, at most … above the minimum
    train       loss 0.…   accuracy 1.0000   (6 rows)
    saved to    fruit.safetensors
    $ softmax evaluate fruit.safetensors fruit.svm | sed -n 3p
    accuracy    1.0000
    $ softmax predict fruit.safetensors fruit.svm | tr '\n' ' '; echo
    1 1 2 2 3 3 
    $ softmax train fruit.svm --validation 2 --solver sgd --steps 20 -o v.safetensors --quiet | grep validation
    validation  loss …   accuracy …   (2 rows)

Newton's method comes to the same minimum, with the same bytes for any number of threads.

    $ for solver in lbfgs newton-cg; do
    >     softmax train fruit.svm --l2 1e-3 --solver $solver -o n.safetensors --quiet --json
    > done | python3 -c '
    > import json, sys
    > first, second = (json.loads(line) for line in sys.stdin)
    > print(second["solver"], second["converged"], second["train"]["accuracy"])
    > print(abs(second["objective"] / first["objective"] - 1) < 1e-4)'
    newton-cg True 1.0
    True
    $ for threads in 1 2 3 5 8; do
    >     softmax train fruit.svm --l2 1e-3 --solver newton-cg --threads $threads -o n.safetensors --quiet > out
    >     sha256sum < n.safetensors
    > done | uniq | wc -l
    1

What a file is called does not matter where its first bytes tell what it is; where they do not, the
name does. gzip and standard input are taken as well.

    $ cp fruit.svm fruit; gzip -c fruit.svm > fruit.txt.gz; tr -d '\r' < fruit.svm | sed 's/$/\r/' > fruit.t
    $ for f in ./fruit fruit.txt.gz fruit.t; do softmax predict fruit.safetensors $f; done | sort | uniq -c | awk '{ print $1, $2 }'
    6 1
    6 2
    6 3
    $ softmax predict fruit.safetensors - < fruit.svm | tr '\n' ' '; gzip -c fruit.svm | softmax predict fruit.safetensors - | tr '\n' ' '; echo
    1 1 2 2 3 3 1 1 2 2 3 3 
    $ printf '1\n2\n3\n' > labels.svm; cp labels.svm labels
    $ softmax predict fruit.safetensors labels.svm | tr '\n' ' '; echo
    3 3 3 
    $ softmax predict fruit.safetensors labels
    ! softmax: labels: neither an IDX, LIBSVM, NPY, NPZ, PNG or SQLite file nor a text table, as its first bytes would tell
    = 1

A test file is as wide as the model, whatever indices occur in it. Those that the model does not have
are an error, or left out.

    $ printf '1 1:0.9\n3\n' > narrow; printf '1 1:0.9\n2 3:1 7:5\n3 2:0.1\n' > wide
    $ softmax train fruit.svm --test narrow --l2 1e-3 -o fruit.safetensors --quiet | grep test
    test        loss 0.…   accuracy 1.0000   (2 rows)
    $ softmax train fruit.svm --test wide -o m.safetensors
    ! softmax: wide:2: index 7, but the model has 3 features, up to index 3; --ignore-extra leaves others out
    = 1
    $ softmax train fruit.svm --test wide --ignore-extra --l2 1e-3 -o fruit.safetensors --quiet | grep test
    test        loss 0.…   accuracy 1.0000   (3 rows)
    $ for c in evaluate predict; do softmax $c fruit.safetensors wide; done
    ! softmax: wide:2: index 7, but the model has 3 features, up to index 3; --ignore-extra leaves others out
    ! softmax: wide:2: index 7, but the model has 3 features, up to index 3; --ignore-extra leaves others out
    = 1
    $ softmax evaluate fruit.safetensors wide --ignore-extra | sed -n 3p
    accuracy    1.0000
    $ softmax predict fruit.safetensors wide --ignore-extra | tr '\n' ' '; echo
    1 2 3 

Indices begin with 1, or with 0 if one occurs or it is said so. The model remembers which.

    $ awk '/^#/ { next } { for (i = 2; i <= NF; i++) { split($i, e, ":"); $i = (e[1] - 1) ":" e[2] } print }' fruit.svm > zero
    $ head -n 1 zero; softmax data info zero | sed -n 3p; softmax data info fruit.svm --zero-based yes | sed -n 3p
    1 0:0.9 1:0.2
    features    3, sparse float32
    features    4, sparse float32
    $ softmax data info zero --zero-based no
    ! softmax: zero:1: index 0, but indices are to begin with 1
    = 1
    $ softmax train zero --l2 1e-3 -o zero.safetensors --quiet > out
    > printf '2 2:1\n' > stone; softmax predict zero.safetensors stone
    2
    $ for m in zero fruit; do python3 $GOLDEN/description.py $m.safetensors storage index_base; done
    storage: sparse, index_base: 0
    storage: sparse, index_base: 1
    $ softmax predict fruit.safetensors zero
    ! softmax: zero:1: index 0, but indices are to begin with 1, as in the data that the model was made for
    = 1
    $ softmax predict fruit.safetensors zero --zero-based yes | tr '\n' ' '; echo
    1 1 2 2 3 3 

A model of full rows takes sparse ones, and the other way round.

    $ softmax train circles:n=60,classes=2 -o dense.safetensors --quiet > out
    > printf '1 1:3 2:1\n0 1:0.1\n' > points; softmax predict dense.safetensors points | wc -l
    2
    $ python3 $GOLDEN/description.py dense.safetensors storage index_base
    storage: None, index_base: None
    $ printf '0 1:-1 2:1\n1 1:1\n' > pair; softmax train pair -o pair.safetensors --quiet > out
    > softmax predict pair.safetensors circles:n=4,classes=2 | wc -l
    4

A byte order mark before the first line, as Windows writes it, is no part of it.

    $ { printf '\xef\xbb\xbf'; cat fruit.svm; } > mark.svm; { printf '\xef\xbb\xbf'; tail -n +2 fruit.svm; } > mark
    > for f in fruit.svm mark.svm mark; do softmax data convert $f $f.npz --quiet; cmp fruit.svm.npz $f.npz; done
    $ printf '\xef\xbb\xbf1 1:a\n' > wrong.svm; softmax data info wrong.svm
    ! softmax: wrong.svm:1: '1:a' has a value that is not a finite 32-bit number
    = 1
