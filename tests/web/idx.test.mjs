/* IDX files, compressed or not, whole or damaged. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { gunzip } from "../../web/gunzip.js";
import { isIdx, pairIdxFiles, readIdx } from "../../web/idx.js";
import { idx, randomBytes } from "./files.mjs";

const U8 = 0x08;
const I16 = 0x0b;
const I32 = 0x0c;
const F32 = 0x0d;

const pixels = Uint8Array.from({ length: 12 }, (_, i) => 10 * i);

function pictures(name, extents = [3, 2, 2], type = U8) {
    return readIdx(
        idx(
            type,
            extents,
            pixels.subarray(
                0,
                extents.reduce((a, b) => a * b),
            ),
        ),
        name,
    );
}

function labels(name, values, type = U8) {
    return readIdx(idx(type, [values.length], Uint8Array.from(values)), name);
}

test("pictures and their labels, in any order", () => {
    const set = pairIdxFiles([labels("labels", [7, 1, 7]), pictures("images")]);
    assert.deepEqual(set, {
        name: "images",
        train: { pixels, labels: Uint8Array.of(1, 0, 1) },
        test: null,
        height: 2,
        width: 2,
        classNames: ["1", "7"],
    });
});

test("labels of wider integers", () => {
    const bytes = [255, 255, 255, 254, 0, 0, 1, 0, 0, 0, 0, 2];
    const wide = readIdx(idx(I32, [3], bytes), "labels");
    const set = pairIdxFiles([wide, pictures("images")]);
    assert.deepEqual(set.classNames, ["-2", "2", "256"]);
    assert.deepEqual([...set.train.labels], [0, 2, 1]);
    const short = readIdx(idx(I16, [3], [0, 1, 255, 255, 0, 1]), "labels");
    assert.deepEqual(pairIdxFiles([short, pictures("images")]).classNames, ["-1", "1"]);
});

test("of two sets the test set is the one that says so, or the smaller one", () => {
    const named = pairIdxFiles([
        pictures("train-images", [3, 2, 2]),
        labels("t10k-labels", [1, 2, 3]),
        pictures("t10k-images", [3, 2, 2]),
        labels("train-labels", [1, 1, 2]),
    ]);
    assert.deepEqual([...named.train.labels], [0, 0, 1]);
    assert.deepEqual([...named.test.labels], [0, 1, 2]);
    const sized = pairIdxFiles([
        pictures("a", [1, 2, 2]),
        pictures("b", [2, 2, 2]),
        labels("c", [5]),
        labels("d", [5, 6]),
    ]);
    assert.deepEqual([sized.train.labels.length, sized.test.labels.length], [2, 1]);
});

test("files that do not belong together", () => {
    const refuses = (files, why) => assert.throws(() => pairIdxFiles(files), why);
    refuses([pictures("a")], /1 IDX files of pictures and 0 of labels/);
    refuses([labels("b", [1, 2, 3])], /0 IDX files of pictures and 1 of labels/);
    refuses(
        [pictures("a"), labels("b", [1, 2])],
        /^Error: a: 3 pictures, and no file with as many/,
    );
    const unread = Object.assign(labels("b", [1, 2]), { extents: [2 ** 32 - 1] });
    refuses([pictures("a"), unread], /no file with as many/); // by the counts alone
    refuses([pictures("a"), labels("b", [1, 1, 1])], /one class/);
    refuses([pictures("a", [3, 4]), labels("b", [1, 2, 3])], /a: 2 dimensions/);
    refuses([readIdx(idx(F32, [1, 1, 3], pixels), "a"), labels("b", [1])], /pixels .* are bytes/);
    refuses(
        [pictures("a"), readIdx(idx(F32, [3], pixels), "b")],
        /b: byte 2: labels must be integers/,
    );
    refuses(
        [pictures("a"), pictures("c", [3, 1, 4]), labels("b", [1, 2, 3]), labels("d", [1, 2, 3])],
        /c: pictures of 1 × 4/,
    );
    refuses(
        [pictures("a"), pictures("c"), labels("b", [1, 2, 3]), labels("d", [1, 2, 3])],
        /more than one file of labels/,
    );
});

test("damaged files", () => {
    const whole = idx(U8, [3, 2, 2], pixels);
    for (let size = 0; size < whole.length; size++) {
        assert.throws(() => readIdx(whole.subarray(0, size), "x"), /^Error: x: /);
    }
    assert.throws(() => readIdx(new Uint8Array([...whole, 0]), "x"), /goes on after the 12 values/);
    assert.throws(() => readIdx(idx(U8, [0, 2, 2], []), "x"), /holds nothing/);
    assert.throws(
        () => readIdx(idx(U8, [2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], pixels), "x"),
        /ends before/,
    );
    assert.throws(() => readIdx(idx(0x0a, [3], pixels), "x"), /not an IDX file/);
    for (let seed = 0; seed < 100; seed++) {
        assert.equal(isIdx(randomBytes(100, seed)), false);
    }
});

test("compressed files", async () => {
    const file = idx(U8, [3, 2, 2], pixels);
    assert.deepEqual(await gunzip(new Uint8Array(gzipSync(file)), "x", 1000), file);
    assert.equal(await gunzip(file, "x", 1000), file);
    const bomb = new Uint8Array(gzipSync(new Uint8Array(50_000_000)));
    await assert.rejects(gunzip(bomb, "x", 1e6), /x: unpacks to more than the 1 MB/);
    await assert.rejects(
        gunzip(new Uint8Array(1e6 + 1), "x", 1e6),
        /x: larger than the 1 MB/,
    );
    const cut = new Uint8Array(gzipSync(file)).subarray(0, 20);
    await assert.rejects(gunzip(cut, "x", 1000), /x: damaged/);
    const wrong = new Uint8Array(gzipSync(file)).with(12, 0xff);
    await assert.rejects(gunzip(wrong, "x", 1000), /x: damaged/);
});
