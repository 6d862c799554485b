The plane in the colours of the classes, and the rows over it.

    $ softmax train circles:n=300,classes=3 --hidden 20 --epochs 20 -o c.safetensors --quiet > out
    > softmax plot regions c.safetensors circles:n=300,classes=3 -o r.gnuplot
    saved to    r.gnuplot
    $ grep -v '^[-0-9.e ]*$' r.gnuplot | cut -c 1-110
    # gnuplot -d THIS > picture.png
    set encoding utf8
    set terminal pngcairo noenhanced font 'DejaVu Sans,11' background '#ffffff' size 743,703
    set border 3 linecolor rgb '#8a8a8a'
    set tics nomirror scale 0.6 textcolor rgb '#222222'
    set key noautotitle textcolor rgb '#222222'
    set title 'circles:n=300,classes=3: 300 rows'
    set xlabel 'x1'
    set label 1 'x2' at screen 0.01884,graph 0.5 center rotate by 90
    set xrange [-1.19329551:1.19024197]
    set yrange [-1.24798997:1.1755447]
    set border 15
    set xtics ('-1.0' -1, '-0.5' -0.5, '0.0' 0, '0.5' 0.5, '1.0' 1)
    set ytics ('-1.0' -1, '-0.5' -0.5, '0.0' 0, '0.5' 0.5, '1.0' 1)
    set key at screen 0.92328,0.93741 left top Left reverse samplen 1 spacing 1.3
    set lmargin at screen 0.11306
    set rmargin at screen 0.90713
    set bmargin at screen 0.08535
    set tmargin at screen 0.93741
    $cells << EOD
    EOD
    $points0 << EOD
    EOD
    $points1 << EOD
    EOD
    $points2 << EOD
    EOD
    $points3 << EOD
    EOD
    set x2range [-0.5:359.5]
    set y2range [-0.5:359.5]
    plot $cells matrix using 1:2:(int($3) >> 16):((int($3) >> 8) & 255):(int($3) & 255) axes x2y2 with rgbimage, \
     $points1 using 1:2 with points pointtype 7 pointsize 1.35 linecolor rgb '#ffffff', \
     $points1 using 1:2 with points pointtype 7 pointsize 1 linecolor rgb '#0072b2', \
     $points2 using 1:2 with points pointtype 5 pointsize 1.35 linecolor rgb '#ffffff', \
     $points2 using 1:2 with points pointtype 5 pointsize 1 linecolor rgb '#009e73', \
     $points3 using 1:2 with points pointtype 9 pointsize 1.35 linecolor rgb '#ffffff', \
     $points3 using 1:2 with points pointtype 9 pointsize 1 linecolor rgb '#d55e00', \
     NaN with points pointtype 7 pointsize 1.2 linecolor rgb '#0072b2' title '0', \
     NaN with points pointtype 5 pointsize 1.2 linecolor rgb '#009e73' title '1', \
     NaN with points pointtype 9 pointsize 1.2 linecolor rgb '#d55e00' title '2'

Each cell is in the colour of a class, lighter, or where another begins darker; blue, green and red.

    $ sed -n '/^.cells/,/^EOD/p' r.gnuplot | sed '1d;$d' | tr ' ' '\n' | sort -n | uniq | while read -r n; do printf '%06x\n' $n; done
    2687be
    26ad88
    add2e6
    ade0d2
    db7626
    f2cbad
    $ softmax plot regions c.safetensors circles:n=300,classes=3 --shade probability -o s.gnuplot > out
    > sed -n '/^.cells/,/^EOD/p' s.gnuplot | sed '1d;$d' | tr ' ' '\n' | sort | uniq | awk 'END { print (NR > 100) }'
    1

Of many rows some are drawn, and the picture says so.

    $ softmax plot regions c.safetensors circles:test,n=50000,classes=3 --points 100 --seed 4 -o p.gnuplot > out
    > grep '^set title' p.gnuplot; sed -n '/^.points/,/^EOD/p' p.gnuplot | grep -c '^[-0-9]'
    set title 'circles:test,n=50000,classes=3: 100 of 50,000 rows, at random, seed 4'
    100

The axes of a table are called as its columns are.

    $ printf 'width (mm),height,label\n1,2,a\n3,1,b\n2,2,a\n4,1,b\n' > t.csv
    > softmax train t.csv -o t.safetensors --quiet > out; softmax plot regions t.safetensors t.csv -o t.gnuplot > out
    > grep '^set .*label' t.gnuplot
    set xlabel 'width (mm)'
    set label 1 'height' at screen …,graph 0.5 center rotate by 90

Long numbers have room beside the plane, and below it they stand less often.

    $ printf 'x,y,label\n-12340000,-12340000,a\n-12310000,-12320000,b\n' > l.csv
    > softmax train l.csv -o l.safetensors --quiet > out; softmax plot regions l.safetensors l.csv -o l.gnuplot > out
    > grep '^set [xy]tics (' l.gnuplot; grep -o 'size [0-9]*,' l.gnuplot; grep lmargin l.gnuplot
    set xtics ('-1.234e+07' -12340000, '-1.233e+07' -12330000, '-1.232e+07' -12320000, '-1.231e+07' -12310000)
    set ytics ('-1.234e+07' -12340000, '-1.2335e+07' -12335000, '-1.233e+07' -12330000, '-1.2325e+07' -12325000, '-1.232e+07' -12320000)
    size 810,
    set lmargin at screen 0.17407

Rows without labels are grey, and the key says so; classes that the model does not have are refused.

    $ printf 'width (mm),height,label\n1,2,a\n3,1,b\n2,2,c\n' > c.csv; printf 'width (mm),height\n1,2\n3,1\n' > u.csv
    > softmax plot regions t.safetensors u.csv -o u.gnuplot
    saved to    u.gnuplot
    $ grep -o "pointtype [0-9]* pointsize 1.2 .*" u.gnuplot
    pointtype 7 pointsize 1.2 linecolor rgb '#0072b2' title 'a', \
    pointtype 5 pointsize 1.2 linecolor rgb '#009e73' title 'b', \
    pointtype 7 pointsize 1.2 linecolor rgb '#8a8a8a' title 'no label'
    $ softmax plot regions t.safetensors c.csv -o c.png
    ! softmax: the data has a class 'c', which is not one of the model's 2
    = 1

Only two features make a plane.

    $ softmax train digits:n=100 -o d.safetensors --quiet > out; softmax plot regions d.safetensors digits -o d.png
    ! softmax: d.safetensors: regions are those of two features, and the model takes 784
    = 1
    $ softmax plot regions c.safetensors digits -o d.png
    ! softmax: digits: the data has 784 features, the model takes 2
    = 1
    $ softmax plot regions c.safetensors circles --shade grey
    ! softmax plot regions: --shade=grey: it must be one of none, probability
    = 2
