/**
 * Models as files: docs/model-format.md, for what the page can use, which are dense rows.
 */
import { ownValue, parseStrictJson, isObject } from "./strict_json.js";
import { isSize, readSafetensors, writeSafetensors } from "./safetensors.js";

/**
 * @typedef {object} Layer
 * @property {number} inputs
 * @property {number} outputs
 * @property {Float32Array} kernel inputs × outputs, row-major
 * @property {Float32Array} bias outputs
 * @property {string | null} activation null in the output layer
 * @property {number} dropout share of the outputs that training left out
 */
/**
 * logits = layers((x − shift) · scale) / temperature
 * @typedef {object} Model
 * @property {Layer[]} layers in the order in which data goes through
 * @property {string[]} classNames as many as the last layer has outputs
 * @property {{height: number, width: number} | null} image of grey pictures, rows first
 * @property {number | Float32Array} shift one number for all inputs, or one each; scale likewise
 * @property {number | Float32Array} scale
 * @property {number} temperature
 * @property {string | null} training how it was trained, the text of a JSON object
 * @property {string | null} version of the library that wrote it
 */

const FORMAT_KEY = "softmax.format";
const FORMAT = "1";
const VERSION_KEY = "softmax.version";
const MODEL_KEY = "softmax.model";
const TRAINING_KEY = "softmax.training";
const COLUMNS_KEY = "softmax.columns";
const MOST_LAYERS = 1000;
const MOST_CLASSES = 65536;

export const ACTIVATIONS = ["linear", "relu", "leaky-relu", "gelu", "tanh", "sigmoid"];

/** @typedef {import("./safetensors.js").Safetensors} Safetensors */
/** @typedef {{inputs: number, outputs: number, activation: string | null, dropout: number}} Shape */

/**
 * @param {unknown} json of the layer
 * @param {number} index
 * @param {boolean} hidden
 * @param {string} where
 * @returns {Shape}
 */
function readLayer(json, index, hidden, where) {
    const inputs = ownValue(json, "inputs");
    const outputs = ownValue(json, "outputs");
    if (ownValue(json, "type") !== "dense" || ownValue(json, "name") !== `dense_${index}`) {
        throw new Error(
            `${where}: layer ${index} is not one of type 'dense' named 'dense_${index}'`,
        );
    }
    if (!isSize(inputs) || !isSize(outputs) || inputs < 1 || outputs < 1) {
        throw new Error(`${where}: layer 'dense_${index}': its inputs or outputs are not sizes`);
    }
    const activation = ownValue(json, "activation");
    const dropout = ownValue(json, "dropout");
    if (!hidden) {
        if (activation !== undefined || dropout !== undefined) {
            throw new Error(
                `${where}: layer 'dense_${index}' is the output layer, and has neither activation nor dropout`,
            );
        }
        return { inputs, outputs, activation: null, dropout: 0 };
    }
    if (typeof activation !== "string" || !ACTIVATIONS.includes(activation)) {
        throw new Error(
            `${where}: layer 'dense_${index}': known activations are ${ACTIVATIONS.join(", ")}`,
        );
    }
    if (typeof dropout !== "number" || !(dropout >= 0 && dropout < 1)) {
        throw new Error(
            `${where}: layer 'dense_${index}': its dropout is not a number of at least 0 and below 1`,
        );
    }
    return { inputs, outputs, activation, dropout };
}

/**
 * @param {unknown} list
 * @param {string} where
 * @returns {Shape[]}
 */
function readLayers(list, where) {
    if (!Array.isArray(list) || list.length < 1 || list.length > MOST_LAYERS) {
        throw new Error(`${where}: 'layers' is not a list of 1 to ${MOST_LAYERS}`);
    }
    const layers = list.map((json, i) => readLayer(json, i, i + 1 < list.length, where));
    for (let i = 1; i < layers.length; i++) {
        if (layers[i].inputs !== layers[i - 1].outputs) {
            throw new Error(
                `${where}: layer 'dense_${i}' takes ${layers[i].inputs} inputs, but ` +
                    `'dense_${i - 1}' has ${layers[i - 1].outputs} outputs`,
            );
        }
    }
    return layers;
}

/**
 * @param {unknown} list
 * @param {number} classes
 * @param {string} where
 * @returns {string[]}
 */
function readClassNames(list, classes, where) {
    if (classes < 2 || classes > MOST_CLASSES) {
        throw new Error(
            `${where}: a model tells apart 2 to ${MOST_CLASSES} classes; these are ${classes}`,
        );
    }
    if (!Array.isArray(list) || list.length !== classes) {
        throw new Error(`${where}: 'class_names' does not hold one name a class`);
    }
    if (!list.every((name) => typeof name === "string" && name !== "" && !name.includes("\0"))) {
        throw new Error(`${where}: a class name is empty, or no text`);
    }
    if (new Set(list).size !== classes) {
        throw new Error(`${where}: two classes have the same name`);
    }
    return list;
}

