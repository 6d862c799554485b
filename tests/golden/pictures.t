A folder with a folder of PNG pictures for each class is data: its folders are the classes, its rows
come in the order of the names.

    $ picture() { mkdir -p $(dirname $1); python3 "$GOLDEN/png.py" "$@"; }
    > for i in 1 2 3; do
    >     picture shapes/light/$i.png 4x6 20$i 255 210
    >     picture shapes/dark/$i.png 4x6 1$i 30 0
    > done
    > softmax data info shapes
    data        shapes
    rows        6
    features    24, bytes, pictures of 4 x 6
    values      0 to 255, mean 118.2, 16.7 % zero
    classes     2
      dark               3 rows   50.0 %
      light              3 rows   50.0 %
    $ softmax train shapes -o shapes.safetensors --quiet | grep ^train
    training    lbfgs, …
    train       loss 0.0… accuracy 1.0000   (6 rows)
    $ softmax inspect shapes.safetensors | grep pictures
    pictures    4 x 6

What a model predicts may be a folder without classes, whose rows come in the order of the names and
say them; or one file, also on standard input.

    $ picture() { mkdir -p $(dirname $1); python3 "$GOLDEN/png.py" "$@"; }
    > picture unknown/b.png 4x6 20; picture unknown/a.PNG 4x6 220; picture unknown/c.png 4x6 250
    > softmax predict shapes.safetensors unknown; softmax predict shapes.safetensors unknown/b.png
    > softmax predict shapes.safetensors - < unknown/c.png
    a.PNG	light
    b.png	dark
    c.png	light
    dark
    light
    $ softmax predict shapes.safetensors unknown --json | grep -o '"predictions.*'
    > softmax predict shapes.safetensors unknown --row 1; softmax predict shapes.safetensors shapes | head -n 1
    "predictions": ["light", "dark", "light"], "names": ["a.PNG", "b.png", "c.png"]}
    b.png	dark
    dark/1.png	dark
    $ mkdir odd; cp unknown/a.PNG odd/$'\e[31m\t.png'; softmax predict shapes.safetensors odd
    ?[31m?.png	light
    $ softmax train unknown -o x.safetensors
    ! softmax: unknown: there are no labels; --labels FILE gives them, or folders of pictures do
    = 1

Parts are two folders of class folders, train and test.

    $ mkdir parts; cp -r shapes parts/train; cp -r shapes parts/test; rm parts/test/*/1.png
    > softmax train parts -o p.safetensors --quiet | grep rows
    > for data in parts parts:train; do softmax evaluate p.safetensors $data | head -n 1; done
    train       loss …   (6 rows)
    test        loss …   (4 rows)
    rows        4
    rows        6
    $ cmp p.safetensors shapes.safetensors

One picture in colour makes all so; --grey and --colour decide for all. A model knows what it takes.

    $ picture() { mkdir -p $(dirname $1); python3 "$GOLDEN/png.py" "$@"; }
    > cp -r shapes mixed; picture mixed/light/4.png 4x6x3 250 240 230
    > softmax data info mixed | sed -n 3p; softmax data info mixed --grey | sed -n 3p
    > softmax data info shapes --colour | sed -n 3p
    > softmax data info mixed --json --colour --grey | grep -o '"image": {[^}]*}'
    features    72, bytes, colour pictures of 4 x 6
    features    24, bytes, pictures of 4 x 6
    features    72, bytes, colour pictures of 4 x 6
    "image": {"height": 4, "width": 6, "channels": 1, "resize": false}
    $ softmax train mixed -o mixed.safetensors --quiet | grep ^saved
    > softmax inspect mixed.safetensors | grep pictures
    > softmax predict mixed.safetensors unknown; softmax predict shapes.safetensors mixed/light/4.png
    saved to    mixed.safetensors
    pictures    4 x 6, in colour
    a.PNG	light
    b.png	dark
    c.png	light
    light

Pictures of several sizes are brought to one by --size, which the model remembers.

    $ picture() { mkdir -p $(dirname $1); python3 "$GOLDEN/png.py" "$@"; }
    > picture unknown/d.png 9x2 240; softmax predict shapes.safetensors unknown
    ! softmax: unknown/d.png: 9 × 2 pixels (height × width), but the model takes 4 × 6; --size 4x6 brings all to one size
    = 1
    $ softmax predict shapes.safetensors unknown --size 4x6 | tail -n 1
    > softmax train shapes --size 2x3 -o small.safetensors --quiet | grep ^saved
    > softmax inspect small.safetensors | grep pictures; softmax predict small.safetensors unknown | tail -n 1
    > softmax evaluate small.safetensors shapes | grep ^accuracy
    d.png	light
    saved to    small.safetensors
    pictures    2 x 3; others are resized
    d.png	light
    accuracy    1.0000
    $ softmax predict small.safetensors unknown --size 4x6
    ! softmax: pictures of 4 × 6 are asked for, but the model takes 2 × 3
    = 1
    $ softmax data info shapes --size 28
    ! softmax data info: --size=28: it must be a height and a width from 1 to 16384, such as 28x28
    = 2
    $ for size in 0x3 3x 3x3x3 x 3x99999; do softmax data info shapes --size $size; done 2> out; grep -c 'height and a width' out
    5

Converting and splitting take the same options as training.

    $ softmax data convert shapes shapes.csv --size 2x3 --colour
    6 rows of 18 features written to shapes.csv
    $ softmax data split shapes left.csv out.csv --size 2x3 --grey
    5 rows written to left.csv
    1 row written to out.csv

IDX files hold no colours; NPY and NPZ files do.

    $ softmax data convert mixed m-images-idx3-ubyte --number-classes --quiet; ls m-* 2> ls.err
    ! softmax: 'm-images-idx3-ubyte': the pictures have colours, which IDX files do not hold; NPY and NPZ files do
    = 2
    $ softmax data convert mixed m.npz --quiet; softmax data info m.npz | grep features
    > softmax data convert mixed m-images-idx3-ubyte --number-classes --grey --quiet
    > softmax data info m-images-idx3-ubyte | grep features
    features    72, bytes, colour pictures of 4 x 6
    features    24, bytes, pictures of 4 x 6
