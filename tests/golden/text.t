Columns of a table may be texts: each word that two rows or more hold is a feature, weighed by TF-IDF.

    $ cat > pets.csv <<END
    > label,text
    > cat,"The cat purrs, and sleeps"
    > cat,A cat sleeps on the sofa
    > dog,"The dog barks, loudly"
    > dog,My dog barks at cats
    > END
    $ softmax train pets.csv --text text -o pets.safetensors --quiet | grep train
    training    …
    train       loss …   accuracy 1.0000   (4 rows)
    $ cat > new.csv <<END
    > text
    > dog cat cat cat sleeps
    > barks and barks
    > fish swim
    > END
    $ softmax predict pets.safetensors new.csv 2> notes | head -n 2
    cat
    dog
    $ softmax predict pets.safetensors new.csv > out
    ! softmax: new.csv: column 'text': 1 text without any term of the training data, the first 'fish swim'

Pairs of words, counts, and hashes in the place of a list of words.

    $ softmax train pets.csv --text text --ngrams 1-2 --text-weighting counts --text-min-rows 1 -o p.safetensors --quiet | tail -n 1
    saved to    p.safetensors
    $ softmax train pets.csv --text text --text-hash 8 -o p.safetensors --quiet | head -n 1
    model       softmax regression, 514 parameters

Categories may be hashed, numbers cut into buckets, and columns crossed.

    $ cat > fruit.csv <<END
    > label,colour,weight
    > apple,red,150
    > apple,green,170
    > cherry,red,8
    > cherry,black,9
    > END
    $ softmax train fruit.csv --hash colour:3 --buckets weight:2 --cross colour,weight:4 -o f.safetensors --quiet | sed -n '1p;4p'
    model       softmax regression, 54 parameters
    train       loss …   accuracy 1.0000   (4 rows)

An empty text is a text: nothing of it is missing.

    $ printf 'label,text\na,sun and rain\nb,\na,rain and sun\n' > gaps.csv; softmax data info gaps.csv --text text --missing error | sed -n 2p
    rows        3

What is wrong is said.

    $ softmax train fruit.csv --buckets colour:2 -o f.safetensors
    ! softmax: fruit.csv:2: column 'colour': 'red' is not a number
    = 1
    $ softmax train fruit.csv --hash colour:30 -o f.safetensors
    ! softmax: fruit.csv: column 'colour': 30 bits to hash to; 1 to 24 can be
    = 1
    $ softmax train fruit.csv --hash colour -o f.safetensors
    ! softmax: --hash=colour: a colon and a number must follow the name, such as A:10
    = 2
    $ softmax train fruit.csv --cross colour:4 -o f.safetensors
    ! softmax: fruit.csv: 'colour' is one column; crossing takes two or more, with a comma between
    = 1
    $ softmax train fruit.csv --ngrams 1-2 -o f.safetensors
    ! softmax: --ngrams is for columns of texts; --text says which these are
    = 2
    $ softmax train pets.csv --text text --ngrams 2-1 -o f.safetensors
    ! softmax: --ngrams=2-1: it must be two numbers from 1 to 8, such as 1-2
    = 2
