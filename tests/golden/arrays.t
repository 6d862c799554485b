NumPy arrays are data; labels lie beside them, or are given, and may be text.

    $ npy() { printf '\223NUMPY\001\000'"\\$(printf %03o ${#2})"'\000%s'"$3" "$2" > "$1"; }
    > header() { printf "{'descr': '%s', 'fortran_order': False, 'shape': %s, }" "$1" "$2"; }
    > declare -f npy header > arrays.sh
    > npy x.npy "$(header '|u1' '(4, 1, 2)')" 'aazzabyz'
    > npy y.npy "$(header '|S3' '(4,)')" 'lowtoplowtop'
    > npy other.npy "$(header '<i2' '(4,)')" '\001\000\002\000\001\000\002\000'
    $ softmax data info x.npy
    data        x.npy
    rows        4
    features    2, bytes, pictures of 1 x 2
    values      97 to 122, mean 109.5, 0.0 % zero
    classes     2
      low                2 rows   50.0 %
      top                2 rows   50.0 %
    $ softmax train x.npy -o m.safetensors --quiet > log && softmax predict m.safetensors x.npy
    low
    top
    low
    top
    $ softmax train x.npy --labels other.npy -o m.safetensors --quiet > log && softmax predict m.safetensors x.npy
    1
    2
    1
    2
    $ softmax data info - < x.npy | sed 1,3d
    values      97 to 122, mean 109.5, 0.0 % zero
    classes     none: there are no labels

What has labels of its own takes none.

    $ softmax train blobs --labels other.npy -o m.safetensors
    ! softmax: blobs: labels in a file of their own are for IDX, NPY and NPZ files; a generator makes them with its rows
    = 1
    $ printf '1 1:1\n2 1:2\n' > a.svm
    > softmax train a.svm --labels other.npy -o m.safetensors
    ! softmax: a.svm: labels in a file of their own are for IDX, NPY and NPZ files; the lines of a LIBSVM file begin with theirs
    = 1

Damaged arrays are refused with the file, the place and what is wrong.

    $ . ./arrays.sh
    > npy object.npy "$(header '|O' '(1, 1)')" 'abcdefgh'
    > npy structured.npy "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}" 'abcd'
    > npy complex.npy "$(header '<c8' '(1, 1)')" 'abcdefgh'
    > npy short.npy "$(header '<f4' '(1, 2)')" 'abcd'
    > npy long.npy "$(header '|u1' '(1, 2)')" 'abcd'
    > npy nan.npy "$(header '<f4' '(2, 1)')" '\000\000\200\077\000\000\300\177'
    > npy flat.npy "$(header '|u1' '(2,)')" 'ab'
    > npy code.npy "{'descr': '|u1', 'fortran_order': False, 'shape': (int(2), 1)}" 'ab'
    > printf '\223NUMPY\002\000\000\000\000\100{' > gigabyte.npy
    > printf '\223NUM' > broken.npy
    > printf 'PK\003\004' > broken.npz
    > for f in object structured complex short long nan flat code gigabyte broken; do
    >     softmax train $f.npy -o m.safetensors; [ $? = 1 ] || echo "$f: $?"
    > done; softmax train broken.npz -o m.safetensors
    ! softmax: object.npy: the elements are Python objects (type '|O'), which only Python can read; save numbers, as x.astype('float32') makes them
    ! softmax: structured.npy: the elements are structured, with fields; save one array of numbers without fields
    ! softmax: complex.npy: elements of type '<c8'; those that are read are booleans, integers of 8 to 64 bits, floats of 16 to 64 bits and, as labels, text
    ! softmax: short.npy: the header announces 2 elements of 4 bytes, and 4 bytes follow
    ! softmax: long.npy: the header announces 2 elements of 1 byte, and 4 bytes follow
    ! softmax: nan.npy: row 1, column 0: nan is not a finite 32-bit number
    ! softmax: flat.npy: 1 dimension: these are not rows of features; x.reshape(-1, 1) makes rows of one feature
    ! softmax: code.npy: byte 61: expected a size that fits memory
    ! softmax: gigabyte.npy: byte 8: a header of 1,073,741,824 bytes; more than 10,000 are not read
    ! softmax: broken.npy: the file ends within its NPY header
    ! softmax: broken.npz: the archive breaks off: it has no directory
    = 1

