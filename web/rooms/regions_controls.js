/** The fields of room 2: what data, and how to train. */

import { choiceField, numberField, selectField } from "../controls.js";
import { element } from "../dom.js";
import { ACTIVATIONS, hasL1, KINDS, RANGES, SOLVERS, withKind } from "./regions_state.js";

/**
 * @typedef {import("./regions_state.js").Settings} Settings
 * @typedef {import("./regions_state.js").Kind} Kind
 * @typedef {import("./regions_state.js").Solver} Solver
 * @typedef {"rows" | "classes" | "noise" | "dataSeed" | "heldOut" | "learningRate" | "batchSize" | "l1"
 *   | "l2" | "dropout" | "seed"} Numeric
 */

/**
 * @param {Settings} first
 * @param {(change: (settings: Settings) => Settings) => void} changed
 */
export function makeControls(first, changed) {
    const put = (/** @type {Partial<Settings>} */ part) =>
        changed((settings) => ({ ...settings, ...part }));
    const kind = choiceField({
        name: "Kind",
        options: /** @type {Kind[]} */ (Object.keys(KINDS)).map((value) => ({
            value,
            text: KINDS[value].text,
        })),
        value: first.kind,
        changed: (value) => changed((settings) => withKind(settings, value)),
    });
    /** @param {Numeric} key @param {string} name @param {{ least: number, most: number }} range @param {"any"} [step] */
    const number = (key, name, range, step) =>
        numberField({ name, value: first[key], ...range, step, changed: (value) => put({ [key]: value }) });
    const rows = number("rows", "How many", RANGES.rows);
    const classes = number("classes", "Classes", RANGES.classes);
    const noise = number("noise", "Noise", RANGES.noise, "any");
    const dataSeed = number("dataSeed", "Seed of the points", RANGES.seed);
    const heldOut = number("heldOut", "Share for testing", RANGES.heldOut, "any");
    const activation = selectField({
        name: "Activation",
        options: ACTIVATIONS.map((value) => ({ value, text: value })),
        value: first.activation,
        changed: (value) => put({ activation: value }),
    });
    const solver = selectField({
        name: "Solver",
        options: /** @type {Solver[]} */ (Object.keys(SOLVERS)).map((value) => ({
            value,
            text: value,
        })),
        value: first.solver,
        changed: (value) =>
            changed((settings) => ({
                ...settings,
                solver: value,
                learningRate: SOLVERS[value].rate || settings.learningRate,
            })),
    });
    const rate = number("learningRate", "Learning rate", RANGES.learningRate, "any");
    const batch = number("batchSize", "Batch", RANGES.batchSize);
    const l1 = number("l1", "L1 penalty", RANGES.penalty, "any");
    const l2 = number("l2", "L2 penalty", RANGES.penalty, "any");
    const dropout = number("dropout", "Dropout", RANGES.dropout, "any");
    const seed = number("seed", "Seed", RANGES.seed);

    return {
        data: [
            kind.element,
            element(
                "div",
                { class: "fields" },
                rows.element,
                classes.element,
                noise.element,
                dataSeed.element,
                heldOut.element,
            ),
        ],
        training: [
            element(
                "div",
                { class: "fields" },
                solver.element,
                rate.element,
                batch.element,
                activation.element,
                l1.element,
                l2.element,
                dropout.element,
                seed.element,
            ),
        ],
        /** @param {Settings} settings */
        set(settings) {
            kind.set(settings.kind);
            rows.set(settings.rows);
            classes.set(settings.classes);
            noise.set(settings.noise);
            dataSeed.set(settings.dataSeed);
            heldOut.set(settings.heldOut);
            activation.set(settings.activation);
            solver.set(settings.solver);
            rate.set(settings.learningRate);
            batch.set(settings.batchSize);
            l1.set(settings.l1);
            l2.set(settings.l2);
            dropout.set(settings.dropout);
            seed.set(settings.seed);
            for (const field of [rows, noise, dataSeed]) {
                field.element.hidden = settings.kind === "own";
            }
            heldOut.element.hidden = settings.kind !== "own";
            classes.element.hidden = !KINDS[settings.kind].hasClasses;
            rate.element.hidden = SOLVERS[settings.solver].rate === 0;
            batch.element.hidden = !SOLVERS[settings.solver].batches;
            activation.element.hidden = settings.hidden.length === 0;
            l1.element.hidden = !hasL1(settings.solver);
            dropout.element.hidden =
                settings.hidden.length === 0 || !SOLVERS[settings.solver].batches;
        },
    };
}
