train --live draws loss and accuracy as epochs pass. On a terminal it draws them with characters, in
the place of what it drew before.

    $ printf 'TERM=xterm DISPLAY= WAYLAND_DISPLAY= python3 "$GOLDEN/terminal.py" "$@" digits:train,n=300 --solver sgd --validation 60 --live -o m.safetensors\n' > at
    > chmod +x at; NO_COLOR=1 ./at 90 softmax train --epochs 5 > shown; sed -n 1p shown
    > tail -n 16 shown | sed '2,15s/[ox ]//g; 2,15{/^$/d}'; grep -c 'epoch 5$' shown
    {K}epoch 1 step 1 …
    {J}loss  o train …  x validation …    accuracy  o …  x …
    …0.…
    …0.…
             1                          epoch 5            1                          epoch 5
    1

Colours, and dots that are finer, where there are such; 16 lines up and again.

    $ ./at 90 softmax train --epochs 200 > shown; tail -n 16 shown | head -n 1
    > grep -c '^{16A}$' shown | awk '{ print ($1 >= 1) }'; grep -o '⣀\|⠉' shown | sort -u | wc -l
    {J}loss  {38;5;32m}━{0m} train 0.…  {38;5;166m}━{0m} validation 0.…    accuracy  {38;5;32m}━{0m} …  {38;5;166m}━{0m} …
    1
    2
    $ LC_ALL=C ./at 90 softmax train --epochs 5 | tail -n 16 | head -n 1
    {J}loss  {38;5;32m}o{0m} train …  {38;5;166m}x{0m} validation …    accuracy  {38;5;32m}o{0m} …  {38;5;166m}x{0m} …

A narrow terminal shows the loss alone, a very narrow one nothing; one that changes is cleared.

    $ NO_COLOR=1 ./at 50 softmax train --epochs 5 | tail -n 1
             1                                epoch 5
    $ NO_COLOR=1 ./at 25 softmax train --epochs 5 | grep -c 'train\|validation'
    0
    = 1
    $ NO_COLOR=1 ./at 80 --narrow-at validation softmax train --epochs 2000 > shown; grep -c '{2J}{H}$' shown; tail -n 1 shown
    1
             1                                       epoch 2000

What is said meanwhile stays: the next picture is drawn below it.

    $ NO_COLOR=1 ./at 90 softmax train --epochs 300 --log /dev/full | grep -A 2 'goes on without it$' | grep .
    {K}softmax: cannot write '/dev/full': No space left on device; training goes on without it
    {J}loss  o …

Ctrl-C, typed, stops training; the model is written. The cursor was never hidden, and colours end.

    $ rm m.safetensors; ./at 90 --type-interrupt-at 'epoch 2' softmax train --epochs 1000000000 > shown
    > tail -n 1 shown | grep -o 'softmax:.*'; grep -c '25l' shown; softmax inspect m.safetensors | grep -o 'sgd, l2 0.0001'
    softmax: interrupted after step …
    0
    sgd, l2 0.0001

--log-every is for the log then.

    $ NO_COLOR=1 ./at 90 softmax train --epochs 2 --log-every 1 --log log | grep -c '^epoch [12] step [0-9]*  loss .* s$'; grep -c '"step"' log
    0
    7

Where there is a display, and a gnuplot that has windows, it draws in one; there is the last epoch at
the end.

    $ mkdir bin; cat > bin/gnuplot <<'END'
    > #!/bin/sh
    > if [ "$2" = -persist ]; then cat > drawn; else cat > asked; echo ' dumb x11 wxt '; fi
    > END
    > chmod +x bin/gnuplot; PATH=$PWD/bin:$PATH DISPLAY=:7 softmax train digits:train,n=300 --solver sgd --epochs 4 --validation 60 --live --log-every 9 -o m.safetensors > out
    > until grep -q '^4 ' drawn; do sleep 0.02; done; grep '^set terminal' drawn; sed '/^4 /q' drawn | tail -n 4 | cut -d ' ' -f 1; cat asked
    set terminal wxt noenhanced font 'DejaVu Sans,11' size 1000,400 title 'softmax train' noraise persist
    1
    2
    3
    4
    set print '-'
    print GPVAL_TERMINALS
    ! epoch …
    ! epoch …
    $ echo 'test "$2" = -persist && exec head -c 10 > drawn; cat > asked; echo qt' > bin/gnuplot; sed -i '1i #!/bin/sh' bin/gnuplot
    > PATH=$PWD/bin:$PATH WAYLAND_DISPLAY=w softmax train digits:train,n=300 --solver sgd --epochs 1000000000 --live --log-every 1000000000 -o m.safetensors > out 2> err &
    > until grep -qs 'goes on without it$' err; do sleep 0.02; done; kill -INT $!; wait $!; cat err
    epoch 1 step 1  …
    softmax: --live: the window is gone; training goes on without it
    softmax: interrupted after step …

Where there is neither, that is said, and training goes on.

    $ DISPLAY= WAYLAND_DISPLAY= softmax train digits:train,n=300 --solver sgd --steps 2 --live -o m.safetensors | tail -n 1
    saved to    m.safetensors
    ! softmax: --live: there is neither a display, with a gnuplot that has windows, nor a terminal: nothing is drawn
    ! epoch 1 step 1  …
    ! epoch 1 step 2  …
    $ softmax train digits --live --quiet -o m.safetensors
    ! softmax: --live and --quiet do not go together
    = 2
