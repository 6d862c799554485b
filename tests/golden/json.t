The keys that --json prints are those that docs/json.md lists.

    $ keys() { python3 "$GOLDEN/json_keys.py" "$@"; }
    > printf 'size,colour,label\n1,red,a\n2,green,a\n5,red,b\n6,green,b\n7,,b\n' > t.csv
    > softmax train digits:n=100 --validation 20 --solver adam --epochs 2 -o m --json -q > train.json
    > softmax tune digits:n=100 --l2 1e-2 -o tuned --json -q > tune.json
    > softmax evaluate m digits:n=50 --json > evaluate.json
    > softmax predict m digits:n=3 --probabilities --logits --top-k 2 --json > predict.json
    > mkdir pictures; python3 "$GOLDEN/png.py" pictures/1.png 28x28 7
    > softmax predict m pictures --json > predict_pictures.json
    > softmax calibrate m digits:n=50 -o calibrated --json > calibrate.json
    > softmax inspect m --json > inspect.json
    > softmax train t.csv -o t -q > out; softmax inspect t --json > inspect_table.json
    > softmax train blobs:n=300,std=3,seed=7 -o b --l2 0 --tolerance 1e-6 -q > out
    > softmax inspect b --statistics blobs:n=300,std=3,seed=7 --json > statistics.json
    > softmax data info digits:n=20 --json > info.json; softmax data info t.csv --json > info_table.json
    > keys train train.json
    > keys tune tune.json
    > keys evaluate evaluate.json
    > keys predict predict.json predict_pictures.json
    > keys calibrate calibrate.json
    > keys inspect inspect.json inspect_table.json
    > keys 'inspect --statistics' statistics.json
    > keys 'data info' info.json info_table.json
    train: … keys
    tune: … keys
    evaluate: … keys
    predict: … keys
    calibrate: … keys
    inspect: … keys
    inspect --statistics: … keys
    data info: … keys

What data an inspected file is, is told in the same words.

    $ softmax inspect t.csv --json | cmp - info_table.json
