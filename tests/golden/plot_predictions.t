Pictures with their classes and those that a model gives them; wrong ones red.

    $ softmax train digits:n=500 -o m.safetensors --quiet > out
    > softmax plot predictions m.safetensors digits:test,n=300 -o p.gnuplot
    saved to    p.gnuplot
    $ grep -c '^.tile[0-9]* << EOD' p.gnuplot; grep -c "'y: [0-9] / ŷ: [0-9]'" p.gnuplot; grep -o "'digits.*rows'" p.gnuplot
    40
    40
    'digits:test,n=300: 40 of 300 rows'

What is red is what evaluation counts as wrong.

    $ softmax plot predictions m.safetensors digits:test,n=300 --grid 40x40 -o all.gnuplot > out
    > red=$(grep -c "ŷ: .*#d55e00" all.gnuplot); wrong=$(grep "ŷ:" all.gnuplot | awk -F"['/ ]+" '$5 != $7' | wc -l)
    > softmax evaluate m.safetensors digits:test,n=300 --json | python3 -c '
    > import json, sys
    > wrong = round(300 * (1 - json.load(sys.stdin)["accuracy"]))
    > print(wrong > 0, wrong == '$red', wrong == '$wrong')'
    > softmax plot predictions m.safetensors digits:test,n=300 --wrong-only --grid 40x40 -o wrong.gnuplot > out
    > [ $(grep -c "ŷ:" wrong.gnuplot) = $red ] && [ $(grep -c "ŷ:.*#d55e00" wrong.gnuplot) = $red ] && echo same
    True True True
    same

Sorted by how sure the model is, with its probability.

    $ for order in surest least-sure; do
    >     softmax plot predictions m.safetensors digits:test,n=300 --sort $order --grid 10x30 -o s.gnuplot > out
    >     grep -o '([0-9.]* %)' s.gnuplot | tr -d '(%)' > $order; grep -o "'digits.*first'" s.gnuplot
    > done; sort -g -r -c surest && sort -g -c least-sure && wc -l < surest; grep -v '^[0-9]*\.[0-9] $\|^100 $' surest | wc -l
    'digits:test,n=300: 300 of 300 rows, the surest first'
    'digits:test,n=300: 300 of 300 rows, the least sure first'
    300
    0

Of long names each is shortened by itself, between characters; how sure the model is stays.

    $ python3 - <<'END'
    > import os, sys
    > sys.path.insert(0, os.environ["GOLDEN"])
    > from png import png
    > for i, name in enumerate(["ж" * 60, "short"]):
    >     os.makedirs(f"long/{name}")
    >     with open(f"long/{name}/0.png", "wb") as file:
    >         file.write(png(4, 4, bytes([200 * i] * 16)))
    > END
    > softmax train long -o l.safetensors --quiet > out
    > softmax plot predictions l.safetensors long -o l.gnuplot > out; grep -o "'.*ŷ[^']*'" l.gnuplot
    'y: short / ŷ: short'
    'y: жжжжжжжж… / ŷ: жжжжжжжжж…'
    $ softmax plot predictions l.safetensors long --sort surest -o l.gnuplot > out; grep -o "'.*ŷ[^']*'" l.gnuplot | sort
    'y: short / ŷ: short (… %)'
    'y: жж… / ŷ: жжж… (… %)'

Bad input.

    $ softmax train blobs -o b.safetensors --quiet > out; softmax plot predictions b.safetensors blobs -o b.png
    ! softmax: blobs: its rows are no pictures but 2 numbers; pictures are IDX files and NPY arrays of three dimensions, folders of PNG files, mnist, fashion-mnist, digits
    = 1
    $ softmax plot predictions m.safetensors digits --sort surely
    ! softmax plot predictions: --sort=surely: it must be one of row, surest, least-sure
    = 2
    $ softmax data make digits:n=200 -o d --quiet; cp d/train-images-idx3-ubyte only-images
    > softmax plot predictions m.safetensors only-images --wrong-only -o b.png
    ! softmax: only-images: --wrong-only needs labels, and there are none
    = 1
    $ softmax plot predictions m.safetensors only-images --grid 1x2 -o u.gnuplot > out; grep -c "'ŷ: [0-9]'" u.gnuplot
    2
    $ softmax train d --solver lbfgs --l2 0 -o d.safetensors --quiet > out
    > softmax plot predictions d.safetensors d:train --wrong-only -o b.png
    ! softmax: d:train: no row is taken for another class: there is nothing to draw
    = 1
