/* Strokes on the drawing pad. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Ink, SIDE } from "../../web/ink.js";

const CENTRE = { x: SIDE / 2, y: SIDE / 2 };

test("a stroke leaves ink, and undo takes it back", () => {
    const ink = new Ink();
    ink.begin(CENTRE);
    const dot = ink.cells.slice();
    ink.go({ x: SIDE / 4, y: SIDE / 2 });
    assert.notDeepEqual(ink.cells, dot);
    ink.undo();
    assert.ok(ink.isBlank);
    assert.ok(ink.cells.every((cell) => cell === 0));
});

test("a pen that nobody has set down leaves no ink", () => {
    const ink = new Ink();
    ink.go(CENTRE);
    ink.begin(CENTRE);
    ink.clear();
    ink.go(CENTRE);
    assert.ok(ink.isBlank);
    assert.ok(ink.cells.every((cell) => cell === 0));
});
