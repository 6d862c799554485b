Loss and accuracy, epoch after epoch, from a log: JSON, an object a line.

    $ cat > a.jsonl <<'END'
    > {"epoch": 1, "step": 10, "seconds": 0.1, "train": {"loss": 2.25, "accuracy": 0.5}, "validation": {"loss": 2.3, "accuracy": 0.4}}
    > {"epoch": 2, "step": 20, "seconds": 0.2, "train": {"loss": 1.5, "accuracy": 0.75}, "validation": {"loss": 1.75, "accuracy": 0.6}}
    > END
    > softmax plot curves a.jsonl -o a.gnuplot
    saved to    a.gnuplot
    $ cat a.gnuplot
    # gnuplot -d THIS > picture.png
    set encoding utf8
    set terminal pngcairo noenhanced font 'DejaVu Sans,11' background '#ffffff' size 1000,400
    set border 3 linecolor rgb '#8a8a8a'
    set tics nomirror scale 0.6 textcolor rgb '#222222'
    set key noautotitle textcolor rgb '#222222'
    $train0 << EOD
    1 2.25 0.5
    2 1.5 0.75
    EOD
    $validation0 << EOD
    1 2.3 0.4
    2 1.75 0.6
    EOD
    set grid ytics linetype 1 linecolor rgb '#dddddd'
    set xlabel 'epoch'
    set xtics 1
    set offsets graph 0.02, graph 0.02, graph 0.05, graph 0.05
    set autoscale noextend
    set key top right Right samplen 3 spacing 1.2
    set multiplot layout 1,2 title 'a.jsonl' font ',12'
    set ylabel 'loss (mean cross-entropy)'
    plot $train0 using 1:2 with lines dashtype 1 linewidth 2 linecolor rgb '#0072b2' title 'train', \
     $validation0 using 1:2 with linespoints pointtype 7 pointsize 0.7 pointinterval 1 dashtype 1 linewidth 2 linecolor rgb '#d55e00' title 'validation'
    set key bottom right
    set ylabel 'accuracy'
    plot $train0 using 1:3 with lines dashtype 1 linewidth 2 linecolor rgb '#0072b2' title 'train', \
     $validation0 using 1:3 with linespoints pointtype 7 pointsize 0.7 pointinterval 1 dashtype 1 linewidth 2 linecolor rgb '#d55e00' title 'validation'
    unset multiplot

Lines without an epoch, as at the beginning and the end, are passed over; parts of epochs may lack
validation, and a run may lack it altogether.

    $ cat > b.jsonl <<'END'
    > {"run": {"solver": "sgd"}}
    > {"epoch": 0.5, "step": 5, "train": {"loss": 3, "accuracy": 0.25}, "validation": null}
    > {"epoch": 1, "step": 10, "train": {"loss": 2, "accuracy": null}, "validation": {"loss": 2.5, "accuracy": 0.5}}
    > {"epoch": 2, "step": 20, "train": {"loss": null, "accuracy": null}, "validation": null}
    > {"end": {"step": 20}}
    > END
    > sed 's/"validation": {[^}]*}/"validation": null/' a.jsonl > "it's.jsonl"
    > softmax plot curves a.jsonl b.jsonl "it's.jsonl" -o c.gnuplot > out; sed -n '/^.train1/,/^.train2/p' c.gnuplot
    > grep '^set label .* left' c.gnuplot | cut -d ' ' -f 3; grep -c '^.sample.* << EOD' c.gnuplot; softmax plot curves - -o d.gnuplot < a.jsonl > out
    $train1 << EOD
    0.5 3 0.25
    1 2 NaN
    EOD
    $validation1 << EOD
    1 2.5 0.5
    EOD
    $train2 << EOD
    'a.jsonl'
    'b.jsonl'
    'it'."\047".'s.jsonl'
    6

