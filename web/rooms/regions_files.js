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
    const names = [...classes];
    for (let i = 0; names.length < MOST_CLASSES; i++) {
        if (!names.includes(String(i))) {
            names.push(String(i));
        }
    }
    return {
        features: Array.from(features),
        labels: Array.from(labels),
        names,
        view: viewOf([features]),
        source: { file: name, label: header?.[2] ?? "3" },
    };
}
