A report is one file that says all there is to say of a model. What page.py prints it has looked
through: its elements are nested as they should be, and nothing in it is loaded or run.

    $ softmax train digits:n=300 -o d.safetensors --log d.jsonl --quiet > out
    > softmax report d.safetensors digits:n=200 --log d.jsonl -o d.html
    accuracy    0.…
    saved to    d.html
    $ python3 "$GOLDEN/page.py" d.html
    data training confusion classes calibration mistakes weights model repeat
    img: … svg: 5 table: 5
    $ python3 "$GOLDEN/page.py" d.html --section data | sed -n 1,8p
    Data
    Name	digits:n=200
    Rows	200
    Features	784, bytes: pictures of 28 × 28 pixels
    Classes	10, from … rows of … to … of …
    24 of 200 rows, at random
    [Row …, of class ⁨…⁩] …
    [Row …, of class ⁨…⁩] …
    $ python3 "$GOLDEN/page.py" d.html --section mistakes | sed -n 3p
    [Row …, of class ⁨…⁩] is …, taken for …, … %, row …
    $ python3 "$GOLDEN/page.py" d.html --section weights | tail -n 2
    [Weights of ⁨8⁩] 8
    [Weights of ⁨9⁩] 9
    $ python3 "$GOLDEN/page.py" d.html --section repeat | sed -n 2,5p
    The training, from its log:
    softmax train -o d.safetensors --log d.jsonl --quiet digits:n=300
    This report:
    softmax report --log d.jsonl -o d.html d.safetensors digits:n=200

It is the same whenever it is written, and where nothing says otherwise it is report.html.

    $ cp d.html before.html; softmax report d.safetensors digits:n=200 --log d.jsonl -o d.html > out; cmp before.html d.html
    $ softmax report d.safetensors digits:n=200
    accuracy    0.…
    saved to    report.html
    $ python3 "$GOLDEN/page.py" report.html --section training | sed -n 2p
    There are no curves, as a model does not keep them: softmax train --log FILE writes down how each epoch goes, and softmax report --log FILE draws it.

Of a table it shows the columns; of a model of two features its regions; of a network its layers.

    $ cat > t.csv <<'END'
    > size,colour,label
    > 1,red,apple
    > 2,green,apple
    > 1.5,red,apple
    > 5,yellow,melon
    > 6,green,melon
    > ,yellow,melon
    > 5,,melon
    > 0.5,red,apple
    > END
    > softmax train t.csv -o t.safetensors --quiet > out; softmax report t.safetensors t.csv -o t.html
    accuracy    1.0000
    saved to    t.html
    $ python3 "$GOLDEN/page.py" t.html
    data training confusion classes calibration weights model repeat
    img: 0 svg: 2 table: 8
    $ python3 "$GOLDEN/page.py" t.html --section data
    Data
    Name	t.csv
    Rows	8
    Features	6, 32-bit floats
    Classes	2, of 4 rows each
    The columns that the model looks at.
    column	kind	missing	values
    size	numeric	1	0.5 to 6, mean 3
    colour	categorical	1	green 2, red 3, yellow 2
    6 of 8 rows, at random
    Rows count from 0.
    Rows with their class
    row	class	size	colour
    …
    5	melon	missing	yellow
    …
    $ python3 "$GOLDEN/page.py" t.html --section confusion
    Confusion
    Rows of each true class by the class that they are taken for. Blue: right, by its share of the row.
    Confusion matrix
    true class	taken for
    apple	melon
    apple	4	0
    melon	0	4
    $ python3 "$GOLDEN/page.py" t.html --section classes | tail -n 4
    class	precision	recall	F1	rows
    apple	1.0000	1.0000	1.0000	4
    melon	1.0000	1.0000	1.0000	4
    mean of the classes	1.0000	1.0000	1.0000	8
    $ softmax train circles:n=300,classes=3 --hidden 8,4 -o c.safetensors --quiet > out
    > softmax report c.safetensors circles:test,n=3000,classes=3 -o c.html > out; python3 "$GOLDEN/page.py" c.html | sed -n 1,1p
    regions data training confusion classes calibration mistakes weights model repeat
    $ python3 "$GOLDEN/page.py" c.html --section regions
    Regions
    The colour of a place is the class that the model gives it, the fainter the less certain; points are 1,000 of 3,000 rows, at random, in the colour and shape of their own class.
    0
    1
    2
    $ python3 "$GOLDEN/page.py" c.html --section model | tail -n 5
    layer	inputs	outputs	activation	dropout	parameters
    dense_0	2	8	relu	0	24
    dense_1	8	4	relu	0	36
    dense_2	4	3	linear	0	15
    all	75

