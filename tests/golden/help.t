The program explains itself.

    $ softmax --help
    Usage: softmax COMMAND [OPTION...]
    Multiclass classification with probabilities: from labelled data to a tested model.
    
    Commands:
      train             Train a classifier and save it
      tune              Choose the penalty by cross-validation
      evaluate          Measure a model on labelled data
      calibrate         Make probabilities what they say
      predict           Classify rows
      inspect           Show what a model or a data file holds
      lab               Serve a page to play with softmax, regions and digits
      report            Write all about a model into one HTML file
      plot calibration  Draw whether probabilities are what they say
      plot confusion    Draw which classes a model takes for which
      plot curves       Draw loss and accuracy, epoch after epoch
      plot images       Draw rows of pictures, with their classes
      plot predictions  Draw pictures with the classes that a model gives them
      plot regions      Draw the regions that a model of two features decides on
      plot softmax      Draw logits, their exponentials and probabilities as bars
      plot weights      Draw what speaks for and against each class
      data convert      Write data as a file of another kind
      data fetch        Download a data set
      data info         Describe data
      data make         Generate data and write it as IDX files
      data split        Write data as two files, one of them held out
    
    Two to begin with:
      softmax train digits -o digits.safetensors
      softmax evaluate digits.safetensors digits
    
    'softmax COMMAND --help' and 'man softmax-COMMAND' say more.

    $ SOFTMAX_ISA=reference softmax --version
    softmax …
    $ softmax --version | grep -Eo '^softmax [0-9]+\.[0-9]+\.[0-9]+ \((x86_64|avx2|avx512|neon|reference)\)$' | wc -l
    1

Where SOFTMAX_ISA names none that this machine has, there is none to tell.

    $ SOFTMAX_ISA=avx1024 softmax --version | tr -d 0-9
    softmax ..

Every command has help that begins with how it is called.

    $ softmax --help | sed -n 's/^  \([a-z]\+\( [a-z]\+\)\?\)  .*/\1/p' | while read -r c; do
    >     softmax $c --help | head -n 1
    > done
    Usage: softmax train [OPTION...] DATA -o MODEL
    Usage: softmax tune [OPTION...] DATA
    Usage: softmax evaluate [OPTION...] MODEL DATA
    Usage: softmax calibrate [OPTION...] MODEL DATA
    Usage: softmax predict [OPTION...] MODEL DATA
    Usage: softmax inspect [OPTION...] FILE
    Usage: softmax lab [OPTION...]
    Usage: softmax report [OPTION...] MODEL DATA
    Usage: softmax plot calibration [OPTION...] MODEL DATA
    Usage: softmax plot confusion [OPTION...] MODEL DATA
    Usage: softmax plot curves [OPTION...] LOG...
    Usage: softmax plot images [OPTION...] DATA
    Usage: softmax plot predictions [OPTION...] MODEL DATA
    Usage: softmax plot regions [OPTION...] MODEL DATA
    Usage: softmax plot softmax [OPTION...] Z...
    Usage: softmax plot weights [OPTION...] MODEL
    Usage: softmax data convert [OPTION...] DATA FILE
    Usage: softmax data fetch [OPTION...] NAME
    Usage: softmax data info [OPTION...] DATA
    Usage: softmax data make [OPTION...] GENERATOR -o FOLDER
    Usage: softmax data split [OPTION...] DATA FILE HELD-OUT

    $ softmax data --help
    Usage: softmax data COMMAND [OPTION...]
    
    Commands:
      data convert      Write data as a file of another kind
      data fetch        Download a data set
      data info         Describe data
      data make         Generate data and write it as IDX files
      data split        Write data as two files, one of them held out
    
    'softmax data COMMAND --help' says more.

It is asked for in all the usual ways.

    $ softmax --help > all; softmax -h | cmp all; softmax '-?' | cmp all; softmax help | cmp all
    > softmax data info --help > info
    > softmax data info -h | cmp info; softmax data info '-?' | cmp info; softmax help data info | cmp info
    > softmax plot --help > plot; softmax plot -h | cmp plot; softmax help plot | cmp plot; grep -c '^  plot ' plot
    8
    $ softmax help train | head -n 1
    Usage: softmax train [OPTION...] DATA -o MODEL
    $ softmax help data info mnist
    ! softmax: 'softmax help' is followed by one command; 'softmax --help' lists the commands
    = 2

Of kinds of pictures, it says which need gnuplot in any case.

    $ for kind in softmax confusion images predictions weights calibration regions curves; do
    >     softmax plot $kind --help | tr -s ' \n' ' ' | grep -c 'Pictures are drawn by gnuplot, which has to be installed'
    > done | tr '\n' ' '
    0 0 0 0 0 1 1 1 
    $ softmax train digits:n=100 -o d -q > out; program=$(type -P softmax)
    > for what in 'softmax 1 2' 'images digits:n=4' 'predictions d digits:n=4' 'confusion d digits:n=40' 'weights d' \
    >     'calibration d digits:n=40'; do
    >     PATH=none $program plot $what --terminal text > drawn; echo $?
    > done | tr '\n' ' '
    0 0 0 0 0 1 
    ! softmax: pictures are drawn by gnuplot, and there is no such program here; …

No line of help is wider than a terminal, or ends in blanks.

    $ for c in train tune evaluate calibrate predict inspect lab report 'plot calibration' 'plot confusion' \
    >     'plot curves' 'plot images' 'plot predictions' 'plot regions' 'plot softmax' \
    >     'plot weights' 'data convert' 'data fetch' 'data info' 'data make' 'data split'; do
    >     softmax $c --help
    > done | awk 'length > 80 || / $/'

Without a command, or with one that does not exist:

    $ softmax
    ! Usage: softmax COMMAND [OPTION...]
    ! …
    = 2
    $ softmax trian digits
    ! softmax: there is no command 'trian'; did you mean 'train'? 'softmax --help' lists the commands
    = 2
    $ softmax trian --help
    ! softmax: there is no command 'trian'; did you mean 'train'? 'softmax --help' lists the commands
    = 2
    $ softmax help polt
    ! softmax: there is no command 'polt'; did you mean 'plot'? 'softmax --help' lists the commands
    = 2
    $ softmax classify digits
    ! softmax: there is no command 'classify'; 'softmax --help' lists the commands
    = 2
    $ softmax data nifo digits --help
    ! softmax: 'softmax data' is followed by convert, fetch, info, make or split; 'softmax data --help' lists them
    = 2
    $ softmax data
    ! softmax: 'softmax data' is followed by convert, fetch, info, make or split; 'softmax data --help' lists them
    = 2
    $ softmax plot
    ! softmax: 'softmax plot' is followed by calibration, confusion, curves, images, predictions, regions, softmax or weights; 'softmax plot --help' lists them
    = 2

What reads data does so on several threads, with the same result, and may be told to be quiet of it.

    $ for c in train tune evaluate calibrate predict inspect report 'plot calibration' 'plot confusion' 'plot images' 'plot predictions' 'plot regions' 'data convert' 'data info' 'data split'; do
    >     softmax $c --help | grep -o -- '-q, --quiet\|--threads=N' | wc -l
    > done | sort | uniq -c
         15 2
    $ printf 'x,colour,y\n1,red,a\n2,blue,b\n3,red,a\n' > t.csv; printf 'x,colour\n1,green\n' > new.csv
    > softmax train t.csv --label y -o m -q > out; softmax predict m new.csv; softmax predict m new.csv -q --threads 1
    ! softmax: new.csv: column 'colour': 1 cell …
    a
    a
