Wrong usage ends with 2, one clear line, and nothing written.

    $ softmax train
    ! softmax train: an argument is missing; it is called as: softmax train DATA -o MODEL
    = 2
    $ softmax train digits
    ! softmax: where does the model go? softmax train digits -o MODEL
    = 2
    $ softmax train digits more -o m
    ! softmax train: there is one argument too many: 'more'; it is called as: softmax train DATA -o MODEL
    = 2
    $ softmax train digits -o m --fast
    ! softmax train: there is no option '--fast'; did you mean '--test'?
    = 2
    $ softmax train digits -o
    ! softmax train: -o needs a value: -o MODEL
    = 2
    $ softmax train digits -o m --solver adma
    ! softmax train: --solver=adma: it must be one of auto, lbfgs, newton-cg, gd, sgd, adam, adamw, adagrad, ftrl
    = 2
    $ softmax train digits $'ex\e[31mtra' -o m
    ! softmax train: there is one argument too many: 'ex?[31mtra'; it is called as: softmax train DATA -o MODEL
    = 2
    $ softmax train digits -o m --solver $'\e[31mbad'
    ! softmax train: --solver=?[31mbad: it must be one of auto, lbfgs, newton-cg, gd, sgd, adam, adamw, adagrad, ftrl
    = 2
    $ softmax train digits -o m --learning-rate -0.1
    ! softmax train: --learning-rate=-0.1: it must be a number above 0
    = 2
    $ softmax train digits -o m --learning-rate 0
    ! softmax train: --learning-rate=0: it must be a number above 0
    = 2
    $ softmax train digits -o m --learning-rate nan
    ! softmax train: --learning-rate=nan: it must be a number above 0
    = 2
    $ softmax train digits -o m --learning-rate 1e999
    ! softmax train: --learning-rate=1e999: it must be a number above 0
    = 2
    $ softmax train digits -o m --l2 nan
    ! softmax train: --l2=nan: it must be a number, 0 or more
    = 2
    $ softmax train digits -o m --l2 -1e-4
    ! softmax train: --l2=-1e-4: it must be a number, 0 or more
    = 2
    $ softmax train digits -o m --l1 -1e-4
    ! softmax train: --l1=-1e-4: it must be a number, 0 or more
    = 2
    $ softmax train digits -o m --solver newton-cg --l1 1e-3
    ! softmax: newton-cg needs a smooth objective, and l1 is 0.001; lbfgs, gd, sgd, adam, adamw, adagrad and ftrl can have l1
    = 2
    $ softmax train digits -o m --schedule cosine
    ! softmax: --schedule is for gd, sgd, adam, adamw, adagrad and ftrl; the solver is auto
    = 2
    $ softmax train digits -o m --schedule linear
    ! softmax train: --schedule=linear: it must be one of constant, step, cosine, inverse-time
    = 2
    $ softmax train digits -o m --solver sgd --schedule step --decay-rate 2
    ! softmax: decay_rate is 2; it must be 0 … 1
    = 2
    $ softmax train digits -o m --decay-steps 0
    ! softmax train: --decay-steps=0: it must be a whole number, 1 or more
    = 2
    $ softmax train digits -o m --patience 5
    ! softmax: --patience needs --validation
    = 2
    $ softmax train digits -o m --patience 0 --validation 100
    ! softmax train: --patience=0: it must be a whole number, 1 or more
    = 2
    $ softmax train moons -o m --class-weight evenly
    ! softmax: --class-weight=evenly: it must be balanced, or NAME=W,NAME=W..., with a backslash before each comma of a name
    = 2
    $ softmax train moons -o m --class-weight 0=1,2=3
    ! softmax: --class-weight=0=1,2=3: there is no class '2' among the 2
    = 2
    $ softmax train moons -o m --class-weight 0=1,1=-3
    ! softmax: --class-weight=0=1,1=-3: the weight of class '1' must be a number above 0
    = 2
    $ softmax train moons -o m --class-weight 0=0
    ! softmax: --class-weight=0=0: the weight of class '0' must be a number above 0
    = 2
    $ softmax train moons -o m --class-weight 0=1,
    ! softmax: --class-weight=0=1,: it must be balanced, or NAME=W,NAME=W..., with a backslash before each comma of a name
    = 2
    $ softmax train moons -o m --class-weight 0=1,0=2
    ! softmax: --class-weight=0=1,0=2: class '0' has two weights
    = 2
    $ softmax train digits -o m --from n --init uniform
    ! softmax: --from and --init both say which weights come first
    = 2
    $ softmax train digits -o m --beta1 1 --solver adam
    ! softmax train: --beta1=1: it must be a number from 0 to 0.999999
    = 2
    $ softmax train digits -o m --epsilon 0 --solver adam
    ! softmax train: --epsilon=0: it must be a number above 0
    = 2
    $ softmax train digits -o m --momentum 1
    ! softmax train: --momentum=1: it must be a number from 0 to 0.999999
    = 2
    $ softmax train digits -o m --batch-size 0
    ! softmax train: --batch-size=0: it must be a whole number, 1 or more
    = 2
    $ softmax train digits -o m --batch-size 1.5
    ! softmax train: --batch-size=1.5: it must be a whole number, 1 or more
    = 2
    $ softmax train digits -o m --epochs 99999999999999999999
    ! softmax train: --epochs=99999999999999999999: it must be a whole number, 0 or more
    = 2
    $ softmax train digits -o m --threads 0
    ! softmax train: --threads=0: it must be a whole number from 1 to 256
    = 2
    $ softmax train digits -o m --threads 10000
    ! softmax train: --threads=10000: it must be a whole number from 1 to 256
    = 2
    $ softmax train digits -o m --seed -1
    ! softmax train: --seed=-1: it must be a whole number, 0 or more
    = 2
    $ softmax train digits -o m --validation 10000
    ! softmax: --validation=10000: cannot hold out 10,000 of 10,000 rows: possible are 1 … 9,999
    = 2
    $ softmax train digits -o m --validation 1.0
    ! softmax: --validation=1.0: it must be a number of rows, or a share such as 0.1
    = 2
    $ softmax train digits -o m --stratify
    ! softmax: --stratify needs --validation
    = 2
    $ softmax evaluate m
    ! softmax evaluate: an argument is missing; it is called as: softmax evaluate MODEL DATA
    = 2
    $ softmax data fetch mnits
    ! softmax: there is no data set 'mnits' to fetch; there are mnist, fashion-mnist
    = 2
    $ softmax data make digits
    ! softmax: where do the files go? softmax data make digits -o FOLDER
    = 2

Options are spelt in full: what begins as one is not taken for it, but the one that may be meant is
named. What the messages show of names cannot move a cursor.

    $ softmax plot images digits -o out.png --label train-labels-idx1-ubyte
    ! softmax plot images: there is no option '--label'; did you mean '--labels'?
    = 2
    $ softmax predict m digits --prob
    ! softmax predict: there is no option '--prob'; did you mean '--probabilities'?
    = 2
    $ softmax train digits -o m --learnign-rate=0.1
    ! softmax train: there is no option '--learnign-rate'; did you mean '--learning-rate'?
    = 2
    $ softmax train digits -o m --lr 0.1
    ! softmax train: there is no option '--lr'; did you mean '--learning-rate'?
    = 2
    $ softmax train --hel
    ! softmax train: there is no option '--hel'; did you mean '--help'?
    = 2
    $ softmax train digits -o m --$'\e[31m'bad-one
    ! softmax train: there is no option '--?[31mbad-one'; 'softmax train --help' lists them
    = 2
    $ softmax train digits -qZo m
    ! softmax train: there is no option '-Z'; 'softmax train --help' lists them
    = 2
    $ softmax train digits -q$'\e'
    ! softmax train: there is no option '-?'; 'softmax train --help' lists them
    = 2
    $ softmax train digits -o m --labels
    ! softmax train: --labels needs a value: --labels FILE
    = 2
    $ softmax train digits -qo
    ! softmax train: -o needs a value: -o MODEL
    = 2
    $ softmax train digits -o m --quiet=$'\e[31m'
    ! softmax train: --quiet=?[31m: the option takes no value
    = 2

What follows -- is no option.

    $ softmax predict -- --model --data
    ! softmax: cannot open '--model': No such file or directory
    = 1

Settings of generators, and names that mean nothing, are found out when the data is opened.

    $ softmax train digits:n=0 -o m
    ! softmax: digits: n=0: it must be a whole number from 1 to 1000000000
    = 1
    $ softmax train blobs:sdt=2 -o m
    ! softmax: blobs: unknown setting 'sdt'; it takes train, test, n=…, seed=…, classes=…, std=…
    = 1
    $ softmax train blobs:std=-1 -o m
    ! softmax: blobs: std=-1: it must be a number from 0 to 1e6
    = 1
    $ softmax train digist -o m
    ! softmax: 'digist' is neither a file or folder, nor a named set (mnist, fashion-mnist), nor a generator (digits, blobs, circles, moons, spirals)
    = 1
    $ SOFTMAX_ISA=avx1024 softmax train digits -o m
    ! softmax: SOFTMAX_ISA=avx1024: this machine has reference…
    = 1
    $ ls -A
    $ softmax train blobs -o blobs.safetensors --quiet > out; SOFTMAX_ISA=avx1024 softmax evaluate blobs.safetensors blobs
    ! softmax: SOFTMAX_ISA=avx1024: this machine has reference…
    = 1

Options that the solver does not have are not passed over in silence.

    $ for options in '--learning-rate 1' '--solver newton-cg --history-size 5' '--solver gd --batch-size 10' '--solver lbfgs --no-shuffle' '--solver adam --momentum 0.5' '--solver ftrl --nesterov' '--solver sgd --beta1 0.5' '--solver sgd --beta2 0.5' '--solver ftrl --epsilon 1e-3' '--solver adam --weight-decay 0.1' '--solver adam --initial-accumulator 1' '--solver sgd --decay-rate 0.5' '--solver sgd --decay-steps 5'; do
    >     softmax train digits -o m $options; test $? = 2 || echo "$options"
    > done
    ! softmax: --learning-rate is for gd, sgd, adam, adamw, adagrad and ftrl; the solver is auto
    ! softmax: --history-size is for lbfgs; the solver is newton-cg
    ! softmax: --batch-size is for sgd, adam, adamw, adagrad and ftrl; the solver is gd
    ! softmax: --no-shuffle is for sgd, adam, adamw, adagrad and ftrl; the solver is lbfgs
    ! softmax: --momentum is for sgd; the solver is adam
    ! softmax: --nesterov is for sgd; the solver is ftrl
    ! softmax: --beta1 is for adam and adamw; the solver is sgd
    ! softmax: --beta2 is for adam and adamw; the solver is sgd
    ! softmax: --epsilon is for adam and adamw; the solver is ftrl
    ! softmax: --weight-decay is for adamw; the solver is adam
    ! softmax: --initial-accumulator is for adagrad and ftrl; the solver is adam
    ! softmax: --decay-rate needs --schedule step, cosine or inverse-time
    ! softmax: --decay-steps needs --schedule step, cosine or inverse-time
