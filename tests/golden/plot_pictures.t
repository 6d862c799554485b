@tool gnuplot
What gnuplot makes of the scripts: pictures of the right kind, whole, and of the size that is meant.

    $ for ending in png svg pdf; do softmax plot softmax 2 1 -0.5 -o z.$ending; done
    > python3 "$GOLDEN/picture.py" z.png z.svg z.pdf
    saved to    z.png
    saved to    z.svg
    saved to    z.pdf
    PNG 960 x 340
    SVG 960 x 340
    PDF 960 x 340

The other kinds, at their usual sizes.

    $ softmax train digits:n=300 -o d.safetensors --quiet > out; softmax train blobs:n=300 -o b.safetensors --quiet > out
    > echo '{"epoch": 1, "train": {"loss": 2, "accuracy": 0.5}, "validation": null}' > log
    > for ending in png svg pdf; do
    >     softmax plot images digits:n=400 -o images.$ending
    >     softmax plot predictions d.safetensors digits:n=400 -o predictions.$ending
    >     softmax plot confusion d.safetensors digits:n=400 -o confusion.$ending
    >     softmax plot weights d.safetensors -o weights.$ending
    >     softmax plot weights b.safetensors -o bars.$ending
    >     softmax plot regions b.safetensors blobs -o regions.$ending
    >     softmax plot curves log -o curves.$ending
    >     softmax plot calibration d.safetensors digits:n=400 -o calibration.$ending
    > done > out
    > for kind in images predictions confusion weights bars regions curves calibration; do
    >     python3 "$GOLDEN/picture.py" $kind.png $kind.svg $kind.pdf
    > done
    PNG 648 x 478
    SVG 648 x 478
    PDF 648 x 478
    PNG 1026 x 774
    SVG 1026 x 774
    PDF 1026 x 774
    PNG 757 x 688
    SVG 757 x 688
    PDF 758 x 688
    PNG 648 x 406
    SVG 648 x 406
    PDF 648 x 406
    PNG 798 x 328
    SVG 798 x 328
    PDF 798 x 328
    PNG 753 x 517
    SVG 753 x 517
    PDF 754 x 518
    PNG 1000 x 400
    SVG 1000 x 400
    PDF 1000 x 400
    PNG 640 x 680
    SVG 640 x 680
    PDF 640 x 680

In the terminal all of them are drawn as well.

    $ for plot in 'images digits:n=400' 'predictions d.safetensors digits:n=400' 'confusion d.safetensors digits:n=400' 'weights d.safetensors' \
    >         'weights b.safetensors' 'regions b.safetensors blobs' 'curves log' \
    >         'calibration d.safetensors digits:n=400'; do
    >     softmax plot $plot > letters; echo "$plot: $(($(wc -l < letters) > 12)) $(($(wc -L < letters) <= 80))"
    > done
    > rm *.safetensors log out letters; for kind in images predictions confusion weights bars regions curves calibration; do rm $kind.*; done
    images digits:n=400: 1 1
    predictions d.safetensors digits:n=400: 1 1
    confusion d.safetensors digits:n=400: 1 1
    weights d.safetensors: 1 1
    weights b.safetensors: 1 1
    regions b.safetensors blobs: 1 1
    curves log: 1 1
    calibration d.safetensors digits:n=400: 1 1

A script draws the same picture by itself.

    $ softmax plot softmax 2 1 -0.5 -o z.gnuplot; gnuplot -d z.gnuplot > again.png; cmp z.png again.png
    saved to    z.gnuplot

In the terminal it is made of letters, as wide as that is.

    $ COLUMNS=80 softmax plot softmax 2 1 -0.5 7.3
     class  logits, z               exponentials, exp(z)    probabilities
         1         2 +++                7.39                 0.00496
         2         1 ++                 2.72                 0.00182
         3      -0.5 -                 0.607                0.000407
         4       7.3 ++++++++++++       1480 ++++++++++++      0.993 ++++++++++++
    $ COLUMNS=100 softmax plot softmax 2 1 | wc -L
    98

Nothing of the user's settings is read, and nothing is left behind.

    $ echo 'set terminal dumb' > ~/.gnuplot; softmax plot softmax 1 2 -o y.png; python3 "$GOLDEN/picture.py" y.png
    saved to    y.png
    PNG 960 x 340
    $ softmax plot softmax 1 2 -o /dev/full
    ! softmax: '/dev/full': a picture's name ends in …
    = 2
    $ mkdir folder.png; softmax plot softmax 1 2 -o folder.png
    ! softmax: cannot write 'folder.png': Is a directory
    = 1
    $ ls -A
    .gnuplot
    again.png
    folder.png
    y.png
    z.gnuplot
    z.pdf
    z.png
    z.svg

A log without accuracies is a picture, too.

    $ echo '{"epoch": 1, "train": {"loss": 2, "accuracy": null}, "validation": null}' > bare; softmax plot curves bare -o bare.png
    > python3 "$GOLDEN/picture.py" bare.png
    saved to    bare.png
    PNG 560 x 400
    ! softmax: no epoch has an accuracy; the loss is drawn alone

Who started the program may ignore that children end.

    $ python3 -c 'import os, signal, sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); os.execvp(sys.argv[1], sys.argv[1:])' softmax plot softmax 1 2 -o ignored.png
    saved to    ignored.png
