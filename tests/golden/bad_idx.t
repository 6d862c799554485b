Damaged IDX files are refused with the file, the place and what is wrong.

    $ idx() { printf "$2" > "$1"; }
    > idx good-images-idx3-ubyte '\0\0\x08\x03\0\0\0\x03\0\0\0\x01\0\0\0\002abcdef'
    > idx good-labels-idx1-ubyte '\0\0\x08\x01\0\0\0\x03\0\x01\0'
    > idx short '\0\0\x08\x03\0\0\0\x03\0\0\0\x01\0\0\0\002abcde'
    > idx long '\0\0\x08\x03\0\0\0\x03\0\0\0\x01\0\0\0\002abcdefg'
    > idx magic '\x89PNG\r\n\x1a\n'
    > idx type '\0\0\x0a\x02\0\0\0\x01\0\0\0\001a'
    > idx flat '\0\0\x08\x0a'
    > idx deep '\0\0\x08\x09'
    > idx header '\0\0\x08\x03\0\0\0\x03\0'
    > idx overflow '\0\0\x08\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xffa'
    > idx huge '\0\0\x08\x03\xff\xff\xff\xff\0\0\xff\xff\0\0\0\001a'
    > idx empty ''
    > idx norows '\0\0\x08\x03\0\0\0\0\0\0\0\x01\0\0\0\x02'
    > idx nocolumns '\0\0\x08\x02\0\0\0\x01\0\0\0\0'
    > idx labels '\0\0\x08\x01\0\0\0\x03\0\x01\0'
    > idx nan '\0\0\x0d\x02\0\0\0\x02\0\0\0\x01\x3f\x80\0\0\x7f\xc0\0\0'
    > idx large '\0\0\x0e\x02\0\0\0\x01\0\0\0\x01\x7f\0\0\0\0\0\0\0'
    $ softmax data info good-images-idx3-ubyte
    data        good-images-idx3-ubyte
    rows        3
    features    2, bytes, pictures of 1 x 2
    values      97 to 102, mean 99.5, 0.0 % zero
    classes     2
      0                  2 rows   66.7 %
      1                  1 row    33.3 %
    $ for f in short long magic type flat deep header overflow huge empty norows nocolumns labels nan large missing .; do
    >     softmax train $f -o m.safetensors; [ $? = 1 ] || echo "$f: $?"
    > done
    ! softmax: short: the file ends after 5 of the 6 values that its header announces
    ! softmax: long: the file goes on after the 6 values that its header announces
    ! softmax: magic: damaged PNG: read beyond end of data
    ! softmax: type: byte 2: unknown IDX element type 0x0a
    ! softmax: flat: byte 3: 10 dimensions; possible are 1 … 8
    ! softmax: deep: byte 3: 9 dimensions; possible are 1 … 8
    ! softmax: header: byte 9: the file ends within its IDX header
    ! softmax: overflow: the product of the dimensions in the header overflows
    ! softmax: huge: the header announces 281,470,681,677,825 bytes, the file is too short for them
    ! softmax: empty: the file is empty
    ! softmax: norows: the file holds no rows
    ! softmax: nocolumns: the file holds no features: one of its dimensions is 0
    ! softmax: labels: one dimension: these are labels, not rows of features
    ! softmax: nan: row 1, feature 0: nan is not a finite 32-bit number
    ! softmax: large: row 0, feature 0: 5.48612e+303 is not a finite 32-bit number
    ! softmax: 'missing' is neither a file or folder, nor a named set (mnist, fashion-mnist), nor a generator (digits, blobs, circles, moons, spirals)
    ! softmax: the folder '.' holds neither MNIST's files ('train-images-idx3-ubyte' and its siblings), nor PNG pictures, nor folders of them
    $ softmax train ./missing -o m.safetensors
    ! softmax: cannot open './missing': No such file or directory
    = 1

