A table of an SQLite database is trained on as a text table is; NULL is a missing value.

    $ echo 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.stdin.read())' > make.py
    > python3 make.py birds.db <<END
    > CREATE TABLE birds (species TEXT, mass REAL, wings INTEGER, island TEXT);
    > INSERT INTO birds VALUES ('tern', 0.1, 2, 'north'), ('tern', 0.15, 2, NULL), ('tern', NULL, 2, 'north'),
    >     ('gull', 1.25, 2, 'south'), ('gull', 1.5, 2, 'a "b", c'), ('gull', 1.125, 2, 'north');
    > END
    > sha256sum birds.db > before
    $ softmax train birds.db --label species --l2 1e-3 -o birds.safetensors --quiet | grep train
    training    lbfgs, … steps in … s, converged (…)
    train       loss 0.…   accuracy 1.0000   (6 rows)
    $ softmax predict birds.safetensors birds.db | tr '\n' ' '; echo
    tern tern tern gull gull gull 

A query says which rows and columns; text with the same cells gives the same model.

    $ query='SELECT mass, species FROM birds WHERE mass > 0 ORDER BY mass DESC'; echo "$query" > query
    > softmax train birds.db --query "$query" --label species -o some.safetensors --quiet > out
    > printf 'mass,species\n1.5,gull\n1.25,gull\n1.125,gull\n0.15,tern\n0.1,tern\n' > some.csv
    > softmax train some.csv --label species -o text.safetensors --quiet > out
    > cmp some.safetensors text.safetensors
    $ softmax predict some.safetensors birds.db --query 'SELECT 0.5 AS mass UNION ALL SELECT 2' | tr '\n' ' '; echo
    tern gull 
    $ softmax data convert birds.db birds.csv --query "$(cat query)" --label species --quiet; cat birds.csv
    x1,label
    1.5,gull
    1.25,gull
    1.125,gull
    0.15,tern
    0.1,tern

It is only read, and nothing is run that could do more.

    $ for query in 'DELETE FROM birds' 'CREATE TABLE b (x)' "ATTACH 'other.db' AS o" 'PRAGMA user_version = 3' \
    >     'SELECT 1; DROP TABLE birds' "SELECT load_extension('x')" 'SELECT * FROM bird' ''; do
    >     softmax data info birds.db --query "$query"
    > done
    ! softmax: birds.db: the query would write; it may only read, by one SELECT
    ! softmax: birds.db: the query would write; it may only read, by one SELECT
    ! softmax: birds.db: the query would open other files; it may only read, by one SELECT
    ! softmax: birds.db: the query would use PRAGMA; it may only read, by one SELECT
    ! softmax: birds.db: more than one statement in the query; give one SELECT
    ! softmax: birds.db: the query would load code; it may only read, by one SELECT
    ! softmax: birds.db: SQLite: no such table: bird
    ! softmax: birds.db: the query is empty
    = 1
    $ sha256sum --check --quiet before; ls
    before
    birds.csv
    birds.db
    birds.safetensors
    make.py
    out
    query
    some.csv
    some.safetensors
    text.safetensors

A database that has its changes written to a log is read without one where there is none, and none
is left beside it, whatever it is called; where there is one, the changes in it count, through a link as well.

    $ mkdir logged; cd logged; python3 ../make.py 'a?b#c%20d' <<END
    > PRAGMA journal_mode = WAL;
    > CREATE TABLE t (x, label); INSERT INTO t VALUES (1, 'a'), (2, 'b');
    > END
    > cp 'a?b#c%20d' :memory:; softmax data info 'a?b#c%20d' | sed -n 2p; softmax data info "$PWD/:memory:" | sed -n 2p
    > softmax data info "/$PWD/:memory:" | sed -n 2p; softmax data info :memory: | sed -n 2p; ls
    rows        2
    rows        2
    rows        2
    rows        2
    :memory:
    a?b#c%20d
    $ cd logged; python3 - <<'END'
    > import os, sqlite3, subprocess
    > writer = sqlite3.connect('a?b#c%20d')
    > writer.execute("INSERT INTO t VALUES (3, 'a')")
    > writer.commit()
    > os.symlink('logged/a?b#c%20d', '../link.db')
    > for path in ['a?b#c%20d', '../link.db']:
    >     print(subprocess.run(['softmax', 'data', 'info', path], capture_output=True, text=True).stdout.split()[3])
    > END
    3
    3

Several tables, blobs, and what is no plain database are told.

    $ python3 make.py two.db <<< 'CREATE TABLE nests (x); CREATE TABLE eggs (y);'; softmax data info two.db
    ! softmax: two.db: the database has 2 tables: eggs, nests; a query says which rows are meant, such as SELECT * FROM eggs
    = 1
    $ python3 make.py blob.db <<< "CREATE TABLE t (label, picture); INSERT INTO t VALUES (1, 2), (2, x'00ff');"; softmax data info blob.db
    ! softmax: blob.db: row 2: column 'picture': a blob is neither a number nor text; leave the column out of the query
    = 1
    $ python3 make.py rows.db <<< "CREATE TABLE t (label, note, mass);
    > INSERT INTO t VALUES (1, 'two
    > lines, \"quoted\"', 2), (2, '', 9e999), (2, 'none', 3);"; softmax data info rows.db
    ! softmax: rows.db: row 2: column 'mass': 'inf' is not a finite 32-bit number
    = 1
    $ softmax data info rows.db --query 'SELECT NULL AS label, mass FROM t'
    ! softmax: rows.db: row 1: column 'label': the label is missing; --missing drop leaves such rows out
    = 1
    $ softmax data info rows.db --query 'SELECT label, mass, note AS mass FROM t'
    ! softmax: rows.db: two columns have the name 'mass'
    = 1
    $ gzip -c birds.db > birds.db.gz; softmax data info birds.db.gz
    ! softmax: birds.db.gz: an SQLite database is read where it lies: it must be a file, and not compressed
    = 1
    $ softmax data info - < birds.db
    ! softmax: standard input: an SQLite database is read where it lies: it must be a file, and not compressed
    = 1
    $ softmax data info some.csv --query 'SELECT 1'
    ! softmax: some.csv: a query is for SQLite databases, and this is a text table
    = 1
    $ softmax data info blobs --query 'SELECT 1'
    ! softmax: blobs: a query is for SQLite databases, and this is made by a generator
    = 1
    $ softmax data info birds.db --delimiter ';'
    ! softmax: birds.db: a delimiter is for text tables, and this is an SQLite database
    = 1
    $ head -c 6000 birds.db > cut.db; softmax data info cut.db
    ! softmax: cut.db: the database breaks off: it is made of pages of 4,096 bytes, and the last has 1,904
    = 1
    $ head -c 4096 birds.db > cut.db; softmax data info cut.db
    ! softmax: cut.db: SQLite: database disk image is malformed
    = 1
