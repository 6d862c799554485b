/** What the model of room 3 is and how it is trained: fields, and the same in the address. */

import { countIn, numberIn, wordIn } from "../address.js";
import { numberField, selectField } from "../controls.js";
import { element } from "../dom.js";
import { ACTIVATIONS } from "../model_file.js";

/**
 * @typedef {object} Settings
 * @property {string} hidden units of each hidden layer, commas between; "" for softmax regression
 * @property {string} activation of the hidden layers
 * @property {string} solver
 * @property {number} learningRate
 * @property {number} batchSize
 * @property {number} l2
 * @property {number} epochs
 * @property {number} rows of the built-in digits to train on; as many more to test on
 * @property {number} seed of the digits, the first weights and the order of rows
 */
/**
 * @typedef {object} SettingsPanel
 * @property {HTMLElement} element
 * @property {() => Settings} get
 * @property {(settings: Settings) => void} set
 * @property {(isBuiltIn: boolean) => void} setBuiltIn whether the data are the built-in digits
 */

const HIDDEN = ["", "16", "32", "64", "128", "64,32", "128,64"];
const SOLVERS = ["adam", "sgd", "adagrad", "lbfgs"];

/** @type {Settings} */
const DEFAULTS = {
    hidden: "",
    activation: "relu",
    solver: "adam",
    learningRate: 0.003,
    batchSize: 32,
    l2: 0.0001,
    epochs: 12,
    rows: 4000,
    seed: 1,
};

/** Bounds of what is a number: least, most, and the step of its field. */
/** @type {Record<"learningRate" | "batchSize" | "l2" | "epochs" | "rows" | "seed", [number, number, number | "any"]>} */
const BOUNDS = {
    learningRate: [1e-6, 100, "any"],
    batchSize: [1, 10_000, 1],
    l2: [0, 10, "any"],
    epochs: [1, 1000, 1],
    rows: [100, 20_000, 1],
    seed: [0, 4_294_967_295, 1],
};

/** @param {URLSearchParams} address @returns {Settings} what it does not say is as usual */
export function settingsIn(address) {
    const count = (/** @type {"batchSize" | "epochs" | "rows" | "seed"} */ name) =>
        countIn(address, name, BOUNDS[name][0], BOUNDS[name][1], DEFAULTS[name]);
    const number = (/** @type {"learningRate" | "l2"} */ name) =>
        numberIn(address, name, BOUNDS[name][0], BOUNDS[name][1], DEFAULTS[name]);
    return {
        hidden: wordIn(address, "hidden", HIDDEN, DEFAULTS.hidden),
        activation: wordIn(address, "activation", ACTIVATIONS, DEFAULTS.activation),
        solver: wordIn(address, "solver", SOLVERS, DEFAULTS.solver),
        learningRate: number("learningRate"),
        batchSize: count("batchSize"),
        l2: number("l2"),
        epochs: count("epochs"),
        rows: count("rows"),
        seed: count("seed"),
    };
}

/** @param {Settings} settings @returns {URLSearchParams} what is not as usual */
export function addressOf(settings) {
    const address = new URLSearchParams();
    for (const [name, usual] of Object.entries(DEFAULTS)) {
        const value = settings[/** @type {keyof Settings} */ (name)];
        if (value !== usual) {
            address.set(name, String(value));
        }
    }
    return address;
}

/** @param {string} solver @returns {boolean} whether it has batches, and a rate to be chosen */
export function isOnBatches(solver) {
    return solver !== "lbfgs";
}

/** @param {string} hidden @returns {number[]} units of each hidden layer */
export function unitsOf(hidden) {
    return hidden === "" ? [] : hidden.split(",").map(Number);
}

/**
 * @param {() => void} changed
 * @returns {SettingsPanel}
 */
export function makeSettings(changed) {
    const number = (/** @type {keyof typeof BOUNDS} */ key, /** @type {string} */ name) => {
        const [least, most, step] = BOUNDS[key];
        return numberField({ name, value: DEFAULTS[key], least, most, step, changed });
    };
    const words = (/** @type {readonly string[]} */ list) =>
        list.map((value) => ({ value, text: value }));
    const hidden = selectField({
        name: "Hidden layers",
        options: HIDDEN.map((value) => ({
            value,
            text: value === "" ? "none" : value.replace(",", ", "),
        })),
        value: DEFAULTS.hidden,
        changed: () => {
            dress();
            changed();
        },
    });
    const activation = selectField({
        name: "Activation",
        options: words(ACTIVATIONS),
        value: DEFAULTS.activation,
        changed,
    });
    const solver = selectField({
        name: "Solver",
        options: words(SOLVERS),
        value: DEFAULTS.solver,
        changed: () => {
            dress();
            changed();
        },
    });
    const learningRate = number("learningRate", "Learning rate");
    const batchSize = number("batchSize", "Batch size");
    const l2 = number("l2", "L2 penalty");
    const epochs = number("epochs", "Epochs");
    const rows = number("rows", "Digits");
    const seed = number("seed", "Seed");
    const controls = {
        hidden,
        activation,
        solver,
        learningRate,
        batchSize,
        l2,
        epochs,
        rows,
        seed,
    };
    /* Only what has an effect is on the page. */
    const dress = () => {
        activation.element.hidden = hidden.get() === "";
        batchSize.element.hidden = learningRate.element.hidden = !isOnBatches(solver.get());
    };
    dress();
    return {
        element: element(
            "div",
            { class: "fields" },
            ...Object.values(controls).map((control) => control.element),
        ),
        get: () => ({
            hidden: hidden.get(),
            activation: activation.get(),
            solver: solver.get(),
            learningRate: learningRate.get(),
            batchSize: batchSize.get(),
            l2: l2.get(),
            epochs: epochs.get(),
            rows: rows.get(),
            seed: seed.get(),
        }),
        set(settings) {
            hidden.set(settings.hidden);
            activation.set(settings.activation);
            solver.set(settings.solver);
            learningRate.set(settings.learningRate);
            batchSize.set(settings.batchSize);
            l2.set(settings.l2);
            epochs.set(settings.epochs);
            rows.set(settings.rows);
            seed.set(settings.seed);
            dress();
        },
        setBuiltIn(isBuiltIn) {
            rows.element.hidden = !isBuiltIn;
        },
    };
}
