The confusion matrix as a heat map, with counts and shares.

    $ printf 'x,label\n0,a\n0,a\n0,a\n1,a\n1,b\n' > t.csv
    > softmax train t.csv -o m.safetensors --quiet > out; softmax plot confusion m.safetensors t.csv -o c.gnuplot
    saved to    c.gnuplot
    $ sed -n '/^.cells/,/^EOD/p' c.gnuplot; grep '^set title\|tics (' c.gnuplot
    $cells << EOD
    0 0 4 1
    0 1 0 0
    1 0 1 1
    1 1 0 0
    EOD
    set title 't.csv: 5 rows, accuracy 0.8000'
    set xtics ('a' 0, 'b' 1) scale 0
    set ytics ('a' 0, 'b' 1) scale 0

The numbers are those of evaluate.

    $ softmax train blobs:n=200,std=3 -o b.safetensors --quiet > out
    > softmax plot confusion b.safetensors blobs:n=200,std=3 -o b.gnuplot > out
    > softmax evaluate b.safetensors blobs:n=200,std=3 --json | python3 -c '
    > import json, re, sys
    > matrix = json.load(sys.stdin)["confusion"]
    > text = open("b.gnuplot").read()
    > cells = [line.split() for line in re.search(r"\$cells << EOD\n(.*?)EOD", text, re.S).group(1).splitlines()]
    > print(len(cells), all(matrix[int(i)][int(j)] == int(n) and abs(int(n) / sum(matrix[int(i)]) - float(s)) < 1e-4 for i, j, n, s in cells))'
    16 True

Of many classes there are no numbers in the cells, and not every name; of too many no picture.

    $ softmax train blobs:n=600,classes=60 -o many.safetensors --quiet > out
    > softmax plot confusion many.safetensors blobs:n=600,classes=60 -o many.gnuplot > out
    > grep -c 'with labels' many.gnuplot; grep -o '^set xtics.*' many.gnuplot | tr ',' '\n' | wc -l
    0
    30
    $ softmax plot confusion b.safetensors digits -o b.png
    ! softmax: the data has 784 features a row, the model takes 2
    = 1
