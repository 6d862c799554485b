/* Drawings become pictures as MNIST's were made. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { centre, PICTURE } from "../../web/centring.js";
import { Ink, SIDE } from "../../web/ink.js";

/* The box of pixels that have ink: [left, top, right, bottom]. */
function inkBox(picture) {
    const inked = [...picture.keys()].filter((i) => picture[i] > 0);
    const columns = inked.map((i) => i % PICTURE);
    const rows = inked.map((i) => Math.floor(i / PICTURE));
    return [Math.min(...columns), Math.min(...rows), Math.max(...columns), Math.max(...rows)];
}

function centreOfMass(picture) {
    let [mass, x, y] = [0, 0, 0];
    picture.forEach((value, i) => {
        mass += value;
        x += value * (i % PICTURE);
        y += value * Math.floor(i / PICTURE);
    });
    return [x / mass, y / mass];
}

/* Strokes through these points. */
function draw(...strokes) {
    const ink = new Ink();
    for (const [first, ...others] of strokes) {
        ink.begin({ x: first[0], y: first[1] });
        others.forEach(([x, y]) => ink.go({ x, y }));
    }
    return ink;
}

test("a blank pad is a blank picture", () => {
    assert.ok(centre(new Ink().cells, SIDE).every((value) => value === 0));
});

test("wherever and however large it is drawn, a line is 20 pixels tall and in the middle", () => {
    for (const [x, top, bottom] of [
        [30, 20, 90],
        [140, 40, 240],
        [250, 100, 270],
    ]) {
        const picture = centre(
            draw([
                [x, top],
                [x, bottom],
            ]).cells,
            SIDE,
        );
        const [left, first, right, last] = inkBox(picture);
        assert.equal(last - first + 1, 20);
        assert.ok(first === 4 || first === 5, `row ${first}`);
        assert.ok(Math.abs((left + right) / 2 - 14) <= 1, `columns ${left} to ${right}`);
    }
});

test("the centre of mass comes to the middle, by whole pixels", () => {
    const seven = [
        [
            [60, 60],
            [200, 60],
            [120, 230],
        ],
    ];
    const six = [
        [
            [170, 30],
            [90, 150],
            [110, 240],
            [180, 220],
            [170, 160],
            [95, 190],
        ],
    ];
    for (const strokes of [seven, six]) {
        const [x, y] = centreOfMass(centre(draw(...strokes).cells, SIDE));
        assert.ok(Math.abs(x - 14) <= 0.5 && Math.abs(y - 14) <= 0.5, `${x}, ${y}`);
    }
});

test("what is heavy on one side stays whole within the picture", () => {
    const ink = new Uint8Array(SIDE * SIDE);
    ink.fill(255, 0, 100 * SIDE); /* the upper rows */
    for (let y = 100; y < SIDE; y++) {
        ink[y * SIDE] = 255; /* and a hair down to the lowest */
    }
    const [left, top, right, bottom] = inkBox(centre(ink, SIDE));
    assert.deepEqual([right - left + 1, bottom - top + 1], [20, 20]);
});

test("pixels are the means of what they cover", () => {
    const ink = new Uint8Array(40 * 40);
    for (let y = 0; y < 40; y++) {
        for (let x = 0; x < 40; x++) {
            ink[y * 40 + x] = (x + y) % 2 === 0 ? 200 : 100;
        }
    }
    const picture = centre(ink, 40);
    const [left, top, right, bottom] = inkBox(picture);
    assert.deepEqual([right - left + 1, bottom - top + 1], [20, 20]);
    assert.ok(picture.every((value) => value === 0 || value === 150));
});

test("a dot at the rim of the pad is drawn, and fills the box", () => {
    const picture = centre(draw([[0, 0]]).cells, SIDE);
    const [left, top, right, bottom] = inkBox(picture);
    assert.deepEqual([right - left + 1, bottom - top + 1], [20, 20]);
});

test("undo takes the last stroke back, clear all of them", () => {
    const two = draw(
        [
            [50, 50],
            [100, 50],
        ],
        [
            [50, 200],
            [100, 200],
        ],
    );
    const one = draw([
        [50, 50],
        [100, 50],
    ]);
    two.undo();
    assert.deepEqual(two.cells, one.cells);
    two.undo();
    two.undo();
    assert.ok(two.isBlank && two.cells.every((value) => value === 0));
    one.clear();
    assert.ok(one.isBlank && one.cells.every((value) => value === 0));
});
