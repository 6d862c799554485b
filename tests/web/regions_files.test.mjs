/* What is dropped on the room of regions. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { writeModel } from "../../web/model_file.js";
import { readFile } from "../../web/rooms/regions_files.js";

const read = (name, content) => readFile(new File([content], name));

function model(inputs, units) {
    const layer = (from, to, activation) => ({
        inputs: from,
        outputs: to,
        kernel: new Float32Array(from * to),
        bias: new Float32Array(to),
        activation,
        dropout: 0,
    });
    return writeModel({
        layers: [layer(inputs, units, "tanh"), layer(units, 2, null)],
        classNames: ["a", "b"],
        image: null,
        shift: 0,
        scale: 1,
        temperature: 1,
        training: null,
        version: null,
    });
}

test("a table: its points, and names for classes that may still come", async () => {
    const { own } = await read("t.csv", "width,height,kind\n1,2,9\n3,5,red\n");
    assert.deepEqual(own.features, [1, 2, 3, 5]);
    assert.deepEqual(own.labels, [0, 1]);
    assert.deepEqual(own.names, ["9", "red", "2", "3", "4", "5", "6", "7", "8", "0"]);
    assert.deepEqual(own.source, { file: "t.csv", label: "kind" });
    assert.ok(own.view.left < 1 && own.view.right > 3 && own.view.bottom < 2 && own.view.top > 5);
    assert.equal((await read("t.csv", "1,2,a\n3,4,b\n")).own.source.label, "3");
});

test("a model for points of the plane, by its name or how it begins", async () => {
    for (const name of ["m.safetensors", "renamed"]) {
        const { given } = await read(name, model(2, 7));
        assert.deepEqual(given.hidden, [7]);
        assert.equal(given.activation, "tanh");
        assert.deepEqual(given.bytes, model(2, 7));
    }
});

test("what is neither", async () => {
    await assert.rejects(read("m.safetensors", "1,2,a"), /m\.safetensors: 5 bytes: too short/);
    await assert.rejects(read("t.csv", "a\0b"), /t\.csv: this is no text/);
    await assert.rejects(read("m", model(3, 7)), /m: it is for 3 features/);
    await assert.rejects(read("m", model(2, 65)), /up to 64 neurons/);
});
