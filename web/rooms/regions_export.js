/** What of room 2 can be taken elsewhere: the run as a command, the model as a file, the picture in
 * words. */

import { layersForFile } from "../engine_model.js";
import { offerFile } from "../files.js";
import { writeModel } from "../model_file.js";
import { fail, messageOf } from "../notices.js";
import { percent } from "../numbers.js";
import { applying } from "./regions_state.js";

/**
 * @typedef {import("./regions_state.js").Settings} Settings
 * @typedef {import("./regions_points.js").Data} Data
 * @typedef {import("../types.js").Progress} Progress
 */

/**
 * @param {Settings} settings
 * @param {Data} data
 * @param {Progress | null} progress
 * @returns {import("../command.js").Run}
 */
export function runOf(settings, { word, label, heldOut }, progress) {
    const { hidden, activation, solver, l2, seed } = settings;
    return {
        data: word,
        label,
        heldOut,
        hidden,
        activation,
        solver,
        ...applying(settings),
        l2,
        seed,
        steps: progress !== null && progress.step > 0 ? progress.step : null,
        output: "regions.safetensors",
    };
}

/**
 * @param {import("../engine.js").Engine} engine
 * @param {Data} data
 * @param {number} dropout that it is trained with
 * @param {string} version
 */
export async function saveModel(engine, data, dropout, version) {
    try {
        const model = await engine.model();
        const bytes = writeModel({
            layers: layersForFile(model.layers, dropout),
            classNames: [...data.names],
            image: null,
            ...scalingOf(data),
            temperature: model.temperature,
            training: null,
            version,
        });
        offerFile("regions.safetensors", bytes, "application/octet-stream");
    } catch (error) {
        fail(messageOf(error));
    }
}

/** Made points are seen as they are; others are scaled before the engine sees them.
 * @param {Data} data */
function scalingOf({ label, shift, scale }) {
    return label === null
        ? { shift: 0, scale: 1 }
        : { shift: Float32Array.from(shift), scale: Float32Array.from(scale) };
}

/**
 * @param {import("./regions_plane.js").Grid} grid
 * @param {Data} data
 * @param {Progress} progress
 */
export function describeLook({ classes }, { names, train, test }, progress) {
    const cells = new Uint32Array(names.length);
    for (const label of classes) {
        cells[label]++;
    }
    const tested = test === null ? "" : ` and ${test.labels.length} test points`;
    const shares = names.map((name, k) => `class ${name} ${percent(cells[k] / classes.length)}`);
    return (
        `Decision regions, and ${train.labels.length} training points${tested} over them. Of the plane go to ${shares.join(", ")}. ` +
        `After ${progress.step} steps ${percent(progress.train.accuracy)} of the training points lie in the region of their class.`
    );
}