Of texts it names the words that spoke for a mistake.

    $ python3 - <<'END' > s.csv
    > print("text,label")
    > for i in range(20):
    >     print("the striped cat sleeps,cat\nthe spotted dog barks,dog")
    > END
    > printf 'text,label\nthe spotted dog barks,cat\nthe striped cat sleeps,cat\n' > m.csv
    > softmax train s.csv --text text -o s.safetensors --quiet > out; softmax report s.safetensors m.csv -o s.html > out
    > python3 "$GOLDEN/page.py" s.html --section mistakes
    Mistakes
    The only mistake.
    Rows count from 0. Of many features those are named that speak most for the class it is taken for rather than its own.
    The surest mistakes
    row	class	taken for	probability	text
    0	cat	dog	0.…	…dog…
    $ python3 "$GOLDEN/page.py" s.html --section weights | sed -n '3,4p'
    cat
    feature	weight	against or for

Of many classes it shows those that matter.

    $ python3 - <<'END' > many.svm
    > for i in range(600):
    >     print(i % 300 + (i == 7), f"{i % 300 + 1}:1")
    > END
    > softmax train many.svm -o many.safetensors --quiet > out; softmax report many.safetensors many.svm -o many.html > out
    > python3 "$GOLDEN/page.py" many.html --section confusion | sed -n 1,2p
    Confusion
    A matrix of 300 classes would not be read; these are its largest entries off the diagonal.
    $ python3 "$GOLDEN/page.py" many.html --section classes | sed -n 2p
    Precision: of the rows taken for the class, the share that is. Recall: of its rows, the share taken for it. F1: their harmonic mean. The 200 with the least F1, of 300 classes.

Of a log whose last line is not whole the rest is drawn, and that is said.

    $ head -n 4 d.jsonl > broken.jsonl; printf '{"epoch": 4, "tr' >> broken.jsonl
    > softmax report d.safetensors digits:n=200 --log broken.jsonl -o b.html > out; python3 "$GOLDEN/page.py" b.html --section training | sed -n 3p
    The last line of the log is not whole, and is left out.
    ! softmax: broken.jsonl: the last line is not whole; drawn up to epoch …

Nor are losses drawn that are too large for an axis.

    $ sed '2,3s/"loss": [-+.0-9e]*/"loss": 1e308/; 4s/"loss": [-+.0-9e]*/"loss": null/' d.jsonl > huge.jsonl
    > softmax report d.safetensors digits:n=200 --log huge.jsonl -o huge.html > out; grep -c -w 'nan\|inf' huge.html
    0
    = 1
    $ grep -c "^<desc id=\"loss-text\">Loss of .* ends at [0-9]" huge.html
    1

Of a training without steps there are no curves, which is said; the log has its command. An empty log is
a mistake.

    $ softmax train digits:n=300 --steps 0 -o none.safetensors --log none.jsonl -q > out
    > softmax report none.safetensors digits:n=200 --log none.jsonl -o none.html
    accuracy    0.0750
    saved to    none.html
    ! softmax: none.jsonl: the log has no epoch with a loss; the report has no curves
    $ head -n 1 none.jsonl | cat - <(echo '{"epo') > begun.jsonl; softmax report none.safetensors digits:n=200 --log begun.jsonl -o begun.html > out
    > for page in none begun; do python3 "$GOLDEN/page.py" $page.html --section training | head -n 3 | tail -n 2; done
    > python3 "$GOLDEN/page.py" none.html --section repeat | sed -n '/from its log/,+1p'
    There are no curves, as the log has no epoch with a loss.
    solver	lbfgs
    There are no curves, as the log has no epoch with a loss.
    The last line of the log is not whole, and is left out.
    The training, from its log:
    softmax train --steps 0 -o none.safetensors --log none.jsonl -q digits:n=300
    ! softmax: begun.jsonl: the log has no epoch with a loss; the report has no curves
    $ : > empty.jsonl; softmax report none.safetensors digits:n=200 --log empty.jsonl -o e.html
    ! softmax: empty.jsonl: the log is empty; softmax train --log FILE writes one
    = 1

