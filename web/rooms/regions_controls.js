/** The fields of room 2: what data, and how to train. */

import { choiceField, numberField, selectField } from "../controls.js";
import { element } from "../dom.js";
import { ACTIVATIONS, hasL1, KINDS, RANGES, SOLVERS, withKind } from "./regions_state.js";

/**
 * @typedef {import("./regions_state.js").Settings} Settings
 * @typedef {import("./regions_state.js").Kind} Kind
 * @typedef {import("./regions_state.js").Solver} Solver
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
    const rows = numberField({
        name: "How many",
        value: first.rows,
        ...RANGES.rows,
        changed: (value) => put({ rows: value }),
    });
    const classes = numberField({
        name: "Classes",
        value: first.classes,
        ...RANGES.classes,
        changed: (value) => put({ classes: value }),
    });
    const noise = numberField({
        name: "Noise",
        value: first.noise,
        ...RANGES.noise,
        step: "any",
        changed: (value) => put({ noise: value }),
    });
    const dataSeed = numberField({
        name: "Seed of the points",
        value: first.dataSeed,
        ...RANGES.seed,
        changed: (value) => put({ dataSeed: value }),
    });
    const heldOut = numberField({
        name: "Share for testing",
        value: first.heldOut,
        ...RANGES.heldOut,
        step: "any",
        changed: (value) => put({ heldOut: value }),
    });
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
    const rate = numberField({
        name: "Learning rate",
        value: first.learningRate,
        ...RANGES.learningRate,
        step: "any",
        changed: (value) => put({ learningRate: value }),
    });
    const batch = numberField({
        name: "Batch",
        value: first.batchSize,
        ...RANGES.batchSize,
        changed: (value) => put({ batchSize: value }),
    });
    const l1 = numberField({
        name: "L1 penalty",
        value: first.l1,
        ...RANGES.penalty,
        step: "any",
        changed: (value) => put({ l1: value }),
    });
    const l2 = numberField({
        name: "L2 penalty",
        value: first.l2,
        ...RANGES.penalty,
        step: "any",
        changed: (value) => put({ l2: value }),
    });
    const dropout = numberField({
        name: "Dropout",
        value: first.dropout,
        ...RANGES.dropout,
        step: "any",
        changed: (value) => put({ dropout: value }),
    });
    const seed = numberField({
        name: "Seed",
        value: first.seed,
        ...RANGES.seed,
        changed: (value) => put({ seed: value }),
    });

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
