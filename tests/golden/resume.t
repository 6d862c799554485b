Training leaves a checkpoint, and goes on from it to the same model.

    $ softmax train digits:train,n=300 --solver adam -q -o whole | grep -v saved
    model       …
    training    adam, 60 steps in …
    train       …
    $ softmax train digits:train,n=300 --solver adam --steps 25 --checkpoint part -q -o m | grep training
    training    adam, 25 steps in …
    $ softmax train digits:train,n=300 --solver adam --resume part -q -o m | grep training
    training    adam, 60 steps in …
    $ cmp m whole

Where rounding errors hide any progress, it ends after as many steps as without interruption.

    $ noise='blobs:n=300,std=1000 --tolerance 1e-12 -q -o'
    > softmax train $noise whole 2> err | grep -o 'lbfgs, [0-9]* steps' > steps
    > softmax train $noise m --steps 40 --checkpoint part > out 2> err
    > softmax train $noise m --resume part 2> err | grep -o 'lbfgs, [0-9]* steps' | cmp - steps && cmp m whole

Ctrl-C leaves one too.

    $ softmax train digits:train,n=300 --solver adam --epochs 1000000 --checkpoint part --log-every 1 -o m > out 2> err &
    > until grep -qs 'step 3 ' err; do sleep 0.05; done
    > kill -INT $!; wait $!; echo "exit $?"
    > tail -n 1 err
    exit 0
    softmax: interrupted after step …; training goes on with --resume part
    $ softmax train digits:train,n=300 --solver adam --epochs 1000000 --resume part --log-every 1 -o m > out 2> more &
    > until grep -qs 'step' more; do sleep 0.05; done
    > kill -INT $!; wait $!
    > grep -c 'epoch 1 ' more
    0
    = 1

It goes on with the same data and options alone.

    $ softmax train digits:train,n=300 --solver adam --steps 25 --checkpoint part -q -o m > out
    $ softmax train digits:train,n=300 --solver adam --batch-size 128 --resume part -q -o m
    ! softmax: part: the checkpoint has --batch-size 100, the options say 128
    = 1
    $ softmax train digits:train,n=301 --solver adam --resume part -q -o m
    ! softmax: part: the checkpoint has rows 300, the data have 301
    = 1
    $ softmax train digits:train,n=300,seed=9 --solver adam --resume part -q -o m
    ! softmax: part: the checkpoint has other content than the data
    = 1
    $ softmax train digits:train,n=300 --solver adam --init glorot --resume part -q -o m
    ! softmax: part: the checkpoint has other first parameters than the model
    = 1
    $ softmax train digits:train,n=300 --solver adam --steps 20 --resume part -q -o m
    ! softmax: part: the checkpoint is of step 25, the options allow 20
    = 1

What is no checkpoint, or is damaged:

    $ softmax train digits:train,n=300 --solver adam --resume nowhere -q -o m
    ! softmax: cannot open 'nowhere': No such file or directory
    = 1
    $ softmax train digits:train,n=300 --solver adam --resume whole -q -o m
    ! softmax: whole: not a checkpoint of softmax: its metadata has no 'softmax.checkpoint'
    = 1
    $ head -c 5000 part > half; softmax train digits:train,n=300 --solver adam --resume half -q -o m
    ! softmax: half: tensor 'parameters': data_offsets lie outside the file
    = 1
    $ head -c -1 part > worn; printf x >> worn; softmax train digits:train,n=300 --solver adam --resume worn -q -o m
    ! softmax: worn: the checkpoint is damaged: its sum is not the stated
    = 1

The other way round, it is no model:

    $ softmax inspect part
    ! softmax: part: a checkpoint of training, not a model; training goes on from it with --resume
    = 1

What is a list on one side alone is said to be given:

    $ softmax train blobs:n=50 --solver adam --steps 2 --checkpoint plain -q -o m > out
    $ softmax train blobs:n=50 --solver adam --steps 2 --class-weight balanced --resume plain -q -o m
    ! softmax: plain: the checkpoint has --class-weight none, the options say given
    = 1

    $ softmax train blobs:n=50 --solver adam --steps 2 --class-weight balanced --checkpoint heavy -q -o m > out
    $ softmax train blobs:n=50 --solver adam --steps 2 --class-weight 0=2 --resume heavy -q -o m
    ! softmax: heavy: the checkpoint has other --class-weight than the options
    = 1

So is what makes a network another one.

    $ softmax train blobs:n=50 --hidden 4 --dropout 0.1 --steps 2 --checkpoint net -q -o m > out
    $ softmax train blobs:n=50 --hidden 4 --dropout 0.3 --steps 2 --resume net -q -o m
    ! softmax: net: the checkpoint has dense_0 2 × 4, relu, dropout 0.1, the model has 2 × 4, relu, dropout 0.3
    = 1

Options that say too little:

    $ softmax train digits --checkpoint-every 5 -o m
    ! softmax: --checkpoint-every needs --checkpoint
    = 2
    $ softmax train digits --checkpoint part --checkpoint-every 5m -o m
    ! softmax: --checkpoint-every=5m: it must be a number of steps such as 1000, or of seconds such as 30s
    = 2
    $ softmax train digits --checkpoint part --checkpoint-every 0 -o m
    ! softmax: --checkpoint-every=0: it must be a number of steps such as 1000, or of seconds such as 30s
    = 2
    $ softmax train digits --checkpoint no/where -o m
    ! softmax: cannot write 'no/where': No such file or directory
    = 1
