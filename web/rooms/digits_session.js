/** What room 3 works with: an engine, pictures, and a model that is trained on them or comes from a
 * file. Nothing of the page. */

import { PICTURE } from "../centring.js";
import { openEngine } from "../engine.js";
import { layersForEngine, layersForFile } from "../engine_model.js";
import { isOnBatches, unitsOf } from "./digits_settings.js";

/** @typedef {import("../model_file.js").Layer} Layer */
/** @typedef {import("../model_file.js").Model} Model */
/** @typedef {import("../idx.js").LabelledPictures} LabelledPictures */
/** @typedef {import("../idx.js").PictureSet} PictureSet */
/** @typedef {import("./digits_settings.js").Settings} Settings */
/** @typedef {import("./digits_progress.js").Reached} Reached */
/**
 * @typedef {object} Data
 * @property {string} name for people
 * @property {string | null} word that the program knows them by; null: it takes more than a word
 * @property {string[]} classNames
 * @property {number} rows to train on
 * @property {LabelledPictures} examples to be shown
 * @property {{ rows: number, seed: number } | null} made how the built-in digits were; null: others
 */

/** Milliseconds of training from one report to the next: short in the beginning, when much happens;
 * later as long as measuring the losses takes, within bounds. */
const FIRST_SLICE = 5;
const LATER_SLICES = [40, 400];

const MOST_EXAMPLES = 100; // of each class, that are kept to be shown

/** The classes of the built-in digits. */
export const DIGITS = Array.from({ length: 10 }, (_, k) => String(k));

/** Opens an engine of its own. */
export async function openSession() {
    const engine = await openEngine();
    const { version } = await engine.version();
    /** @type {Data | null} */
    let data = null;
    /** @type {Model | null} */
    let model = null;
    let isStale = false; // whether the engine's model has moved on from `model`
    let isWanted = false; // whether training is to go on

    /** @param {number} rows @param {number} seed */
    const makeDigits = async (rows, seed) => {
        if (data?.made?.rows === rows && data.made.seed === seed) {
            return data;
        }
        const { test, data: word } = await engine.digits({ rows, testRows: rows, seed });
        return {
            name: "built-in digits",
            word,
            classNames: DIGITS,
            rows,
            examples: test,
            made: { rows, seed },
        };
    };

    const isBuiltIn = () => data === null || data.made !== null;

    return {
        data: () => data,
        /** Whether it is trained on the built-in digits. */
        isBuiltIn,
        model: () => model,

        /**
         * Begins with a new model, on the built-in digits unless other pictures have been given.
         * @param {Settings} settings
         * @returns {Promise<Reached>}
         */
        async begin(settings) {
            if (isBuiltIn()) {
                data = await makeDigits(settings.rows, settings.seed);
            }
            const { classNames } = /** @type {Data} */ (data);
            await engine.begin({
                hidden: unitsOf(settings.hidden),
                activation: settings.activation,
                solver: settings.solver,
                ...(isOnBatches(settings.solver)
                    ? { learningRate: settings.learningRate, batchSize: settings.batchSize }
                    : {}),
                l2: settings.l2,
                epochs: settings.epochs,
                seed: settings.seed,
            });
            const { layers, shift, scale } = await engine.weights();
            model = {
                layers: layersForFile(layers, 0),
                classNames,
                image: { height: PICTURE, width: PICTURE },
                shift: oneOf(shift),
                scale: oneOf(scale),
                temperature: 1,
                training: null,
                version,
            };
            return engine.advance({ steps: 0 });
        },

        /**
         * Trains until it is over or pause() is called.
         * @param {(reached: Reached) => void} report
         * @returns {Promise<boolean>} whether it is over
         */
        async train(report) {
            isWanted = true;
            let isOver = false;
            let slice = FIRST_SLICE;
            while (isWanted && !isOver) {
                const begun = performance.now();
                const reached = await engine.advance({ milliseconds: slice });
                const besides = performance.now() - begun - slice;
                const wanted = Math.min(LATER_SLICES[1], Math.max(LATER_SLICES[0], besides));
                slice = Math.min(wanted, slice + FIRST_SLICE);
                isStale = true;
                isOver = reached.finished;
                report(reached);
                if (reached.problem !== null) {
                    isWanted = false;
                    throw new Error(reached.problem);
                }
            }
            isWanted = false;
            return isOver;
        },

        pause() {
            isWanted = false;
        },

        /** @returns {Promise<Reached>} after one step more */
        async step() {
            const reached = await engine.advance({ steps: 1 });
            isStale = true;
            return reached;
        },

        /**
         * Takes other pictures to train on; the model stays, until training begins.
         * @param {PictureSet} pictures
         * @param {string | null} word
         */
        async usePictures({ train, test, width, height, classNames, name }, word) {
            const classes = classNames.length;
            const rows = train.labels.length;
            const examples = examplesOf(test ?? train, classes);
            const arrays = [train, ...(test === null ? [] : [test])].flatMap(
                ({ pixels, labels }) => [pixels, labels],
            );
            await engine.setPictures(
                { train, test, width, height, classes },
                [...new Set(arrays.map(({ buffer }) => /** @type {ArrayBuffer} */ (buffer)))],
            );
            data = {
                name: `pictures of ${name}`,
                word,
                classNames,
                rows,
                examples,
                made: null,
            };
        },

        /** Goes back to the built-in digits, once training begins. */
        useDigits() {
            data = null;
        },

        /**
         * Answers by this model from now on.
         * @param {Model} given
         */
        async useModel(given) {
            const [{ inputs }] = given.layers;
            await engine.setModel({
                features: inputs,
                classes: given.classNames.length,
                image: given.image,
                layers: layersForEngine(given.layers),
                shift: many(given.shift, inputs),
                scale: many(given.scale, inputs),
                temperature: given.temperature,
            });
            model = given;
            isStale = false;
        },

        /**
         * What the model makes of a picture.
         * @param {Uint8Array} picture
         */
        async answer(picture) {
            const asked = model;
            if (asked === null) {
                return null;
            }
            const wasStale = isStale;
            isStale = false;
            /* Both at once, so that no step of training comes between. */
            const [{ logits, probabilities }, weights] = await Promise.all([
                engine.predict({ inputs: picture, rows: 1 }),
                wasStale ? engine.weights() : null,
            ]);
            const answered =
                weights === null
                    ? asked
                    : { ...asked, layers: learnt(asked.layers, weights.layers) };
            model = model === asked ? answered : model;
            return { model: answered, logits, probabilities };
        },
    };
}

