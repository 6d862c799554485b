/* A module of WebAssembly and its memory: arrays go in and come out, and calls that fail throw what
 * the library says. */

const OK = 0;
const ADDRESSES = 2 ** 32; // calls give them as signed numbers: >>> 0 has them right

/** Memory that is given back when a call is over. */
class Scratch {
    /** @param {Instance} instance */
    constructor(instance) {
        this.instance = instance;
        /** @type {number[]} */
        this.addresses = [];
    }

    /** @param {number} bytes @returns {number} the address of so many bytes, all 0 */
    room(bytes) {
        const address = this.instance.allocate(bytes);
        this.addresses.push(address);
        return address;
    }

    /** @param {ArrayBufferView} array @returns {number} the address of a copy */
    copy(array) {
        const address = this.room(array.byteLength);
        this.instance.write(address, array);
        return address;
    }

    /** @param {string} text @returns {number} the address of a copy that ends with a 0 */
    text(text) {
        return this.copy(new TextEncoder().encode(text + "\0"));
    }

    /** What was copied belongs to somebody else now. */
    give() {
        this.addresses = [];
    }

    free() {
        for (const address of this.addresses) {
            this.instance.calls.lab_free(address);
        }
    }
}

export class Instance {
    /** @param {WebAssembly.Instance} instance */
    constructor(instance) {
        this.calls = /** @type {Record<string, (...values: number[]) => number>} */ (
            /** @type {unknown} */ (instance.exports)
        );
        this.memory = /** @type {WebAssembly.Memory} */ (instance.exports.memory);
        this.calls._initialize();
    }

    /** @param {number} bytes @returns {number} */
    allocate(bytes) {
        const address = bytes < ADDRESSES ? this.calls.lab_allocate(bytes) >>> 0 : 0;
        if (address === 0) {
            throw new Error("There is not enough memory for that in this page.");
        }
        return address;
    }

    /* The buffer is another one once memory has grown: views are made when they are needed. */

    /** @param {number} address @param {ArrayBufferView} array */
    write(address, array) {
        const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
        new Uint8Array(this.memory.buffer, address, bytes.length).set(bytes);
    }

    /** @param {number} address @param {number} count @returns {Float32Array} */
    floats(address, count) {
        return new Float32Array(this.memory.buffer, address, count).slice();
    }

    /** @param {number} address @param {number} count @returns {Float64Array} */
    doubles(address, count) {
        return new Float64Array(this.memory.buffer, address, count).slice();
    }

    /** @param {number} address @param {number} count @returns {Uint8Array} */
    bytes(address, count) {
        return new Uint8Array(this.memory.buffer, address, count).slice();
    }

    /** @param {number} address @returns {string} */
    text(address) {
        const all = new Uint8Array(this.memory.buffer);
        return new TextDecoder().decode(all.subarray(address, all.indexOf(0, address)));
    }

    /** @param {(index: number) => number} name @returns {string[]} */
    words(name) {
        const words = [];
        for (let address = name(0); address !== 0; address = name(words.length)) {
            words.push(this.text(address));
        }
        return words;
    }

    /** @returns {string} of the last failure */
    message() {
        return this.text(this.calls.lab_message() >>> 0);
    }

    /** @param {number} status */
    check(status) {
        if (status !== OK) {
            throw new Error(this.message());
        }
    }

    /**
     * @template T
     * @param {(scratch: Scratch) => T} work
     * @returns {T}
     */
    with(work) {
        const scratch = new Scratch(this);
        try {
            return work(scratch);
        } finally {
            scratch.free();
        }
    }

    /** @param {string[]} words @param {string} word @param {string} name @returns {number} */
    place(words, word, name) {
        const place = words.indexOf(word);
        if (place < 0) {
            throw new Error(`${name} '${word}' is none of ${words.join(", ")}`);
        }
        return place;
    }
}
