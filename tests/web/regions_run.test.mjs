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
        grid: () => later({ classes: new Uint8Array(1), probabilities: new Float32Array(1) }),
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
