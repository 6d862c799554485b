On a terminal, progress is a bar with the loss and the time that is left: one line, drawn again and
again, and cleared at the end.

    $ echo 'TERM=xterm python3 "$GOLDEN/terminal.py" "$@" digits:n=1000 -o m.safetensors' > at; chmod +x at
    > ./at 100 softmax train --solver sgd --steps 50 | sed -n '1p;$p'
    {K}epoch 1 step 1  {36m}{90m}━━━━━━━━━━━━━━━━━━━━━━━━{0m}  loss 2.3026  accuracy 0.…  … left
    {K}
    $ NO_COLOR=1 ./at 100 softmax train --solver lbfgs --tolerance 0.1 | sed -n '1p;$p'
    {K}step 1                            loss 2.3026  accuracy 0.…  … left
    {K}
    $ LC_ALL=C ./at 100 softmax train --tolerance 0.1 | sed -n 1p
    {K}step 1  {36m}{90m}------------------------{0m}  loss 2.3026  accuracy 0.…  … left

A line too narrow for the bar has the loss alone.

    $ ./at 60 softmax train --tolerance 0.1 | sed -n 1p
    {K}step 1  loss 2.3026

Lines where they are asked for, or the terminal cannot do better; nothing where that is asked for.

    $ ./at 100 softmax train --solver sgd --steps 20 --log-every 10
    epoch 1 step 1  loss 2.302585  accuracy 0.…  … s
    epoch 1 step 10  loss …  accuracy 0.…  … s
    epoch 2 step 20  loss …  accuracy 0.…  … s
    $ sed -i s/TERM=xterm/TERM=dumb/ at; ./at 100 softmax train --solver sgd --steps 2
    epoch 1 step 1  loss 2.302585  accuracy 0.…  … s
    epoch 1 step 2  loss …  accuracy 0.…  … s
    $ sed -i s/TERM=dumb/TERM=xterm/ at; ./at 100 softmax train --quiet --tolerance 0.1 | tr -d '\n'

Ctrl-C, typed, stops training; the model is written.

    $ rm m.safetensors
    > ./at 100 --type-interrupt-at 'step 1 ' softmax train --solver gd --tolerance 0 --epochs 1000000000 | tail -n 1
    > softmax inspect m.safetensors | grep -o 'gd, l2 0.0001'
    {K}softmax: interrupted after step …
    gd, l2 0.0001

What turns the direction of writing, or is not seen at all, is shown as what it is: names of classes and of
files leave the text around them alone.

    $ printf 'a,b,kind\n' > t.csv; for i in 1 2 3; do printf '%d,2,x\u202egnp\n%d,3,\u2066y\u200f\u061c\n' $i $i; done >> t.csv
    > softmax train t.csv --label kind -q -o t > out; softmax evaluate t t.csv | sed -n '5,7p'
    class                       precision   recall       f1       rows
    x\u{202e}gnp                   …          3
    \u{2066}y\u{200f}\u{061c}      …          3
    $ softmax inspect $'no\u202ene'
    ! softmax: 'no\u{202e}ne' is neither a file …
    = 1
