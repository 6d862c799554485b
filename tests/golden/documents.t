Manual pages and completion are made from the same tables as the help.
@tool scdoc
@tool man

    $ for c in train tune evaluate calibrate predict inspect lab report plot-calibration plot-confusion \
    >     plot-curves plot-images plot-predictions plot-regions plot-softmax plot-weights \
    >     data-convert data-fetch data-info data-make data-split; do
    >     page=$DOCUMENTS/softmax-$c.1
    >     softmax ${c/-/ } --help | grep -o -- '--[a-z0-9-]*[a-z0-9]' | sort -u > help
    >     man -l "$page" | col -b | grep -o -- '^ *\(-., \)\?--[a-z0-9-]*' | grep -o -- '--.*' | sort -u > page
    >     comm -3 help page | tr -d '\t' | grep -v -- '^--usage$' | sed "s/^/$c: /"
    > done

No page has a line that the formatter complains of.

    $ for page in "$DOCUMENTS"/softmax*.1; do man --warnings -E UTF-8 -l "$page" 2>&1 > /dev/null; done
    > for page in "$DOCUMENTS"/softmax*.1; do man --warnings -E ascii -l "$page" 2>&1 > /dev/null; done
    > grep -l -P '[^\x00-\x7F]' "$DOCUMENTS"/*
    = 1

The program's own says what is looked at in the environment.

    $ man -l "$DOCUMENTS/softmax.1" | col -b | grep -o '^ *[A-Z_]*\(, [A-Z_]*\)\? *$' | grep -v '^[A-Z]' | tr -d ' ' | grep .
    SOFTMAX_DATA
    SOFTMAX_ISA
    XDG_CACHE_HOME,HOME
    TMPDIR
    COLUMNS
    DISPLAY,WAYLAND_DISPLAY
    NO_COLOR

The completion knows commands, options and the words they take.

    $ complete_line() {
    >     COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    >     _softmax 2> /dev/null; echo "${COMPREPLY[@]}"
    > }
    > source "$DOCUMENTS/softmax.bash"; touch document
    > complete_line softmax tr
    > complete_line softmax tu
    > complete_line softmax tune --one
    > complete_line softmax data m
    > complete_line softmax train --solver = ""
    > complete_line softmax train --init = gl
    > complete_line softmax predict --pro
    > complete_line softmax train -s l
    > complete_line softmax train fash
    > complete_line softmax train do
    > complete_line softmax train digits -o bl
    > complete_line softmax train digits -o do
    > complete_line softmax report m d --log = d
    > complete_line softmax inspect m --statistics bl
    > complete_line softmax data fetch ""
    > complete_line softmax data make ""
    train
    tune
    --one-standard-error
    make
    auto lbfgs newton-cg gd sgd adam adamw adagrad ftrl
    glorot glorot-normal
    --probabilities
    lbfgs
    fashion-mnist
    document
    
    document
    document
    blobs
    mnist fashion-mnist
    digits blobs circles moons spirals
