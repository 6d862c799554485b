/* What is dropped on the room of digits. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { readFiles } from "../../web/rooms/digits_files.js";
import { writeModel } from "../../web/model_file.js";
import { idx, randomBytes } from "./files.mjs";

const U8 = 0x08;

const pictures = (side) => idx(U8, [2, side, side], randomBytes(2 * side * side, 1));
const labels = idx(U8, [2], [3, 5]);

function model(inputs, classes, image = null, prefix = "class") {
    return writeModel({
        layers: [
            {
                inputs,
                outputs: classes,
                kernel: new Float32Array(inputs * classes),
                bias: new Float32Array(classes),
                activation: null,
                dropout: 0,
            },
        ],
        classNames: Array.from({ length: classes }, (_, k) => `${prefix} ${k}`),
        image,
        shift: 0,
        scale: 1,
        temperature: 1,
        training: null,
        version: null,
    });
}

/* Reads files given as [name, bytes]. */
function read(...files) {
    return readFiles(files.map(([name, bytes]) => new File([bytes], name)));
}

test("a model for 784 numbers, whether they are known to be a picture or not", async () => {
    for (const image of [null, { height: 28, width: 28 }]) {
        const { model: found, name } = await read(["a.safetensors", model(784, 3, image)]);
        assert.equal(found.classNames.length, 3);
        assert.equal(name, "a.safetensors");
    }
    assert.ok((await read(["renamed", model(784, 3)])).model);
});

test("models of other shapes", async () => {
    const refuses = (bytes, why) => assert.rejects(read(["a.safetensors", bytes]), why);
    await refuses(model(64, 10), /a\.safetensors: it is for 64 features/);
    await refuses(model(784, 10, { height: 14, width: 56 }), /pictures of 14 × 56/);
    await refuses(model(784, 101), /101 classes apart; this room shows 100/);
    await refuses(model(784, 2, null, "a".repeat(200)), /a class has more than 200 letters/);
    await assert.rejects(
        read(["a.safetensors", model(784, 3)], ["b", labels]),
        /one model at a time/,
    );
});

test("pictures, and the word that the program knows them by", async () => {
    const word = async (...names) => {
        const files = names.map((name) => [name, /images/.test(name) ? pictures(28) : labels]);
        return (await read(...files)).word;
    };
    assert.equal(await word("a-images-idx3-ubyte", "a-labels-idx1-ubyte"), "a-images-idx3-ubyte");
    assert.equal(await word("a-labels.idx1-ubyte", "a-images.idx3-ubyte"), "a-images.idx3-ubyte");
    assert.equal(await word("a-images-idx3-ubyte", "b-labels-idx1-ubyte"), null);
    assert.equal(await word("images", "labels"), null);
    const mnist = [
        "train-images-idx3",
        "train-labels-idx1",
        "t10k-images-idx3",
        "t10k-labels-idx1",
    ];
    assert.equal(await word(...mnist.map((name) => `${name}-ubyte`)), ".");
});

test("compressed pictures", async () => {
    const packed = ["a-images-idx3-ubyte.gz", gzipSync(pictures(28))];
    const found = await read(packed, ["a-labels-idx1-ubyte", labels]);
    assert.deepEqual(found.pictures.classNames, ["3", "5"]);
    assert.equal(found.word, "a-images-idx3-ubyte.gz");
});

test("pictures of another size, and what is neither", async () => {
    await assert.rejects(read(["a", pictures(8)], ["b", labels]), /pictures of 8 × 8/);
    const same = idx(U8, [784], new Uint8Array(784));
    await assert.rejects(
        read(["a", idx(U8, [784, 1, 1], randomBytes(784, 1))], ["b", same]),
        /pictures of 1 × 1/, // of whose labels nothing is said: they are not looked at
    );
    await assert.rejects(read(["a", randomBytes(500, 1)], ["b", labels]), /^Error: a: neither/);
});
