/**
 * The container of model files: a length, a header of JSON, tensors. Reading believes nothing that
 * the file says of itself; what is written can be mapped, its tensors aligned for vectors.
 */
import { isObject, ownValue, parseStrictJson } from "./strict_json.js";

/**
 * @typedef {object} Tensor
 * @property {string} dtype "F32", …
 * @property {number[]} shape
 * @property {Uint8Array} bytes row-major, lowest byte first; a view of the file
 */
/**
 * @typedef {object} Safetensors
 * @property {Map<string, string>} metadata
 * @property {Map<string, Tensor>} tensors
 */

const LENGTH_BYTES = 8;
const ALIGNMENT = 64;
const MOST_HEADER = 16 * 1024 * 1024;
const METADATA_KEY = "__metadata__";

/** Bytes of an element. */
const DTYPES = new Map([
    ["BOOL", 1],
    ["U8", 1],
    ["I8", 1],
    ["I16", 2],
    ["U16", 2],
    ["F16", 2],
    ["BF16", 2],
    ["I32", 4],
    ["U32", 4],
    ["F32", 4],
    ["F64", 8],
    ["I64", 8],
    ["U64", 8],
]);

/**
 * @param {unknown} value
 * @returns {value is number} whether it is a size: a whole number that is exact
 */
export function isSize(value) {
    return Number.isSafeInteger(value) && /** @type {number} */ (value) >= 0;
}

/**
 * @param {Uint8Array} bytes
 * @param {string} name
 * @returns {{header: Record<string, unknown>, buffer: Uint8Array}} buffer: what follows the header
 */
function readHeader(bytes, name) {
    if (bytes.length < LENGTH_BYTES) {
        throw new Error(`${name}: ${bytes.length} bytes: too short for a safetensors file`);
    }
    if (bytes.length > LENGTH_BYTES && bytes[LENGTH_BYTES] !== "{".charCodeAt(0)) {
        throw new Error(`${name}: not a model: a safetensors header starts with '{'`);
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const announced = view.getBigUint64(0, true);
    if (announced > BigInt(MOST_HEADER)) {
        throw new Error(`${name}: not a model: its header would be ${announced} bytes long`);
    }
    const length = Number(announced);
    if (length > bytes.length - LENGTH_BYTES) {
        throw new Error(`${name}: the file ends within its header of ${length} bytes`);
    }
    let header;
    try {
        const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
        header = parseStrictJson(
            decoder.decode(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length)),
        );
    } catch (error) {
        const what =
            error instanceof TypeError ? "it is not UTF-8" : /** @type {Error} */ (error).message;
        throw new Error(`${name}: the header: ${what}`);
    }
    if (!isObject(header)) {
        throw new Error(`${name}: the header is not an object`);
    }
    return { header, buffer: bytes.subarray(LENGTH_BYTES + length) };
}

/**
 * Bytes that a tensor of this type and shape takes.
 * @param {number} each
 * @param {unknown} shape
 * @param {string} where
 */
function extentOf(each, shape, where) {
    if (!Array.isArray(shape) || !shape.every(isSize)) {
        throw new Error(`${where}: its shape is not made of sizes`);
    }
    const product = shape.reduce((size, extent) => size * extent, each);
    if (!Number.isSafeInteger(product)) {
        throw new Error(`${where}: the product of its shape overflows`);
    }
    return product;
}

/**
 * @param {unknown} entry
 * @param {Uint8Array} buffer
 * @param {string} where
 * @returns {{tensor: Tensor, begin: number, end: number}}
 */
function readTensor(entry, buffer, where) {
    const dtype = ownValue(entry, "dtype");
    const shape = ownValue(entry, "shape");
    const offsets = ownValue(entry, "data_offsets");
    const each = typeof dtype === "string" ? DTYPES.get(dtype) : undefined;
    if (typeof dtype !== "string" || each === undefined) {
        throw new Error(`${where}: its dtype is missing or unknown`);
    }
    const size = extentOf(each, shape, where);
    if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) {
        throw new Error(`${where}: data_offsets are not two sizes`);
    }
    const [begin, end] = offsets;
    if (begin > end || end > buffer.length) {
        throw new Error(`${where}: data_offsets lie outside the file`);
    }
    if (end - begin !== size) {
        throw new Error(`${where}: data_offsets do not fit dtype and shape`);
    }
    const tensor = {
        dtype,
        shape: /** @type {number[]} */ (shape),
        bytes: buffer.subarray(begin, end),
    };
    return { tensor, begin, end };
}

/**
 * @param {unknown} entries
 * @param {string} name
 * @returns {Map<string, string>}
 */
function readMetadata(entries, name) {
    if (!isObject(entries)) {
        throw new Error(`${name}: ${METADATA_KEY} is not an object`);
    }
    const metadata = new Map();
    for (const [key, value] of Object.entries(entries)) {
        if (typeof value !== "string") {
            throw new Error(`${name}: ${METADATA_KEY}: '${key}' is not a string`);
        }
        metadata.set(key, value);
    }
    return metadata;
}

/**
 * The tensors must fill the buffer without hole or overlap.
 * @param {{tensorName: string, begin: number, end: number}[]} places
 * @param {number} size
 * @param {string} name
 */
function checkPlaces(places, size, name) {
    const sorted = places.toSorted((a, b) => a.begin - b.begin || a.end - b.end);
    let at = 0;
    for (const { tensorName, begin, end } of sorted) {
        if (begin !== at) {
            throw new Error(
                `${name}: tensor '${tensorName}': it overlaps another one, or leaves a hole before it`,
            );
        }
        at = end;
    }
    if (at !== size) {
        throw new Error(`${name}: the file goes on after its last tensor`);
    }
}

/**
 * Reads a whole file. The tensors are views of `bytes`.
 * @param {Uint8Array} bytes
 * @param {string} name of the file, for messages
 * @returns {Safetensors}
 * @throws {Error} says what is wrong with the file
 */
export function readSafetensors(bytes, name) {
    const { header, buffer } = readHeader(bytes, name);
    /** @type {Safetensors} */
    const file = { metadata: new Map(), tensors: new Map() };
    const places = [];
    for (const [key, entry] of Object.entries(header)) {
        if (key === METADATA_KEY) {
            file.metadata = readMetadata(entry, name);
            continue;
        }
        const { tensor, begin, end } = readTensor(entry, buffer, `${name}: tensor '${key}'`);
        file.tensors.set(key, tensor);
        places.push({ tensorName: key, begin, end });
    }
    checkPlaces(places, buffer.length, name);
    return file;
}

/**
 * A file's bytes. Numbers are written lowest byte first, as every machine has them that runs
 * WebAssembly.
 * @param {Record<string, string>} metadata
 * @param {{name: string, shape: number[], values: Float32Array}[]} tensors
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function writeSafetensors(metadata, tensors) {
    /** @type {Record<string, unknown>} */
    const header = { [METADATA_KEY]: metadata };
    let size = 0;
    for (const { name, shape, values } of tensors) {
        header[name] = { dtype: "F32", shape, data_offsets: [size, size + values.byteLength] };
        size += values.byteLength;
    }
    const text = new TextEncoder().encode(JSON.stringify(header));
    const begin = Math.ceil((LENGTH_BYTES + text.length) / ALIGNMENT) * ALIGNMENT;
    const bytes = new Uint8Array(begin + size);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(begin - LENGTH_BYTES), true);
    bytes.fill(" ".charCodeAt(0), LENGTH_BYTES, begin);
    bytes.set(text, LENGTH_BYTES);
    let at = begin;
    for (const { values } of tensors) {
        bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
        at += values.byteLength;
    }
    return bytes;
}
