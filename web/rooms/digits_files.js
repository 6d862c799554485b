/** What files that are dropped on room 3 hold: a model, or pictures to train on. */

import { PICTURE } from "../centring.js";
import { gunzip } from "../gunzip.js";
import { isIdx, pairIdxFiles, readIdx } from "../idx.js";
import { looksLikeModel, readModel } from "../model_file.js";

/** @typedef {import("../model_file.js").Model} Model */
/** @typedef {import("../idx.js").PictureSet} PictureSet */

/** Bytes that a file may have, and come to when it is decompressed: twice MNIST's largest. */
export const MOST_BYTES = 100e6;

const MOST_CLASSES = 100;
const MOST_LETTERS = 200; // of a class's name: they are shown

/**
 * A model that answers to drawings.
 * @param {Uint8Array} bytes
 * @param {string} name
 * @returns {Model}
 */
function readDigitModel(bytes, name) {
    const model = readModel(bytes, name);
    const { image } = model;
    const classes = model.classNames.length;
    const inputs = model.layers[0].inputs;
    if (classes > MOST_CLASSES) {
        throw new Error(
            `${name}: it tells ${classes} classes apart; this room shows ${MOST_CLASSES}`,
        );
    }
    if (model.classNames.some((one) => one.length > MOST_LETTERS)) {
        throw new Error(`${name}: the name of a class has more than ${MOST_LETTERS} letters`);
    }
    if (inputs !== PICTURE * PICTURE || (image !== null && image.width !== PICTURE)) {
        const shape =
            image === null ? `${inputs} features` : `pictures of ${image.height} × ${image.width}`;
        throw new Error(
            `${name}: it is for ${shape}; drawings are pictures of ${PICTURE} × ${PICTURE}`,
        );
    }
    return model;
}

/**
 * What the program calls pictures that lie in these files, where it is run beside them: with MNIST's
 * four names it finds them all, and labels by the name of their pictures. Null where it would not.
 * @param {string[]} names
 */
function wordOf(names) {
    const plain = new Set(names.map((name) => name.replace(/\.gz$/, "")));
    const parts = [
        "train-images-idx3",
        "train-labels-idx1",
        "t10k-images-idx3",
        "t10k-labels-idx1",
    ];
    if (plain.size === parts.length && parts.every((part) => plain.has(`${part}-ubyte`))) {
        return ".";
    }
    const pictures = names.find((name) => /.-images[-.]idx3-ubyte(\.gz)?$/.test(name));
    const labels = pictures?.replace(/\.gz$/, "").replace(/images([-.])idx3/, "labels$1idx1");
    return names.length === 2 && labels !== undefined && plain.has(labels)
        ? (pictures ?? null)
        : null;
}

/** @typedef {{ model: Model, name: string } | { pictures: PictureSet, word: string | null }} Read */

/**
 * Reads them all; they are either one model or IDX files that belong together.
 * @param {File[]} files
 * @returns {Promise<Read>}
 */
export async function readFiles(files) {
    const contents = [];
    for (const file of files) {
        const bytes = await gunzip(new Uint8Array(await file.arrayBuffer()), file.name, MOST_BYTES);
        contents.push({ file, bytes });
    }
    const name = files.map((file) => file.name).join(", ");
    const model = contents.find(({ file, bytes }) => looksLikeModel(file.name, bytes));
    if (model !== undefined) {
        if (contents.length > 1) {
            throw new Error(`${name}: drop one model at a time, and pictures by themselves`);
        }
        return { model: readDigitModel(model.bytes, name), name };
    }
    for (const { file, bytes } of contents) {
        if (!isIdx(bytes)) {
            throw new Error(
                `${file.name}: neither a model (.safetensors) nor an IDX file, such as MNIST’s`,
            );
        }
    }
    const arrays = contents.map(({ file, bytes }) => readIdx(bytes, file.name));
    for (const { name: pictures, extents } of arrays) {
        /* Before any label is looked at: of tiny pictures there may be millions. */
        if (extents.length === 3 && (extents[1] !== PICTURE || extents[2] !== PICTURE)) {
            throw new Error(
                `${pictures}: pictures of ${extents[1]} × ${extents[2]}; those of this room are ${PICTURE} × ${PICTURE}`,
            );
        }
    }
    const pictures = pairIdxFiles(arrays);
    return { pictures, word: wordOf(files.map((file) => file.name)) };
}
