Well-known tables as they are handed round, each with its own oddities, and the accuracy that softmax
regression comes to with default options on rows that were held out.
@needs SOFTMAX_DATA

    $ cat > accuracy <<'END'
    > #!/bin/sh
    > exec softmax evaluate m.safetensors "$@" --json
    > END
    > cat > within.py <<'END'
    > import json, sys
    > least, most = map(float, sys.argv[1:])
    > result = json.load(sys.stdin)
    > print(result["rows"], "rows:", "as expected" if least <= result["accuracy"] <= most else result["accuracy"])
    > END
    > echo 'exec python3 within.py "$@"' > within; echo 'exec softmax train "$@" -o m.safetensors --quiet > log' > train
    > chmod +x accuracy within train

A first line of counts and class names is no header: it is skipped, and a split hands it on. The label
comes last.

    $ softmax data split $SOFTMAX_DATA/iris/iris.csv a.csv b.csv --skip-lines 1 --label -1 --quiet; head -n 2 b.csv
    150,4,setosa,versicolor,virginica
    5.4,3.9,1.7,0.4,0
    $ ./train a.csv --skip-lines 1 --label -1; ./accuracy b.csv --skip-lines 1 | ./within 0.93 0.94
    30 rows: as expected
    $ softmax data split $SOFTMAX_DATA/wine/wine_data.csv a.csv b.csv --skip-lines 1 --label -1 --quiet
    > ./train a.csv --skip-lines 1 --label -1; ./accuracy b.csv --skip-lines 1 | ./within 0.97 1
    36 rows: as expected
    $ softmax data split $SOFTMAX_DATA/breast_cancer/breast_cancer.csv a.csv b.csv --skip-lines 1 --label -1 --quiet
    > ./train a.csv --skip-lines 1 --label -1; ./accuracy b.csv --skip-lines 1 | ./within 0.94 0.95
    114 rows: as expected

Pictures as numbers, compressed, without a header. Some columns are 0 in all rows.

    $ softmax data split $SOFTMAX_DATA/digits_8x8/digits.csv.gz a.csv b.csv --label -1 --quiet
    > ./train a.csv --label -1; ./accuracy b.csv | ./within 0.969 0.975
    359 rows: as expected

Names of columns, categories, and NA for what is missing.

    $ softmax data split $SOFTMAX_DATA/penguins/penguins.csv a.csv b.csv --label species --quiet
    > ./train a.csv --label species; ./accuracy b.csv | ./within 0.98 1
    69 rows: as expected

Blanks behind commas, ? for what is missing. The test part begins with a line that belongs to no table, and
has a dot behind its labels.

    $ ./train $SOFTMAX_DATA/adult/adult.data.gz --label -1
    > gzip -dc $SOFTMAX_DATA/adult/adult.test.gz | sed 's/\.$//' > adult.test; head -n 1 adult.test
    > ./accuracy adult.test --skip-lines 1 | ./within 0.853 0.854
    |1x3 Cross validator
    16281 rows: as expected

Categories alone; some of them are numbers, but for one, and stay categories.

    $ softmax data split $SOFTMAX_DATA/car/car.data a.data b.data --label -1 --quiet
    > ./train a.data --label -1; ./accuracy b.data | ./within 0.94 0.945
    346 rows: as expected

The label comes first; the last 4,000 rows are to test with.

    $ gzip -dc $SOFTMAX_DATA/letter/letter-recognition.data.gz | head -n 16000 > a.data
    > gzip -dc $SOFTMAX_DATA/letter/letter-recognition.data.gz | tail -n 4000 > b.data
    > ./train a.data --label 1; ./accuracy b.data | ./within 0.769 0.773
    4000 rows: as expected

Rows in the order of their classes, which a split mixes.

    $ softmax data split $SOFTMAX_DATA/covtype20k/covtype.20k.data.gz a.data b.data --label -1 --quiet
    > ./train a.data --label -1; ./accuracy b.data | ./within 0.719 0.724
    4000 rows: as expected

Tabs between cells, the label first. The classes are such that a linear model does no better than chance.

    $ ./train $SOFTMAX_DATA/lightgbm_multiclass/multiclass.train.gz --label 1
    > ./accuracy $SOFTMAX_DATA/lightgbm_multiclass/multiclass.test | ./within 0.2 0.22
    500 rows: as expected
