Training on generated digits, and what it says.

    $ softmax train digits:n=2000 -o m.safetensors --quiet
    model       softmax regression, 7,850 parameters
    training    lbfgs, … steps in … s, converged (…)
    objective   0.…, at most … above the minimum
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
    > print(r["relative_gradient_norm"] <= 1e-4, r["epochs"] == r["steps"], r["threads"] >= 1)
    > print(0 <= r["optimality_gap_bound"] < r["objective"], r["best_epoch"], r["stopped_early"])'
    solver parameters epochs steps seconds converged interrupted stopped_early stalled separated best_epoch gradient_norm relative_gradient_norm objective optimality_gap_bound train validation test model isa threads
    lbfgs 12 True False b.safetensors
    loss accuracy rows 1800 200 2000
    True True True
    True True True
    True None False

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
    ! softmax: solver lbfgs: …
    ! softmax: stopped after 3 steps with the gradient at 0.… of its first size, not yet at the tolerance 0.0001; --epochs or a larger --l2 or --tolerance help

Seeds make everything repeatable; another seed is another run.

    $ for seed in 1 1 2; do
    >     softmax train circles -o c.safetensors --quiet --solver sgd --epochs 2 --init glorot --validation 200 --seed $seed > out
    >     sha256sum < c.safetensors
    > done | uniq -c | awk '{ print $1 }'
    2
    1

The same bytes for any number of threads.

    $ for solver in auto lbfgs 'lbfgs --l1 1e-3' newton-cg gd sgd adam adamw adagrad ftrl 'sgd --schedule cosine'; do
    >     for threads in 1 2 5; do
    >         softmax train digits:n=600 -o t.safetensors --quiet --solver $solver --epochs 4 --threads $threads > out
    >         sha256sum < t.safetensors
    >     done | uniq | wc -l
    > done
    1
    1
    1
    1
    1
    1
    1
    1
    1
    1
    1

Newton's method takes bytes and needs fewer steps than L-BFGS.

    $ for solver in lbfgs newton-cg; do
    >     softmax train digits:n=2000 -o n.safetensors --quiet --solver $solver --json
    > done | python3 -c '
    > import json, sys
    > first, second = (json.loads(line) for line in sys.stdin)
    > print(second["solver"], second["converged"], second["relative_gradient_norm"] <= 1e-4)
    > print(second["steps"] < first["steps"] / 2)
    > print(abs(second["objective"] / first["objective"] - 1) < 1e-4)'
    newton-cg True True
    True
    True

Momentum, Nesterov's too, and rows in file order are other runs.

    $ for options in '' '--momentum 0.9' '--momentum 0.9 --nesterov' '--no-shuffle'; do
    >     softmax train circles -o c.safetensors --quiet --solver sgd --epochs 2 $options > out
    >     sha256sum < c.safetensors
    > done | sort -u | wc -l
    4

The rules for minibatches learn, and L1 makes weights exactly 0.

    $ for solver in adam adamw adagrad ftrl; do
    >     softmax train digits:n=3000 -o t.safetensors --quiet --solver $solver --epochs 5 --json | python3 -c '
    > import json, sys
    > r = json.load(sys.stdin)
    > print(r["solver"], r["steps"], r["test"]["accuracy"] > 0.75, r["optimality_gap_bound"] > 0)'
    > done
    adam 150 True True
    adamw 150 True True
    adagrad 150 True True
    ftrl 150 True True
    $ for options in '' '--l2 0' '--solver ftrl' '--solver sgd'; do
    >     softmax train digits:n=1000 -o l1.safetensors --quiet --l1 1e-2 --epochs 30 $options > out
    >     softmax inspect l1.safetensors --json | python3 -c '
    > import json, sys
    > r = json.load(sys.stdin)
    > print(r["training"]["solver"]["name"], r["training"]["l1"])'
    >     softmax inspect l1.safetensors | grep -c 'weights .*, [5-9][0-9]\.*[0-9]* % zero'
    > done
    lbfgs 0.01
    1
    lbfgs 0.01
    1
    ftrl 0.01
    1
    sgd 0.01
    1

The learning rate may follow a schedule; each is another run, and the file tells of it.

    $ for schedule in constant step cosine inverse-time 'step --decay-steps 5' 'cosine --decay-rate 0.5'; do
    >     softmax train circles -o c.safetensors --quiet --solver sgd --epochs 2 --schedule $schedule > out
    >     sha256sum < c.safetensors
    > done | sort -u | wc -l
    6
    $ softmax train circles -o c.safetensors --quiet --solver sgd --epochs 3 --schedule cosine > out
    > softmax inspect c.safetensors --json | python3 -c '
    > import json, sys
    > s = json.load(sys.stdin)["training"]["solver"]
    > print(s["name"], s["learning_rate"], s["schedule"], s["decay_steps"], s["decay_rate"])'
    sgd 0.1 cosine 60.0 0.0

