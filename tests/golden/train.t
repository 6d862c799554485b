Training on generated digits, and what it says.

    $ softmax train digits:n=2000 -o m.safetensors --quiet
    model       softmax regression, 7,850 parameters
    training    lbfgs, … steps in … s, converged (…)
    train       loss 0.…   accuracy …   (2,000 rows)
    test        loss 0.…   accuracy 0.8…   (2,000 rows)
    saved to    m.safetensors

--json prints one object and nothing else.

    $ softmax train blobs -o b.safetensors --json --validation 0.1 --quiet | python3 -c '
    > import json, sys
    > r = json.load(sys.stdin)
    > print(" ".join(r))
    > print(r["solver"], r["parameters"], r["converged"], r["interrupted"], r["model"])
    > print(" ".join(r["train"]), r["train"]["rows"], r["validation"]["rows"], r["test"]["rows"])
    > print(r["test"]["accuracy"] > 0.98, r["objective"] > r["train"]["loss"], r["seconds"] > 0)
    > print(r["relative_gradient_norm"] <= 1e-4, r["epochs"] == r["steps"], r["threads"] >= 1)'
    solver parameters epochs steps seconds converged interrupted gradient_norm relative_gradient_norm objective train validation test model isa threads
    lbfgs 12 True False b.safetensors
    loss accuracy rows 1800 200 2000
    True True True
    True True True

A file may be called what it likes; JSON is UTF-8 all the same.

    $ softmax train blobs -o $'m\xff.safetensors' --json --quiet | grep -o '"model": "[^"]*"'
    > softmax inspect $'m\xff.safetensors' --json | grep -o '"name": "m[^"]*"'
    > rm $'m\xff.safetensors'
    "model": "m?.safetensors"
    "name": "m?.safetensors"

Progress goes to standard error, a line every so many steps.

    $ softmax train blobs -o b.safetensors --solver sgd --steps 40 --log-every 20 --validation 100 > out; tail -n 1 out
    saved to    b.safetensors
    ! epoch 1 step 1  loss 1.386294  accuracy 0.…  … s
    ! epoch 2 step 20  loss 0.…  accuracy 0.…  … s
    ! epoch 3 step 40  loss 0.…  accuracy …  … s

Limits: epochs, steps, none of either, and a warning where the tolerance is not reached.

    $ for limit in '--solver sgd --epochs 3' '--solver sgd --steps 50' '--solver gd --epochs 5' '--solver gd --steps 5' '--steps 3' '--epochs 0'; do
    >     softmax train blobs -o b.safetensors --quiet --json $limit | python3 -c '
    > import json, sys
    > r = json.load(sys.stdin)
    > print(r["solver"], r["epochs"], r["steps"], r["converged"])'
    > done
    sgd 3 60 False
    sgd 3 50 False
    gd 5 5 False
    gd 5 5 False
    lbfgs 3 3 False
    lbfgs 0 0 False
    $ softmax train blobs -o b.safetensors --steps 3 > out
    ! step 1  loss …
    ! step 2  loss …
    ! step 3  loss …
    ! softmax: stopped after 3 steps with the gradient at 0.… of its first size, not yet at the tolerance 0.0001; --epochs or a larger --l2 or --tolerance help

Seeds make everything repeatable; another seed is another run.

    $ for seed in 1 1 2; do
    >     softmax train circles -o c.safetensors --quiet --solver sgd --epochs 2 --init glorot --validation 200 --seed $seed > out
    >     sha256sum < c.safetensors
    > done | uniq -c | awk '{ print $1 }'
    2
    1

The same bytes for any number of threads.

    $ for solver in lbfgs gd sgd; do
    >     for threads in 1 2 3 5 8; do
    >         softmax train digits:n=3000 -o t.safetensors --quiet --solver $solver --epochs 4 --threads $threads > out
    >         sha256sum < t.safetensors
    >     done | uniq | wc -l
    > done
    1
    1
    1

Momentum, Nesterov's too, and rows in file order are other runs.

    $ for options in '' '--momentum 0.9' '--momentum 0.9 --nesterov' '--no-shuffle'; do
    >     softmax train circles -o c.safetensors --quiet --solver sgd --epochs 2 $options > out
    >     sha256sum < c.safetensors
    > done | sort -u | wc -l
    4

Another test set can be named; its classes have to be the model's, which is looked at before any
training.

    $ softmax train blobs -o b.safetensors --quiet --test blobs:test,n=7 | grep test
    test        loss …   accuracy …   (7 rows)
    $ softmax train blobs -o b2.safetensors --log-every 1 --test digits
    ! softmax: the data has 784 features a row, the model takes 2
    = 1
    $ softmax train circles -o b2.safetensors --log-every 1 --test blobs
    ! softmax: the data has a class '3', which is not one of the model's 3
    = 1
    $ ls b2.safetensors
    ! ls: cannot access 'b2.safetensors': No such file or directory
    = 2
