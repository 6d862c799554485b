/* Model files: what is written comes back, and what is damaged is refused and says why. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { readModel, writeModel } from "../../web/model_file.js";
import { readSafetensors } from "../../web/safetensors.js";
import { randomBytes, safetensors } from "./files.mjs";

const network = {
    layers: [
        {
            inputs: 4,
            outputs: 3,
            activation: "relu",
            dropout: 0.25,
            kernel: Float32Array.from({ length: 12 }, (_, i) => i / 7),
            bias: new Float32Array([1, 2, 3]),
        },
        {
            inputs: 3,
            outputs: 2,
            activation: null,
            dropout: 0,
            kernel: new Float32Array([-1, 1, 2, -2, 3, 4]),
            bias: new Float32Array([0.5, -0.5]),
        },
    ],
    classNames: ["nought", "one ☝"],
    image: { height: 2, width: 2 },
    shift: 0,
    scale: Math.fround(1 / 255),
    temperature: 1.5,
    training: '{"rows":5}',
    version: "0.1.0",
};

/* The network's file with its description, or the header as a whole, changed. */
function changed({ model = (json) => json, header = (json) => json, values = (floats) => floats }) {
    const bytes = writeModel(network);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const json = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    const metadata = json.__metadata__;
    metadata["softmax.model"] = JSON.stringify(model(JSON.parse(metadata["softmax.model"])));
    const floats = new Float32Array(bytes.slice(8 + length).buffer);
    return safetensors(header(json), new Uint8Array(values(floats).buffer));
}

function refuses(bytes, why) {
    assert.throws(
        () => readModel(bytes, "x.safetensors"),
        (error) => {
            assert.match(error.message, /^x\.safetensors: /);
            assert.match(error.message, why);
            return true;
        },
    );
}

test("a model comes back as it was written", () => {
    assert.deepEqual(readModel(writeModel(network), "x"), network);
});

test("scaling of each column comes back", () => {
    const shift = new Float32Array([1, 2, 3, 4]);
    const scale = new Float32Array([0.1, 0.2, 0.3, 0.4]);
    const model = { ...network, shift, scale, training: null, temperature: 1 };
    assert.deepEqual(readModel(writeModel(model), "x"), model);
});

test("tensors lie at places that are multiples of 64 bytes", () => {
    const bytes = writeModel(network);
    assert.equal((8 + Number(new DataView(bytes.buffer).getBigUint64(0, true))) % 64, 0);
});

test("random bytes are refused, with or without a header", () => {
    for (let seed = 0; seed < 200; seed++) {
        refuses(
            randomBytes(seed * 5, seed),
            /too short|starts with|would be|within its header|header:/,
        );
    }
    const bytes = writeModel(network);
    for (let seed = 0; seed < 200; seed++) {
        const damaged = bytes.slice();
        damaged.set(randomBytes(3, seed), 8 + ((seed * 37) % 400));
        try {
            readModel(damaged, "x"); /* some damage does not matter */
        } catch (error) {
            assert.match(error.message, /^x: /);
        }
    }
});

test("a file cut short anywhere is refused", () => {
    const bytes = writeModel(network);
    for (let size = 0; size < bytes.length; size++) {
        refuses(bytes.subarray(0, size), /./);
    }
    refuses(new Uint8Array([...bytes, 0]), /goes on after its last tensor/);
});

test("headers that claim too much are refused before anything is made of them", () => {
    refuses(safetensors("{}", undefined, 2 ** 30), /header would be 1073741824 bytes/);
    refuses(safetensors("{}", undefined, 2n ** 64n - 1n), /header would be/);
    refuses(safetensors("{}", undefined, 3), /within its header of 3 bytes/);
});

test("headers that are no JSON object, or have a key twice, are refused", () => {
    refuses(safetensors("{"), /not valid JSON/);
    refuses(safetensors("[]"), /starts with/);
    refuses(safetensors('{"a":{"b":[{"c":1}],"c":"}","b":2}}'), /the key 'b' twice/);
    refuses(safetensors('{"a":1,"\\u0061":2}'), /the key 'a' twice/);
    refuses(safetensors('{"a":"?"}').with(14, 0xff), /not UTF-8/);
    refuses(safetensors('{"__metadata__":{"a":1}}'), /'a' is not a string/);
    refuses(safetensors('{"__proto__":{"toString":1}}'), /dtype is missing/);
});

test("tensors must fill the file without hole or overlap", () => {
    const f32 = (shape, begin, end) => ({ dtype: "F32", shape, data_offsets: [begin, end] });
    const file = (entries) => safetensors(entries, new Uint8Array(16));
    refuses(file({ a: f32([2], 0, 8), b: f32([2], 4, 12) }), /overlaps/);
    refuses(file({ a: f32([2], 0, 8), b: f32([1], 12, 16) }), /leaves a hole/);
    refuses(file({ a: f32([2], 0, 8) }), /goes on/);
    refuses(file({ a: f32([8], 0, 32) }), /outside the file/);
    refuses(file({ a: f32([4], 16, 0) }), /outside the file/);
    refuses(file({ a: f32([3], 0, 16) }), /do not fit/);
    refuses(file({ a: f32([-4], 0, 16) }), /not made of sizes/);
    refuses(file({ a: f32([1.5], 0, 6) }), /not made of sizes/);
    refuses(file({ a: f32([2 ** 40, 2 ** 40], 0, 16) }), /overflows/);
    refuses(file({ a: { ...f32([4], 0, 16), dtype: "F128" } }), /dtype/);
    refuses(file({ a: { ...f32([4], 0, 16), data_offsets: [0] } }), /not two sizes/);
    refuses(file({ a: 5 }), /dtype/);
});

