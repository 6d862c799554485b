Whatever is wrong with a table is told with file, line and column.

    $ { echo 'size,colour,kind'; for i in $(seq 20); do echo "$i.5,red,apple"; echo "$((i + 30)).25,green,melon"; done; } > fruit.csv
    $ softmax train fruit.csv --label kind --quiet -o fruit.safetensors > out
    $ printf 'size,colour,kind\n1,red,apple\n' > head; { cat head; printf -- '2,green\n'; } > short.csv; { cat head; printf -- '2,green,melon,ripe\n'; } > long.csv
    $ { cat head; printf -- '"2,green,melon\n'; } > quote.csv; { cat head; printf -- '"2" kg,green,melon\n'; } > behind.csv
    $ { cat head; printf -- '2,gr\0een,melon\n'; } > nul.csv; { cat head; printf -- '2,gr\xffen,melon\n'; } > latin.csv
    $ { cat head; printf -- '1e999,green,melon\n'; } > large.csv; { cat head; printf -- '-inf,green,melon\n'; } > inf.csv; { cat head; printf -- '-nan,green,melon\n'; } > nan.csv
    $ tr '\n' '\r' < fruit.csv > old.csv; iconv -f utf-8 -t utf-16 fruit.csv > wide.csv
    $ for f in old wide short long quote behind nul latin large inf nan; do softmax train $f.csv --label kind -o m.safetensors; [ $? = 1 ] || echo $f; done
    ! softmax: old.csv:1: the line ends in a carriage return alone; convert the text: tr '\r' '\n'
    ! softmax: wide.csv:1: the text is UTF-16; convert it: iconv -f utf-16 -t utf-8
    ! softmax: short.csv:3: 2 cells, but the table has 3 columns
    ! softmax: long.csv:3: 4 cells, but the table has 3 columns; a cell with a comma in it has to be in quotes
    ! softmax: quote.csv:3: column 'size': the quote that begins here is never closed
    ! softmax: behind.csv:3: column 'size': text behind a closing quote; a quote within quotes is written twice
    ! softmax: nul.csv:3: column 'colour': a NUL byte, which text does not have
    ! softmax: latin.csv:3: column 'colour': the byte 0xff is not UTF-8; if the text is Latin-1, convert it: iconv -f latin1 -t utf-8
    ! softmax: large.csv:3: column 'size': '1e999' is not a finite 32-bit number
    ! softmax: inf.csv:3: column 'size': '-inf' is not a finite 32-bit number
    ! softmax: nan.csv:3: column 'size': '-nan' is not a finite 32-bit number
    $ for f in old wide short long quote behind nul latin large inf nan; do softmax predict fruit.safetensors $f.csv 2>> messages && echo $f; done; wc -l < messages
    11

The label has to be there, in each row.

    $ softmax train fruit.csv -o m.safetensors
    ! softmax: fruit.csv: which column is the label? None is called label, class, target or y; --label says which of size, colour, kind; --no-label, where none is needed, that there is none
    = 1
    $ softmax train fruit.csv --label kin -o m.safetensors
    ! softmax: fruit.csv: there is no column 'kin' for the label; did you mean 'kind'?
    = 1
    $ softmax train fruit.csv --label 4 -o m.safetensors
    ! softmax: fruit.csv: there is no column '4' for the label; the columns are size, colour, kind
    = 1
    $ printf 'size|kind\n1|apple\n' > bars.csv; softmax train bars.csv --label kind -o m.safetensors
    ! softmax: bars.csv: there is no column 'kind' for the label; the columns are size|kind; if there are more columns, --delimiter says what lies between cells
    = 1
    $ printf 'size,2019,kind\n1,2,apple\n' > years.csv; softmax train years.csv --label kind -o m.safetensors
    ! softmax: years.csv: there is no column 'kind' for the label; the columns are 1, 2, 3; --header, if the first line names them
    = 1
    $ softmax train years.csv -o m.safetensors
    ! softmax: years.csv: which column is the label? None is called label, class, target or y; --label says which of 1, 2, 3; --no-label, where none is needed, that there is none; --header, if the first line names them
    = 1
    $ { cat head; printf -- '2,green,nan\n'; } > nolabel.csv; softmax train nolabel.csv --label kind -o m.safetensors
    ! softmax: nolabel.csv:3: column 'kind': the label is missing; --missing drop leaves such rows out
    = 1
    $ { cat head; printf -- '2,green,\n'; } > nolabel.csv; softmax train nolabel.csv --label kind -o m.safetensors
    ! softmax: nolabel.csv:3: column 'kind': the label is missing; --missing drop leaves such rows out
    = 1
    $ printf 'x,y\n1,a\n2,a\n' > one.csv; softmax train one.csv -o m.safetensors
    ! softmax: a model tells apart 2 to 65,536 classes; these are 1: 'a'
    = 1
    $ { echo x,y; seq 70000 | sed 's/.*/1,&.5/'; } > regression.csv; softmax train regression.csv -o m.safetensors
    ! softmax: regression.csv: column 'y' has more than 65,536 different labels; --label says which column is the label
    = 1

