TensorBoard's own package reads what --tensorboard writes; the numbers are those of the log.
@needs SOFTMAX_PYTHON

    $ softmax train digits:train,n=300 --solver adam --epochs 3 --validation 50 --tensorboard runs --log log -q -o m > out
    > "$SOFTMAX_PYTHON" "$GOLDEN/check_tensorboard.py" runs log
    numbers of 3 epochs are those of the log
    dense_0/bias histograms of 10 10 10
    dense_0/kernel histograms of 7840 7840 7840
    dense_0/pictures pictures of (115, 86) (115, 86) (115, 86)
    scalars: accuracy learning_rate loss
    histograms: dense_0/bias dense_0/kernel
    images: dense_0/pictures
    $ softmax train digits:train,n=300 --hidden 20 --epochs 2 --validation 50 --tensorboard deep --log log -q -o m > out
    > "$SOFTMAX_PYTHON" "$GOLDEN/check_tensorboard.py" deep log
    numbers of 2 epochs are those of the log
    dense_0/bias histograms of 20 20
    dense_0/kernel histograms of 15680 15680
    dense_1/bias histograms of 10 10
    dense_1/kernel histograms of 200 200
    dense_0/pictures pictures of (144, 115) (144, 115)
    scalars: accuracy learning_rate loss
    histograms: dense_0/bias dense_0/kernel dense_1/bias dense_1/kernel
    images: dense_0/pictures