test("any container is read, but only models are models", () => {
    const bytes = safetensors(
        { t: { dtype: "U8", shape: [2, 2], data_offsets: [0, 4] } },
        new Uint8Array(4),
    );
    assert.deepEqual(readSafetensors(bytes, "x").tensors.get("t").shape, [2, 2]);
    refuses(bytes, /not a model of softmax/);
    const format = (value) =>
        changed({
            header: (json) => {
                json.__metadata__["softmax.format"] = value;
                return json;
            },
        });
    refuses(format("2"), /model format '2'/);
    refuses(
        changed({
            header: (json) => {
                delete json.__metadata__["softmax.model"];
                return json;
            },
        }),
        /not valid JSON/,
    );
});

test("of tables, models of plain numbers are read", () => {
    const column = (place, change) => ({
        kind: "numeric",
        columns: [place],
        mean: 0.5,
        indicator: false,
        ...change,
    });
    const table = (text) =>
        changed({
            header: (json) => {
                json.__metadata__["softmax.columns"] = text;
                return json;
            },
        });
    const columns = (...features) => table(JSON.stringify({ features }));
    const plain = [column(0), column(1), column(2), column(4)];
    assert.equal(readModel(columns(...plain), "x").layers[0].inputs, 4);
    refuses(columns(...plain.with(3, column(1))), /no plain numbers/);
    refuses(columns(...plain.with(0, column(0, { indicator: true }))), /no plain numbers/);
    refuses(columns(...plain.with(0, column(0, { kind: "hash" }))), /no plain numbers/);
    refuses(columns(...plain.with(0, column(0, { columns: [0, 1] }))), /no plain numbers/);
    refuses(columns(...plain.slice(1)), /no plain numbers/);
    refuses(table("{}"), /no plain numbers/);
    refuses(table("[]"), /'softmax.columns' is not a JSON object/);
    refuses(table("{"), /'softmax.columns': /);
});

test("shapes must agree with the description, and layers with each other", () => {
    const layer = (i, change) =>
        changed({
            model: (json) => {
                Object.assign(json.layers[i], change);
                return json;
            },
        });
    refuses(layer(0, { outputs: 2 }), /'dense_1' takes 3 inputs, but 'dense_0' has 2 outputs/);
    refuses(layer(0, { inputs: 5 }), /pictures of 2 × 2 do not have 5/);
    refuses(layer(0, { inputs: 12 }), /in colour/);
    refuses(layer(0, { inputs: 0 }), /not sizes/);
    refuses(layer(0, { name: "dense_7" }), /named 'dense_0'/);
    refuses(layer(0, { activation: "swish" }), /known activations/);
    refuses(layer(0, { activation: "constructor" }), /known activations/);
    refuses(layer(0, { dropout: 1 }), /dropout/);
    refuses(layer(1, { activation: "relu", dropout: 0 }), /output layer/);
    refuses(layer(1, { outputs: 1 }), /2 to 65536 classes/);
    const model = (change) => changed({ model: (json) => ({ ...json, ...change }) });
    refuses(model({ layers: [] }), /'layers'/);
    refuses(model({ layers: "two" }), /'layers'/);
    refuses(model({ class_names: ["a"] }), /one name a class/);
    refuses(model({ class_names: ["a", "a"] }), /same name/);
    refuses(model({ class_names: ["a", ""] }), /empty/);
    refuses(model({ image: 5 }), /'image'/);
    refuses(model({ image: { height: 4, width: 4 } }), /4 × 4 do not have 4/);
    refuses(
        model({ image: null, layers: [{ type: "dense", name: "dense_0", inputs: 4, outputs: 2 }] }),
        /should hold 2 tensors/,
    );
    refuses(model({ image: null, scaling: null }), /should hold 6 tensors/);
    refuses(model({ scaling: { shift: 0 } }), /'scaling'/);
    refuses(model({ scaling: { shift: 0, scale: 0 } }), /not 0/);
    refuses(model({ scaling: { shift: 0, scale: 1e300 } }), /finite/);
    refuses(model({ temperature: 0 }), /'temperature'/);
    refuses(
        changed({
            header: (json) => {
                json["dense_0.kernel"].shape = [3, 4];
                return json;
            },
        }),
        /'dense_0.kernel' is not F32 of the shape/,
    );
    refuses(
        changed({
            header: (json) => {
                json["dense_0.kernel"].dtype = "I32";
                return json;
            },
        }),
        /'dense_0.kernel' is not F32/,
    );
    refuses(
        changed({
            header: (json) => {
                json.other = json["dense_0.kernel"];
                delete json["dense_0.kernel"];
                return json;
            },
        }),
        /'dense_0.kernel' is missing/,
    );
});

test("numbers that are not finite are refused, with their place", () => {
    for (const value of [NaN, Infinity, -Infinity]) {
        refuses(
            changed({ values: (floats) => floats.with(5, value) }),
            /'dense_0.kernel': value 5/,
        );
        refuses(changed({ values: (floats) => floats.with(13, value) }), /'dense_0.bias': value 1/);
    }
    const shift = new Float32Array([1, NaN, 3, 4]);
    const scale = new Float32Array([1, 1, 1, 1]);
    refuses(writeModel({ ...network, shift, scale }), /'shift': value 1/);
    refuses(
        writeModel({ ...network, shift: scale, scale: new Float32Array(4) }),
        /'scale': it has a 0/,
    );
});