A first line that counts what follows is neither a header nor a row.

    $ printf '4,2,tern,gull\n0.5,1.5,0\n0.25,1.75,0\n5,7.5,1\n5,8,1\n' > counted.csv; softmax train counted.csv --label 3 -o m.safetensors
    ! softmax: counted.csv:1: the line says how many rows and features there are, and is no row itself; --skip-lines passes over it
    = 1
    $ softmax train counted.csv --label 3 --skip-lines 1 --quiet -o m.safetensors | grep '^train '; rm m.safetensors
    train       loss …   accuracy 1.0000   (4 rows)
    $ printf '4,3,tern,gull\n1,3,gull,tern\n2,3,tern,gull\n9,3,gull,tern\n' > uncounted.csv; softmax data info uncounted.csv --label 4 | head -n 3
    …
    rows        4
    features    …

So have columns to learn from.

    $ printf 'size,colour,kind\nNA,red,apple\n?,green,melon\n' > hollow.csv; softmax train hollow.csv --label kind -o m.safetensors
    ! softmax: hollow.csv: column 'size' holds no value in any row; --ignore size leaves it out
    = 1
    $ softmax train hollow.csv --label kind --ignore size,colour -o m.safetensors
    ! softmax: hollow.csv: no column is left to learn from
    = 1
    $ softmax train hollow.csv --label kind --missing drop -o m.safetensors
    ! softmax: hollow.csv: no row has all of its values
    = 1
    $ softmax train hollow.csv --label kind --missing error -o m.safetensors
    ! softmax: hollow.csv:2: column 'size': there is no value; --missing indicator, mean or drop says what to do
    = 1
    $ head -1 fruit.csv > header.csv; softmax train header.csv --label kind -o m.safetensors
    ! softmax: header.csv: the file holds no rows
    = 1
    $ { echo id,y; seq 1000001 | sed 's/.*/n&,&/; s/,.*[02468]$/,a/; s/,[0-9].*$/,b/'; } > ids.csv; softmax train ids.csv -o m.safetensors
    ! softmax: ids.csv: column 'id' has more than 1,000,000 different texts; --hash id:16 shares features among them, --ignore id leaves it out
    = 1

A column of numbers but for a few cells is more likely a mistake than a column of categories.

    $ sed '17s/^[0-9.]*/abc/' fruit.csv > typo.csv; softmax train typo.csv --label kind -o m.safetensors
    ! softmax: typo.csv:17: column 'size': 'abc' is not a number, but most cells of the column are; --categorical size takes them all for categories, --ignore size leaves the column out
    = 1
    $ softmax train typo.csv --label kind --numeric size -o m.safetensors
    ! softmax: typo.csv:17: column 'size': 'abc' is not a number
    = 1
    $ softmax predict fruit.safetensors typo.csv
    ! softmax: typo.csv:17: column 'size': 'abc' is not a number
    = 1

So is one of numbers with a comma for their point, where no comma lies between cells.

    $ printf 'size;weight;kind\n1,5;2;apple\n2;0,5;melon\n' > comma.csv; softmax train comma.csv --label kind -o m.safetensors
    ! softmax: comma.csv:2: column 'size': '1,5' has a comma for its point, as have the column's other numbers; tr , . makes points of commas, --categorical size takes them all for categories
    = 1
    $ tr , . < comma.csv > point.csv; softmax data info point.csv --label kind | grep numeric
      size                 numeric, 1.5 to 2, mean 1.75
      weight               numeric, 0.5 to 2, mean 1.25
    $ softmax data info comma.csv --label kind --categorical size --ignore weight | grep categorical
      size                 categorical, 2 features: 1,5 1, 2 1

