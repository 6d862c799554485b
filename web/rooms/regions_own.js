/** The tools for points of the reader's own: which class the next one has, files, taking back. */

import { readBeside } from "../beside.js";
import { button, choiceField } from "../controls.js";
import { MOST_CLASSES } from "../csv.js";
import { element } from "../dom.js";
import { takeFiles } from "../files.js";
import { classMark } from "../palette.js";
import { noPoints } from "./regions_points.js";

/** @typedef {import("./regions_points.js").Own} Own */

const MOST_BYTES = 2e6;

/**
 * @param {object} listener
 * @param {HTMLElement} listener.place where files may be dropped
 * @param {(change: (own: Own) => Own) => void} listener.changed
 * @param {(own: Own) => Promise<void>} listener.opened points of a file; rejects when they cannot be
 *   used
 * @param {(given: import("./regions_given.js").Given) => Promise<void>} listener.given a model from a
 *   file; rejects likewise
 * @param {() => void} listener.saved the points are wanted as a file
 */
export function makeOwnTools({ place, changed, opened, given, saved }) {
    const label = choiceField({
        name: "Class of the next point",
        options: Array.from({ length: MOST_CLASSES }, (_, i) => {
            const text = element("span", { class: "class-choice" }, classMark(i), String(i));
            return { value: String(i), text };
        }),
        value: "0",
        changed: () => {},
    });
    const input = element("input", {
        type: "file",
        accept: ".csv,.tsv,.txt,text/csv,.safetensors",
        class: "visually-hidden",
    });
    const undo = button(
        "Take back",
        () =>
            changed((own) => ({
                ...own,
                features: own.features.slice(0, -2),
                labels: own.labels.slice(0, -1),
                source: null,
            })),
        "small",
    );
    const clear = button("Clear", () => changed(noPoints), "small");
    const save = button("Save as CSV", saved, "small");
    const tools = element(
        "div",
        { class: "own-tools" },
        label.element,
        element("div", { class: "row" }, undo, clear, save),
        element(
            "p",
            { class: "note" },
            "Click into the plane to set points, or go there by keyboard: arrow keys move the cross, " +
                "0 to 9 choose a class, Enter sets a point, Delete takes the nearest away.",
        ),
    );
    takeFiles({
        place,
        input,
        most: MOST_BYTES,
        async take(files) {
            if (files.length > 1) {
                throw new Error("Drop one table or model at a time.");
            }
            /** @type {import("./regions_files.js").Read} */
            const read = await readBeside(new URL("./regions_reader.js", import.meta.url), files);
            await ("given" in read ? given(read.given) : opened(read.own));
        },
    });
    return {
        element: element(
            "div",
            { class: "own" },
            element(
                "div",
                { class: "own-file" },
                element("label", { class: "button small" }, "Open a file", input),
                element(
                    "span",
                    { class: "note" },
                    "or drop one: a table (CSV) of two numbers and a class a line, or a model (.safetensors)",
                ),
            ),
            tools,
        ),
        label: () => Number(label.get()),
        setLabel: (/** @type {number} */ next) => label.set(String(next)),
        /** @param {boolean} isOwn @param {Own} own */
        dress(isOwn, own) {
            tools.hidden = !isOwn;
            undo.disabled = clear.disabled = save.disabled = own.labels.length === 0;
        },
    };
}
