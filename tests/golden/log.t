--log writes how training goes, a JSON object a line: the run, each epoch, the end.

    $ softmax train digits:train,n=300 --solver adam --epochs 2 --validation 50 --log run.jsonl -q -o m > out
    > cat run.jsonl
    {"run": {"version": "…", "command": ["softmax", "train", "--solver", "adam", "--epochs", "2", "--validation", "50", "--log", "run.jsonl", "-q", "-o", "m", "digits:train,n=300"], "data": "digits:train,n=300", "model": "m", "features": 784, "classes": 10, "parameters": 7850, "rows": 250, "validation_rows": 50, "isa": "…", "threads": …, "solver": "adam", "started": "…-…-…T…:…:…Z"}}
    {"epoch": 1, "step": 3, "seconds": …, "train": {"loss": …, "accuracy": …}, "validation": {"loss": …, "accuracy": …}, "learning_rate": 0.001…, "gradient_norm": null}
    {"epoch": 2, "step": 6, "seconds": …, "train": {"loss": …, "accuracy": …}, "validation": {"loss": …, "accuracy": …}, "learning_rate": 0.001…, "gradient_norm": null}
    {"end": {"step": 6, "seconds": …, "converged": false, "interrupted": false, "stopped_early": false, "stalled": false, "train": {"loss": …, "accuracy": …, "rows": 250}, "validation": {"loss": …, "accuracy": …, "rows": 50}, "test": null}}

A run that ends within an epoch tells of its part, and --log-every of parts on the way. Solvers on all
rows tell of the gradient, too; a schedule shows in the learning rate.

    $ cat > show <<'END'
    > import json, sys
    > for line in open(sys.argv[1]):
    >     line = json.loads(line)
    >     if "epoch" in line:
    >         print(line["epoch"], line["step"], *(line[key] for key in sys.argv[2:]))
    > END
    > softmax train digits:train,n=400 --solver sgd --steps 6 --log run.jsonl -q -o m > out; python3 show run.jsonl validation
    1 4 None
    1.5 6 None
    $ softmax train digits:train,n=400 --solver sgd --epochs 2 --log-every 3 --schedule step --decay-steps 4 --log run.jsonl -q -o m > out
    > python3 show run.jsonl learning_rate
    0.75 3 0.1
    1 4 0.1
    1.5 6 0.01
    2 8 0.01
    $ softmax train digits:train,n=400 --solver lbfgs --steps 2 --log run.jsonl -q -o m > out; python3 show run.jsonl learning_rate gradient_norm
    1 1 None 1.0
    2 2 None …

The solver is the one that auto came to. What is written over is gone.

    $ softmax train moons --log run.jsonl -q -o m > out; grep -o '"solver": "[^"]*"' run.jsonl; grep -c '"end"' run.jsonl
    "solver": "lbfgs"
    1

Who goes on from a checkpoint goes on with the log: lines of steps that are done again go, as does a
line that was not finished.

    $ softmax train digits:train,n=300 --solver adam --epochs 4 --log whole.jsonl -q -o whole > out
    > softmax train digits:train,n=300 --solver adam --epochs 2 --checkpoint part --log run.jsonl -q -o m > out
    > python3 show run.jsonl
    > softmax train digits:train,n=300 --solver adam --epochs 3 --resume part --log run.jsonl -q -o m > out
    > printf '{"epoch": 4, "ste' >> run.jsonl
    > softmax train digits:train,n=300 --solver adam --epochs 4 --resume part --log run.jsonl -q -o m > out
    > cmp m whole; cut -c 1-9 run.jsonl; python3 show whole.jsonl train > a; python3 show run.jsonl train > b; diff a b && cat b
    1 3
    2 6
    {"run": {
    {"epoch":
    {"epoch":
    {"run": {
    {"epoch":
    {"epoch":
    {"end": {
    1 3 {'loss': …, 'accuracy': …}
    2 6 {'loss': …, 'accuracy': …}
    3 9 {'loss': …, 'accuracy': …}
    4 12 {'loss': …, 'accuracy': …}

A file of something else is neither gone on with nor written over: it may be the data. Nothing is left
where the run cannot begin.

    $ echo 'my notes' > notes
    > softmax train digits:train,n=300 --solver adam --epochs 4 --resume part --log notes -q -o m
    ! softmax: --log=notes: it is there, and no log of training; the log needs a file of its own
    = 1
    $ printf 'x,label\n1,a\n2,b\n' > d.csv; softmax train d.csv --log ./d.csv -q -o m; cat notes d.csv
    my notes
    x,label
    1,a
    2,b
    ! softmax: ./d.csv: this is the data that is read; choose another name for --log
    $ softmax train nowhere --log fresh -q -o m; ls fresh
    ! softmax: 'nowhere' is neither a file or folder, …
    ! ls: cannot access 'fresh': No such file or directory
    = 2
    $ softmax train digits --log ./fresh -o fresh; ls fresh
    ! softmax: --log=./fresh: that is another of the run's files; the log needs its own
    ! ls: cannot access 'fresh': No such file or directory
    = 2
    $ softmax train digits --log m -o m
    ! softmax: --log=m: that is another of the run's files; the log needs its own
    = 2
    $ softmax train digits --log nowhere/run.jsonl -o m
    ! softmax: cannot write 'nowhere/run.jsonl': No such file or directory
    = 1

Pipes are written to. A log that cannot be written any further costs the exit status, not the model.

    $ rm m; mkfifo pipe; softmax train digits:train,n=300 --steps 3 --log pipe -q -o m > out & grep -c . pipe; wait
    5
    $ softmax train digits:train,n=300 --steps 3 --log /dev/full -q -o m
    model       …
    training    …
    train       …
    saved to    m
    ! softmax: cannot write '/dev/full': No space left on device; training goes on without it
    = 1

It is followed while it grows, and whole up to where a run was killed.

    $ softmax train digits:train,n=300 --solver adam --epochs 1000000 --log run.jsonl -q -o m > out 2>&1 &
    > until [ "$(grep -cs '"epoch"' run.jsonl)" -ge 3 ]; do sleep 0.05; done
    > { kill -KILL $!; wait $!; } 2> err; python3 show run.jsonl > shown; head -n 2 shown
    1 3
    2 6

Divergence has an end, too.

    $ softmax train digits:train,n=300 --solver gd --no-standardize --learning-rate 1e30 --epochs 9 --log run.jsonl -q -o m 2> err; tail -n 1 run.jsonl
    {"end": {"step": …, "diverged": true…}}
    $ softmax train digits:train,n=300 --solver gd --no-standardize --learning-rate 1e30 --epochs 9 --log run.jsonl --keep-last-finite -q -o m > out 2> err; tail -n 1 run.jsonl
    {"end": {"step": …, "train": {…, "diverged": true…}}

A line that does not end is no line of a log, and is not read to its end.

    $ softmax train blobs:train,n=90 --solver sgd --steps 4 --checkpoint part --log long.jsonl -q -o m > out
    > head -c 5000000 /dev/zero | tr '\0' ' ' >> long.jsonl; echo >> long.jsonl
    > softmax train blobs:train,n=90 --solver sgd --steps 9 --resume part --log long.jsonl -q -o m
    ! softmax: long.jsonl:…: not a line of a log of training, which --resume goes on with
    = 1

Who reads a pipe may leave before the end.

    $ mkfifo left; head -n 1 left | cut -c 1-7 & softmax train digits:train,n=100 --solver adam --epochs 2000 --log left -q -o piped > out; echo $?; wait; ls piped
    {"run":
    1
    piped
    ! softmax: cannot write 'left': Broken pipe; training goes on without it
