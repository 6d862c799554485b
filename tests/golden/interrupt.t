Ctrl-C stops training after the current step, and the model is written.

    $ softmax train digits:n=2000 -o m.safetensors --tolerance 0 --epochs 1000000 --log-every 1 > out 2> err &
    > until grep -qs 'step 3 ' err; do sleep 0.05; done
    > kill -INT $!; wait $!; echo "exit $?"
    > tail -n 1 err
    > grep -c . out
    > softmax evaluate m.safetensors digits | grep accuracy
    exit 0
    softmax: interrupted after step …
    5
    accuracy    0.…
