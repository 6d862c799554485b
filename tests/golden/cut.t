A mapped file that becomes shorter while it is trained on ends the run with a message, on whatever
thread that is met, and no model is there.

    $ softmax data convert digits:n=5000 x.npy --labels-to y.npy --quiet; cp x.npy whole.npy
    $ cut_short() {  # what trains has begun when the log has an epoch
    >     softmax train x.npy -o m.safetensors --tolerance 0 --epochs 1000000 --quiet --log log "$@" & run=$!
    >     until grep -q epoch log; do kill -0 $run || break; sleep 0.05; done 2> /dev/null
    >     truncate -s 5000 x.npy; wait $run; echo "status $?"
    >     cp whole.npy x.npy; rm log
    > }; declare -f cut_short > cut.sh
    $ . ./cut.sh; cut_short --solver adam --threads 1
    status 1
    ! softmax: x.npy: the file was cut while it was being read, or can no longer be read
    $ . ./cut.sh; cut_short --solver gd --threads 3 2>&1 | sort -u
    softmax: x.npy: the file was cut while it was being read, or can no longer be read
    status 1
    $ ls -A
    cut.sh
    whole.npy
    x.npy
    y.npy
