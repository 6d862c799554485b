What a table holds is told column by column: what it is taken for, its values, and how many are missing.

    $ cat > birds.csv <<END
    > ring,island,mass,wings,species,trust
    > a1,north,0.1,2,tern,1
    > a2,south,,2,tern,0.5
    > a3,north,1.5,2,gull,1
    > a4,,1.25,2,gull,2
    > END
    $ softmax data info birds.csv --label species --weight trust --ignore ring
    data        birds.csv
    rows        4
    features    6, float32
    values      0 to 2, mean …, … % zero
    columns
      species              label
      trust                weight
      island               categorical, 3 features, 1 missing: north 2, south 1
      mass                 numeric, 0.1 to 1.5, mean 0.95, 1 missing
      wings                numeric, 2 to 2, mean 2
      ring                 left out
    classes     2
      gull               2 rows   50.0 %
      tern               2 rows   50.0 %
    $ softmax data info birds.csv --label species --weight trust --ignore ring --json | python3 -c '
    > import json, sys
    > table = json.load(sys.stdin)["table"]
    > print(table["label"], table["weight"], table["ignored"])
    > for feature in table["features"]: print(*feature.items())'
    species trust ['ring']
    ('name', 'island') ('kind', 'categorical') ('width', 3) ('missing', 1) ('categories', [{'name': 'north', 'rows': 2}, {'name': 'south', 'rows': 1}])
    ('name', 'mass') ('kind', 'numeric') ('width', 2) ('missing', 1) ('min', 0.1…) ('max', 1.5) ('mean', 0.9…)
    ('name', 'wings') ('kind', 'numeric') ('width', 1) ('missing', 0) ('min', 2.0) ('max', 2.0) ('mean', 2.0)

Other rules for missing values change what becomes of them, not how many there are.

    $ for rule in indicator mean drop; do softmax data info birds.csv --label species --missing $rule 2> err | grep -E '^rows|missing'; cat err; done
    rows        4
      island               categorical, 3 features, 1 missing: north 2, south 1
      mass                 numeric, 0.1 to 1.5, mean 0.95, 1 missing
    rows        4
      island               categorical, 3 features, 1 missing: north 2, south 1
      mass                 numeric, 0.1 to 1.5, mean 0.95, 1 missing
    rows        2, 2 left out for want of a value
      island               categorical, 1 feature, 1 missing: north 2
      mass                 numeric, 0.1 to 1.5, mean 0.8, 1 missing
    softmax: birds.csv: 2 rows left out for want of a value
    $ softmax data info birds.csv --label species --missing drop --json 2> err | python3 -c '
    > import json, sys
    > table = json.load(sys.stdin)["table"]
    > print(table["left_out"], [feature["missing"] for feature in table["features"]])'
    2 [0, 1, 1, 0, 0]

What is long is cut: lines have room in 80 columns.

    $ { echo "place,$(printf 'x%.0s' {1..60}),$(printf 'ä%.0s' {1..31}),kind"
    > for i in $(seq 60); do echo "district number $((i % 17)),the $((i % 3))$(printf 'r%.0s' {1..30})d,$((i % 7)),$(printf 'k%.0s' {1..70})$((i % 2))"; done; } > long.csv
    $ LC_ALL=C.UTF-8 softmax data info long.csv --label kind --categorical 3
    data        long.csv
    rows        60
    features    27, float32
    values      …
    columns
      kind                 label
      place                categorical, 17 features: district number 0 3 and 16 more
      xxxxxxxxxxxxxxxxxxxxxxxxxxx... categorical, 3 features
      äääääääääääääääääääääääääää... categorical, 7 features: 0 8, 1 9 and 5 more
    classes     2
      kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk...         30 rows   50.0 %
      kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk...         30 rows   50.0 %
    $ softmax data info long.csv --label kind --categorical 3 --json | grep -c 'district number 16'
    1

Where a name is too long, it is cut between two characters.

    $ python3 -c "print('ш' * 300 + ',label'); [print(i, 'кп'[i % 2] * 300, sep=',') for i in range(8)]" > cyrillic.csv
    > softmax data info cyrillic.csv | tail -n 6
    columns
      label                label
      шшшшшшшшшшшшшшшшшшшшшшшшшшш... numeric, 0 to 7, mean 3.5
    classes     2
      ккккккккккккккккккккккккккккккккккккккккккккккк...          4 rows   50.0 %
      ппппппппппппппппппппппппппппппппппппппппппппппп...          4 rows   50.0 %
    $ softmax data info cyrillic.csv --json | grep -c '?'
    0
    = 1
    $ softmax train cyrillic.csv -o c.st -q > out; softmax predict c.st cyrillic.csv | iconv -f UTF-8 -t UTF-8 | tr -d 'кп\n' | wc -c
    0

Data that is no table has none.

    $ softmax data info blobs:n=8 --json | grep -c '"table": null'
    1
