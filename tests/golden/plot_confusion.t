The confusion matrix as a heat map, with counts and shares.

    $ printf 'x,label\n0,a\n0,a\n0,a\n1,a\n1,b\n' > t.csv
    > softmax train t.csv -o m.safetensors --quiet > out; softmax plot confusion m.safetensors t.csv -o c.gnuplot
    saved to    c.gnuplot
    $ sed -n '/^.cells/,/^EOD/p' c.gnuplot; grep '^set title\|tics (' c.gnuplot
    $cells << EOD
    0 0 4 1 4
    0 1 0 0 0
    1 0 1 1 1
    1 1 0 0 0
    EOD
    set title 't.csv: 5 rows, accuracy 0.8000'
    set xtics ('a' 0, 'b' 1) scale 0
    set ytics ('a' 0, 'b' 1) scale 0

The axes' names are at the picture's edges, however wide those of classes are: these have room between.

    $ printf 'x,label\n1,WWWWWWWWWWWWWWWWWWWWWWWW\n2,b\n' > wide.csv; softmax train wide.csv -o wide.safetensors --quiet > out
    > for m in m.safetensors:t.csv wide.safetensors:wide.csv; do softmax plot confusion ${m%:*} ${m#*:} -o n.gnuplot > out
    > grep -o 'size [0-9]*,[0-9]*$' n.gnuplot; grep '^set label\|lmargin' n.gnuplot; done
    size 337,268
    set lmargin at screen 0.15727
    set label 1 'true class' at screen 0.04154,graph 0.5 center rotate by 90
    set label 2 'predicted class' at graph 0.5,screen 0.05224 center
    size 684,497
    set lmargin at screen 0.58480
    set label 1 'true class' at screen 0.02047,graph 0.5 center rotate by 90
    set label 2 'predicted class' at graph 0.5,screen 0.02817 center

The numbers are those of evaluate.

    $ softmax train blobs:n=200,std=3 -o b.safetensors --quiet > out
    > softmax plot confusion b.safetensors blobs:n=200,std=3 -o b.gnuplot > out
    > softmax evaluate b.safetensors blobs:n=200,std=3 --json | python3 -c '
    > import json, re, sys
    > matrix = json.load(sys.stdin)["confusion"]
    > text = open("b.gnuplot").read()
    > cells = [line.split() for line in re.search(r"\$cells << EOD\n(.*?)EOD", text, re.S).group(1).splitlines()]
    > print(len(cells), all(matrix[int(i)][int(j)] == int(n) and abs(int(n) / sum(matrix[int(i)]) - float(s)) < 1e-4 for i, j, n, s, _ in cells))'
    16 True

Large counts are written in groups of three digits, small enough for their cells; likewise in a terminal.

    $ softmax train blobs:n=300,classes=5 -o five.safetensors --quiet > out
    > for n in 300 600000; do softmax plot confusion five.safetensors blobs:n=$n,classes=5 -o l.gnuplot > out
    > grep -A 1 '^.cells' l.gnuplot | sed 1d; grep -o ":5 with labels font ',[0-9]*'" l.gnuplot | uniq; done
    > softmax plot confusion five.safetensors blobs:n=600000,classes=5 | sed -n 5p
    0 0 60 1 60
    :5 with labels font ',10'
    0 0 119992 0.99993 119,992
    :5 with labels font ',9'
    0           119,992                 8

Of many classes there are no numbers in the cells, and not every name; of too many no picture.

    $ softmax train blobs:n=600,classes=60 -o many.safetensors --quiet > out
    > softmax plot confusion many.safetensors blobs:n=600,classes=60 -o many.gnuplot > out
    > grep -c 'with labels' many.gnuplot; grep -o '^set xtics.*' many.gnuplot | tr ',' '\n' | wc -l
    0
    30
    $ softmax plot confusion b.safetensors digits -o b.png
    ! softmax: the data has 784 features a row, the model takes 2
    = 1

In a terminal, for which no gnuplot is needed, it is a table: in several parts where a line has not the
room for one, and of many classes the most frequent mistakes.

    $ softmax plot confusion m.safetensors t.csv | sed 2d
    t.csv: 5 rows, accuracy 0.8000
                predicted class
    true class  a  b
    a           4
    b           1
    $ printf 'x,label\n' > l.csv; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "$i,a class with a long name $i"; done >> l.csv
    > softmax train l.csv -o l.safetensors --quiet --steps 1 > out
    > COLUMNS=60 softmax plot confusion l.safetensors l.csv | sed -n '3,5p;18,20p'
                             predicted class
    true class                1   2   3   4   5   6
     1 a class with a long…   1
                             predicted class
    true class                7   8   9  10  11  12
     1 a class with a long…
    $ softmax plot confusion many.safetensors blobs:n=600,classes=60 | sed -n '3,4p'
      rows  true class            taken for
    …