A log of another model's training is refused.

    $ softmax report t.safetensors t.csv --log d.jsonl -o other.html
    ! softmax: d.jsonl: the log is of another model: its training had 784 features, and t.safetensors has 6; --log takes the log that softmax train wrote of this model
    = 1
    $ softmax train digits:n=300 --hidden 5 --steps 3 -o hidden.safetensors --log hidden.jsonl -q > out
    > softmax report d.safetensors digits:n=200 --log hidden.jsonl -o other.html; ls other.html
    ! softmax: hidden.jsonl: the log is of another model: its training had 3985 parameters, and d.safetensors has 7850; …
    ! ls: cannot access 'other.html': No such file or directory
    = 2

So is one of another training of a model as large: with another penalty, of other data, longer.

    $ softmax train digits:n=300 --l2 1e-2 --steps 3 -o a.safetensors --log a.jsonl -q > out
    > softmax train digits:n=300 --l2 1e-3 --steps 3 -o b.safetensors --log b.jsonl -q > out
    > softmax train digits:n=200 --steps 3 -o c.safetensors --log c.jsonl -q > out
    > softmax train digits:n=300 --steps 2 -o e.safetensors --log e.jsonl -q > out
    > softmax train digits:n=300 --solver gd --steps 3 -o f.safetensors --log f.jsonl -q > out
    $ for log in a b c e f; do softmax report a.safetensors digits:n=200 --log $log.jsonl -o other.html; done
    accuracy    0.…
    saved to    other.html
    ! softmax: b.jsonl: the log is of another training, whose loss is 0.…; that of a.safetensors is 0.…; --log takes the log that softmax train wrote of this model
    ! softmax: c.jsonl: the log is of another training, whose number of rows is 200; that of a.safetensors is 300; …
    ! softmax: e.jsonl: the log is of another training, whose number of steps is 2; that of a.safetensors is 3; …
    ! softmax: f.jsonl: the log is of another training, whose solver is "gd"; that of a.safetensors is "lbfgs"; …
    = 1

One of the same training is taken, though the model was calibrated, or trained on another loss.

    $ softmax calibrate a.safetensors digits:test,n=200 -o calibrated.safetensors > out
    > softmax report calibrated.safetensors digits:n=200 --log a.jsonl -o other.html > out
    $ softmax train digits:n=300 --solver adam --steps 5 --label-smoothing 0.1 -o g.safetensors --log g.jsonl -q > out
    > softmax report g.safetensors digits:n=200 --log g.jsonl -o other.html > out
    $ softmax train digits:n=300 --solver adam --epochs 2 --validation 50 -o h.safetensors --log h.jsonl -q > out
    > softmax report h.safetensors digits:n=200 --log h.jsonl -o other.html > out
    $ softmax train digits:n=300 --solver sgd --steps 5 -o i.safetensors --log i.jsonl --checkpoint i.checkpoint -q > out
    > softmax train digits:n=300 --solver sgd --steps 9 -o i.safetensors --log i.jsonl --resume i.checkpoint -q > out
    > softmax report i.safetensors digits:n=200 --log i.jsonl -o other.html > out

Where it cannot be written there is none, and why is said.

    $ softmax report d.safetensors digits:n=200 -o no/such/folder/d.html
    ! softmax: cannot write 'no/such/folder/d.html': …
    = 1
    $ softmax report d.safetensors digits:n=200 -o d.pdf
    ! softmax: 'd.pdf': a report is an HTML page: its name ends in .html; softmax plot draws pictures
    = 2
    $ softmax report d.safetensors digits:n=200 --log gone.jsonl -o e.html
    ! softmax: cannot open 'gone.jsonl': …
    = 1
    $ softmax report d.safetensors circles:n=50 -o e.html
    ! softmax: …2 features…784…
    = 1
    $ softmax report t.safetensors s.csv -o e.html
    ! softmax: s.csv…
    = 1
    $ printf 'size,colour,label\n1,red,pear\n' > pear.csv; softmax report t.safetensors pear.csv -o e.html
    ! softmax: …pear…
    = 1
    $ printf 'size,colour\n1,red\n' > bare.csv; softmax report t.safetensors bare.csv -o e.html
    ! softmax: …label…
    = 1
    $ ls e.html
    ! ls: cannot access 'e.html': No such file or directory
    = 2
    $ softmax report d.safetensors
    ! …
    = 2