Early stopping keeps the best epoch. A learning rate that is too large soon makes things worse.

    $ softmax train digits:n=400 -o p.safetensors --quiet --solver sgd --learning-rate 2 --epochs 500 --l2 0 --validation 100 --patience 5 --json | python3 -c '
    > import json, sys
    > r = json.load(sys.stdin)
    > print(r["stopped_early"], r["epochs"] == r["best_epoch"] + 5, r["epochs"] < 500)'
    True True True
    $ softmax train digits:n=4000 -o p.safetensors --quiet --l2 0 --validation 1000 --patience 3 | grep best
    best        epoch …, by its validation loss 0.…; stopped early

A model can be the beginning of another: near the end there are few steps to go.

    $ softmax train digits:n=1000 -o first.safetensors --quiet > out
    > softmax train digits:n=1000 -o again.safetensors --quiet --from first.safetensors --json | python3 -c '
    > import json, sys
    > r = json.load(sys.stdin)
    > print(r["converged"], r["steps"])'
    True 0
    $ softmax train digits:n=1000 -o again.safetensors --quiet --from first.safetensors --l2 2e-4 --json | python3 -c '
    > import json, sys
    > r = json.load(sys.stdin)
    > print(r["converged"], 0 < r["steps"] < 100)'
    True True
    $ softmax train blobs -o again2.safetensors --from first.safetensors
    ! softmax: --from=first.safetensors: the model takes 784 features a row, the data has 2
    = 1
    $ softmax train moons -o moons.safetensors --quiet > out
    > softmax train circles -o again2.safetensors --from moons.safetensors
    ! softmax: the data has a class '2', which is not one of the model's 2
    = 1
    $ softmax train moons -o again2.safetensors --from b.safetensors
    ! softmax: --from=b.safetensors: the model has a class '2', which is not one of the data's 2
    = 1
    $ softmax train moons -o again2.safetensors --from nothing
    ! softmax: cannot open 'nothing': …
    = 1

Classes that a plane separates have no best model without a penalty, and training says so.

    $ softmax train blobs:std=0.01 -o s.safetensors --l2 0 > out; grep -c converged out
    1
    ! step …
    ! softmax: solver lbfgs: …
    ! softmax: every row is classified right and there is no penalty: there is no best model, larger weights are always a little better; a small --l2 gives one
    $ softmax train blobs:std=0.01 -o s.safetensors --l2 0 --tolerance 0 --quiet --json | python3 -c '
    > import json, sys
    > r = json.load(sys.stdin)
    > print(r["separated"], r["train"]["loss"] < 1e-4, r["optimality_gap_bound"])'
    True True None

A tolerance may be smaller than what floats can reach. Training then ends where steps lead nowhere, long
before the thousand that it might take, and says that it has not come there.

    $ softmax train blobs:n=300,std=1000 -o r.safetensors --l2 1 --tolerance 1e-12 > out; grep training out
    ! …
    ! softmax: stopped after … steps: rounding errors hide further progress, with the gradient at …e-… of its first size, not yet at the tolerance 1e-12
    training    lbfgs, … steps in … s, stopped: rounding hides further progress (…)
    $ for how in lbfgs 'lbfgs --l1 1e-3' newton-cg; do
    >     softmax train blobs:n=300,std=1000 -o r.safetensors --solver $how --tolerance 1e-12 --quiet --json 2> err
    > done | python3 -c '
    > import json, sys
    > for line in sys.stdin:
    >     r = json.loads(line)
    >     print(r["solver"], r["converged"], r["stalled"], r["steps"] < 300, r["relative_gradient_norm"] < 1e-4)'
    lbfgs False True True True
    lbfgs False True True True
    newton-cg False True True True

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

Fewer rows than features leave much undetermined; without a penalty the solvers still come to an end.

    $ for solver in lbfgs newton-cg; do
    >     softmax train digits:n=300 -o u.safetensors --quiet --l2 0 --solver $solver --json | python3 -c '
    > import json, sys
    > r = json.load(sys.stdin)
    > print(r["solver"], r["converged"], r["separated"], r["train"]["accuracy"])'
    > done
    lbfgs True True 1.0
    newton-cg True True 1.0

A name of a file that would colour the terminal is shown without that.

    $ softmax train digits:n=50 --epochs 2 -q -o $'a\e[31mb' | tail -n 1; ls | grep -c -F $'a\e[31mb'
    saved to    a?[31mb
    1

Shuffling is what minibatches do unless they are told not to; of both the last counts.

    $ softmax train digits:n=200 --solver sgd --epochs 2 -q -o s.safetensors > out
    > softmax train digits:n=200 --solver sgd --epochs 2 -q -o t.safetensors --no-shuffle --shuffle > out
    > softmax train digits:n=200 --solver sgd --epochs 2 -q -o u.safetensors --shuffle --no-shuffle > out
    > cmp s.safetensors t.safetensors; cmp -s s.safetensors u.safetensors
    = 1
