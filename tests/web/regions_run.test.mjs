/* Training in turns, on an engine that counts them. */
import assert from "node:assert/strict";
import { test } from "node:test";

let frames = [];
globalThis.requestAnimationFrame = (act) => frames.push(act);
const { makeRun } = await import("../../web/rooms/regions_run.js");

const PLANE = { x0: -1, x1: 1, y0: -1, y1: 1 };

/* The answers to all calls so far come when answer() is called. */
function countingEngine() {
    let waiting = [];
    const later = (value) => new Promise((done) => waiting.push(() => done(value)));
    return {
        advances: 0,
        advance() {
            this.advances++;
            return later({ finished: false, problem: null });
        },
        rows: 0, // of the plane that were looked at
        grid({ columns, rows }) {
            this.rows += rows;
            return later({
                classes: new Uint8Array(columns * rows),
                probabilities: new Float32Array(columns * rows),
            });
        },
        neurons: () => later([]),
        async answer() {
            const answered = waiting;
            waiting = [];
            answered.forEach((done) => done());
            await new Promise((done) => setImmediate(done));
        },
    };
}

test("a pause and a start within one turn leave one training", async () => {
    const engine = countingEngine();
    const nothing = () => {};
    const run = makeRun(engine, { drawn: nothing, rated: nothing, stopped: nothing, failed: nothing });
    const ready = run.reset(PLANE);
    await engine.answer();
    await ready;
    frames = [];
    void run.start();
    run.pause();
    void run.start();
    await engine.answer();
    const before = engine.advances;
    await engine.answer();
    assert.equal(engine.advances, before + 1);
    const asked = frames;
    frames = [];
    asked.forEach((act) => act(0));
    assert.equal(frames.length, 1);
    run.pause();
    await engine.answer();
});

test("at rest the picture gets finer, part by part, until something else is wanted", async () => {
    const engine = countingEngine();
    const nothing = () => {};
    const columns = [];
    const run = makeRun(engine, {
        drawn: ({ grid }) => columns.push(grid.columns),
        rated: nothing,
        stopped: nothing,
        failed: nothing,
    });
    const ready = run.reset(PLANE);
    await engine.answer();
    await ready;
    const [coarse] = columns;
    while (columns.length === 1) {
        await engine.answer();
    }
    assert.ok(columns[1] > coarse);
    assert.equal(engine.rows, coarse + columns[1]);

    const stepped = run.step();
    await engine.answer();
    await stepped;
    await engine.answer(); // the first part
    const halted = run.halt();
    await engine.answer(); // the second, which halt() waits for
    await halted;
    assert.ok(engine.rows < 2 * coarse + 1.5 * columns[1]);
    assert.deepEqual(columns, [coarse, columns[1], coarse]);
});
