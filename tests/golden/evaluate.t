    $ softmax train moons -o m.safetensors --quiet > out
    $ softmax evaluate m.safetensors moons:test,n=1000
    rows        1,000
    loss        0.…
    accuracy    0.8…
    
    class   precision   recall       f1       rows
    0          0.8…   0.8…   0.8…        500
    1          0.8…   0.8…   0.8…        500
    
    confusion: a row for the true class, a column for the predicted one
            0    1
    0     …  …
    1     …  …

The JSON says the same, and its parts agree with each other.

    $ softmax train digits:n=1000 -o d.safetensors --quiet > out
    > softmax evaluate d.safetensors digits:test,n=500 --top-k 2 --json | python3 -c '
    > import json, sys
    > r = json.load(sys.stdin)
    > print(" ".join(r), "|", " ".join(r["classes"][0]))
    > c = r["confusion"]
    > n = sum(map(sum, c))
    > hits = sum(c[i][i] for i in range(10))
    > print(n == r["rows"] == 500, abs(hits / n - r["accuracy"]) < 1e-9)
    > for i, m in enumerate(r["classes"]):
    >     support, taken = sum(c[i]), sum(row[i] for row in c)
    >     assert m["name"] == str(i) and m["support"] == support
    >     assert abs(m["recall"] - c[i][i] / support) < 1e-8
    >     assert abs(m["precision"] - c[i][i] / taken) < 1e-8
    >     assert abs(m["f1"] - 2 * c[i][i] / (support + taken)) < 1e-8
    > print(r["top_k"]["k"], r["accuracy"] < r["top_k"]["accuracy"] < 1)'
    loss accuracy rows top_k classes confusion | name precision recall f1 support
    True True
    2 True

With many classes the matrix gives way to its largest entries.

    $ softmax train blobs:classes=30,n=3000 -o many.safetensors --quiet > out
    > softmax evaluate many.safetensors blobs:classes=30,n=3000 | tail -n 11
    most confused, of 30 classes
            …  … taken for …
            …  … taken for …
            …  … taken for …
            …  … taken for …
            …  … taken for …
            …  … taken for …
            …  … taken for …
            …  … taken for …
            …  … taken for …
            …  … taken for …

With very many it is left out.

    $ for c in $(seq 5793); do echo "$c 1:1"; done > all.svm
    > head -n 3 all.svm > few.svm
    > softmax train all.svm --epochs 0 -o all.safetensors --quiet > out
    > softmax evaluate all.safetensors few.svm > text
    > head -n 3 text | tail -n 1; tail -n 2 text
    > softmax evaluate all.safetensors few.svm --json | python3 -c '
    > import json, sys
    > r = json.load(sys.stdin)
    > print(r["confusion"], len(r["classes"]), [m["recall"] for m in r["classes"][:3]])'
    accuracy    0.3333
    
    confusion: left out, as a matrix of 5,793 classes is too large
    None 5793 [1.0, 0.0, 0.0]

A class that the model does not know:

    $ softmax train circles -o c.safetensors --quiet > out
    > softmax evaluate c.safetensors blobs
    ! softmax: the data has a class '3', which is not one of the model's 3
    = 1

The model comes first; the other way round, that is said.

    $ softmax train blobs:n=100 -o swapped.safetensors -q > out
    > softmax evaluate blobs swapped.safetensors
    ! softmax: 'blobs' is no model, but 'swapped.safetensors' is: the model comes first, and then the data
    = 2
    $ softmax predict gone.safetensors blobs
    ! softmax: cannot open 'gone.safetensors': No such file or directory
    = 1