Nor are there commas between the digits of a number, which quotes hold together.

    $ for rows in '"1,234.5",a\n950,b\n' '"1,5",a\n"2,25",b\n'; do
    >     printf "size,label\n$rows" > digits.csv; softmax train digits.csv -o m.safetensors; done
    ! softmax: digits.csv:2: column 'size': '1,234.5' has a comma in it, as have the column's other numbers; numbers are written like 1234.5, --categorical size takes them all for categories
    ! softmax: digits.csv:2: column 'size': '1,5' has a comma in it, as have the column's other numbers; numbers are written like 1234.5, --categorical size takes them all for categories
    = 1
    $ printf 'size;label\n1.234,5;a\n950;b\n' > digits.csv; softmax train digits.csv -o m.safetensors
    ! softmax: digits.csv:2: column 'size': '1.234,5' has a comma in it, as have the column's other numbers; numbers are written like 1234.5, --categorical size takes them all for categories
    = 1
    $ printf 'sizes,label\n"1,2,3",a\n"4,5",b\n' > lists.csv; softmax data info lists.csv | grep sizes
      sizes                categorical, 2 features: 1,2,3 1, 4,5 1
    $ printf 'sizes,label\n"10234,20456,30111",a\n"20000,30000",b\n"10234,1",a\n' > lists.csv; softmax data info lists.csv | grep -c 'sizes.*categorical, 3 features'
    1

Columns that are spoken of have to exist, and to be one thing.

    $ softmax train fruit.csv --label kind --numeric sise -o m.safetensors
    ! softmax: fruit.csv: there is no column 'sise'; did you mean 'size'?
    = 1
    $ softmax train fruit.csv --label kind --numeric size --ignore 1 -o m.safetensors
    ! softmax: fruit.csv: column 'size' is spoken of twice
    = 1
    $ softmax train fruit.csv --label kind --numeric kind -o m.safetensors
    ! softmax: fruit.csv: column 'kind' is the label, and no feature
    = 1
    $ softmax train fruit.csv --label kind --weight kind -o m.safetensors
    ! softmax: fruit.csv: column 'kind' cannot be both label and weight
    = 1
    $ softmax train fruit.csv --label kind --weight colour -o m.safetensors
    ! softmax: fruit.csv:2: column 'colour': 'red' is not a number
    = 1
    $ printf 'x,y,w\n1,a,1\n2,b,0\n' > zero.csv; softmax train zero.csv --weight w -o m.safetensors
    ! softmax: zero.csv:3: column 'w': 0 is no weight; weights are above 0
    = 1
    $ for w in '' NA nan inf abc; do printf "x,y,w\n1,a,1\n2,b,$w\n" > w.csv; softmax train w.csv --weight w -o m.safetensors; done
    ! softmax: w.csv:3: column 'w': there is no value; each row needs a weight, a number above 0
    ! softmax: w.csv:3: column 'w': there is no value; each row needs a weight, a number above 0
    ! softmax: w.csv:3: column 'w': there is no value; each row needs a weight, a number above 0
    ! softmax: w.csv:3: column 'w': 'inf' is not a finite 32-bit number
    ! softmax: w.csv:3: column 'w': 'abc' is not a number
    = 1
    $ printf 'x,x,y\n1,2,a\n' > twice.csv; softmax train twice.csv --header --label y -o m.safetensors
    ! softmax: twice.csv:1: two columns have the name 'x'
    = 1
    $ softmax train twice.csv --label y -o m.safetensors
    ! softmax: twice.csv:1: two columns have the name 'x'; --no-header, if these are no names
    = 1
    $ softmax train digits --label x -o m.safetensors
    ! softmax: digits: a column with the label is for text tables and SQLite databases, and this is made by a generator
    = 1