Where there is no validation, what the test gave at the end is a mark in its place, and called by its
name; above the key of runs that have the one or the other stands what holds for all.

    $ cat > tested.jsonl <<'END'
    > {"epoch": 1, "step": 10, "train": {"loss": 2, "accuracy": 0.5}, "validation": null}
    > {"epoch": 2, "step": 20, "train": {"loss": 1, "accuracy": 0.75}, "validation": null}
    > {"end": {"step": 20, "train": {"loss": 0.5, "accuracy": 0.8, "rows": 9}, "test": {"loss": 1.25, "accuracy": 0.7, "rows": 5}}}
    > END
    > softmax plot curves tested.jsonl -o tested.gnuplot > out; sed -n '/^.validation0 <</,/^EOD/p' tested.gnuplot
    > grep -o "title '[tv][a-z]*'" tested.gnuplot | uniq -c | tr -s ' '
    > for others in '' a.jsonl; do softmax plot curves tested.jsonl tested.jsonl $others -o c.gnuplot > out; grep -o "^set label '[a-z ]*' at.*center" c.gnuplot | cut -d "'" -f 2 | sort -u | paste -s -d ,; done
    $validation0 << EOD
    2 1.25 0.7
    EOD
     1 title 'train'
     1 title 'test'
     1 title 'train'
     1 title 'test'
    test,train
    held out,train
    $ sed 's/"end": {/"end": {"validation": {"loss": 1}, /; s/"validation": null/"validation": {"loss": 3, "accuracy": 0.5}/' tested.jsonl > both.jsonl
    > softmax plot curves both.jsonl -o both.gnuplot > out; grep -c 1.25 both.gnuplot
    0
    = 1

Losses that are too large for an axis, as of a training that diverges, are left out.

    $ sed 's/2.25/-1e308/; s/1.75/1e308/' a.jsonl > huge.jsonl; softmax plot curves huge.jsonl -o huge.gnuplot > out
    > grep -A 2 '<<' huge.gnuplot
    $train0 << EOD
    2 1.5 0.75
    EOD
    $validation0 << EOD
    1 2.3 0.4
    EOD
    $ sed 's/"loss": [0-9.]*/"loss": 1e308/g' a.jsonl > huge.jsonl; softmax plot curves huge.jsonl -o huge.gnuplot
    ! softmax: huge.jsonl: the log has no epoch with a loss: there are no curves to draw
    = 1

Logs of one name keep as many of their folders as tell them apart, in a key below the curves. Of 16 runs
no two have the same shade, dash, mark and width; train is blue, and has hollow marks.

    $ mkdir -p p/x q/x; for folder in p/x q/x q; do cp a.jsonl $folder/log.jsonl; done
    > softmax plot curves p/x/log.jsonl q/x/log.jsonl q/log.jsonl -o e.gnuplot > out; grep '^set label\|^set terminal\|^set size\|^set origin' e.gnuplot
    set terminal pngcairo noenhanced font 'DejaVu Sans,11' background '#ffffff' size 1000,457
    set size 0.5,0.87527
    set origin 0,0.12473
    set origin 0.5,0.12473
    set label 'train' at 124,13 center font ',9' textcolor rgb '#0072b2'
    set label 'validation' at 202,13 center font ',9' textcolor rgb '#d55e00'
    set label 'train' at 395,13 center font ',9' textcolor rgb '#0072b2'
    set label 'validation' at 473,13 center font ',9' textcolor rgb '#d55e00'
    set label 'train' at 666,13 center font ',9' textcolor rgb '#0072b2'
    set label 'validation' at 744,13 center font ',9' textcolor rgb '#d55e00'
    set label 'p/x/log.jsonl' at 249,36 left textcolor rgb '#222222'
    set label 'q/x/log.jsonl' at 520,36 left textcolor rgb '#222222'
    set label 'q/log.jsonl' at 791,36 left textcolor rgb '#222222'
    $ for i in {1..16}; do cp a.jsonl $i.jsonl; done; softmax plot curves {1..16}.jsonl -o f.gnuplot > out
    > grep -o '.train[0-9]* using 1:2 .*' f.gnuplot | sed "s/.* pointtype/pointtype/; s/, .*//" | sort -u | wc -l
    > grep -o 'linespoints .*' f.gnuplot | sed "s/, .*//" | sort -u | wc -l
    > sed -n '/^plot .train0 using 1:2/,/^ .validation2/p' f.gnuplot
    16
    32
    plot $train0 using 1:2 with linespoints pointtype 6 pointsize 1 pointinterval 1 dashtype 1 linewidth 2 linecolor rgb '#0072b2', \
     $validation0 using 1:2 with linespoints pointtype 7 pointsize 1 pointinterval 1 dashtype 1 linewidth 2 linecolor rgb '#d55e00', \
     $train1 using 1:2 with linespoints pointtype 8 pointsize 1 pointinterval 1 dashtype 1 linewidth 2 linecolor rgb '#00304f', \
     $validation1 using 1:2 with linespoints pointtype 9 pointsize 1 pointinterval 1 dashtype 1 linewidth 2 linecolor rgb '#8a1c00', \
     $train2 using 1:2 with linespoints pointtype 4 pointsize 1 pointinterval 1 dashtype 1 linewidth 2 linecolor rgb '#56b4e9', \
     $validation2 using 1:2 with linespoints pointtype 5 pointsize 1 pointinterval 1 dashtype 1 linewidth 2 linecolor rgb '#f0955c', \

