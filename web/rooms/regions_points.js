/** The points of room 2, made up or the reader's own, and what the model sees of them. */

import { MOST_CLASSES } from "../csv.js";
import { viewOf } from "./regions_plane.js";

/**
 * @typedef {import("../engine.js").Engine} Engine
 * @typedef {import("./regions_state.js").Settings} Settings
 * @typedef {import("./regions_plane.js").PointSet} PointSet
 * @typedef {import("./regions_plane.js").View} View
 */

/**
 * Points of the reader's.
 * @typedef {object} Own
 * @property {readonly number[]} features rows × 2
 * @property {readonly number[]} labels places in `names`
 * @property {readonly string[]} names MOST_CLASSES of them; those of the file they came in first
 * @property {View | null} view of the file they came in; null: the first that is offered
 * @property {{ file: string, label: string } | null} source the file that has just these points;
 *   null: none has
 */

/**
 * @typedef {object} Data
 * @property {PointSet} train
 * @property {PointSet | null} test
 * @property {readonly number[]} ids for each class the number of its colour and shape
 * @property {readonly string[]} names of the classes
 * @property {View} view
 * @property {readonly [number, number]} shift a model sees (x − shift) · scale
 * @property {readonly [number, number]} scale
 * @property {string} word what the program calls the data
 * @property {string | null} label the label's column, where it is a table
 * @property {number} heldOut share of the table's rows that are its test part; 0: none
 * @property {boolean} trainable there are two classes
 */

/** @type {View} */
const FIRST_VIEW = { left: -1.2, right: 1.2, bottom: -1.2, top: 1.2 };

/** @returns {Own} */
export function noPoints() {
    return {
        features: [],
        labels: [],
        names: Array.from({ length: MOST_CLASSES }, (_, i) => String(i)),
        view: null,
        source: null,
    };
}

/** Makes the data that the settings name the engine's.
 * @param {Engine} engine @param {Settings} settings @param {Own} own @returns {Promise<Data>} */
export async function makeData(engine, settings, own) {
    if (settings.kind === "own") {
        return makeOwn(engine, settings, own);
    }
    const { kind, rows, classes, noise, dataSeed } = settings;
    const made = await engine.points({ kind, rows, classes, noise, seed: dataSeed });
    const ids = Array.from({ length: made.classes }, (_, i) => i);
    return {
        train: made.train,
        test: made.test,
        ids,
        names: ids.map(String),
        view: viewOf([made.train.features, made.test.features]),
        shift: [0, 0],
        scale: [1, 1],
        word: made.data,
        label: null,
        heldOut: 0,
        trainable: true,
    };
}

/** @param {Engine} engine @param {Settings} settings @param {Own} own @returns {Promise<Data>} */
async function makeOwn(engine, { heldOut, seed }, own) {
    /* The classes that have points are those of a table with these points. */
    const ids = [...new Set(own.labels)].sort((a, b) => a - b);
    const all = {
        features: Float32Array.from(own.features),
        labels: Uint8Array.from(own.labels, (label) => ids.indexOf(label)),
    };
    const trainable = ids.length >= 2;
    const count = Math.floor(heldOut * all.labels.length + 0.5);
    const isSplit = trainable && count >= 1 && count < all.labels.length;
    let train = all;
    let test = null;
    if (isSplit) {
        const { labels } = all;
        const marks = await engine.holdOut({ labels, classes: ids.length, share: heldOut, seed });
        train = partOf(all, marks, 0);
        test = partOf(all, marks, 1);
    }
    const { shift, scale } = scalingOf(all.features);
    if (trainable) {
        const seen = (/** @type {PointSet} */ { features, labels }) => ({
            features: scaled(features, shift, scale),
            labels,
        });
        await engine.setPoints({
            train: seen(train),
            test: test === null ? null : seen(test),
            classes: ids.length,
        });
    }
    return {
        train,
        test,
        ids,
        names: ids.map((id) => own.names[id]),
        view: own.view ?? FIRST_VIEW,
        shift,
        scale,
        word: own.source?.file ?? "points.csv",
        label: own.source?.label ?? "label",
        heldOut: isSplit ? heldOut : 0,
        trainable,
    };
}

/** The points with this mark. @param {PointSet} all @param {Uint8Array} marks @param {number} wanted */
function partOf({ features, labels }, marks, wanted) {
    return {
        features: features.filter((_, i) => marks[i >> 1] === wanted),
        labels: labels.filter((_, i) => marks[i] === wanted),
    };
}

/**
 * Mean 0 and variance 1, as the program scales the columns of tables.
 * @param {ArrayLike<number>} features of all rows, those that are held out too: rows × 2
 * @returns {{ shift: [number, number], scale: [number, number] }}
 */
export function scalingOf(features) {
    const rows = features.length / 2;
    const column = (/** @type {number} */ i) => {
        const values = Array.from(features).filter((_, at) => at % 2 === i);
        const mean = values.reduce((sum, value) => sum + value / rows, 0);
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2 / rows, 0);
        const inverse = Math.fround(1 / Math.sqrt(variance)); // models store 32 bits of it
        return { mean, scale: Number.isFinite(inverse) && inverse > 0 ? inverse : 1 };
    };
    const [x, y] = [column(0), column(1)];
    return { shift: [x.mean, y.mean], scale: [x.scale, y.scale] };
}

/**
 * @param {ArrayLike<number>} features rows × 2
 * @param {readonly [number, number]} shift
 * @param {readonly [number, number]} scale
 * @returns {Float32Array}
 */
export function scaled(features, shift, scale) {
    return Float32Array.from(features, (value, i) => (value - shift[i % 2]) * scale[i % 2]);
}

/** The view as the model sees it. @param {Data} data */
export function modelPlane({ view, shift, scale }) {
    return {
        x0: (view.left - shift[0]) * scale[0],
        x1: (view.right - shift[0]) * scale[0],
        y0: (view.top - shift[1]) * scale[1],
        y1: (view.bottom - shift[1]) * scale[1],
    };
}

/** With a point of the class of this name; the same where there is none.
 * @param {Own} own @param {number} x @param {number} y @param {string} name @returns {Own} */
export function withPoint(own, x, y, name) {
    const label = own.names.indexOf(name);
    return label < 0
        ? own
        : {
              ...own,
              features: [...own.features, Math.fround(x), Math.fround(y)],
              labels: [...own.labels, label],
              source: null,
          };
}

/** Without the point that is nearest to a place of the view, if there is one.
 * @param {Own} own @param {number} x @param {number} y @returns {Own} */
export function withoutNearest(own, x, y) {
    let nearest = -1;
    let least = Infinity;
    for (let i = 0; i < own.labels.length; i++) {
        const distance = (own.features[2 * i] - x) ** 2 + (own.features[2 * i + 1] - y) ** 2;
        if (distance < least) {
            least = distance;
            nearest = i;
        }
    }
    return {
        ...own,
        features: own.features.filter((_, i) => i >> 1 !== nearest),
        labels: own.labels.filter((_, i) => i !== nearest),
        source: null,
    };
}
