/* Tables of points: what is read, and what is said of those that are not. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { readPoints, writePoints } from "../../web/csv.js";
import { randomBytes } from "./files.mjs";

const read = (text) => readPoints(text, "t.csv");

test("two numbers and a class a line", () => {
    assert.deepEqual(read("0.5,-1e2,red\n.25,+3.,blue\n"), {
        features: Float32Array.of(0.5, -100, 0.25, 3),
        labels: Uint8Array.of(1, 0),
        classes: ["blue", "red"],
        header: null,
    });
});

test("a first line without numbers names the columns", () => {
    assert.deepEqual(read("x,y,kind\n1,2,a\n3,4,b").header, ["x", "y", "kind"]);
});

test("semicolons, tabs, quotes, blank lines, ends of lines of any kind", () => {
    assert.deepEqual(read('\ufeff1;2;"a;""b"""\r\n\r\n3;4;c\r').classes, ['a;"b"', "c"]);
    assert.deepEqual(read("1\t2\tb\n3\t4\ta\n").labels, Uint8Array.of(1, 0));
    assert.deepEqual(read(" 1 , 2 , b c \n3,4,a").classes, ["a", "b c"]);
});

test("quoted cells hold ends of lines, and may have blanks around them", () => {
    const table = read('"x\n1","y\r\n2","kind\nof"\n1,2,"deep\nred"\r\n\n"3", 4, "deep\r\nblue" \n');
    assert.deepEqual(table.header, ["x\n1", "y\r\n2", "kind\nof"]);
    assert.deepEqual(table.classes, ["deep\nred", "deep\r\nblue"]);
    assert.deepEqual(table.features, Float32Array.of(1, 2, 3, 4));
    assert.throws(() => read('1,2,"a\n\nb"\n\n"3\n",4,c\n'), {
        message: "t.csv:5: column 1: '3\n' is not a number",
    });
    assert.throws(() => read('1,2,"a\nb"\n1,2,"c\n3,4,d\n'), {
        message: "t.csv:3: a quote is opened and not closed, or closed within a cell",
    });
});

test("classes that are numbers ascend as numbers", () => {
    assert.deepEqual(read("1,2,10\n1,2,9\n1,2,-1\n").classes, ["-1", "9", "10"]);
});

test("what is wrong is said with its line", () => {
    for (const [text, message] of [
        ["", "t.csv: the file is empty"],
        [" \n\n", "t.csv: the file is empty"],
        [
            "1,2\n",
            "t.csv:1: three columns are needed, two numbers and a class, such as 0.5,-1.2,red",
        ],
        ["1,2,a\n\n3,4\n", "t.csv:3: 2 columns where there should be 3"],
        ["1,2,a\n3,0x10,b\n", "t.csv:2: column 2: '0x10' is not a number"],
        ["1,2,a\nNaN,1,b\n", "t.csv:2: column 1: 'NaN' is not a number"],
        ["1,2,a\n,1,b\n", "t.csv:2: column 1: the number is missing"],
        ["1,2,a\n4e38,1,b\n", "t.csv:2: column 1: 4e38 is too large"],
        ["1,2,a\n1,2,\n", "t.csv:2: column 3: the class is missing"],
        [
            `1,2,${"a".repeat(201)}\n`,
            "t.csv:1: column 3: more than 200 letters; the lab takes no more",
        ],
        ['1,2,"a""\n', "t.csv:1: three columns are needed, two numbers and a class, such as 0.5,-1.2,red"],
        ['1,2,a\n1,2,"b"c\n', "t.csv:2: a quote is opened and not closed, or closed within a cell"],
        ["x,y,kind\n", "t.csv: no points; two classes or more are needed"],
        ["1,2,a\n1,3,a\n", "t.csv: only the class 'a'; two classes or more are needed"],
    ]) {
        assert.throws(() => read(text), { message });
    }
});

test("bytes that are no table", () => {
    for (let seed = 1; seed <= 300; seed++) {
        const text = new TextDecoder().decode(randomBytes(seed % 90, seed));
        assert.throws(() => read(text), /^Error: t\.csv/);
    }
});

test("what is written is read again", () => {
    const features = Float32Array.of(0.1, -3e-20, 1 / 3, 16777217, 1e30, 0);
    const labels = Uint8Array.of(0, 1, 1);
    const classes = ["a", 'b,"c'];
    const text = writePoints(features, labels, classes);
    assert.equal(text.split("\n")[1], "0.1,-3e-20,a");
    assert.deepEqual(read(text), { features, labels, classes, header: ["x1", "x2", "label"] });
});

test("names of classes come back as they were", () => {
    const classes = [" a ", 'b"\r\n\n', "c\td"];
    const features = new Float32Array(6);
    const text = writePoints(features, Uint8Array.of(0, 1, 2), classes);
    assert.deepEqual(read(text).classes, classes);
});
