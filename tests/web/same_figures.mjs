/* node same_figures.mjs PROGRAM softmax.wasm: the page and the program, with the same settings, come
 * to the same figures, and answer alike with one model. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { readModel } from "../../web/model_file.js";
import { Lab } from "../../web/module.js";

const [program, module] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "same-figures-"));
const file = join(folder, "m.safetensors");
after(() => rmSync(folder, { recursive: true }));

const run = (...words) => JSON.parse(execFileSync(program, words, { encoding: "utf8" }));

function isNear(a, b, tolerance) {
    assert.ok(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)), `${a} is not ${b}`);
}

const network = { hidden: [8, 5], activation: "tanh", batchSize: 32, epochs: 5, seed: 3 };
const tasks = [
    { ...network, solver: "adam", learningRate: 0.01 },
    { ...network, solver: "sgd", learningRate: 0.1, l2: 0.001 },
    { ...network, solver: "adagrad", init: "he" },
    { ...network, solver: "adam", l1: 0.001, dropout: 0.2 },
    { hidden: [], solver: "newton-cg", l2: 0.01, epochs: 100 },
    { hidden: [], solver: "lbfgs", l2: 0.01, epochs: 100 },
    { hidden: [], solver: "gd", learningRate: 0.5, epochs: 30 },
    { hidden: [], solver: "ftrl", epochs: 2, seed: 9 },
];

/** The options of the program that say what settings of the page say. */
function optionsOf(settings) {
    const names = {
        activation: "activation",
        batchSize: "batch-size",
        dropout: "dropout",
        epochs: "epochs",
        init: "init",
        l1: "l1",
        l2: "l2",
        learningRate: "learning-rate",
        seed: "seed",
        solver: "solver",
    };
    const hidden = settings.hidden.length > 0 ? ["--hidden", settings.hidden.join(",")] : [];
    return Object.entries(names)
        .filter(([key]) => settings[key] !== undefined)
        .flatMap(([key, name]) => [`--${name}`, String(settings[key])])
        .concat(hidden);
}

for (const settings of tasks) {
    for (const kind of ["spirals", "digits"]) {
        test(`${settings.solver} on ${kind}`, async () => {
            const lab = await Lab.open(readFileSync(module));
            const { data } =
                kind === "digits"
                    ? lab.digits({ rows: 300, testRows: 300, seed: 1 })
                    : lab.points({ kind, rows: 300, seed: 1 });
            const said = run(
                "train",
                data,
                "-o",
                file,
                "--json",
                "--quiet",
                ...optionsOf(settings),
            );
            lab.begin(settings);
            const reached = lab.advance({ steps: 1000000 });
            assert.ok(reached.finished);
            assert.equal(reached.converged, said.converged);
            if (!said.converged) {
                assert.equal(reached.step, said.steps);
            }
            isNear(reached.train.loss, said.train.loss, 1e-3);
            isNear(reached.test.loss, said.test.loss, 1e-3);
        });
    }
}

test("one model gives the same probabilities", async () => {
    const lab = await Lab.open(readFileSync(module));
    const { test: fresh } = lab.digits({ rows: 10, testRows: 40, seed: 2 });
    run("train", "digits:n=500", "-o", file, "--json", "--quiet", "--hidden", "20");
    const told = run("predict", file, "digits:n=40,seed=2,test", "--json", "--probabilities");
    const model = readModel(Uint8Array.from(readFileSync(file)), "m.safetensors");
    const features = model.layers[0].inputs;
    lab.setModel({
        ...model,
        features,
        classes: model.classNames.length,
        layers: model.layers.map((layer) => ({
            ...layer,
            activation: layer.activation ?? "linear",
        })),
        shift: new Float32Array(features).fill(model.shift),
        scale: new Float32Array(features).fill(model.scale),
    });
    const { probabilities } = lab.predict({ inputs: fresh.pixels, rows: 40 });
    told.probabilities.flat().forEach((expected, i) => isNear(probabilities[i], expected, 1e-5));
});