/**
 * The first pictures of each class.
 * @param {LabelledPictures} pictures
 * @param {number} classes
 * @returns {LabelledPictures}
 */
function examplesOf({ pixels, labels }, classes) {
    const counts = new Uint32Array(classes);
    const size = PICTURE * PICTURE;
    /** @type {number[]} */
    const rows = [];
    for (let row = 0; row < labels.length; row++) {
        if (counts[labels[row]]++ < MOST_EXAMPLES) {
            rows.push(row);
        }
    }
    const chosen = new Uint8Array(rows.length * size);
    rows.forEach((row, i) =>
        chosen.set(pixels.subarray(row * size, (row + 1) * size), i * size),
    );
    return { pixels: chosen, labels: Uint8Array.from(rows, (row) => labels[row]) };
}

/**
 * Layers with the numbers that they have by now.
 * @param {Layer[]} layers
 * @param {{ kernel: Float32Array, bias: Float32Array }[]} numbers
 * @returns {Layer[]}
 */
function learnt(layers, numbers) {
    return layers.map((layer, i) => ({
        ...layer,
        kernel: numbers[i].kernel,
        bias: numbers[i].bias,
    }));
}

/**
 * The one number that an array holds over and over, or else the array.
 * @param {Float32Array | number} numbers
 */
function oneOf(numbers) {
    const isOne = typeof numbers !== "number" && numbers.every((value) => value === numbers[0]);
    return isOne ? numbers[0] : numbers;
}

/**
 * The other way round.
 * @param {Float32Array | number} numbers
 * @param {number} count
 */
function many(numbers, count) {
    return typeof numbers === "number" ? new Float32Array(count).fill(numbers) : numbers;
}
