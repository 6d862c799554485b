Bars of what softmax makes of a few numbers. The script, which is what gnuplot is told, needs no gnuplot.

    $ softmax plot softmax 2 1 -0.5 -o z.gnuplot
    saved to    z.gnuplot
    $ cat z.gnuplot
    # gnuplot -d THIS > picture.png
    set encoding utf8
    set terminal pngcairo noenhanced font 'DejaVu Sans,11' background '#ffffff' size 960,340
    set border 3 linecolor rgb '#8a8a8a'
    set tics nomirror scale 0.6 textcolor rgb '#222222'
    set key noautotitle textcolor rgb '#222222'
    set style fill solid 1.0 noborder
    set boxwidth 0.7
    set xrange [0.4:3.6]
    set xtics 1,1
    set xlabel 'class'
    set offsets 0,0,graph 0.12,graph 0.12
    set xzeroaxis linecolor rgb '#8a8a8a'
    set yrange [*<0:0<*]
    number(z) = sprintf(abs(z) < 999.5 || abs(z) >= 1e6 ? '%.3g' : '%.0f', z)
    set multiplot layout 1,3
    $logits << EOD
    1 2
    2 1
    3 -0.5
    EOD
    set title 'logits'
    set ylabel 'z'
    plot $logits using 1:2 with boxes fillcolor rgb '#8a8a8a', \
     '' using 1:($2 < 0 ? NaN : $2):(number($2)) with labels offset 0,0.7 font ',9' textcolor rgb '#222222', \
     '' using 1:($2 < 0 ? $2 : NaN):(number($2)) with labels offset 0,-0.7 font ',9' textcolor rgb '#222222'
    set yrange [0:*]
    set offsets 0,0,graph 0.12,0
    $exponentials << EOD
    1 7.3890561
    2 2.71828183
    3 0.60653066
    EOD
    set title 'exponentials'
    set ylabel 'exp(z)'
    plot $exponentials using 1:2 with boxes fillcolor rgb '#56b4e9', \
     '' using 1:($2 < 0 ? NaN : $2):(number($2)) with labels offset 0,0.7 font ',9' textcolor rgb '#222222'
    set yrange [0:1.12]
    set ytics 0,0.2,1
    set offsets 0,0,0,0
    $probabilities << EOD
    1 0.689672086
    2 0.253716182
    3 0.0566117322
    EOD
    set title 'probabilities'
    set ylabel 'exp(z) / sum of exp(z)'
    plot $probabilities using 1:2 with boxes fillcolor rgb '#0072b2', \
     '' using 1:($2 < 0 ? NaN : $2):(number($2)) with labels offset 0,0.7 font ',9' textcolor rgb '#222222'
    unset multiplot

Where exponentials are too large for a number, or all too small, the largest logit is taken off.

    $ softmax plot softmax 1000 1001 -o large.gnuplot > out; grep -A 3 '^.exponentials' large.gnuplot
    > grep -c 'exp(z - largest z)' large.gnuplot
    $exponentials << EOD
    1 0.367879441
    2 1
    EOD
    1
    $ softmax plot softmax -o small.gnuplot -- -1000 -1001 > out; grep -A 3 '^.exponentials' small.gnuplot
    $exponentials << EOD
    1 1
    2 0.367879441
    EOD
    $ softmax plot softmax -o small.svg -- -1000 -1001 > out; python3 "$GOLDEN/picture.py" --text small.svg | grep -c -x -e -1000
    2

What is no number, or no place for a picture, is refused before anything is drawn.

    $ softmax plot softmax 1 two -o z.png
    ! softmax: 'two' is not a finite number
    = 2
    $ softmax plot softmax 1 -1e308 -o z.png
    ! softmax: '-1e308' is too large to be drawn; numbers go up to 1e+300, of either sign
    = 2
    $ softmax plot softmax 1 -x -o z.png
    ! softmax plot softmax: there is no option '-x'; 'softmax plot softmax --help' lists them
    = 2
    $ softmax plot softmax 1 2 -o z.jpg
    ! softmax: 'z.jpg': a picture's name ends in .png, .svg or .pdf, or in .gnuplot for the script that draws it
    = 2
    $ softmax plot softmax 1 2 -o nowhere/z.png
    ! softmax: cannot write 'nowhere/z.png': No such file or directory
    = 1
    $ softmax plot softmax 1 2 -o .png
    ! softmax: '.png': a picture's name ends in .png, .svg or .pdf, or in .gnuplot for the script that draws it
    = 2
    $ ls
    large.gnuplot
    out
    small.gnuplot
    small.svg
    z.gnuplot

Without gnuplot the way out is told.

    $ mkdir bin; ln -s "$(which softmax)" bin/softmax; PATH=$PWD/bin softmax plot softmax 1 2 -o z.png
    ! softmax: pictures are drawn by gnuplot, and there is no such program here; Debian's package is gnuplot-nox. Without it, a name that ends in .gnuplot gets the script
    = 1
    $ PATH=$PWD/bin softmax plot softmax 1 2 -o Z.GnuPlot
    saved to    Z.GnuPlot

One number, too, whichever its sign.

    $ softmax plot softmax 5 -o one.svg
    saved to    one.svg
    $ softmax plot softmax -o below.svg -- -5
    saved to    below.svg
