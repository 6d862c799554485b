Other tools open the model: the standard safetensors reader finds the tensors, and NumPy, multiplying
in double precision, comes to the same classes and probabilities.
@needs SOFTMAX_PYTHON

    $ softmax train digits:n=1000 -o m.safetensors --quiet > out
    > softmax data make digits:n=1000 -o digits --quiet
    > softmax predict m.safetensors digits/t10k-images-idx3-ubyte --probabilities > predicted
    > "$SOFTMAX_PYTHON" "$GOLDEN/check_safetensors.py" m.safetensors digits/t10k-images-idx3-ubyte predicted
    tensors: dense_0.bias (10,) float32, dense_0.kernel (784, 10) float32
    1000 of 1000 classes the same, probabilities within 1e-5: True
    $ softmax train digits:n=1000 -o m.safetensors --standardize --quiet > out
    > softmax predict m.safetensors digits/t10k-images-idx3-ubyte --probabilities > predicted
    > "$SOFTMAX_PYTHON" "$GOLDEN/check_safetensors.py" m.safetensors digits/t10k-images-idx3-ubyte predicted
    tensors: dense_0.bias (10,) float32, dense_0.kernel (784, 10) float32, scale (784,) float32, shift (784,) float32
    1000 of 1000 classes the same, probabilities within 1e-5: True
    $ softmax calibrate m.safetensors digits:test,n=1000 > out
    > softmax predict m.safetensors digits/t10k-images-idx3-ubyte --probabilities > predicted
    > "$SOFTMAX_PYTHON" "$GOLDEN/check_safetensors.py" m.safetensors digits/t10k-images-idx3-ubyte predicted | tail -n 1
    1000 of 1000 classes the same, probabilities within 1e-5: True
