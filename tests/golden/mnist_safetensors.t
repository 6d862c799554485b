The same on MNIST as safetensors.t has it on generated digits.
@needs SOFTMAX_PYTHON
@needs SOFTMAX_DATA

    $ softmax train mnist -o m.safetensors --quiet > out
    > softmax predict m.safetensors mnist --probabilities > predicted
    > zcat "$SOFTMAX_DATA/mnist/t10k-images-idx3-ubyte.gz" > images
    > "$SOFTMAX_PYTHON" "$GOLDEN/check_safetensors.py" m.safetensors images predicted | tail -n 1
    10000 of 10000 classes the same, probabilities within 1e-5: True