Of SciPy's sparse matrices those made of rows are read; another kind's arrays are not taken for rows.
What is no finite number, in x or in y, is told by its place.

    $ cat > sparse.py <<'END'
    > import array, zipfile
    > def npy(type_, shape, bytes_):
    >     header = f"{{'descr': '{type_}', 'fortran_order': False, 'shape': {shape}, }}".encode()
    >     return b"\x93NUMPY\1\0" + len(header).to_bytes(2, "little") + header + bytes_
    > def save(name, **members):
    >     with zipfile.ZipFile(name, "w") as file:
    >         for key, member in members.items(): file.writestr(key + ".npy", npy(*member))
    > floats = lambda *values: array.array("f", values).tobytes()
    > whole = lambda *values: array.array("q", values).tobytes()
    > shape = ("<i8", "(2,)", whole(2, 2))
    > x = ("<f4", "(2, 2)", floats(1, 2, 3, 4))
    > save("dia.npz", offsets=("<i8", "(1,)", whole(0)), format=("|S3", "()", b"dia"), shape=shape, data=x)
    > save("coo.npz", row=("<i8", "(1,)", whole(0)), col=("<i8", "(1,)", whole(0)), format=("|S3", "()", b"coo"),
    >      shape=shape, data=("<f4", "(1,)", floats(1)))
    > save("csr.npz", indices=("<i8", "(2,)", whole(0, 1)), indptr=("<i8", "(3,)", whole(0, 1, 2)),
    >      format=("|S3", "()", b"csr"), shape=shape, data=("<f4", "(2,)", floats(1, float("nan"))))
    > save("y.npz", x=x, y=("<f4", "(2,)", floats(1, float("nan"))))
    > END
    > python3 sparse.py; for f in dia coo csr y; do softmax data info $f.npz; [ $? = 1 ] || echo $f; done
    ! softmax: dia.npz:format.npy: the matrix is not made of compressed sparse rows; x.tocsr() makes it so
    ! softmax: coo.npz:format.npy: the matrix is not made of compressed sparse rows; x.tocsr() makes it so
    ! softmax: csr.npz:data.npy: element 1: nan is not a finite 32-bit number
    ! softmax: y.npz:y.npy: element 1: nan is not a whole number from -2147483648 to 2147483647

What an archive or a header claims is held against what is there, before there is memory for it.

    $ . ./arrays.sh
    > npy fortran.npy "{'descr': '<f4', 'fortran_order': True, 'shape': (1000000, 4000)}" 'abcd'
    > npy product.npy "$(header '<f4' '(1000000000000, 4000000000)')" 'abcd'
    > npy large.npy "$(header '|u1' '(1000000, 1000000)')" 'abcd'; cp large.npy x.npy
    > head -c 20000000 /dev/zero > zeros; npy few.npy "$(header '|u1' '(1, 4)')" ''; cat few.npy zeros > more.npy
    > cat > pack.py <<'END'
    > import struct, zipfile
    > for archive, member in ("claim", "large"), ("bomb", "more"):
    >     with zipfile.ZipFile(archive + ".npz", "w", zipfile.ZIP_DEFLATED) as file:
    >         file.write(member + ".npy", "x.npy")
    > bomb = bytearray(open("bomb.npz", "rb").read())
    > struct.pack_into("<I", bomb, bomb.rfind(b"PK\1\2") + 24, 0xfffffff0)  # the size in the directory
    > open("lie.npz", "wb").write(bomb)
    > END
    > python3 pack.py; rm x.npy
    > for f in fortran.npy product.npy claim.npz bomb.npz lie.npz; do softmax data info $f; [ $? = 1 ] || echo $f; done
    ! softmax: fortran.npy: the header announces 4,000,000,000 elements of 4 bytes, and 4 bytes follow
    ! softmax: product.npy: the product of the sizes in the header overflows
    ! softmax: claim.npz:x.npy: the header announces 1,000,000,000,000 elements of 1 byte, and 4 bytes follow
    ! softmax: bomb.npz:x.npy: the header announces 4 elements of 1 byte, and 20,000,000 bytes follow
    ! softmax: lie.npz:x.npy: 4,294,967,280 bytes cannot come out of the … in the archive