Of numbers, nan is a missing value, as it is to all programs that write it for one; --missing error
says where. What is not finite, or no float can hold, is an error.

    $ for x in nan inf 1e999; do
    >     printf "x,y\n1,a\n$x,b\n3,b\n" > x.csv; echo "$x"; softmax data info x.csv --label y | grep ' x '
    > done
    nan
      x                    numeric, 1 to 3, mean 2, 1 missing
    inf
    1e999
    ! softmax: x.csv:3: column 'x': 'inf' is not a finite 32-bit number
    ! softmax: x.csv:3: column 'x': '1e999' is not a finite 32-bit number
    = 1

    $ for x in nan N/A n/a '#N/A' '<NA>'; do
    >     printf "x,y\n1,a\n$x,b\n3,b\n" > x.csv; softmax data info x.csv --label y | grep -o '[0-9] missing'
    >     softmax data info x.csv --label y --missing error
    > done
    1 missing
    1 missing
    1 missing
    1 missing
    1 missing
    ! softmax: x.csv:3: column 'x': there is no value; --missing indicator, mean or drop says what to do
    ! softmax: x.csv:3: column 'x': there is no value; --missing indicator, mean or drop says what to do
    ! softmax: x.csv:3: column 'x': there is no value; --missing indicator, mean or drop says what to do
    ! softmax: x.csv:3: column 'x': there is no value; --missing indicator, mean or drop says what to do
    ! softmax: x.csv:3: column 'x': there is no value; --missing indicator, mean or drop says what to do
    = 1

What is wrong on the command line is told before anything is read.

    $ softmax train fruit.csv --numeric size,,colour -o m.safetensors
    ! softmax: --numeric=size,,colour: a name is empty
    = 2
    $ softmax train fruit.csv --header --no-header -o m.safetensors
    ! softmax: --header and --no-header contradict each other
    = 2
    $ softmax predict fruit.safetensors fruit.csv --delimiter ab
    ! softmax: --delimiter=ab: it must be one character
    = 2
    $ softmax train fruit.csv --missing guess -o m.safetensors
    ! softmax train: --missing=guess: it must be one of indicator, mean, error, drop
    = 2
    $ softmax train fruit.csv --standardize --no-standardize -o m.safetensors
    ! softmax: --standardize and --no-standardize contradict each other
    = 2

A file that changes while it is being read is of no use. Here that is while one part of it is written to
a pipe, whose reader has not taken the first bytes yet.

    $ { cat head; seq 100000 | sed 's/$/.5,green,melon/'; } > melons.csv; mkfifo held.csv
    > { read -r header; echo 2,red,apple >> melons.csv; cat > /dev/null; } < held.csv &
    > softmax data split melons.csv held.csv rest.csv --label kind; status=$?; wait; ls rest.csv 2> /dev/null; exit $status
    ! softmax: melons.csv: the file changed while it was being read
    = 1

A table that is predicted has the model's columns.

    $ printf 'sise,colour\n1,red\n' > lack.csv; softmax predict fruit.safetensors lack.csv
    ! softmax: lack.csv: there is no column 'size', which the model needs; did you mean 'sise'?
    = 1
    $ printf 'a,b\n1,red\n' > other.csv; softmax predict fruit.safetensors other.csv
    ! softmax: other.csv: there is no column 'size', nor any other of the model's; the columns are a, b
    = 1
    $ printf '1\n2\n' | softmax predict fruit.safetensors - --no-header
    ! softmax: standard input: neither an IDX, LIBSVM, NPY, NPZ, PNG or SQLite file nor a text table, as its first bytes would tell
    = 1
    $ printf '1,2,3,4\n' > wide.csv; softmax predict fruit.safetensors wide.csv
    ! softmax: wide.csv: 4 columns, and no names to tell which they are; the model was trained on 3, the label among them
    = 1
    $ printf '1|red\n2|red\n' > bars.csv; softmax predict fruit.safetensors bars.csv --no-header
    ! softmax: bars.csv: 1 column, and no names to tell which they are; the model was trained on 3, the label among them; if there are more columns, --delimiter says what lies between cells
    = 1
    $ printf 'size,colour,kind\n1,red,grape\n' > grape.csv; softmax evaluate fruit.safetensors grape.csv
    ! softmax: the data has a class 'grape', which is not one of the model's 2
    = 1
    $ ls m.safetensors
    ! ls: cannot access 'm.safetensors': No such file or directory
    = 2
