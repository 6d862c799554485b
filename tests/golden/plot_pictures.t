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

A script draws the same picture by itself.

    $ softmax plot softmax 2 1 -0.5 -o z.gnuplot; gnuplot -d z.gnuplot > again.png; cmp z.png again.png
    saved to    z.gnuplot

In the terminal it is made of letters, as wide as that is.

    $ COLUMNS=100 softmax plot softmax 2 1 -0.5 | awk '{ if (length > widest) widest = length } END { print (NR > 20), (widest > 80 && widest <= 100) }'
    1 1
    $ softmax plot softmax 2 1 | grep -o 'logits\|exponentials\|probabilities'
    logits
    exponentials
    probabilities

Nothing of the user's settings is read, and nothing is left behind.

    $ echo 'set terminal dumb' > ~/.gnuplot; softmax plot softmax 1 2 -o y.png; python3 "$GOLDEN/picture.py" y.png
    saved to    y.png
    PNG 960 x 340
    $ softmax plot softmax 1 2 -o /dev/full
    ! softmax: '/dev/full': a picture's name ends in .png, .svg or .pdf, or in .gnuplot for the script that draws it
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
