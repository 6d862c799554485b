On a terminal, progress is a bar with the loss and the time that is left: one line, drawn again and
again, and cleared at the end.

    $ echo 'TERM=xterm python3 "$GOLDEN/terminal.py" "$@" digits:n=1000 -o m.safetensors' > at; chmod +x at
    > ./at 100 softmax train --solver sgd --steps 200 | sed -n '1p;$p'
    {K}epoch 1 step 1  {36m}{90m}━━━━━━━━━━━━━━━━━━━━━━━━{0m}  loss 2.3026  accuracy 0.…  … left
    {K}
    $ NO_COLOR=1 ./at 100 softmax train --solver lbfgs --steps 200 | sed -n '1p;$p'
    {K}step 1                            loss 2.3026  accuracy 0.…  … left
    {K}
    $ LC_ALL=C ./at 100 softmax train --steps 200 | sed -n 1p
    {K}step 1  {36m}{90m}------------------------{0m}  loss 2.3026  accuracy 0.…  … left

A line too narrow for the bar has the loss alone.

    $ ./at 60 softmax train --steps 200 | sed -n 1p
    {K}step 1  loss 2.3026

Lines where they are asked for, or the terminal cannot do better; nothing where that is asked for.

    $ ./at 100 softmax train --solver sgd --steps 20 --log-every 10
    epoch 1 step 1  loss 2.302585  accuracy 0.…  … s
    epoch 1 step 10  loss …  accuracy 0.…  … s
    epoch 2 step 20  loss …  accuracy 0.…  … s
    $ sed -i s/TERM=xterm/TERM=dumb/ at; ./at 100 softmax train --solver sgd --steps 2
    epoch 1 step 1  loss 2.302585  accuracy 0.…  … s
    epoch 1 step 2  loss …  accuracy 0.…  … s
    $ sed -i s/TERM=dumb/TERM=xterm/ at; ./at 100 softmax train --quiet | tr -d '\n'

Ctrl-C, typed, stops training; the model is written.

    $ rm m.safetensors
    > ./at 100 --type-interrupt-at 'step 1 ' softmax train --solver gd --tolerance 0 --epochs 1000000000 | tail -n 1
    > softmax inspect m.safetensors | grep -o 'gd, l2 0.0001'
    {K}softmax: interrupted after step …
    gd, l2 0.0001
