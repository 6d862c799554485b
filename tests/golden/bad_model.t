Files that are not models of ours, or damaged ones, are refused with what is wrong with them.

    $ softmax train blobs -o good.safetensors --quiet > out
    > cat > break.py <<'END'
    > import json, struct, sys
    > def read():
    >     raw = open("good.safetensors", "rb").read()
    >     n = struct.unpack("<Q", raw[:8])[0]
    >     return json.loads(raw[8 : 8 + n]), raw[8 + n :]
    > def write(name, header, data):
    >     text = header if isinstance(header, bytes) else json.dumps(header).encode()
    >     open(name, "wb").write(struct.pack("<Q", len(text)) + text + data)
    > header, data = read(); write("same", header, data)
    > header["dense_0.kernel"]["data_offsets"] = [0, 2**62]; write("huge", header, data)
    > header, data = read(); header["dense_0.bias"]["data_offsets"] = [16, 32]; write("overlap", header, data)
    > header, data = read(); header["dense_0.kernel"]["shape"] = [2, 2**62]; write("product", header, data)
    > header, data = read(); header["dense_0.kernel"]["shape"] = [4, 2]; write("shape", header, data)
    > header, data = read(); header["dense_0.bias"]["dtype"] = "I32"; write("dtype", header, data)
    > header, data = read(); del header["dense_0.bias"]; write("missing", header, data[:32])
    > header, data = read(); write("trailing", header, data + b"more")
    > header, data = read(); write("cut", header, data[:-1])
    > header, data = read(); write("nan", header, struct.pack("<f", float("nan")) + data[4:])
    > header, data = read(); del header["__metadata__"]; write("foreign", header, data)
    > header, data = read(); header["__metadata__"]["softmax.format"] = "2"; write("format", header, data)
    > header, data = read(); header["__metadata__"]["softmax.model"] = "{"; write("description", header, data)
    > header, data = read(); write("twice", json.dumps(header)[:-1].encode() + b', "dense_0.bias": {}}', data)
    > header, data = read(); write("array", b"[]", data)
    > open("length", "wb").write(b"\xff" * 8 + b"{}")
    > END
    > python3 break.py && softmax inspect same | head -n 1
    model       same
    $ for f in huge overlap product shape dtype missing trailing cut nan foreign format description twice array length; do
    >     softmax evaluate $f blobs; [ $? = 1 ] || echo "$f: $?"
    > done
    ! softmax: huge: tensor 'dense_0.kernel': data_offsets lie outside the file
    ! softmax: overlap: tensor 'dense_0.bias': it overlaps another one, or leaves a hole before it
    ! softmax: product: tensor 'dense_0.kernel': the product of its shape overflows
    ! softmax: shape: tensor 'dense_0.kernel' is not F32 of the shape that the description gives
    ! softmax: dtype: tensor 'dense_0.bias' is not F32 of the shape that the description gives
    ! softmax: missing: it should hold 2 tensors, a kernel and a bias for each layer; these are 1
    ! softmax: trailing: the file goes on after its last tensor
    ! softmax: cut: tensor 'dense_0.bias': data_offsets lie outside the file
    ! softmax: nan: tensor 'dense_0.kernel': value 0 is not a finite number
    ! softmax: foreign: a safetensors file, but not a model of softmax: its metadata has no 'softmax.format'
    ! softmax: format: model format '2'; this version of softmax reads format 1
    ! softmax: description: metadata 'softmax.model' is not a JSON object
    ! softmax: twice: byte …: the header is not valid: duplicate object key near '"dense_0.bias"'
    ! softmax: array: byte 8: not a model: a safetensors header starts with '{'
    ! softmax: length: byte 0: not a model: its header would be 18446744073709551615 bytes long

Cut off, it is refused: here at some places, in test_hostile_container at each.

    $ size=$(stat -c %s good.safetensors)
    > for ((i = 0; i < size; i += 29)); do
    >     head -c $i good.safetensors > part
    >     out=$(softmax evaluate part blobs:n=1 2> err); status=$?
    >     mapfile -t lines < err
    >     echo "$status ${#lines[@]} ${lines[0]:0:15} ${#out}"
    > done | sort -u
    1 1 softmax: part:  0

Class names from a file cannot play with the terminal.


    $ python3 - <<'END'
    > import json, struct
    > raw = open("good.safetensors", "rb").read()
    > n = struct.unpack("<Q", raw[:8])[0]
    > header = json.loads(raw[8 : 8 + n])
    > model = json.loads(header["__metadata__"]["softmax.model"])
    > model["class_names"][0] = "\x1b[31mred\u009b"
    > header["__metadata__"]["softmax.model"] = json.dumps(model)
    > text = json.dumps(header).encode()
    > open("escape", "wb").write(struct.pack("<Q", len(text)) + text + raw[8 + n :])
    > END
    $ softmax inspect escape | grep classes
    classes     4: ?[31mred? 1 2 3
    $ softmax evaluate escape blobs
    ! softmax: the data has a class '0', which is not one of the model's 4
    = 1
