--tensorboard writes what TensorBoard shows: two runs, in files whose names it looks for.

    $ softmax train digits:train,n=300 --solver adam --epochs 3 --validation 50 --tensorboard runs/a --log log -q -o m > out
    > ls runs/a; ls runs/a/train runs/a/validation | grep -E '^events\.out\.tfevents\.[0-9]{10}\.[A-Za-z0-9.-]*\.[0-9]+\.0$' | wc -l
    > python3 "$GOLDEN/events.py" runs/a/train/* > train; python3 "$GOLDEN/events.py" runs/a/validation/* > validation
    > cat train; cut -d ' ' -f 1,2 validation
    train
    validation
    2
    start 1
    loss 3 …
    accuracy 3 …
    learning_rate 3 0.001
    dense_0/kernel 3 7840 values from -0.… to 0.… in 30 buckets
    dense_0/pictures 3 115 x 86
    dense_0/bias 3 10 values from -0.… to 0.… in 30 buckets
    loss 6 …
    accuracy 6 …
    learning_rate 6 0.001
    dense_0/kernel 6 7840 values from -0.… to 0.… in 30 buckets
    dense_0/pictures 6 115 x 86
    dense_0/bias 6 10 values from -0.… to 0.… in 30 buckets
    loss 9 …
    accuracy 9 …
    learning_rate 9 0.001
    dense_0/kernel 9 7840 values from -0.… to 0.… in 30 buckets
    dense_0/pictures 9 115 x 86
    dense_0/bias 9 10 values from -0.… to 0.… in 30 buckets
    start 1
    loss 3
    accuracy 3
    loss 6
    accuracy 6
    loss 9
    accuracy 9

The numbers are those of the log.

    $ python3 -c '
    > import json
    > lines = [line for line in map(json.loads, open("log")) if "epoch" in line]
    > for run in "train", "validation":
    >     told = [line.split() for line in open(run)]
    >     for name in "loss", "accuracy":
    >         values = [float(words[2]) for words in told if words[0] == name]
    >         print(all(abs(a - line[run][name]) < 1e-5 for a, line in zip(values, lines, strict=True)))'
    True
    True
    True
    True

Networks tell of each layer, pictures in colour of their first; whatever is no picture has no pictures.

    $ softmax train blobs:train,n=200 --hidden 9,8 --epochs 1 --tensorboard runs/b -q -o m > out; ls runs/b
    > python3 "$GOLDEN/events.py" runs/b/train/* | grep -v ' from '
    > python3 "$GOLDEN/events.py" runs/b/train/* | grep -c '^dense_[012]/\(kernel\|bias\)'
    train
    start 1
    loss 2 …
    accuracy 2 …
    learning_rate 2 0.001
    6
    $ softmax train digits:train,n=200 --hidden 70 --epochs 1 --tensorboard runs/c -q -o m > out
    > python3 "$GOLDEN/events.py" runs/c/train/* | grep pictures
    dense_0/pictures 2 231 x 231
    $ mkdir -p colours/red colours/blue
    > for i in 1 2 3; do
    >     python3 "$GOLDEN/png.py" colours/red/$i.png 4x5x3 $((200 + i)) 0 0
    >     python3 "$GOLDEN/png.py" colours/blue/$i.png 4x5x3 0 0 $((200 + i))
    > done
    > softmax train colours --steps 1 --tensorboard runs/d -q -o m > out
    > python3 "$GOLDEN/events.py" runs/d/train/* | grep pictures
    dense_0/pictures 1 11 x 4

Weights are told of now and then in long runs, and in the end, with all alike in one bucket.

    $ softmax train blobs:train,n=200 --solver sgd --epochs 50 --tensorboard runs/e -q -o m > out
    > python3 "$GOLDEN/events.py" runs/e/train/* | awk '/kernel/ { print $2 / 2 }' | paste -s -d ' '
    1 2 3 4 6 8 11 14 18 23 29 37 47 50
    $ softmax train blobs:train,n=200 --epochs 0 --tensorboard runs/f -q -o m > out; python3 "$GOLDEN/events.py" runs/f/train/*
    start 1
    dense_0/kernel 0 8 values from 0 to 0 in 1 buckets
    dense_0/bias 0 4 values from 0 to 0 in 1 buckets

Who goes on from a checkpoint says from where; another file is added.

    $ softmax train blobs:train,n=200 --solver sgd --steps 7 --checkpoint part --tensorboard runs/g -q -o m > out
    > softmax train blobs:train,n=200 --solver sgd --epochs 5 --resume part --tensorboard runs/g -q -o m > out
    > for file in $(ls runs/g/train/* | sort); do python3 "$GOLDEN/events.py" $file | grep 'start\|loss' | cut -d ' ' -f 1,2 | paste -s -d ' '; done
    start 1 loss 2 loss 4 loss 6
    start 8 loss 8 loss 10

What cannot be written is said before the work begins; a run that does not begin leaves no file, and no
folder that was not there.

    $ echo > file; softmax train blobs --tensorboard file -q -o m
    ! softmax: cannot make the folder 'file': File exists
    = 1
    $ softmax train nowhere --tensorboard runs/h/sgd/ -q -o m; ls runs
    a
    b
    c
    d
    e
    f
    g
    ! softmax: 'nowhere' is neither …

A disk that runs full costs the exit status, not the model.

    $ (trap '' XFSZ; ulimit -f 4; softmax train blobs:train,n=200 --solver sgd --epochs 50 --tensorboard runs/i -q -o small)
    model       …
    training    …
    train       …
    saved to    small
    ! softmax: cannot write 'runs/i/train/events.out.tfevents.…': File too large; training goes on without it
    = 1
    $ softmax inspect small | grep classes
    classes     …
