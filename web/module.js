/* The library, compiled to WebAssembly, as a class: what src/wasm/lab.h offers, with arrays instead
 * of addresses. It runs where it is called; engine.js has it in a worker. */

import { finite, ofLength, whole } from "./checks.js";
import { Instance } from "./instance.js";

/**
 * @typedef {import("./types.js").Points} Points
 * @typedef {import("./types.js").Pictures} Pictures
 * @typedef {import("./types.js").Score} Score
 * @typedef {import("./types.js").SoftmaxSteps} SoftmaxSteps
 * @typedef {import("./types.js").Settings} Settings
 * @typedef {import("./types.js").ModelShape} ModelShape
 * @typedef {import("./types.js").Progress} Progress
 * @typedef {import("./types.js").Rectangle} Rectangle
 * @typedef {import("./types.js").Layer} Layer
 * @typedef {import("./types.js").Model} Model
 * @typedef {{features: Float32Array} | {pixels: Uint8Array}} Rows
 * @typedef {{x: Float32Array | Uint8Array, labels: Uint8Array}} Part
 */

const DIVERGED = 6;
const ELEMENT = { bytes: 0, floats: 1 };
const TRAIN = 0;
const TEST = 1;
const INITS = ["zeros", "uniform", "glorot", "glorot-normal", "he"];
const AUTO_RATE = -1;
const MOST_CLASSES = 256; // that a label's byte can name
const MOST_CELLS = 1 << 22;
const MOST_STEPS = 1e9;

/** The setting that says how far points lie from where they belong. */
const NOISE_SETTING = Object.freeze({ blobs: "std", circles: "noise", moons: "noise", spirals: "noise" });
const WITH_CLASSES = ["blobs", "circles", "spirals"];