/**
 * @param {unknown} image
 * @param {number} inputs
 * @param {string} where
 * @returns {{height: number, width: number} | null}
 */
function readImage(image, inputs, where) {
    if (image === null) {
        return null;
    }
    const height = ownValue(image, "height");
    const width = ownValue(image, "width");
    const resize = ownValue(image, "resize");
    if (!isSize(height) || !isSize(width) || height < 1 || width < 1) {
        throw new Error(`${where}: 'image' is neither null nor a height and a width`);
    }
    if (resize !== undefined && typeof resize !== "boolean") {
        throw new Error(`${where}: 'image': 'resize' is neither true nor false`);
    }
    if (height * width * 3 === inputs) {
        throw new Error(`${where}: it is for pictures in colour; drawings are grey`);
    }
    if (height * width !== inputs) {
        throw new Error(
            `${where}: pictures of ${height} × ${width} do not have ${inputs} features`,
        );
    }
    return { height, width };
}

/**
 * The numbers of a tensor, which must be there, F32 and of this shape.
 * @param {Safetensors} file
 * @param {string} tensorName
 * @param {number[]} shape
 * @param {string} name
 */
function readNumbers(file, tensorName, shape, name) {
    const tensor = file.tensors.get(tensorName);
    if (tensor === undefined) {
        throw new Error(`${name}: tensor '${tensorName}' is missing`);
    }
    const fits =
        tensor.shape.length === shape.length &&
        tensor.shape.every((extent, i) => extent === shape[i]);
    if (tensor.dtype !== "F32" || !fits) {
        throw new Error(
            `${name}: tensor '${tensorName}' is not F32 of the shape that the description gives`,
        );
    }
    const numbers = new Float32Array(tensor.bytes.slice().buffer); /* a copy is aligned */
    const at = numbers.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) {
        throw new Error(`${name}: tensor '${tensorName}': value ${at} is not a finite number`);
    }
    return numbers;
}

/**
 * @param {Safetensors} file
 * @param {unknown} scaling
 * @param {number} inputs
 * @param {string} name
 * @returns {{shift: number | Float32Array, scale: number | Float32Array}}
 */
function readScaling(file, scaling, inputs, name) {
    if (scaling === null) {
        const shift = readNumbers(file, "shift", [inputs], name);
        const scale = readNumbers(file, "scale", [inputs], name);
        if (scale.includes(0)) {
            throw new Error(`${name}: tensor 'scale': it has a 0`);
        }
        return { shift, scale };
    }
    const shift = ownValue(scaling, "shift");
    const scale = ownValue(scaling, "scale");
    if (typeof shift !== "number" || typeof scale !== "number") {
        throw new Error(
            `${name}: metadata '${MODEL_KEY}': 'scaling' is neither null nor a shift and a scale`,
        );
    }
    const rounded = { shift: Math.fround(shift), scale: Math.fround(scale) };
    if (!Number.isFinite(rounded.shift) || !Number.isFinite(rounded.scale) || rounded.scale === 0) {
        throw new Error(
            `${name}: metadata '${MODEL_KEY}': 'scaling' must be finite, and its scale not 0`,
        );
    }
    return rounded;
}

/**
 * @param {unknown} json
 * @param {string} where
 */
function readTemperature(json, where) {
    const temperature = ownValue(json, "temperature") ?? 1;
    if (typeof temperature !== "number" || !(temperature >= 1e-6 && temperature <= 1e6)) {
        throw new Error(`${where}: 'temperature' is not a number from 1e-6 to 1e6`);
    }
    return temperature;
}

/**
 * @param {Safetensors} file
 * @param {string} name
 * @returns {Record<string, unknown>}
 */
function readDescription(file, name) {
    const format = file.metadata.get(FORMAT_KEY);
    if (format === undefined) {
        throw new Error(
            `${name}: a safetensors file, but not a model of softmax: its metadata has no '${FORMAT_KEY}'`,
        );
    }
    if (format !== FORMAT) {
        throw new Error(`${name}: model format '${format}'; this page reads format ${FORMAT}`);
    }
    return readObject(file.metadata.get(MODEL_KEY) ?? "", MODEL_KEY, name);
}

/**
 * @param {string} text of the metadata
 * @param {string} key
 * @param {string} name
 * @returns {Record<string, unknown>}
 */
function readObject(text, key, name) {
    let json;
    try {
        json = parseStrictJson(text);
    } catch (error) {
        throw new Error(`${name}: metadata '${key}': ${/** @type {Error} */ (error).message}`);
    }
    if (!isObject(json)) {
        throw new Error(`${name}: metadata '${key}' is not a JSON object`);
    }
    return json;
}

