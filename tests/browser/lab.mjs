/* The lab, as the program serves it, and what the tests of its rooms give it. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { writeModel } from "../../web/model_file.js";

/* Calls test(address) while `softmax lab` runs. */
export async function withLab(test) {
    const lab = spawn(process.env.SOFTMAX, ["lab", "--no-open", "--port", "0"], {
        stdio: ["ignore", "pipe", "inherit"],
    });
    try {
        await test(await addressOf(lab));
    } finally {
        lab.kill("SIGINT");
    }
}

/* The address that it prints. */
async function addressOf(lab) {
    for await (const line of createInterface({ input: lab.stdout })) {
        const found = /http:\/\/\S+/.exec(line);
        if (found) {
            return found[0];
        }
    }
    throw new Error("softmax lab has ended without an address");
}

/* A model's file whose weights are finite and whose answers are not. units: of the input, of hidden
 * layers, and classes. */
export function hugeModel(...units) {
    return writeModel({
        layers: units.slice(1).map((outputs, i) => ({
            inputs: units[i],
            outputs,
            kernel: new Float32Array(units[i] * outputs).fill(3e38),
            bias: new Float32Array(outputs).fill(3e38),
            activation: i + 2 < units.length ? "relu" : null,
            dropout: 0,
        })),
        classNames: Array.from({ length: units.at(-1) }, (_, k) => String(k)),
        image: null,
        shift: 0,
        scale: 1,
        temperature: 1,
        training: null,
        version: null,
    });
}

/* Bytes that are no file of any kind. */
export function noise(length) {
    return Buffer.from(Array.from({ length }, (_, i) => (i * 7919 + (i >> 3)) % 251));
}
