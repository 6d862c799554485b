Whether probabilities are what they say: the share of rows that are right, for each bin of probabilities.

    $ softmax train blobs:n=400,std=3 -o m.safetensors --quiet > out
    > softmax plot calibration m.safetensors blobs:n=400,std=3 --bins 5 -o c.gnuplot
    saved to    c.gnuplot
    $ grep '^set title\|^plot\|label' c.gnuplot
    set title 'blobs:n=400,std=3: 400 rows'."\n".'expected calibration error 0.0…'
    set ylabel 'share that is right'
    plot x with lines dashtype 2 linecolor rgb '#8a8a8a' title 'as it should be', \
    set ylabel 'rows (log scale)'
    set xlabel 'probability of the predicted class'
    plot $bins using (($1 + $2) / 2):5:($2 - $1) with boxes linecolor rgb '#56b4e9'

Bins without rows are left out; the figures are those of evaluation.

    $ sed -n '/^.bins/,/^EOD/p' c.gnuplot | sed '1d;$d' > bins; cut -d ' ' -f 1,2 bins
    > softmax evaluate m.safetensors blobs:n=400,std=3 --json > e.json; python3 -c '
    > import json
    > bins = [list(map(float, line.split())) for line in open("bins")]
    > rows = sum(b[4] for b in bins)
    > print(rows, abs(sum(b[3] * b[4] for b in bins) / rows - json.load(open("e.json"))["accuracy"]) < 1e-6)
    > print(all(b[0] < b[2] <= b[1] for b in bins))
    > error = sum(b[4] * abs(b[2] - b[3]) for b in bins) / rows
    > print(f"error {error:.4f}" in open("c.gnuplot").read())'
    0.2 0.4
    0.4 0.6
    0.6 0.8
    0.8 1
    400.0 True
    True
    True

Bad input.

    $ softmax plot calibration m.safetensors blobs --bins 0 -o x.png
    ! softmax plot calibration: --bins=0: it must be a whole number from 1 to 100
    = 2
    $ softmax data make blobs:n=9 -o b --quiet; softmax plot calibration m.safetensors b/train-features-idx2-float --labels nowhere -o x.png
    ! softmax: cannot open 'nowhere': No such file or directory
    = 1
    $ cp b/train-features-idx2-float only-features; softmax plot calibration m.safetensors only-features -o x.png
    ! softmax: only-features: there are no labels; --labels FILE gives them, or folders of pictures do
    = 1
