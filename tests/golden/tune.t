The penalty is chosen by cross-validation: what each comes to, and the best.

    $ softmax tune blobs:std=2 --quiet
    l2           loss                  accuracy      steps    seconds
    1            0.67… ± 0.00…         0.82…         …       0.…
    0.1          0.46… ± 0.00…         0.83…         …       0.…
    0.01         0.43… ± 0.01…         0.83…         …       0.…
    0.001        0.43… ± 0.01…         0.83…         …       0.…  best
    0.0001       0.43… ± 0.01…         0.83…         …       0.…
    1e-05        0.43… ± 0.01…         0.83…         …       0.…
    1e-06        0.43… ± 0.01…         0.83…         …       0.…
    
    loss        mean and standard error over 5 folds of 2,000 rows
    best        the least loss

Progress is a line for each penalty.

    $ softmax tune blobs:n=200 --l2 1e-4,1e-2 --folds 3 > out
    ! l2 0.01  loss 0.…  accuracy …  steps …  … s
    ! l2 0.0001  loss 0.…  accuracy …  steps …  … s

--json has all of it, and each fold.

    $ softmax tune blobs:n=203 --l2 1e-3:1e-1:3 --folds 4 --json --quiet > r
    > python3 -c '
    > import json, math
    > r = json.load(open("r"))
    > print(" ".join(r))
    > print(" ".join(r["path"][0]))
    > print([t["l2"] for t in r["path"]], [f["rows"] for f in r["path"][0]["folds"]])
    > print(r["rows"], r["folds"], r["stratify"], r["one_standard_error"], r["interrupted"], r["train"], r["test"], r["model"])
    > for t in r["path"]:
    >     losses = [f["loss"] for f in t["folds"]]
    >     mean = sum(losses) / 4
    >     error = math.sqrt(sum((l - mean) ** 2 for l in losses) / 3 / 4)
    >     print(abs(mean - t["loss"]) < 1e-8, abs(error - t["loss_standard_error"]) < 1e-8, t["converged"])
    > best = min(r["path"], key=lambda t: t["loss"])
    > print(all(r["best"][k] == best[k] for k in ("l1", "l2", "loss", "accuracy")))'
    rows folds stratify one_standard_error path best interrupted train test model isa threads
    l1 l2 loss loss_standard_error accuracy steps seconds converged folds
    [0.1, 0.01, 0.001] [51, 51, 51, 50]
    203 4 True False False None None None
    True True True
    True True True
    True True True
    True

With -o the model is the one that training with the best penalty gives.

    $ softmax tune digits:n=300 --l2 1e-4:1e-1:4 --folds 3 -o tuned.safetensors --json --quiet > r
    > best=$(python3 -c 'import json; r = json.load(open("r")); print(r["best"]["l2"], r["train"]["rows"], r["train"]["converged"])')
    > echo "$best"
    > softmax train digits:n=300 --l2 ${best%% *} -o trained.safetensors --json --quiet > t
    > python3 -c 'import json; print(json.load(open("r"))["test"] == json.load(open("t"))["test"])'
    > cmp tuned.safetensors trained.safetensors
    0.001 300 True
    True
    $ softmax tune digits:n=300 --l2 1e-2 --folds 2 -o tuned.safetensors --quiet
    l2           loss                  accuracy      steps    seconds
    0.01         …  best
    
    loss        mean and standard error over 2 folds of 300 rows
    best        the least loss
    training    lbfgs, … steps in … s, converged
    train       loss 0.…   accuracy …   (300 rows)
    test        loss 0.…   accuracy …   (… rows)
    saved to    tuned.safetensors

