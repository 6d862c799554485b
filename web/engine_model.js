/** Models of files, as the engine has them, and back: it calls the output layer's activation "linear",
 * where files have none, and gives every input a shift and a scale of its own. */

/** @typedef {import("./model_file.js").Layer} Layer */

/** @param {readonly Layer[]} layers of a file @returns {import("./types.js").Layer[]} */
export function layersForEngine(layers) {
    return layers.map((layer) => ({ ...layer, activation: layer.activation ?? "linear" }));
}

/**
 * @param {readonly import("./types.js").Layer[]} layers of the engine
 * @param {number} dropout that hidden ones are trained with
 * @returns {Layer[]}
 */
export function layersForFile(layers, dropout) {
    const last = layers.length - 1;
    return layers.map((layer, i) => ({
        ...layer,
        activation: i < last ? layer.activation : null,
        dropout: i < last ? dropout : 0,
    }));
}

/** @param {number | Float32Array} numbers a file's shift or scale @param {number} i @returns {number} */
export function numberAt(numbers, i) {
    return typeof numbers === "number" ? numbers : numbers[i];
}
