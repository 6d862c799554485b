Rows of pictures under their classes; the first ones, in a grid.

    $ softmax plot images digits:n=40 -o d.gnuplot
    saved to    d.gnuplot
    $ grep -c '^.tile[0-9]* << EOD' d.gnuplot; grep -c "'y: [0-9]'" d.gnuplot; grep 'set label [123] ' d.gnuplot
    15
    15
    set label 1 'digits:n=40: 15 of 40 rows' at 16,17 left font ',12' textcolor rgb '#222222'
    set label 2 'y: 6' at 72,45 center font ',10' textcolor rgb '#222222'
    set label 3 'y: 8' at 198,45 center font ',10' textcolor rgb '#222222'
    $ softmax plot images digits:n=40 --grid 2x30 -o d.gnuplot > out; grep -c '^.tile' d.gnuplot
    40

Rows at random, the same for the same seed.

    $ for seed in 1 1 2; do softmax plot images digits:n=400 --random --seed $seed -o $seed.gnuplot; cksum < $seed.gnuplot; done | grep -v saved | uniq | wc -l
    > grep -o "digits.*seed 1'" 1.gnuplot
    2
    digits:n=400: 15 of 400 rows, at random, seed 1'

A picture's numbers are in its rows; floats go from black to white as far as they go.

    $ cat > make.py <<'END'
    > import struct
    > def npy(name, kind, shape, data):
    >     header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}"
    >     header += " " * (-(len(header) + 11) % 64) + "\n"
    >     with open(name, "wb") as file:
    >         file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + data)
    > npy("x.npy", "<f4", "(2, 2, 3)", struct.pack("<12f", 0, 1, 2, 3, 4, 5, -1, 0, 0, 0, 0, 0.5))
    > npy("y.npy", "<i8", "(2,)", struct.pack("<2q", 7, 9))
    > END
    > python3 make.py; softmax plot images x.npy -o x.gnuplot > out
    > sed -n '/^.tile/,/^EOD/p' x.gnuplot; grep cbrange x.gnuplot; grep '^set terminal' x.gnuplot
    $tile0 << EOD
    0 1 2
    3 4 5
    EOD
    $tile1 << EOD
    -1 0 0
    0 0 0.5
    EOD
    set cbrange [-1:5]
    set terminal pngcairo noenhanced font 'DejaVu Sans,11' background '#ffffff' size 298,154

Pictures in colour are drawn so; large ones by the means of their pixels.

    $ mkdir -p c/red c/blue
    > python3 "$GOLDEN/png.py" c/red/1.png 2x2x3 255 0 0; python3 "$GOLDEN/png.py" c/blue/1.png 2x2x3 0 0 255
    > softmax plot images c -o c.gnuplot > out; sed -n '/^.tile1 /,/^EOD/p' c.gnuplot; grep -o "y: [a-z]*" c.gnuplot
    > mkdir -p l/a l/b; for c in a b; do python3 "$GOLDEN/png.py" l/$c/1.png 200x300 0 100; done
    > softmax plot images l -o l.gnuplot > out; sed -n '/^.tile0/,/^EOD/p' l.gnuplot | awk 'NR == 2 { print NF, $1 } END { print NR - 2 }'
    $tile1 << EOD
    0 0 255 0 0
    1 0 255 0 0
    0 1 255 0 0
    1 1 255 0 0
    EOD
    y: blue
    y: red
    100 33.333
    67

Data without labels have row numbers, data that are no pictures are refused.

    $ softmax plot images c/red --grid 1x1 -o u.gnuplot > out; grep -o "'row 0'" u.gnuplot
    'row 0'
    $ softmax plot images blobs -o b.png
    ! softmax: blobs: its rows are no pictures but 2 numbers; pictures are IDX files and NPY arrays of three dimensions, folders of PNG files, mnist, fashion-mnist, digits
    = 1
    $ softmax plot images digits --grid 41x1 -o d.png
    ! softmax plot images: --grid=41x1: it must be rows and columns from 1 to 40, such as 3x5
    = 2
    $ printf 'mass,label\n1,a\n2,b\n3,a\n' > table.csv; softmax plot images table.csv
    ! softmax: table.csv: its rows are no pictures but 3 numbers; …
    = 1

Large numbers have their separators, and one row is one.

    $ softmax plot images digits:n=1700 --grid 40x40 -o many.gnuplot > out; grep -o 'digits:n=1700: [^"'"'"']*' many.gnuplot
    digits:n=1700: 1,600 of 1,700 rows
    $ softmax plot images digits:n=1 -o one.gnuplot > out; grep -o '1 of 1 row\>' one.gnuplot
    1 of 1 row
