/** Models of room 2 that were trained elsewhere. */

import { sameNames } from "../class_names.js";
import { layersForEngine, numberAt } from "../engine_model.js";
import { readModel } from "../model_file.js";
import { ACTIVATIONS, MOST_LAYERS, RANGES } from "./regions_state.js";

/**
 * @typedef {import("../types.js").Model} EngineModel
 * @typedef {import("./regions_points.js").Data} Data
 * @typedef {import("./regions_state.js").Activation} Activation
 */

/**
 * @typedef {object} Given
 * @property {string} name of the file
 * @property {Uint8Array<ArrayBuffer>} bytes all of it
 * @property {import("../model_file.js").Model} model
 * @property {number[]} hidden units of its hidden layers
 * @property {Activation | null} activation of the first of them; null: it has none
 */

/**
 * A model for points of the plane.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} name
 * @returns {Given}
 * @throws {Error} says what is wrong with the file, or does not suit the room
 */
export function readGiven(bytes, name) {
    const model = readModel(bytes, name);
    const { image } = model;
    const [{ inputs }] = model.layers;
    if (inputs !== 2 || image !== null) {
        const shape =
            image === null ? `${inputs} features` : `pictures of ${image.height} × ${image.width}`;
        throw new Error(`${name}: it is for ${shape}; a point of the plane has two numbers`);
    }
    const hidden = model.layers.slice(0, -1).map(({ outputs }) => outputs);
    const { least, most } = RANGES.units;
    if (hidden.length > MOST_LAYERS || hidden.some((units) => units < least || units > most)) {
        throw new Error(
            `${name}: this room shows networks of up to ${MOST_LAYERS} hidden layers of up to ${most} neurons`,
        );
    }
    const word = model.layers[0].activation;
    return { name, bytes, model, hidden, activation: ACTIVATIONS.find((one) => one === word) ?? null };
}

/**
 * The model as the engine takes it, which sees the points as they were scaled for training.
 * @param {Given} given
 * @param {Data} data
 * @returns {EngineModel}
 * @throws {Error} the model does not go with these points
 */
export function engineModelOf({ name, model }, { names, shift, scale }) {
    if (!sameNames(model.classNames, names)) {
        const points = names.length === 0 ? "there are no points" : `the points are of ${listed(names)}`;
        throw new Error(
            `${name}: it tells ${listed(model.classNames)} apart, but ${points}: choose points of its classes first`,
        );
    }
    const both = /** @type {const} */ ([0, 1]);
    const shifts = Float32Array.from(both, (i) => (numberAt(model.shift, i) - shift[i]) * scale[i]);
    const scales = Float32Array.from(both, (i) => numberAt(model.scale, i) / scale[i]);
    if (![...shifts, ...scales].every(Number.isFinite) || scales.includes(0)) {
        throw new Error(`${name}: its scaling is too far from that of these points`);
    }
    return {
        features: 2,
        classes: names.length,
        image: null,
        layers: layersForEngine(model.layers),
        shift: shifts,
        scale: scales,
        temperature: model.temperature,
    };
}

const MOST_NAMED = 10;

/** @param {readonly string[]} names */
function listed(names) {
    const first = names.slice(0, MOST_NAMED).map((name) => `'${name}'`);
    return first.join(", ") + (names.length > MOST_NAMED ? ", …" : "");
}
