/** What a file that is dropped on room 2 holds: a model, or a table of points. */

import { MOST_CLASSES, readPoints } from "../csv.js";
import { looksLikeModel } from "../model_file.js";
import { readGiven } from "./regions_given.js";
import { viewOf } from "./regions_plane.js";

/** @typedef {import("./regions_points.js").Own} Own */
/** @typedef {import("./regions_given.js").Given} Given */
/** @typedef {{ given: Given } | { own: Own }} Read */

/** @param {File} file @returns {Promise<Read>} */
export async function readFile(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return looksLikeModel(file.name, bytes)
        ? { given: readGiven(bytes, file.name) }
        : { own: ownOf(new TextDecoder().decode(bytes), file.name) };
}

/** @param {string} text @param {string} name of the file @returns {Own} */
function ownOf(text, name) {
    const { features, labels, classes, header } = readPoints(text, name);
    return {
        features: Array.from(features),
        labels: Array.from(labels),
        names: withFurther(classes),
        view: viewOf([features]),
        source: { file: name, label: header?.[2] ?? "3" },
    };
}

/** The names of a file's classes, and of further ones that its reader may add: numbers, each its place
 * where no other has it. @param {readonly string[]} classes */
function withFurther(classes) {
    const names = [...classes];
    while (names.length < MOST_CLASSES) {
        const numbers = [names.length, ...Array(MOST_CLASSES).keys()].map(String);
        names.push(/** @type {string} */ (numbers.find((number) => !names.includes(number))));
    }
    return names;
}
