/** What of room 3 can be taken elsewhere: the model as a file, and its training as a command and as a
 * C program. */

import { button } from "../controls.js";
import { element } from "../dom.js";
import { offerFile } from "../files.js";
import { writeModel } from "../model_file.js";
import { makeRunListing } from "../run_listing.js";
import { isOnBatches, unitsOf } from "./digits_settings.js";

/** @typedef {import("../model_file.js").Model} Model */
/** @typedef {import("./digits_session.js").Data} Data */
/** @typedef {import("./digits_settings.js").Settings} Settings */
/**
 * @typedef {object} Elsewhere
 * @property {HTMLElement} element
 * @property {(settings: Settings, data: Data) => void} show how the model is trained
 * @property {() => void} hide it is not known how
 */

const FILE = "digits.safetensors";

/**
 * @param {() => Model | null} model
 * @returns {Elsewhere}
 */
export function makeElsewhere(model) {
    const save = () => {
        const present = model();
        if (present !== null) {
            offerFile(FILE, writeModel(present), "application/octet-stream");
        }
    };
    const download = button("Download the model", save);
    download.disabled = true; // until there is one
    const listing = makeRunListing();
    const run = element(
        "div",
        { class: "stack" },
        element("p", {}, "Its training, to the end, with the program and with the library:"),
        listing.element,
    );
    return {
        element: element(
            "div",
            { class: "stack" },
            element(
                "p",
                {},
                "The model as it is now is a file that ",
                element("code", {}, "softmax predict"),
                " takes.",
            ),
            element("div", { class: "row" }, download),
            run,
        ),
        show(settings, data) {
            download.disabled = false;
            run.hidden = data.word === null;
            if (data.word !== null) {
                listing.set(runOf(settings, data.word, data.rows));
            }
        },
        hide() {
            download.disabled = false;
            run.hidden = true;
        },
    };
}

/**
 * @param {Settings} settings
 * @param {string} data
 * @param {number} rows
 * @returns {import("../command.js").Run}
 */
function runOf(
    { hidden, activation, solver, learningRate, batchSize, l2, epochs, seed },
    data,
    rows,
) {
    const onBatches = isOnBatches(solver);
    return {
        data,
        label: null,
        heldOut: 0,
        hidden: unitsOf(hidden),
        activation,
        solver,
        learningRate: onBatches ? learningRate : null,
        batchSize: onBatches ? batchSize : null,
        l1: 0,
        l2,
        dropout: 0,
        seed,
        steps: onBatches ? epochs * Math.ceil(rows / batchSize) : epochs,
        output: FILE,
    };
}
