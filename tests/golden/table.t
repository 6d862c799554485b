A text table is trained on as it is: the first line names the columns, and their cells tell whether
they are numbers or categories. Only the label has to be named, unless it is called label, class,
target or y.

    $ { echo 'size,colour,kind'; for i in $(seq 20); do echo "$i.5,red,apple"; echo "$((i + 30)).25,green,melon"; done; } > fruit.csv
    $ softmax train fruit.csv --label kind --quiet -o fruit.safetensors
    model       softmax regression, 8 parameters
    training    lbfgs, … steps in …, converged (…)
    objective   …
    train       loss …   accuracy 1.0000   (40 rows)
    saved to    fruit.safetensors

The model knows the columns. It scales numbers, and has a feature for each category.

    $ softmax inspect fruit.safetensors | grep -A 4 -E '^(classes|columns)'
    classes     2: apple melon
    columns     3, label kind
      size: numeric, mean 25.875
      colour: categorical, 2 categories
    scaling     column by column: (x - shift) * scale, shift from 0 to 25.875, scale from 0.06… to 1
    weights     norm …
    $ softmax inspect fruit.safetensors --json | python3 -c 'import json, sys; print(json.dumps(json.load(sys.stdin)["columns"]))'
    {"columns": ["size", "colour", "kind"], "header": true, "label": 2, "weight": null, "missing": "indicator", "features": [{"kind": "numeric", "columns": [0], "mean": 25.875, "indicator": false}, {"kind": "categorical", "columns": [1], "categories": ["green", "red"], "missing": false}]}

Other tables have their columns in any order, more of them, and need no label. What the model cannot
know is told.

    $ printf 'colour,weight,size\ngreen,1,40\nred,2,3\n' > new.csv; softmax predict fruit.safetensors new.csv
    melon
    apple
    ! softmax: new.csv: 1 column is left out, as the model does not have it: weight
    $ printf 'size,colour\n40,blue\n,white\nNA,red\n' > odd.csv; softmax predict fruit.safetensors odd.csv
    melon
    apple
    apple
    ! softmax: odd.csv: column 'size': 2 cells without a value; the mean 25.875 took its place
    ! softmax: odd.csv: column 'colour': 2 cells with categories not seen in training, the first 'blue'; in none of its categories
    $ printf 'size,colour,kind\n2,red,apple\n40,green,melon\n' | gzip | softmax evaluate fruit.safetensors - | head -3
    rows        2
    loss        …
    accuracy    1.0000
    $ printf 'size,colour,kind\n2,red,apple\n40,green,\n' > some.csv; softmax predict fruit.safetensors some.csv
    apple
    melon
    ! softmax: some.csv: 1 row has no label, so that none is taken
    $ softmax evaluate fruit.safetensors some.csv
    ! softmax: some.csv: 1 row has no label, so that none is taken
    ! softmax: some.csv: there are no labels; column 'kind' has to be there, with one in each row
    = 1

The label may be named again, where it is the model's.

    $ for label in kind 3 -1; do softmax evaluate fruit.safetensors fruit.csv --label $label | head -n 1; done
    rows        40
    rows        40
    rows        40
    $ softmax evaluate fruit.safetensors fruit.csv --label 2
    ! softmax: --label=2: the model finds its label column without --label: it is kind
    = 1
    $ softmax predict fruit.safetensors new.csv --label colour
    ! softmax: --label=colour: the model finds its label column without --label: it is kind
    = 1
    $ softmax train blobs -q -o blobs.safetensors > blobs.out; softmax evaluate blobs.safetensors blobs --label y
    ! softmax: --label=y: the model is not of a table
    = 1

Without names columns go by their place, with or without the label.

    $ tail -n +2 fruit.csv > bare.csv; softmax train bare.csv --label -1 --quiet -o bare.safetensors | grep rows
    train       loss …   accuracy 1.0000   (40 rows)
    $ printf '40;green\n3;red\n' | softmax predict bare.safetensors -
    melon
    apple
    $ printf '40|green|?\n%% a remark\n3|red|?\n' > odd.txt; softmax predict bare.safetensors odd.txt --delimiter '|' --comment %
    melon
    apple

Excel's word for the delimiter is taken, and no row.

    $ printf 'sep=|\r\nsize|colour\r\n40|green\r\n3|red\r\n' > sep.csv; softmax predict fruit.safetensors sep.csv
    melon
    apple
    $ printf '\xef\xbb\xbfsep=;\nsize;colour\n3;red\n' | softmax predict fruit.safetensors -
    apple

Lines before the table are skipped, whatever they look like.

    $ printf 'Fruit of this year\n40,green\n3,red\n' | softmax predict bare.safetensors - --skip-lines 1
    melon
    apple

