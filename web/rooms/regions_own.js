/** The tools for points of the reader's own: which class the next one has, files, taking back. */

import { readBeside } from "../beside.js";
import { sameNames } from "../class_names.js";
import { button, choiceField } from "../controls.js";
import { element } from "../dom.js";
import { takeFiles } from "../files.js";
import { say } from "../notices.js";
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
    let { names } = noPoints();
    let classes = classField(names, 0);
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
        classes.element,
        element("div", { class: "row" }, undo, clear, save),
        element(
            "p",
            { class: "note" },
            "Click into the plane to set points, or go there by keyboard: arrow keys move the cross, " +
                "0 to 9 choose a class by its name, or else by its place, Enter sets a point, " +
                "Delete takes the nearest away.",
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
        /** The name of the class that is chosen. */
        className: () => names[Number(classes.get())],
        /** Chooses the class of this name, or else the one at this place.
         * @param {string} digit */
        choose(digit) {
            const place = names.includes(digit) ? names.indexOf(digit) : Number(digit);
            classes.set(String(place));
            say(`Class of the next point: ${names[place]}`);
        },
        /** @param {boolean} isOwn @param {Own} own */
        dress(isOwn, own) {
            tools.hidden = !isOwn;
            undo.disabled = clear.disabled = save.disabled = own.labels.length === 0;
            if (!sameNames(names, own.names)) {
                const next = classField(own.names, Math.max(0, own.names.indexOf(this.className())));
                classes.element.replaceWith(next.element);
                names = own.names;
                classes = next;
            }
        },
    };
}

/** The choice among classes of these names. @param {readonly string[]} names @param {number} first chosen */
function classField(names, first) {
    const field = choiceField({
        name: "Class of the next point",
        options: names.map((name, i) => ({
            value: String(i),
            text: element(
                "span",
                { class: "class-choice", title: name },
                classMark(i),
                element("span", { class: "class-name-text" }, name),
            ),
        })),
        value: String(first),
        changed: () => {},
    });
    field.element.classList.toggle(
        "of-words",
        names.some((name) => name.length > 2),
    );
    return field;
}
