A model that learnt few rows by heart is too sure of others. A temperature, fitted to rows that it has not
seen, tells the same classes, with probabilities that are what they say.

    $ softmax train digits:train,n=300 --l2 1e-7 -q -o m > out
    > softmax evaluate m digits:train,n=2000 > before; softmax calibrate m digits:test,n=2000 -o c
                            before      after
    temperature             1.0000     4.6…
    loss                    …
    calibration error       0.1…     0.0…
    mean confidence         0.9…     0.8…
    accuracy                0.8…     0.8…   (2,000 rows)
    saved to            c

What is said after is what evaluating finds, and holds on other rows; the classes stay the same.

    $ softmax evaluate c digits:train,n=2000 > after; grep accuracy before > a; grep accuracy after > b; cmp a b
    > softmax predict m digits:test,n=2000 > a; softmax predict c digits:test,n=2000 > b; cmp a b
    > python3 -c '
    > before, after = (float(open(name).read().split()[3]) for name in ("before", "after"))
    > print(after < 0.9 * before)'
    True
    $ softmax calibrate c digits:test,n=2000 --json --bins 10 -o again | python3 -c '
    > import json, subprocess, sys
    > r = json.load(sys.stdin)
    > evaluated = json.loads(subprocess.run(["softmax", "evaluate", "c", "digits:test,n=2000", "--json"], capture_output=True).stdout)
    > print(*r)
    > print(*r["before"])
    > print(r["before"] == r["after"], r["rows"], r["model"])
    > print(r["after"]["loss"] == evaluated["loss"], r["after"]["accuracy"] == evaluated["accuracy"])
    > bins = [b for b in r["after"]["bins"] if b["rows"]]
    > print(len(r["after"]["bins"]), sum(b["rows"] for b in bins), r["after"]["bins"][0])
    > error = sum(b["rows"] * abs(b["confidence"] - b["accuracy"]) for b in bins) / r["rows"]
    > print(abs(error - r["after"]["expected_error"]) < 1e-8)'
    rows before after model
    temperature loss accuracy confidence expected_error largest_error bins
    True 2000 again
    True True
    10 2000 {'rows': 0, 'confidence': None, 'accuracy': None}
    True
    $ cmp c again

Inspecting tells of it. Without -o the model is replaced.

    $ softmax inspect c | tail -n 1; softmax inspect m | grep calibrated
    calibrated  logits are divided by …
    = 1
    $ softmax calibrate m digits:test,n=2000 | tail -n 1; cmp m c
    saved to            m

Training goes on with the weights alone, to a model that is not calibrated, and so do checkpoints.

    $ softmax train digits:train,n=300 --l2 1e-7 -q -o m > out
    > for from in m c; do softmax train digits:train,n=400 --solver sgd --steps 9 --from $from -q -o from-$from > out; done
    > cmp from-m from-c; softmax inspect from-c | grep calibrated
    = 1
    $ softmax train digits:train,n=400 --solver sgd --steps 4 --from c --checkpoint part -q -o x > out
    > softmax train digits:train,n=400 --solver sgd --steps 9 --from m --resume part -q -o x > out; cmp x from-m

The same bytes for any number of threads.

    $ for threads in 1 2 5; do softmax train digits:train,n=300 -q --threads $threads -o t > out; softmax calibrate t digits:test,n=500 > out; sha256sum < t; done | uniq | wc -l
    1

Where there is no best temperature, the model stays as it is, and so it does where it cannot be written.

    $ softmax train blobs:train,n=200,std=0.1 -q -o b 2> err > out; softmax calibrate b blobs:test,n=100,std=0.1
    ! softmax: there is no best temperature: every row is classified right, and a lower one is always a little better; more rows that the model was not trained on have some that are not
    = 1
    $ softmax train digits:n=300 --steps 0 -q -o zero > out; softmax calibrate zero digits:test,n=500
    ! softmax: there is no best temperature: the model gives all classes of a row the same probability, as before its first step, at any temperature
    = 1
    $ softmax calibrate m digits:test,n=2000 -o nowhere/m
    ! softmax: cannot write 'nowhere/m': No such file or directory
    = 1
    $ softmax calibrate m blobs
    ! softmax: the data has 2 features a row, the model takes 784
    = 1
    $ softmax calibrate m digits --bins 0
    ! softmax calibrate: …
    = 2

Where - is read, it is not written: a name is needed.

    $ softmax calibrate - digits < /dev/null
    ! softmax: where does the model go, as it is read from standard input? -o MODEL
    = 2
    $ softmax train blobs -q -o -
    ! softmax: -o: - stands for what is read; /dev/stdout is standard output
    = 2
