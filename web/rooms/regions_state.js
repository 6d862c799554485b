/** What room 2 is set to, its ranges, and how that stands in the address. */

import { countIn, numberIn, wordIn } from "../address.js";

/** @typedef {"blobs" | "circles" | "moons" | "spirals" | "own"} Kind */
/** @typedef {"adam" | "adamw" | "sgd" | "adagrad" | "ftrl" | "gd" | "lbfgs" | "newton-cg"} Solver */
/** @typedef {"relu" | "leaky-relu" | "gelu" | "tanh" | "sigmoid" | "linear"} Activation */

/**
 * @typedef {object} Settings
 * @property {Kind} kind own: points of the reader's
 * @property {number} rows
 * @property {number} classes
 * @property {number} noise
 * @property {number} dataSeed
 * @property {number} heldOut share of the reader's own points, which is for testing
 * @property {number[]} hidden
 * @property {Activation} activation
 * @property {Solver} solver
 * @property {number} learningRate
 * @property {number} batchSize
 * @property {number} l1
 * @property {number} l2
 * @property {number} dropout
 * @property {number} seed
 */

export const RANGES = {
    rows: { least: 10, most: 10_000 },
    classes: { least: 2, most: 10 },
    noise: { least: 0, most: 5 },
    seed: { least: 0, most: 999_999_999 },
    heldOut: { least: 0, most: 0.9 },
    units: { least: 1, most: 64 },
    learningRate: { least: 1e-6, most: 10 },
    batchSize: { least: 1, most: 10_000 },
    penalty: { least: 0, most: 10 },
    dropout: { least: 0, most: 0.9 },
};
export const MOST_LAYERS = 6;

/** @type {Record<Kind, { text: string, noise: number, classes: number, hasClasses: boolean }>} */
export const KINDS = {
    blobs: { text: "Blobs", noise: 1, classes: 4, hasClasses: true },
    circles: { text: "Circles", noise: 0.05, classes: 3, hasClasses: true },
    moons: { text: "Moons", noise: 0.1, classes: 2, hasClasses: false },
    spirals: { text: "Spirals", noise: 0.05, classes: 3, hasClasses: true },
    own: { text: "Your own", noise: 0, classes: 2, hasClasses: false },
};

/** The rate that suits each here; 0: it finds its steps itself. batches: it goes by minibatches, which
 * is what dropout takes.
 * @type {Record<Solver, { rate: number, batches: boolean }>} */
export const SOLVERS = {
    adam: { rate: 0.01, batches: true },
    adamw: { rate: 0.01, batches: true },
    sgd: { rate: 0.1, batches: true },
    adagrad: { rate: 0.1, batches: true },
    ftrl: { rate: 0.2, batches: true },
    gd: { rate: 0.5, batches: false },
    lbfgs: { rate: 0, batches: false },
    "newton-cg": { rate: 0, batches: false },
};

/** @type {readonly Activation[]} */
export const ACTIVATIONS = ["relu", "leaky-relu", "gelu", "tanh", "sigmoid", "linear"];

/** @returns {Settings} */
export function firstSettings() {
    return {
        kind: "circles",
        rows: 600,
        classes: 3,
        noise: 0.05,
        dataSeed: 0,
        heldOut: 0.2,
        hidden: [25, 15],
        activation: "relu",
        solver: "adam",
        learningRate: 0.01,
        batchSize: 32,
        l1: 0,
        l2: 0.0001,
        dropout: 0,
        seed: 0,
    };
}

/** @param {Settings} settings @param {Kind} kind @returns {Settings} with what suits that kind */
export function withKind(settings, kind) {
    return { ...settings, kind, noise: KINDS[kind].noise, classes: KINDS[kind].classes };
}

/** @param {Settings} s @returns {URLSearchParams} */
export function addressOf(s) {
    const address = new URLSearchParams({ data: s.kind });
    if (s.kind !== "own") {
        address.set("n", String(s.rows));
        address.set("classes", String(s.classes));
        address.set("noise", String(s.noise));
        address.set("dataseed", String(s.dataSeed));
    } else {
        address.set("heldout", String(s.heldOut));
    }
    address.set("hidden", s.hidden.join(","));
    address.set("activation", s.activation);
    address.set("solver", s.solver);
    address.set("rate", String(s.learningRate));
    address.set("batch", String(s.batchSize));
    address.set("l1", String(s.l1));
    address.set("l2", String(s.l2));
    address.set("dropout", String(s.dropout));
    address.set("seed", String(s.seed));
    return address;
}

/**
 * What a solver can do with the settings: those that it cannot have are off.
 * @param {Settings} settings
 */
export function applying({ hidden, solver, learningRate, batchSize, l1, dropout }) {
    const { rate, batches } = SOLVERS[solver];
    return {
        learningRate: rate > 0 ? learningRate : null,
        batchSize: batches ? batchSize : null,
        l1: hasL1(solver) ? l1 : 0,
        dropout: batches && hidden.length > 0 ? dropout : 0,
    };
}

/** Newton's method needs a smooth loss. @param {Solver} solver */
export function hasL1(solver) {
    return solver !== "newton-cg";
}

/** What of the address makes sense; the rest is as at the beginning.
 * @param {URLSearchParams} address @returns {Settings} */
export function settingsFrom(address) {
    const first = firstSettings();
    const kinds = /** @type {Kind[]} */ (Object.keys(KINDS));
    const solvers = /** @type {Solver[]} */ (Object.keys(SOLVERS));
    const kind = wordIn(address, "data", kinds, first.kind);
    const solver = wordIn(address, "solver", solvers, first.solver);
    const { rows, noise, seed, heldOut, learningRate, batchSize, penalty, dropout } = RANGES;
    const classes = countIn(
        address,
        "classes",
        RANGES.classes.least,
        RANGES.classes.most,
        KINDS[kind].classes,
    );
    return {
        kind,
        rows: countIn(address, "n", rows.least, rows.most, first.rows),
        classes: KINDS[kind].hasClasses ? classes : KINDS[kind].classes,
        noise: numberIn(address, "noise", noise.least, noise.most, KINDS[kind].noise),
        dataSeed: countIn(address, "dataseed", seed.least, seed.most, first.dataSeed),
        heldOut: numberIn(address, "heldout", heldOut.least, heldOut.most, first.heldOut),
        hidden: hiddenFrom(address.get("hidden")) ?? first.hidden,
        activation: wordIn(address, "activation", ACTIVATIONS, first.activation),
        solver,
        learningRate: numberIn(
            address,
            "rate",
            learningRate.least,
            learningRate.most,
            SOLVERS[solver].rate || first.learningRate,
        ),
        batchSize: countIn(address, "batch", batchSize.least, batchSize.most, first.batchSize),
        l1: numberIn(address, "l1", penalty.least, penalty.most, first.l1),
        l2: numberIn(address, "l2", penalty.least, penalty.most, first.l2),
        dropout: numberIn(address, "dropout", dropout.least, dropout.most, first.dropout),
        seed: countIn(address, "seed", seed.least, seed.most, first.seed),
    };
}

/** @param {string | null} text @returns {number[] | null} */
function hiddenFrom(text) {
    if (text === null) {
        return null;
    }
    const units = text === "" ? [] : text.split(",").map(Number);
    const sound =
        units.length <= MOST_LAYERS &&
        units.every(
            (n) => Number.isInteger(n) && n >= RANGES.units.least && n <= RANGES.units.most,
        );
    return sound ? units : null;
}
