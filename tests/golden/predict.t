    $ softmax train blobs -o b.safetensors --quiet > out

A line a row, the class first.

    $ softmax predict b.safetensors blobs:test,n=4
    0
    1
    2
    3
    $ softmax predict b.safetensors blobs:test,n=4 --probabilities | awk -F '\t' '{ print NF, ($2 + $3 + $4 + $5 > 0.99999 && $2 + $3 + $4 + $5 < 1.00001) }' | uniq
    5 1
    $ softmax predict b.safetensors blobs:test,n=4 --row 2 -p -l -k 2 | tr '\t' '\n' | wc -l
    13
    $ softmax predict b.safetensors blobs:test,n=4 --row 2 --top-k 9 | cut -f 1,2
    2	2

JSON has what is asked for, under the names of the classes.

    $ softmax predict b.safetensors blobs:test,n=3 --json
    {"rows": 3, "classes": ["0", "1", "2", "3"], "predictions": ["0", "1", "2"]}
    $ softmax predict b.safetensors blobs:test,n=3 --json -p -l -k 2 | python3 -c '
    > import json, math, sys
    > r = json.load(sys.stdin)
    > print(" ".join(r))
    > for logits, probabilities, top in zip(r["logits"], r["probabilities"], r["top"]):
    >     total = sum(math.exp(z - max(logits)) for z in logits)
    >     worst = max(abs(p - math.exp(z - max(logits)) / total) for p, z in zip(probabilities, logits))
    >     print(worst < 1e-7, top[0]["class"], top[0]["probability"] == max(probabilities), len(top))'
    rows classes predictions probabilities logits top
    True 0 True 2
    True 1 True 2
    True 2 True 2

Data without labels, and from standard input.

    $ softmax data make blobs:n=5 -o points --quiet
    > softmax predict b.safetensors points/t10k-features-idx2-float > a
    > softmax predict b.safetensors - < points/t10k-features-idx2-float > b
    > gzip -c points/t10k-features-idx2-float | softmax predict b.safetensors - > c
    > cmp a b && cmp a c && wc -l < a
    5

What does not fit is said.

    $ softmax predict b.safetensors blobs:test,n=4 --row 4
    ! softmax: there is no row 4: the data has 4, counted from 0
    = 1
    $ softmax predict b.safetensors digits
    ! softmax: the data has 784 features a row, the model takes 2
    = 1
    $ softmax predict nothing.safetensors digits
    ! softmax: cannot open 'nothing.safetensors': No such file or directory
    = 1