Features and labels have to fit each other.

    $ printf '\0\0\x08\x01\0\0\0\x02\0\x01' > two
    > softmax train good-images-idx3-ubyte --labels two -o m.safetensors
    ! softmax: good-images-idx3-ubyte has 3 rows, but two has 2 labels
    = 1
    $ printf '\0\0\x0d\x01\0\0\0\x03\0\0\0\0\0\0\0\0\0\0\0\0' > real
    > softmax train good-images-idx3-ubyte --labels real -o m.safetensors
    ! softmax: real: byte 2: labels must be integers, these are not
    = 1
    $ printf '\0\0\x08\x01\0\0\0\x03\x07\x07\x07' > one
    > softmax train good-images-idx3-ubyte --labels one -o m.safetensors
    ! softmax: a model tells apart 2 to 65,536 classes; these are 1: '7'
    = 1
    $ idx() { printf "$2" > "$1"; }
    > idx short '\0\0\x08\x01\0\0\0\x03\0\x01'
    > idx long '\0\0\x08\x01\0\0\0\x03\0\x01\0\x01'
    > idx wide '\0\0\x0c\x01\0\0\0\x03\0\0\0\x01\0\0\0'
    > idx header '\0\0\x08\x01\0\0'
    > idx magic 'label,x'
    > idx pictures '\0\0\x08\x02\0\0\0\x03\0\0\0\x01\0\x01\0'
    > idx none '\0\0\x08\x01\0\0\0\0'
    > printf '\0\0\x08\x01\0\0\0\x03\0\x01\0' | gzip | head -c -5 > cut
    $ for f in short long wide header magic pictures none cut missing; do
    >     softmax train good-images-idx3-ubyte --labels $f -o m.safetensors; [ $? = 1 ] || echo "$f: $?"
    > done
    ! softmax: short: the file ends after 2 of the 3 values that its header announces
    ! softmax: long: the file goes on after the 3 values that its header announces
    ! softmax: wide: the file ends after 1 of the 3 values that its header announces
    ! softmax: header: byte 6: the file ends within its IDX header
    ! softmax: magic: byte 0: not an IDX file: it starts with 6c 61, not 00 00
    ! softmax: pictures: 2 dimensions: labels have one
    ! softmax: none: the file holds no rows
    ! softmax: cut: the gzip data breaks off after … decompressed bytes
    ! softmax: cannot open 'missing': No such file or directory
    $ cp good-images-idx3-ubyte alone
    > softmax train alone -o m.safetensors
    ! softmax: alone: there are no labels; --labels FILE gives them, or folders of pictures do
    = 1

gzip is taken as well, in one piece or several; damage is found.

    $ gzip -c good-images-idx3-ubyte > whole.gz
    > { head -c 9 good-images-idx3-ubyte | gzip; tail -c +10 good-images-idx3-ubyte | gzip; } > pieces.gz
    > head -c 30 whole.gz > cut.gz
    > { head -c -8 whole.gz; printf 'XX'; tail -c 6 whole.gz; } > damaged.gz
    > { cat whole.gz; echo rubbish; } > rubbish.gz
    > { printf '\0\0\x08\x03\0\0\0\x03\0\0\0\x01\0\0\0\002abcdef'; head -c 100000000 /dev/zero; } | gzip > bomb.gz
    > printf '\0\0\x08\x03\x7f\xff\xff\xff\0\0\0\x04\0\0\0\004a' | gzip > liar.gz
    > { printf '\0\0\x08\x03\x7f\xff\xff\xff\0\0\0\x04\0\0\0\004'; head -c 4200000 /dev/urandom; } | gzip > vast.gz
    $ for f in whole pieces; do softmax data info $f.gz | tail -n 4; done
    rows        3
    features    2, bytes, pictures of 1 x 2
    values      97 to 102, mean 99.5, 0.0 % zero
    classes     none: there are no labels
    rows        3
    features    2, bytes, pictures of 1 x 2
    values      97 to 102, mean 99.5, 0.0 % zero
    classes     none: there are no labels
    $ for f in cut damaged rubbish bomb liar vast; do softmax data info $f.gz; [ $? = 1 ] || echo "$f.gz: $?"; done
    ! softmax: cut.gz: the gzip data breaks off after … decompressed bytes
    ! softmax: damaged.gz: damaged gzip data after 22 decompressed bytes: incorrect data check
    ! softmax: rubbish.gz: something that is not gzip follows the gzip data
    ! softmax: bomb.gz: the file goes on after the 6 values that its header announces
    ! softmax: liar.gz: the header announces 34,359,738,352 bytes, the file is too short for them
    ! softmax: vast.gz: decompresses to more than 4 GiB, which is the most that gzip input may; decompress it first
    $ ls m.safetensors
    ! ls: cannot access 'm.safetensors': No such file or directory
    = 2