Cells without a value get the column's mean, and a feature of their own that tells, or a category;
other rules leave that feature out, or the rows.

    $ sed 's/^1\.5,/,/; s/^2\.5,red/2.5,NA/' fruit.csv > gaps.csv
    $ for rule in indicator mean drop; do softmax train gaps.csv --label kind --missing $rule --quiet -o $rule.safetensors | grep accuracy; softmax inspect $rule.safetensors | grep -A 2 ^columns; done
    train       loss …   accuracy 1.0000   (40 rows)
    columns     3, label kind
      size: numeric, mean 26.5, indicator
      colour: categorical, 2 categories, missing
    train       loss …   accuracy 1.0000   (40 rows)
    columns     3, label kind
      size: numeric, mean 26.5
      colour: categorical, 2 categories, missing
    train       loss …   accuracy 1.0000   (38 rows)
    columns     3, label kind
      size: numeric, mean 27.13…
      colour: categorical, 2 categories
    $ softmax train gaps.csv --label kind --missing drop -o m.safetensors 2>&1 | grep gaps
    softmax: gaps.csv: 2 rows left out for want of a value
    $ softmax predict indicator.safetensors odd.csv
    melon
    apple
    apple
    ! softmax: odd.csv: column 'colour': 2 cells with categories not seen in training, the first 'blue'; counted as missing
    $ softmax predict drop.safetensors odd.csv
    ! softmax: odd.csv:3: column 'size': there is no value, and the model was not trained on rows without one; fill it in, leave the row out, or train with --missing indicator or mean
    = 1

Columns can be said to be what their cells do not tell. Names, which are different in each row, are
left out unless one insists.

    $ awk -F, 'NR == 1 { print "name,zip," $0 } NR > 1 { print "n" NR "," 100 + NR % 3 "," $0 }' fruit.csv > more.csv
    $ for i in 1 2; do tail -n +2 fruit.csv | sed "s/^/m$i/; s/,/,200,3,/" >> more.csv; done
    $ softmax train more.csv --label kind --categorical zip --ignore size -o m.safetensors --quiet > out; softmax inspect m.safetensors | grep -A 3 ^columns
    columns     5, label kind
      zip: categorical, 4 categories
      colour: categorical, 2 categories
    scaling     …
    $ softmax train more.csv --label kind --categorical zip,name --ignore size -o m.safetensors --quiet > out; softmax inspect m.safetensors | grep name
      name: categorical, 120 categories
    $ softmax train more.csv --label kind -o m.safetensors 2>&1 | grep more
    softmax: more.csv: column 'name' is left out: 120 cells with 120 different texts are no categories; --categorical name takes it all the same

Rows can have weights; labels that are whole numbers are in their order.

    $ printf 'x,y,w\n1,10,1\n2,9,2\n3,10,1\n4,9,2.5\n' > weights.csv; softmax train weights.csv --weight w --quiet -o m.safetensors | grep rows; softmax inspect m.safetensors | grep -A 2 ^classes
    train       loss …   accuracy …   (4 rows)
    classes     2: 9 10
    columns     3, label y
      x: numeric, mean 2.5

They count in training alone: what is said of its end is what evaluation says of the same rows.

    $ softmax train weights.csv --weight w --l2 1 -q -o m.safetensors | grep -o '^train .* acc' | tr -s ' ' > end
    > softmax evaluate m.safetensors weights.csv | sed -n 's/^loss  */train loss /; s/$/ acc/; 2p' | cmp - end
    > softmax train weights.csv --from m.safetensors --l2 1 -q -o n.safetensors | grep -o '^train .* acc' | tr -s ' ' | cmp - end
    $ softmax train weights.csv --weight w --l2 1 -q -o m.safetensors > end; softmax train weights.csv --ignore w --l2 1 -q -o n.safetensors | cmp -s - end
    = 1

Training that goes on from a model reads a table as that model does.

    $ printf 'colour,size,kind\ngreen,30,melon\nred,4,apple\nred,60,melon\n' > later.csv
    $ softmax train later.csv --from fruit.safetensors --quiet -o later.safetensors | grep rows
    train       loss …   accuracy 1.0000   (3 rows)
    $ softmax train later.csv --label kind --from fruit.safetensors -o m.safetensors
    ! softmax: --label is for a new model; one that training goes on from keeps its columns
    = 2

Cross-validation takes tables, too.

    $ softmax tune fruit.csv --label kind --l2 1e-3,1e-2 --folds 2 --quiet | head -3
    l2           loss                  accuracy      steps    seconds
    0.01         …1.0000 …
    0.001        …1.0000 …

A model that was trained with --missing drop leaves such rows out of what it is measured on, and says
how many. A prediction answers row for row, and refuses them.

    $ printf 'size,kind\n1,a\n2,a\n,a\n5,a\n3,b\n6,b\n,b\n7,b\n8,b\n' > gaps.csv
    > softmax train gaps.csv --label kind --missing drop --l2 0.01 --test gaps.csv -o gaps.safetensors --quiet | grep rows
    train       loss 0.…   accuracy 0.…   (7 rows)
    test        loss 0.…   accuracy 0.…   (7 rows)
    $ softmax evaluate gaps.safetensors gaps.csv | grep '^rows'
    rows        7
    ! softmax: gaps.csv: 2 rows left out for want of a value
    $ softmax calibrate gaps.safetensors gaps.csv -o c.safetensors | grep -o '(.*)'
    (7 rows)
    ! softmax: gaps.csv: 2 rows left out for want of a value
    $ softmax plot confusion gaps.safetensors gaps.csv -o gaps.svg
    saved to    gaps.svg
    ! softmax: gaps.csv: 2 rows left out for want of a value
    $ softmax predict gaps.safetensors gaps.csv
    ! softmax: gaps.csv:4: column 'size': there is no value, and the model was not trained on rows without one; fill it in, leave the row out, or train with --missing indicator or mean
    = 1
