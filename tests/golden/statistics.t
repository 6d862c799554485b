Statistics of a model trained without penalty, on data whose classes overlap; the numbers are those
of statsmodels's MNLogit on the same data.

    $ softmax train blobs:n=300,std=3,seed=7 -o b.safetensors --l2 0 --tolerance 1e-6 --quiet > out
    $ softmax inspect b.safetensors --statistics blobs:n=300,std=3,seed=7
    model             b.safetensors
    data              blobs:n=300,std=3,seed=7, 300 rows
    log-likelihood    -252.905, -415.888 with intercepts alone
    likelihood ratio  325.967, 6 degrees of freedom, p = 2.22e-67
    pseudo R-squared  0.3919 (McFadden)
    AIC, BIC          523.809, 557.143, 9 parameters
    maximum           … standard errors from the model, … Newton step…
    
    1 against 0
                     coefficient   std. error         z    p-value             95 % interval
      intercept           1.0743      0.33192     3.237    0.00121      0.42373       1.7249
      x1                 0.32917     0.072582     4.535   5.75e-06      0.18692      0.47143
      x2                -0.43863     0.071894    -6.101   1.05e-09     -0.57954     -0.29772
    
    2 against 0
                     coefficient   std. error         z    p-value             95 % interval
      intercept           1.3185      0.32178     4.098   4.17e-05      0.68786       1.9492
      x1                 0.65698     0.086295     7.613   2.67e-14      0.48784      0.82611
      x2               -0.067844     0.071288    -0.952      0.341     -0.20757     0.071877
    
    3 against 0
                     coefficient   std. error         z    p-value             95 % interval
      intercept          0.32505      0.38167     0.852      0.394     -0.42301       1.0731
      x1                  1.0556      0.10971     9.622   6.48e-22      0.84058       1.2706
      x2                -0.37447     0.085362    -4.387   1.15e-05     -0.54178     -0.20717

Another base, other intervals, for programs.

    $ softmax inspect b.safetensors --statistics blobs:n=300,std=3,seed=7 --base 1 --confidence 0.9 --json | python3 -c '
    > import json, sys
    > r = json.load(sys.stdin)
    > print(r["kind"], r["base"], r["confidence"], r["rows"], r["parameters"], r["degrees_of_freedom"])
    > print([c["class"] for c in r["coefficients"]], len(r["coefficients"][0]["features"]))
    > c = r["coefficients"][0]["features"][1]
    > print([f["name"] for f in r["coefficients"][0]["features"]])
    > print(*("%s %.4f" % (k, c[k]) for k in ("value", "standard_error", "lower", "upper")))
    > print("%.3f %.3f" % (r["aic"], r["bic"]))'
    statistics 1 0.9 300 9 6
    ['0', '2', '3'] 2
    ['x1', 'x2']
    value 0.4386 standard_error 0.0719 lower 0.3204 upper 0.5569
    523.809 557.143

Of a table, rows are called as its columns are, however long that is.

    $ awk 'BEGIN { srand(3); print "age,years in the place of birth,label"
    >     for (i = 0; i < 400; i++) printf "%d,%d,%s\n", 20 + 50 * rand(), 30 * rand(), rand() < 0.4 ? "yes" : "no" }' > t.csv
    > softmax train t.csv -o t.safetensors --standardize --l2 0 --tolerance 1e-8 --quiet > out
    > softmax inspect t.safetensors --statistics t.csv | tail -n 3 | cut -c 1-44
      intercept  …
      age  …
      years in the place of birth    …

