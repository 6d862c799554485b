/* node engine.mjs softmax.wasm: what a page asks of the library, through web/module.js. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { Lab } from "../../web/module.js";

const module = await WebAssembly.compile(await readFile(process.argv[2]));
const open = () => Lab.open(module);

const PLANE = { x0: -1.5, x1: 1.5, y0: 1.5, y1: -1.5, columns: 20, rows: 10 };

/** All numbers of a model, one behind the other. */
const numbersOf = (lab) =>
    lab.weights().layers.flatMap(({ kernel, bias }) => [...kernel, ...bias]);

const isNear = (a, b, tolerance) =>
    assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b} to ${tolerance}`);

test("it says what it is", async () => {
    const { version, isa } = (await open()).version();
    assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.equal(isa, "wasm");
});

test("softmax step by step", async () => {
    const lab = await open();
    const { naive, stable, losses, gradient } = lab.softmax({
        logits: [0.4, -0.8, 1.3],
        temperature: 1,
        target: 2,
    });
    [0.2659011, 0.08008787, 0.65401113].forEach((expected, i) => {
        isNear(stable.probabilities[i], expected, 1e-6);
        isNear(naive.probabilities[i], expected, 1e-6);
        isNear(losses[i], -Math.log(expected), 1e-6);
        isNear(gradient[i], expected - (i === 2 ? 1 : 0), 1e-6);
    });
    isNear(naive.exponentials[0], Math.exp(0.4), 1e-6);
    isNear(stable.exponentials[0], Math.exp(0.4 - 1.3), 1e-6);
});

test("the textbook's formula overflows, the other does not", async () => {
    const lab = await open();
    const { naive, stable } = lab.softmax({ logits: [1000, 0], temperature: 1, target: 0 });
    assert.equal(naive.exponentials[0], Infinity);
    assert.ok(Number.isNaN(naive.probabilities[0]));
    assert.deepEqual([...stable.probabilities], [1, 0]);
});

test("a temperature divides logits, and so the gradient", async () => {
    const lab = await open();
    const warm = lab.softmax({ logits: [2, 0], temperature: 2, target: 0 });
    const cool = lab.softmax({ logits: [1, 0], temperature: 1, target: 0 });
    assert.deepEqual(warm.stable, cool.stable);
    isNear(warm.gradient[1], cool.gradient[1] / 2, 1e-9);
});

test("points come with a fresh sample for the test", async () => {
    const lab = await open();
    for (const kind of ["blobs", "circles", "moons", "spirals"]) {
        const { train, test: fresh, classes, data } = lab.points({ kind, rows: 50, noise: 0.1, seed: 3 });
        assert.equal(train.features.length, 100);
        assert.equal(train.labels.length, 50);
        assert.ok(train.labels.every((label) => label < classes));
        assert.notDeepEqual(train.features, fresh.features);
        assert.match(data, new RegExp(`^${kind}:n=50,seed=3,`));
    }
    assert.equal(lab.points({ kind: "spirals", rows: 10, classes: 5 }).classes, 5);
});

test("training in pieces is training in one go, whatever the solver", async () => {
    for (const solver of ["lbfgs", "newton-cg", "gd", "sgd", "adam", "adagrad", "ftrl"]) {
        const [whole, pieces] = [await open(), await open()];
        const settings = {
            hidden: solver === "newton-cg" ? [] : [6, 5],
            activation: "tanh",
            solver,
            batchSize: 16,
            seed: 7,
        };
        for (const lab of [whole, pieces]) {
            lab.points({ kind: "moons", rows: 100, seed: 2 });
            lab.begin(settings);
        }
        const { step } = whole.advance({ steps: 20 });
        let done = 0;
        for (const steps of [1, 3, 0, 5, 11]) {
            pieces.grid(PLANE);
            done = pieces.advance({ steps }).step;
        }
        assert.equal(done, step);
        assert.deepEqual(numbersOf(pieces), numbersOf(whole), solver);
    }
});

test("circles are learnt", async () => {
    const lab = await open();
    lab.points({ kind: "circles", rows: 600, seed: 1 });
    const { parameterCount, layers } = lab.begin({
        hidden: [25, 15],
        solver: "adam",
        learningRate: 0.01,
        batchSize: 32,
        epochs: 20,
    });
    assert.equal(parameterCount, 3 * 25 + 26 * 15 + 16 * 3);
    assert.deepEqual(layers.map(({ name, outputs }) => [name, outputs]), [
        ["dense_0", 25],
        ["dense_1", 15],
        ["dense_2", 3],
    ]);
    const reached = lab.advance({ steps: 1000 });
    assert.deepEqual(
        [reached.step, reached.epoch, reached.finished, reached.problem],
        [380, 20, true, null],
    );
    assert.ok(reached.test.accuracy >= 0.97, `${reached.test.accuracy}`);
});

test("milliseconds are enough for some steps, and training goes on", async () => {
    const lab = await open();
    lab.points({ kind: "blobs", rows: 100 });
    lab.begin({ hidden: [], solver: "sgd" });
    const first = lab.advance({ milliseconds: 5 });
    const second = lab.advance({ milliseconds: 5 });
    assert.ok(first.step > 0 && second.step > first.step);
    assert.equal(second.finished, false);
});

test("digits are learnt to a tolerance", async () => {
    const lab = await open();
    const { train, classes } = lab.digits({ rows: 300, testRows: 50, seed: 0 });
    assert.equal(train.pixels.length, 300 * 784);
    assert.equal(classes, 10);
    lab.begin({ hidden: [], solver: "lbfgs", l2: 0.01 });
    const reached = lab.advance({ steps: 1000 });
    assert.ok(reached.converged && reached.finished);
    assert.ok(reached.train.accuracy > 0.95);
    assert.deepEqual(lab.model().image, { height: 28, width: 28 });
    const { probabilities } = lab.predict({ inputs: train.pixels.subarray(0, 784), rows: 1 });
    assert.equal(probabilities.indexOf(Math.max(...probabilities)), train.labels[0]);
});

test("divergence is told, and leaves finite weights", async () => {
    const lab = await open();
    lab.points({ kind: "blobs", rows: 100 });
    lab.begin({ hidden: [5], solver: "sgd", learningRate: 1e30 });
    const reached = lab.advance({ steps: 100 });
    assert.match(reached.problem, /no longer a finite number after step \d+/);
    assert.equal(reached.finished, true);
    assert.ok(numbersOf(lab).every(Number.isFinite));
});

test("divergence in the last step is told, too", async () => {
    const lab = await open();
    lab.points({ kind: "blobs", rows: 100 });
    lab.begin({ hidden: [5], solver: "sgd", learningRate: 1e30, batchSize: 100, epochs: 1 });
    const reached = lab.advance({ steps: 1 });
    assert.match(reached.problem, /no longer a finite number after step 1/);
    assert.equal(reached.finished, true);
    assert.ok(numbersOf(lab).every(Number.isFinite));
});

test("training without an end takes no more and more memory", async () => {
    const lab = await open();
    lab.points({ kind: "blobs", rows: 10 });
    lab.begin({ hidden: [], solver: "sgd", batchSize: 10 });
    lab.advance({ steps: 100 });
    const size = lab.memory.buffer.byteLength;
    assert.equal(lab.advance({ steps: 50_000 }).epoch, 50_100);
    assert.equal(lab.memory.buffer.byteLength, size);
});

test("more bytes than there are addresses are not to be had", async () => {
    const lab = await open();
    assert.throws(() => lab.allocate(2 ** 32), /not enough memory/);
    assert.throws(() => lab.allocate(2 ** 32 + 8), /not enough memory/);
});

/* Memory beyond 2 GiB has addresses that a call gives as negative numbers. */
test("addresses in the upper half are addresses", async () => {
    const lab = await open();
    lab.calls = { ...lab.calls, lab_allocate: () => -16 };
    assert.equal(lab.allocate(8), 2 ** 32 - 16);
});

test("a grid is what predictions say of its cells", async () => {
    const lab = await open();
    lab.points({ kind: "moons", rows: 100 });
    lab.begin({ hidden: [4], solver: "adam" });
    lab.advance({ steps: 30 });
    const { classes, probabilities } = lab.grid(PLANE);
    const cell = 3 * PLANE.columns + 7;
    const middle = [-1.5 + (7.5 / 20) * 3, 1.5 - (3.5 / 10) * 3];
    const one = lab.predict({ inputs: Float32Array.from(middle), rows: 1 });
    assert.equal(probabilities[cell], Math.max(...one.probabilities));
    assert.equal(classes[cell], one.probabilities.indexOf(probabilities[cell]));
});

test("what neurons answer gives the logits", async () => {
    const lab = await open();
    lab.points({ kind: "moons", rows: 100 });
    lab.begin({ hidden: [4, 3], activation: "tanh", solver: "adam" });
    lab.advance({ steps: 30 });
    const answers = lab.neurons(PLANE);
    assert.deepEqual(answers.map((layer) => layer.length), [4, 3]);
    const last = lab.model().layers[2];
    const cell = 42;
    const x = -1.5 + ((2.5) / 20) * 3;
    const y = 1.5 - (2.5 / 10) * 3;
    const { logits } = lab.predict({ inputs: Float32Array.of(x, y), rows: 1 });
    for (let k = 0; k < 2; k++) {
        let sum = last.bias[k];
        answers[1].forEach((unit, u) => (sum += unit[cell] * last.kernel[u * 2 + k]));
        isNear(sum, logits[k], 1e-5);
    }
});

test("a model that is taken out and put in is the same", async () => {
    const [from, to] = [await open(), await open()];
    from.points({ kind: "spirals", rows: 200 });
    from.begin({ hidden: [8], activation: "gelu", solver: "lbfgs" });
    from.advance({ steps: 10 });
    to.setModel({ ...from.model(), temperature: 2 });
    const inputs = Float32Array.of(0.3, -0.7);
    const { logits } = from.predict({ inputs, rows: 1 });
    assert.deepEqual([...to.predict({ inputs, rows: 1 }).logits], [...logits].map((z) => z / 2));
    assert.throws(() => to.advance({ steps: 1 }), /nothing has begun to train/);
});

test("what is wrong is said, and changes nothing", async () => {
    const lab = await open();
    const points = { features: Float32Array.of(0, 1, 2, 3), labels: Uint8Array.of(0, 1) };
    assert.throws(() => lab.begin({ hidden: [] }), /there is no data yet/);
    assert.throws(() => lab.model(), /there is no model yet/);
    lab.setPoints({ train: points, test: null, classes: 2 });
    lab.begin({ hidden: [3], solver: "adam" });
    lab.advance({ steps: 2 });
    const before = numbersOf(lab);
    const model = lab.model();
    const wrong = [
        [() => lab.points({ kind: "squares", rows: 5 }), /no points 'squares'/],
        [() => lab.points({ kind: "moons", rows: 0 }), /rows is 0/],
        [() => lab.points({ kind: "moons", rows: 5, noise: -1 }), /noise=-1/],
        [() => lab.setPoints({ train: points, test: null, classes: 1 }), /classes is 1/],
        [
            () =>
                lab.setPoints({
                    train: { ...points, labels: Uint8Array.of(0, 2) },
                    test: null,
                    classes: 2,
                }),
            /row 1: label 2/,
        ],
        [
            () =>
                lab.setPoints({
                    train: points,
                    test: { ...points, features: Float32Array.of(0, 1, NaN, 3) },
                    classes: 2,
                }),
            /row 1: feature 0/,
        ],
        [
            () =>
                lab.setPoints({
                    train: { ...points, features: Float32Array.of(0) },
                    test: null,
                    classes: 2,
                }),
            /1 values, where 4 belong/,
        ],
        [() => lab.begin({ hidden: [3], solver: "best" }), /solver 'best'/],
        [() => lab.begin({ hidden: [3], activation: "step" }), /activation 'step'/],
        [() => lab.begin({ hidden: [0] }), /units of a layer is 0/],
        [() => lab.begin({ hidden: [], l2: -1 }), /l2/],
        [() => lab.begin({ hidden: [], l1: -1 }), /l1/],
        [() => lab.begin({ hidden: [], l1: 0.1, solver: "newton-cg" }), /newton-cg needs/],
        [() => lab.begin({ hidden: [3], dropout: 1, solver: "adam" }), /dropout is 1/],
        [() => lab.begin({ hidden: [3], dropout: 0.5, solver: "lbfgs" }), /has dropout/],
        [() => lab.begin({ hidden: [], seed: 0.5 }), /seed is 0.5/],
        [() => lab.advance({ steps: -1 }), /steps is -1/],
        [() => lab.grid({ ...PLANE, columns: 1e9 }), /columns is/],
        [() => lab.grid({ ...PLANE, x0: NaN }), /x0 is NaN/],
        [() => lab.predict({ inputs: new Float32Array(3), rows: 2 }), /3 values, where 4 belong/],
        [() => lab.softmax({ logits: [], temperature: 1, target: 0 }), /target/],
        [() => lab.softmax({ logits: [1, 2], temperature: 0, target: 0 }), /temperature is 0/],
        [() => lab.softmax({ logits: [1, NaN], temperature: 1, target: 0 }), /logit 1/],
        [() => lab.setModel({ ...model, shift: new Float32Array(1) }), /shift/],
        [() => lab.setModel({ ...model, scale: new Float32Array(2) }), /scale/],
        [() => lab.setModel({ ...model, temperature: 0 }), /temperature/],
        [() => lab.setModel({ ...model, classes: 3 }), /classes/],
        [
            () => {
                const layers = structuredClone(model.layers);
                layers[1].kernel[0] = Infinity;
                lab.setModel({ ...model, layers });
            },
            /not a finite number/,
        ],
    ];
    wrong.forEach(([call, message], i) => {
        assert.throws(call, message, `case ${i}`);
        assert.deepEqual(numbersOf(lab), before, `case ${i}`);
    });
    assert.equal(lab.advance({ steps: 1 }).step, 3);
});

test("memory is given back", async () => {
    const lab = await open();
    lab.points({ kind: "circles", rows: 500 });
    const work = () => {
        lab.begin({ hidden: [20, 10], solver: "lbfgs" });
        lab.advance({ steps: 5 });
        lab.grid({ ...PLANE, columns: 100, rows: 100 });
        lab.neurons(PLANE);
        lab.setModel(lab.model());
        lab.points({ kind: "circles", rows: 500 });
    };
    work();
    work();
    const size = lab.memory.buffer.byteLength;
    for (let i = 0; i < 50; i++) {
        work();
    }
    assert.equal(lab.memory.buffer.byteLength, size);
});
