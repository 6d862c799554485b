A learning rate that is far too large: training stops where the loss is no longer a number.

    $ softmax train digits:n=1000 -o m.safetensors --solver sgd --learning-rate 1e6 --quiet
    ! softmax: the loss is no longer a finite number after step …; a smaller learning rate usually helps; nothing is saved
    = 1
    $ softmax train digits:n=1000 -o m.safetensors --solver gd --learning-rate 1e6 --quiet --l2 1
    ! softmax: the loss is no longer a finite number after step …; a smaller learning rate usually helps; nothing is saved
    = 1
    $ ls -A
    $ softmax train digits:n=1000 -o m.safetensors --solver sgd --learning-rate 1e6 --quiet 2>&1 | grep -Ec 'after step [1-9][0-9]*;'
    1

The last finite weights are kept when that is asked for, and a model that was there before stays.

    $ echo precious > m.safetensors
    > softmax train digits:n=1000 -o m.safetensors --solver sgd --learning-rate 1e6 --quiet || cat m.safetensors
    precious
    ! softmax: …; nothing is saved
    $ softmax train digits:n=1000 -o m.safetensors --solver sgd --learning-rate 1e6 --quiet --keep-last-finite > out
    > softmax inspect m.safetensors | grep -c 'largest [0-9.]*e+[0-9]*,'
    1
    ! softmax: …; the last finite weights are saved