Penalties may be listed in any order; those of L1 too, beside one of L2.

    $ softmax tune blobs:n=300 --l2 0,1e-2,1e-3 --json --quiet | python3 -c '
    > import json, sys
    > print([(t["l1"], t["l2"]) for t in json.load(sys.stdin)["path"]])'
    [(0.0, 0.01), (0.0, 0.001), (0.0, 0.0)]
    $ for l2 in '' '--l2 0'; do softmax tune blobs:n=300 --l1 1e-3:1e-1:3 $l2 --json --quiet | python3 -c '
    > import json, sys
    > print([(t["l1"], t["l2"]) for t in json.load(sys.stdin)["path"]])'; done
    [(0.1, 0.0001), (0.01, 0.0001), (0.001, 0.0001)]
    [(0.1, 0.0), (0.01, 0.0), (0.001, 0.0)]
    $ softmax tune blobs:n=300 --l1 1e-3 --l2 1e-1,1e-2 --quiet | head -n 3
    l1           l2           loss                  accuracy      steps    seconds
    0.001        0.1          …
    0.001        0.01         …

By the rule of one standard error the penalty is at least as large.

    $ for rule in '' --one-standard-error; do
    >     softmax tune digits:n=300 --l2 1e-3:1:4 $rule --json --quiet | python3 -c '
    > import json, sys
    > r = json.load(sys.stdin)
    > least = min(r["path"], key=lambda t: t["loss"])
    > within = [t for t in r["path"] if t["loss"] <= least["loss"] + least["loss_standard_error"]]
    > print(r["best"]["l2"] == (within[0] if r["one_standard_error"] else least)["l2"], len(within) > 1)'
    > done
    True True
    True True

The seed chooses the folds; threads change nothing.

    $ for options in '--threads 1' '--threads 2' '--threads 5' '--seed 1' --no-stratify --standardize '--class-weight 0=3'; do
    >     softmax tune digits:n=150 --l2 1,1e-1 --folds 3 --json --quiet $options | sed 's/"\(seconds\|threads\)": [^,}]*//g' | sha256sum
    > done | uniq | wc -l
    5

What cannot be is said in one line.

    $ softmax tune
    ! softmax tune: an argument is missing; it is called as: softmax tune DATA
    = 2
    $ for path in '' 1e-3: 1e-3:1 1e-3:1:1 0:1:3 1e-3:1:101 1e-3:1:3:4 -1 1e-3,,1 x 1e-3,nan 1:1:2.5; do
    >     softmax tune moons --l2 "$path" 2>&1; test $? = 2 || echo "$path: not 2"
    > done | sed 's/=.*: it must/=…: it must/' | uniq
    softmax: --l2=…: it must be FROM:TO:COUNT, above 0 and 2 to 100 of them, or up to 100 numbers, 0 or more, with commas between them
    $ softmax tune moons --l1 1e-3,1e-2 --l2 1,2
    ! softmax: --l1 and --l2 both have several penalties; one of them must be a single number
    = 2
    $ softmax tune moons --folds 1
    ! softmax tune: --folds=1: it must be a whole number from 2 to 1000
    = 2
    $ softmax tune moons:n=4 --folds 5
    ! softmax: --folds=5: the data has 4 rows
    = 2
    $ softmax tune moons --class-weight 7=1
    ! softmax: --class-weight=7=1: there is no class '7' among the 2
    = 2
    $ softmax tune moons -o nowhere/m
    ! softmax: …nowhere/m…
    = 1
    $ softmax tune digits:n=100 --l2 1e-9 --epochs 2 > out
    ! l2 1e-09  loss …
    ! softmax: with 1 of 1 penalties training stopped before the tolerance 0.0001; --epochs or a larger --tolerance help

Ctrl-C shows what is complete, and writes no model.

    $ softmax tune digits:n=2000 --l2 1e1,1e-9 --tolerance 1e-6 --threads 1 -o i.safetensors > out 2> err &
    > until grep -qs '^l2 10 ' err; do sleep 0.05; done
    > kill -INT $!; wait $!; echo "exit $?"
    > tail -n 1 err; grep -c '^10 .*best' out; grep -c '^1e-09' out; ls i.safetensors
    exit 1
    softmax: interrupted: 1 of 2 penalties are complete; no model is written
    1
    0
    ! ls: cannot access 'i.safetensors': No such file or directory
    = 2
