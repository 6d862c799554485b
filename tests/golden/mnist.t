The figures that MNIST must give, those of the tutorials among them.
@needs SOFTMAX_DATA

    $ cat > show.py <<'END'
    > import json, sys
    > r = json.load(sys.stdin)
    > for claim in sys.argv[1:]:
    >     print(claim, "holds" if eval(claim, r) else f"does not hold: {json.dumps(r)}")
    > END
    > echo 'softmax train mnist -o m.safetensors --quiet --json "$@"' > figures
    > echo 'python3 show.py "$@"' > hold
    > chmod +x figures hold

Defaults. scikit-learn 1.2.1 comes to an objective of 0.259248 and 0.9263 at this penalty.

    $ ./figures | ./hold converged 'test["accuracy"] >= 0.925' '0.2592 < objective < 0.2593' 'test["rows"] == 10000'
    converged holds
    test["accuracy"] >= 0.925 holds
    0.2592 < objective < 0.2593 holds
    test["rows"] == 10000 holds

Five seeds of stochastic gradient descent, 1,000 batches of 100: 90 % is published.

    $ for seed in 1 2 3 4 5; do
    >     ./figures --solver sgd --learning-rate 0.05 --batch-size 100 --steps 1000 --init zeros --validation 5000 --seed $seed |
    >         ./hold '0.895 <= test["accuracy"] <= 0.907' 'train["rows"] == 55000'
    > done | sort | uniq -c | sed 's/^ *//'
    5 0.895 <= test["accuracy"] <= 0.907 holds
    5 train["rows"] == 55000 holds

15 epochs of batches of 1,000: likewise.

    $ for seed in 1 2 3 4 5; do
    >     ./figures --solver sgd --learning-rate 0.05 --batch-size 1000 --epochs 15 --init zeros --validation 5000 --seed $seed |
    >         ./hold '0.893 <= test["accuracy"] <= 0.904'
    > done | sort | uniq -c | sed 's/^ *//'
    5 0.893 <= test["accuracy"] <= 0.904 holds

1,000 epochs of gradient descent from uniform weights: 0.417 after 100 and 0.2925 after 900 epochs are
published, by a program whose bias does not learn; with the right gradient it is 0.407 and 0.2862.

    $ ./figures --solver gd --learning-rate 0.9 --epochs 100 --init uniform | ./hold '0.401 <= train["loss"] <= 0.413'
    0.401 <= train["loss"] <= 0.413 holds
    $ ./figures --solver gd --learning-rate 0.9 --epochs 900 --init uniform | ./hold '0.2842 <= train["loss"] <= 0.2882'
    0.2842 <= train["loss"] <= 0.2882 holds
    $ ./figures --solver gd --learning-rate 0.9 --epochs 1000 --init uniform | ./hold '0.9175 <= train["accuracy"] <= 0.9235' 'test["accuracy"] >= 0.917'
    0.9175 <= train["accuracy"] <= 0.9235 holds
    test["accuracy"] >= 0.917 holds

130 batches of 100 in file order by FTRL-proximal: 0.894 is published, another implementation comes to
0.896 … 0.900.

    $ ./figures --solver ftrl --learning-rate 0.2 --initial-accumulator 0.1 --l2 0 --no-shuffle --steps 130 | ./hold '0.894 <= test["accuracy"] <= 0.902'
    0.894 <= test["accuracy"] <= 0.902 holds

The same bytes from one thread and from two.

    $ for threads in 1 2; do ./figures --threads $threads --steps 40 > out; sha256sum < m.safetensors; done | uniq | wc -l
    1