export class Lab extends Instance {
    /**
     * @param {BufferSource | WebAssembly.Module} source  the bytes of softmax.wasm, or what was
     *   compiled of them
     * @returns {Promise<Lab>}
     */
    static async open(source) {
        const module = source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source);
        return new Lab(await WebAssembly.instantiate(module, {}));
    }

    /** @param {WebAssembly.Instance} instance */
    constructor(instance) {
        super(instance);
        this.activations = this.words(this.calls.lab_activation_name);
        this.solvers = this.words(this.calls.lab_solver_name);
        /** The pictures' size, where the data is pictures. @type {{height: number, width: number} | null} */
        this.image = null;
        /** That of what the model was made for. @type {{height: number, width: number} | null} */
        this.modelImage = null;
        /** Why training broke off. @type {string | null} */
        this.problem = null;
    }

    // ---- calls without data ----

    version() {
        return {
            version: this.text(this.calls.lab_version()),
            isa: this.text(this.calls.lab_isa()),
        };
    }

    /**
     * @param {{logits: number[], temperature: number, target: number}} of
     * @returns {SoftmaxSteps}
     */
    softmax({ logits, temperature, target }) {
        const count = logits.length;
        return this.with((scratch) => {
            const results = scratch.room(6 * count * 8);
            const z = scratch.copy(Float64Array.from(logits));
            whole(target, "target", 0, Math.max(count - 1, 0));
            this.check(this.calls.lab_softmax(z, count, finite(temperature, "temperature"), target, results));
            const all = this.doubles(results, 6 * count);
            const part = (/** @type {number} */ i) => all.slice(i * count, (i + 1) * count);
            return {
                naive: { exponentials: part(0), probabilities: part(1) },
                stable: { exponentials: part(2), probabilities: part(3) },
                losses: part(4),
                gradient: part(5),
            };
        });
    }

    // ---- data ----

    /** @param {string} train @param {string} test */
    generate(train, test) {
        this.with((scratch) =>
            this.check(this.calls.lab_generate(scratch.text(train), scratch.text(test))),
        );
        this.problem = null;
    }

    /** @param {number} part @returns {Uint8Array} */
    labels(part) {
        const rows = this.calls.lab_rows(part);
        return Uint8Array.from(
            new Int32Array(this.memory.buffer, this.calls.lab_labels(part) >>> 0, rows),
        );
    }

    /**
     * Points that are made up become the data, with a fresh sample of as many for the test.
     * @param {{kind: string, rows: number, classes?: number, noise?: number, seed?: number}} of
     * @returns {{train: Points, test: Points, classes: number, data: string}} data: what the program
     *   calls them
     */
    points({ kind, rows, classes, noise, seed = 0 }) {
        if (!(kind in NOISE_SETTING)) {
            throw new Error(`There are no points '${kind}'; there are ${Object.keys(NOISE_SETTING).join(", ")}`);
        }
        const settings = [`n=${whole(rows, "rows", 1, 1e6)}`, `seed=${whole(seed, "seed", 0, 2 ** 53)}`];
        if (classes !== undefined && WITH_CLASSES.includes(kind)) {
            settings.push(`classes=${whole(classes, "classes", 2, MOST_CLASSES)}`);
        }
        if (noise !== undefined) {
            const setting = NOISE_SETTING[/** @type {keyof typeof NOISE_SETTING} */ (kind)];
            settings.push(`${setting}=${finite(noise, "noise")}`);
        }
        const data = `${kind}:${settings.join(",")}`;
        this.generate(data, `${data},test`);
        this.image = null;
        const part = (/** @type {number} */ p) => ({
            features: this.floats(this.calls.lab_x(p) >>> 0, 2 * this.calls.lab_rows(p)),
            labels: this.labels(p),
        });
        return { train: part(TRAIN), test: part(TEST), classes: this.calls.lab_classes(), data };
    }

    /**
     * The library's handwriting becomes the data.
     * @param {{rows: number, testRows: number, seed?: number}} of
     * @returns {{width: number, height: number, classes: number, train: Pictures, test: Pictures, data: string}}
     */
    digits({ rows, testRows, seed = 0 }) {
        const ending = `seed=${whole(seed, "seed", 0, 2 ** 53)}`;
        const data = `digits:n=${whole(rows, "rows", 1, 100000)},${ending}`;
        this.generate(data, `digits:n=${whole(testRows, "testRows", 1, 100000)},${ending},test`);
        this.image = { height: 28, width: 28 };
        const part = (/** @type {number} */ p) => ({
            pixels: this.bytes(this.calls.lab_x(p) >>> 0, this.calls.lab_features() * this.calls.lab_rows(p)),
            labels: this.labels(p),
        });
        return {
            width: 28,
            height: 28,
            classes: this.calls.lab_classes(),
            train: part(TRAIN),
            test: part(TEST),
            data,
        };
    }

    /**
     * @param {number} element
     * @param {number} features
     * @param {number} classes
     * @param {{height: number, width: number} | null} image
     * @param {(Part | null)[]} parts
     */
    setData(element, features, classes, image, parts) {
        whole(classes, "classes", 2, MOST_CLASSES);
        for (const part of parts) {
            if (part !== null) {
                ofLength(part.x, "the features", part.labels.length * features);
            }
        }
        this.with((scratch) => {
            const table = [];
            for (const part of parts) {
                table.push(
                    part === null ? 0 : scratch.copy(part.x),
                    part === null ? 0 : scratch.copy(Int32Array.from(part.labels)),
                    part === null ? 0 : part.labels.length,
                );
            }
            const parts_at = this.allocate(4 * table.length);
            this.write(parts_at, Uint32Array.from(table));
            scratch.give(); // also when it fails
            const status = this.calls.lab_set_data(
                element,
                features,
                classes,
                image === null ? 0 : image.height,
                image === null ? 0 : image.width,
                parts_at,
            );
            this.calls.lab_free(parts_at);
            this.check(status);
        });
        this.image = image;
        this.problem = null;
    }

    /** @param {{train: Points, test: Points | null, classes: number}} of */
    setPoints({ train, test, classes }) {
        const part = (/** @type {Points} */ points) => ({ x: points.features, labels: points.labels });
        this.setData(ELEMENT.floats, 2, classes, null, [part(train), test === null ? null : part(test)]);
    }

    /** @param {{train: Pictures, test: Pictures | null, width: number, height: number, classes: number}} of */
    setPictures({ train, test, width, height, classes }) {
        const image = { height: whole(height, "height", 1, 16384), width: whole(width, "width", 1, 16384) };
        const part = (/** @type {Pictures} */ pictures) => ({ x: pictures.pixels, labels: pictures.labels });
        this.setData(ELEMENT.bytes, height * width, classes, image, [
            part(train),
            test === null ? null : part(test),
        ]);
    }

    /**
     * Which rows the program would hold out of rows with these labels, each class's share of them.
     * @param {{labels: Uint8Array, classes: number, share: number, seed: number}} of
     * @returns {Uint8Array} 1 for a row that is held out, else 0
     */
    holdOut({ labels, classes, share, seed }) {
        whole(classes, "classes", 1, MOST_CLASSES);
        if (labels.some((label) => label >= classes)) {
            throw new Error("a label names none of the classes");
        }
        return this.with((scratch) => {
            const marks = scratch.room(labels.length);
            const copied = scratch.copy(Int32Array.from(labels));
            const rows = labels.length;
            this.check(
                this.calls.lab_hold_out(copied, rows, classes, finite(share, "share"), finite(seed, "seed"), marks),
            );
            return this.bytes(marks, rows);
        });
    }

    // ---- training ----

    /** @param {Settings} settings @returns {ModelShape} */
    begin(settings) {
        const hidden = settings.hidden.map((units) => whole(units, "the units of a layer", 1, 65536));
        const init = settings.init === undefined ? -1 : this.place(INITS, settings.init, "init");
        const { learningRate = AUTO_RATE, batchSize = 100, epochs } = settings;
        const { l1 = 0, l2 = 1e-4, dropout = 0, seed = 0 } = settings;
        const numbers = [
            finite(learningRate, "learningRate"),
            whole(batchSize, "batchSize", 1, 1e9),
            finite(l1, "l1"),
            finite(l2, "l2"),
            finite(dropout, "dropout"),
            whole(seed, "seed", 0, 2 ** 53),
            epochs === undefined ? 0 : whole(epochs, "epochs", 1, 1e9),
        ];
        this.with((scratch) =>
            this.check(
                this.calls.lab_begin(
                    scratch.copy(Uint32Array.from(hidden)),
                    hidden.length,
                    this.place(this.activations, settings.activation ?? "relu", "activation"),
                    this.place(this.solvers, settings.solver ?? "auto", "solver"),
                    init,
                    scratch.copy(Float64Array.from(numbers)),
                ),
            ),
        );
        this.modelImage = this.image;
        this.problem = null;
        const layers = this.layerShapes();
        return { parameterCount: layers.reduce((sum, layer) => sum + layer.parameters, 0), layers };
    }

    layerShapes() {
        return Array.from({ length: this.calls.lab_layers() }, (_, i) => {
            const inputs = this.calls.lab_inputs(i);
            const outputs = this.calls.lab_outputs(i);
            return {
                name: `dense_${i}`,
                inputs,
                outputs,
                activation: this.activations[this.calls.lab_activation(i)],
                parameters: (inputs + 1) * outputs,
            };
        });
    }

    /** @param {number} steps */
    train(steps) {
        const status = this.calls.lab_advance(steps);
        if (status === DIVERGED) {
            this.problem = this.problem ?? this.message();
        } else {
            this.check(status);
        }
    }

    /** Trains for about so long: more steps at a time as long as they take little of it.
     * @param {number} milliseconds */
    trainFor(milliseconds) {
        const end = performance.now() + milliseconds;
        let steps = 1;
        for (let now = performance.now(); now < end && !this.calls.lab_is_over(); ) {
            this.train(steps);
            const before = now;
            now = performance.now();
            const each = (now - before) / steps;
            steps = Math.max(1, Math.min(2 * steps, Math.floor((end - now) / (2 * Math.max(each, 1e-3)))));
        }
    }

    /** @param {number} part @returns {Score} */
    score(part) {
        return this.with((scratch) => {
            const results = scratch.room(2 * 8);
            this.check(this.calls.lab_evaluate(part, results));
            const [loss, accuracy] = this.doubles(results, 2);
            return { loss, accuracy };
        });
    }

    /** @param {{milliseconds?: number, steps?: number}} how @returns {Progress} */
    advance({ milliseconds, steps }) {
        if (steps !== undefined) {
            this.train(whole(steps, "steps", 0, MOST_STEPS));
        } else {
            this.train(0);
            this.trainFor(finite(milliseconds, "milliseconds"));
        }
        return {
            step: this.calls.lab_step(),
            epoch: this.calls.lab_epoch(),
            finished: this.calls.lab_is_over() !== 0,
            converged: this.calls.lab_is_converged() !== 0,
            problem: this.problem,
            train: this.score(TRAIN),
            test: this.calls.lab_rows(TEST) > 0 ? this.score(TEST) : null,
        };
    }

    // ---- looks ----

    /** @param {Rectangle} of @returns {number} cells */
    cells(of) {
        finite(of.x0, "x0"), finite(of.x1, "x1"), finite(of.y0, "y0"), finite(of.y1, "y1");
        const columns = whole(of.columns, "columns", 1, MOST_CELLS);
        return whole(columns * whole(of.rows, "rows", 1, MOST_CELLS), "columns × rows", 1, MOST_CELLS);
    }

    /** @param {Rectangle} of @returns {{classes: Uint8Array, probabilities: Float32Array}} */
    grid(of) {
        const cells = this.cells(of);
        return this.with((scratch) => {
            const classes = scratch.room(cells);
            const probabilities = scratch.room(4 * cells);
            const { x0, x1, y0, y1, columns, rows } = of;
            this.check(this.calls.lab_grid(x0, x1, y0, y1, columns, rows, classes, probabilities));
            return { classes: this.bytes(classes, cells), probabilities: this.floats(probabilities, cells) };
        });
    }

    /** @param {Rectangle} of @returns {Float32Array[][]} for each hidden layer and unit: cells */
    neurons(of) {
        const cells = this.cells(of);
        const { x0, x1, y0, y1, columns, rows } = of;
        return this.layerShapes().slice(0, -1).map(({ outputs }, layer) =>
            this.with((scratch) => {
                whole(outputs * cells, "units × columns × rows", 1, MOST_CELLS);
                const responses = scratch.room(4 * outputs * cells);
                this.check(this.calls.lab_responses(layer, x0, x1, y0, y1, columns, rows, responses));
                return Array.from({ length: outputs }, (_, u) => this.floats(responses + 4 * u * cells, cells));
            }),
        );
    }

    /**
     * @param {{inputs: Float32Array | Uint8Array, rows: number}} of
     * @returns {{logits: Float32Array, probabilities: Float32Array}} each rows × classes
     */
    predict({ inputs, rows }) {
        const layers = this.layerShapes();
        if (layers.length === 0) {
            throw new Error("there is no model yet");
        }
        const classes = layers[layers.length - 1].outputs;
        whole(rows, "rows", 0, 1e6);
        ofLength(inputs, "the features", rows * layers[0].inputs);
        const element = inputs instanceof Uint8Array ? ELEMENT.bytes : ELEMENT.floats;
        return this.with((scratch) => {
            const x = scratch.copy(inputs);
            const logits = scratch.room(4 * rows * classes);
            const probabilities = scratch.room(4 * rows * classes);
            this.check(this.calls.lab_predict(element, x, rows, logits, probabilities));
            return {
                logits: this.floats(logits, rows * classes),
                probabilities: this.floats(probabilities, rows * classes),
            };
        });
    }

    // ---- the model ----

    /** @returns {Model} */
    model() {
        const layers = this.layerShapes();
        if (layers.length === 0) {
            throw new Error("there is no model yet");
        }
        const features = layers[0].inputs;
        return this.with((scratch) => {
            const shift = scratch.room(4 * features);
            const scale = scratch.room(4 * features);
            this.check(this.calls.lab_get_scaling(shift, scale));
            return {
                features,
                classes: layers[layers.length - 1].outputs,
                image: this.modelImage,
                layers: layers.map((layer, i) => this.layer(layer, i)),
                shift: this.floats(shift, features),
                scale: this.floats(scale, features),
                temperature: this.calls.lab_temperature(),
            };
        });
    }

    /** @param {{inputs: number, outputs: number, activation: string}} of @param {number} index @returns {Layer} */
    layer({ inputs, outputs, activation }, index) {
        return this.with((scratch) => {
            const kernel = scratch.room(4 * inputs * outputs);
            const bias = scratch.room(4 * outputs);
            this.check(this.calls.lab_get_layer(index, kernel, bias));
            return {
                inputs,
                outputs,
                activation,
                kernel: this.floats(kernel, inputs * outputs),
                bias: this.floats(bias, outputs),
            };
        });
    }

    /** @returns {{layers: Layer[], shift: Float32Array, scale: Float32Array}} */
    weights() {
        const { layers, shift, scale } = this.model();
        return { layers, shift, scale };
    }

    /** Puts a model in the place of the present one; training, which was of that, ends.
     * @param {Model} model @returns {ModelShape} */
    setModel(model) {
        const { features, classes, image, layers, shift, scale, temperature } = model;
        const hidden = layers.slice(0, -1);
        whole(layers.length, "the layers", 1, 1000);
        ofLength(shift, "shift", features);
        ofLength(scale, "scale", features);
        layers.forEach(({ inputs, outputs, kernel, bias }, i) => {
            whole(inputs, `the inputs of layer ${i}`, 1, 1e8);
            whole(outputs, `the outputs of layer ${i}`, 1, 1e8);
            if (inputs !== (i === 0 ? features : layers[i - 1].outputs)) {
                throw new Error(`layer ${i} has ${inputs} inputs, which is not what comes before it gives`);
            }
            ofLength(kernel, `the kernel of layer ${i}`, inputs * outputs);
            ofLength(bias, `the bias of layer ${i}`, outputs);
        });
        if (layers[layers.length - 1].outputs !== classes) {
            throw new Error("the last layer has another number of outputs than there are classes");
        }
        this.with((scratch) => {
            const activations = hidden.map((layer) => this.place(this.activations, layer.activation, "activation"));
            this.check(
                this.calls.lab_make_model(
                    features,
                    classes,
                    image === null ? 0 : whole(image.height, "height", 1, 16384),
                    image === null ? 0 : whole(image.width, "width", 1, 16384),
                    scratch.copy(Uint32Array.from(hidden, (layer) => layer.outputs)),
                    scratch.copy(Int32Array.from(activations)),
                    hidden.length,
                ),
            );
            layers.forEach(({ kernel, bias }, i) =>
                this.check(this.calls.lab_set_layer(i, scratch.copy(kernel), scratch.copy(bias))),
            );
            const shifts = scratch.copy(shift);
            this.check(
                this.calls.lab_set_scaling(shifts, scratch.copy(scale), finite(temperature, "temperature")),
            );
            this.check(this.calls.lab_use());
        });
        this.modelImage = image;
        this.problem = null;
        const shapes = this.layerShapes();
        return { parameterCount: shapes.reduce((sum, layer) => sum + layer.parameters, 0), layers: shapes };
    }
}