The key is as high as its lines, and begins where the panels end.

    $ grep '^set terminal\|^set origin 0,\|^set tmargin\|^set yrange' f.gnuplot
    set terminal pngcairo noenhanced font 'DejaVu Sans,11' background '#ffffff' size 1000,562
    set origin 0,0.28826
    set yrange [162:0]
    set tmargin at screen 0.28826

Without validation the key has no room for it. A part of an epoch has numbers along its axis, too.

    $ softmax train digits:n=300 --solver sgd --steps 1 --log one.jsonl -o one -q > out
    > sed -i '/"end"/d' one.jsonl
    > softmax plot curves one.jsonl one.jsonl -o g.gnuplot; grep -c "^set label 'validation'" g.gnuplot
    > grep "^set label\|^set xrange\|^set xtics" g.gnuplot
    saved to    g.gnuplot
    0
    set xrange [0:]
    set xtics ('0.00' 0, '0.05' 0.05, '0.10' 0.1, '0.15' 0.15, '0.20' 0.2, '0.25' 0.25, '0.30' 0.3)
    set xrange [0:1000]
    set label 'train' at 361,13 center font ',9' textcolor rgb '#0072b2'
    set label 'train' at 531,13 center font ',9' textcolor rgb '#0072b2'
    set label 'one.jsonl' at 408,36 left textcolor rgb '#222222'
    set label 'one.jsonl' at 578,36 left textcolor rgb '#222222'

A log that is still being written to is drawn up to the line that is not whole.

    $ (cat a.jsonl; head -n 1 a.jsonl | head -c 60) > cut.jsonl; softmax plot curves cut.jsonl -o cut.gnuplot
    saved to    cut.gnuplot
    ! softmax: cut.jsonl: the last line is not whole; drawn up to epoch 2
    $ sed 's/cut.jsonl/a.jsonl/' cut.gnuplot | cmp - a.gnuplot

Where no epoch has an accuracy, the loss is drawn alone.

    $ sed 's/"accuracy": [0-9.]*/"accuracy": null/g' a.jsonl > none.jsonl; softmax plot curves none.jsonl -o none.gnuplot
    > grep -c '^plot' none.gnuplot; grep '^set multiplot\|^set terminal' none.gnuplot
    saved to    none.gnuplot
    1
    set terminal pngcairo noenhanced font 'DejaVu Sans,11' background '#ffffff' size 560,400
    set multiplot layout 1,1 title 'none.jsonl' font ',12'
    ! softmax: no epoch has an accuracy; the loss is drawn alone

Bad input.

    $ : > empty; softmax plot curves empty -o x.png; echo '{"run": {}}' > begun; softmax plot curves begun -o x.png
    ! softmax: empty: the log is empty; softmax train --log FILE writes one
    ! softmax: begun: the log has no epoch with a loss: there are no curves to draw
    = 1
    $ (head -n 1 a.jsonl; echo 'loss 2.5'; cat a.jsonl) > text; softmax plot curves text -o x.png
    ! softmax: text:2: the line is no JSON object; a log of softmax train --log has one in each line
    = 1
    $ softmax plot curves a.jsonl nowhere -o x.png; softmax plot curves -o x.png
    ! softmax: cannot open 'nowhere': No such file or directory
    ! softmax plot curves: an argument is missing; it is called as: softmax plot curves LOG...
    = 2
    $ ls x.png
    ! ls: cannot access 'x.png': No such file or directory
    = 2