Where such statistics do not hold or do not exist, the reason is told.

    $ softmax train blobs:n=300,std=3,seed=7 -o p.safetensors --quiet > out
    > softmax inspect p.safetensors --statistics blobs:n=300,std=3,seed=7
    ! softmax: the model was trained with an L2 penalty of 0.0001, which biases coefficients towards 0: standard errors do not hold for it; train with an l2 of 0
    = 1
    $ softmax train blobs:n=60,std=0.2,seed=7 -o s.safetensors --l2 0 --epochs 20 --quiet > out
    > softmax inspect s.safetensors --statistics blobs:n=60,std=0.2,seed=7
    ! softmax: no standard errors: the classes are separated completely, '…' from all others, most by feature 'x…', so that coefficients grow without bound
    = 1
    $ softmax inspect b.safetensors --statistics blobs:test,n=300,std=3,seed=7
    ! softmax: the model is not at the maximum of this data's likelihood: a coefficient is … standard errors off; train on this data, without weights or label smoothing, to a tolerance of 1e-6 or so, with features on similar scales
    = 1
    $ softmax inspect b.safetensors --statistics digits
    ! softmax: the data has 784 features a row, the model takes 2
    = 1
    $ softmax train digits:n=50 -o d.safetensors --l2 0 --epochs 1 --quiet > out
    > softmax inspect d.safetensors --statistics digits:n=50
    ! softmax: the model has 7850 parameters; statistics are for at most 2000, as their time grows with the cube of that number
    = 1
    $ softmax inspect b.safetensors --statistics nothing
    ! softmax: 'nothing' is neither a file or folder, …
    = 1

And what makes no sense:

    $ softmax inspect b.safetensors --statistics blobs --base four
    ! softmax: --base=four: the model has no such class; 'softmax inspect MODEL' lists them
    = 1
    $ softmax inspect b.safetensors --base 1
    ! softmax: --base is for --statistics: softmax inspect MODEL --statistics DATA
    = 2
    $ softmax inspect b.safetensors --confidence 0.9
    ! softmax: --confidence is for --statistics: softmax inspect MODEL --statistics DATA
    = 2
    $ softmax inspect b.safetensors --statistics blobs --confidence 95
    ! softmax inspect: --confidence=95: it must be a number from 0.01 to 0.999999
    = 2
    $ softmax inspect digits --statistics digits
    ! softmax: --statistics is for a model, and 'digits' is data
    = 1
    $ softmax data make blobs:n=300,std=3,seed=7 -o blobs --quiet
    > softmax inspect b.safetensors --statistics blobs/train-features-idx2-float --labels blobs/train-labels-idx1-ubyte | head -n 3
    model             b.safetensors
    data              blobs/train-features-idx2-float, 300 rows
    log-likelihood    -252.905, -415.888 with intercepts alone

Data is read as it is for training and measuring; what the model knows of it need not be said again.

    $ printf '# made\n1;0;a\n2;1;b\n3;0;a\n4;1;b\n2;0;b\n3;1;a\n' > bare.csv
    > softmax train bare.csv --label -1 --no-header --comment '#' --l2 0 --tolerance 1e-6 -o n.safetensors -q > out
    > softmax inspect n.safetensors --statistics bare.csv --label 3 --no-header --comment '#' | head -n 1
    > softmax inspect n.safetensors --statistics bare.csv --label 2 --no-header --comment '#'
    > softmax inspect n.safetensors --statistics bare.csv --header --no-header
    model             n.safetensors
    ! softmax: --label=2: the model finds its label column without --label: it is 3
    ! softmax: --header and --no-header contradict each other
    = 2

A file of data is read likewise; a model alone has nothing to be read so.

    $ softmax inspect bare.csv --label -1 --comment '#' --no-header | head -n 3
    data        bare.csv
    rows        6
    features    2, …
    $ softmax inspect n.safetensors --comment '#'
    ! softmax: --comment is for --statistics: softmax inspect MODEL --statistics DATA
    = 2
    $ for option in --quiet --threads=2; do softmax inspect n.safetensors $option; done
    ! softmax: --quiet is for --statistics: softmax inspect MODEL --statistics DATA
    ! softmax: --threads is for --statistics: softmax inspect MODEL --statistics DATA
    = 2
    $ softmax inspect bare.csv --base a
    ! softmax: --base is for --statistics: softmax inspect MODEL --statistics DATA
    = 2
    $ softmax inspect blobs/train-features-idx2-float --labels blobs/train-labels-idx1-ubyte --threads 1 | grep ^classes
    classes     4

What has no standard error is named as the columns are.

    $ printf 'size,same,kind\n1,7,a\n2,7,b\n3,7,a\n4,7,b\n' > same.csv
    > softmax train same.csv --label kind --l2 0 --tolerance 1e-6 --no-standardize -o same.safetensors -q > out
    > softmax inspect same.safetensors --statistics same.csv
    ! softmax: no standard errors: feature 'same' is constant, and cannot be told from the intercept; leave it out
    = 1