/**
 * Fails unless the columns of the table that a model comes from are plain numbers, each an input, in
 * the table's order.
 * @param {string} text of the metadata
 * @param {number} inputs
 * @param {string} name
 */
function checkColumns(text, inputs, name) {
    const features = ownValue(readObject(text, COLUMNS_KEY, name), "features");
    let last = -1;
    const isPlain = (/** @type {unknown} */ feature) => {
        const columns = ownValue(feature, "columns");
        const place = Array.isArray(columns) && columns.length === 1 ? columns[0] : -1;
        const follows = isSize(place) && place > last;
        last = follows ? place : last;
        return (
            follows &&
            ownValue(feature, "kind") === "numeric" &&
            ownValue(feature, "indicator") !== true
        );
    };
    if (!Array.isArray(features) || features.length !== inputs || !features.every(isPlain)) {
        throw new Error(
            `${name}: it was trained on a table with columns that are no plain numbers; this page ` +
                "has nothing else",
        );
    }
}

/**
 * The model in a file.
 * @param {Uint8Array} bytes the whole file
 * @param {string} name of the file, for messages
 * @returns {Model}
 * @throws {Error} says what is wrong with the file
 */
export function readModel(bytes, name) {
    const file = readSafetensors(bytes, name);
    const json = readDescription(file, name);
    const where = `${name}: metadata '${MODEL_KEY}'`;
    const shapes = readLayers(ownValue(json, "layers"), where);
    const inputs = shapes[0].inputs;
    const classes = shapes[shapes.length - 1].outputs;
    const classNames = readClassNames(ownValue(json, "class_names"), classes, where);
    const image = readImage(ownValue(json, "image"), inputs, where);
    const columns = file.metadata.get(COLUMNS_KEY);
    if (columns !== undefined) {
        checkColumns(columns, inputs, name);
    }
    const temperature = readTemperature(json, where);
    const scaling = ownValue(json, "scaling");
    const wanted = 2 * shapes.length + (scaling === null ? 2 : 0);
    if (file.tensors.size !== wanted) {
        throw new Error(
            `${name}: it should hold ${wanted} tensors; these are ${file.tensors.size}`,
        );
    }
    const { shift, scale } = readScaling(file, scaling, inputs, name);
    const layers = shapes.map((layer, i) => ({
        ...layer,
        kernel: readNumbers(file, `dense_${i}.kernel`, [layer.inputs, layer.outputs], name),
        bias: readNumbers(file, `dense_${i}.bias`, [layer.outputs], name),
    }));
    return {
        layers,
        classNames,
        image,
        shift,
        scale,
        temperature,
        training: file.metadata.get(TRAINING_KEY) ?? null,
        version: file.metadata.get(VERSION_KEY) ?? null,
    };
}

/** Whether a file is meant to be a model, going by its name or how it begins.
 * @param {string} name @param {Uint8Array} bytes */
export function looksLikeModel(name, bytes) {
    return /\.safetensors$/i.test(name) || String.fromCharCode(bytes[8] ?? 0) === "{";
}

/**
 * What the file says of the model, as the text of a JSON object.
 * @param {Model} model
 */
function describe(model) {
    const layers = model.layers.map(({ inputs, outputs, activation, dropout }, i) => ({
        type: "dense",
        name: `dense_${i}`,
        inputs,
        outputs,
        ...(activation === null ? {} : { activation, dropout }),
    }));
    const byColumn = typeof model.shift !== "number";
    return JSON.stringify({
        layers,
        class_names: model.classNames,
        image: model.image,
        scaling: byColumn ? null : { shift: model.shift, scale: model.scale },
        ...(model.temperature === 1 ? {} : { temperature: model.temperature }),
    });
}

/**
 * The bytes of a model's file, which `softmax predict` accepts.
 * @param {Model} model
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function writeModel(model) {
    const tensors = model.layers.flatMap(({ inputs, outputs, kernel, bias }, i) => [
        { name: `dense_${i}.kernel`, shape: [inputs, outputs], values: kernel },
        { name: `dense_${i}.bias`, shape: [outputs], values: bias },
    ]);
    if (model.shift instanceof Float32Array && model.scale instanceof Float32Array) {
        tensors.push(
            { name: "shift", shape: [model.shift.length], values: model.shift },
            { name: "scale", shape: [model.scale.length], values: model.scale },
        );
    }
    return writeSafetensors(
        {
            [FORMAT_KEY]: FORMAT,
            ...(model.version === null ? {} : { [VERSION_KEY]: model.version }),
            [MODEL_KEY]: describe(model),
            ...(model.training === null ? {} : { [TRAINING_KEY]: model.training }),
        },
        tensors,
    );
}
