What a command reads it does not write over, by whatever name, and nothing is read or trained before
that is said.

    $ softmax data convert blobs:n=200,std=4 d.csv -q; softmax train d.csv -o m.st --log l.jsonl --quiet > out
    > ln -s d.csv link.csv; ln d.csv hard.csv; cp d.csv t.csv; sha256sum d.csv m.st l.jsonl t.csv > before
    $ softmax report m.st d.csv -o m.st
    ! softmax: m.st: this is the model that is read; choose another name for -o
    = 2
    $ softmax report m.st d.csv -o ./link.csv
    ! softmax: ./link.csv: this is the data that is read; choose another name for -o
    = 2
    $ softmax report m.st d.csv --log l.jsonl -o l.jsonl
    ! softmax: l.jsonl: this is the log that is read; choose another name for -o
    = 2
    $ softmax report m.st - -o d.csv < d.csv
    ! softmax: d.csv: this is the data that is read; choose another name for -o
    = 2
    $ softmax train d.csv -o hard.csv
    ! softmax: hard.csv: this is the data that is read; choose another name for -o
    = 2
    $ softmax train d.csv --test t.csv -o t.csv
    ! softmax: t.csv: this is the test data that is read; choose another name for -o
    = 2
    $ softmax train d.csv --checkpoint link.csv -o n.st
    ! softmax: link.csv: this is the data that is read; choose another name for --checkpoint
    = 2
    $ softmax train d.csv --from m.st --checkpoint m.st -o n.st
    ! softmax: m.st: this is the model that is read; choose another name for --checkpoint
    = 2
    $ softmax tune d.csv -o d.csv
    ! softmax: d.csv: this is the data that is read; choose another name for -o
    = 2
    $ softmax calibrate m.st d.csv -o d.csv
    ! softmax: d.csv: this is the data that is read; choose another name for -o
    = 2
    $ softmax data convert d.csv link.csv
    ! softmax: link.csv: this is the data that is read; choose another name for FILE
    = 2
    $ softmax data split d.csv d.csv rest.csv
    ! softmax: d.csv: this is the data that is read; choose another name for FILE
    = 2
    $ softmax data split d.csv rest.csv hard.csv
    ! softmax: hard.csv: this is the data that is read; choose another name for HELD-OUT
    = 2
    $ softmax data split d.csv a.csv ./a.csv
    ! softmax: 'a.csv' and './a.csv' are one file, which cannot be both
    = 2
    $ softmax data convert d.csv a.npy --labels-to ./a.npy
    ! softmax: 'a.npy' and './a.npy' are one file, which cannot be both
    = 2
    $ sha256sum --check --quiet before; ls
    before
    d.csv
    hard.csv
    l.jsonl
    link.csv
    m.st
    out
    t.csv

Neither do pictures, nor labels that lie in files of their own.

    $ softmax data convert digits:n=20 p-images-idx3-ubyte -q
    > softmax data convert p-images-idx3-ubyte p-float --labels p-labels-idx1-ubyte --labels-to p-labels-idx1-ubyte
    ! softmax: p-labels-idx1-ubyte: this is the file of labels that is read; choose another name for the labels
    = 2
    $ cp l.jsonl l.png; softmax plot curves l.png -o l.png; cmp l.jsonl l.png
    ! softmax: l.png: this is the log that is read; choose another name for -o
    $ cp m.st m.png; softmax plot weights m.png -o m.png; cmp m.st m.png
    ! softmax: m.png: this is the model that is read; choose another name for -o
    $ cp d.csv d.png; for kind in calibration confusion regions predictions; do softmax plot $kind m.st d.png -o d.png; done
    > softmax plot images d.png -o d.png; cmp d.csv d.png
    ! softmax: d.png: this is the data that is read; choose another name for -o
    ! softmax: d.png: this is the data that is read; choose another name for -o
    ! softmax: d.png: this is the data that is read; choose another name for -o
    ! softmax: d.png: this is the data that is read; choose another name for -o
    ! softmax: d.png: this is the data that is read; choose another name for -o

A model is calibrated, or trained further, where it is; and what only sounds like the data is not.

    $ softmax calibrate m.st d.csv > out && softmax calibrate m.st d.csv -o m.st > out && softmax train d.csv --from m.st -o m.st -q > out
    $ softmax train blobs:n=40 -o blobs -q > out && softmax train blobs -o blobs -q > out; ls blobs
    blobs
    $ softmax data convert d.csv d.npz -q && softmax train d.npz:train -o d.npz
    ! softmax: d.npz: this is the data that is read; choose another name for -o
    = 2
