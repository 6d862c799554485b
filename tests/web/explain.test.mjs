/* Explanations against finite differences. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { explain } from "../../web/explain.js";
import { ACTIVATIONS } from "../../web/model_file.js";

/* Numbers from -1 to 1 that are always the same. */
function numbers(count, seed) {
    return Float32Array.from({ length: count }, (_, i) =>
        Math.sin(1 + i * 12.9898 + seed * 78.233),
    );
}

function layer(inputs, outputs, activation, seed) {
    return {
        inputs,
        outputs,
        activation,
        dropout: 0,
        kernel: numbers(inputs * outputs, seed),
        bias: numbers(outputs, seed + 1),
    };
}

/* The error function by its series, in double precision. */
function erf(z) {
    let [sum, term] = [z, z];
    for (let n = 1; n < 80; n++) {
        term *= (-z * z) / n;
        sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
}

const formulas = {
    linear: (z) => z,
    relu: (z) => (z > 0 ? z : 0),
    "leaky-relu": (z) => (z > 0 ? z : 0.01 * z),
    gelu: (z) => (z * (1 + erf(z / Math.SQRT2))) / 2,
    tanh: (z) => Math.tanh(z),
    sigmoid: (z) => 1 / (1 + Math.exp(-z)),
};

function logits(layers, x) {
    let values = [...x];
    for (const { inputs, outputs, kernel, bias, activation } of layers) {
        values = Array.from({ length: outputs }, (_, j) => {
            let sum = bias[j];
            for (let i = 0; i < inputs; i++) {
                sum += values[i] * kernel[i * outputs + j];
            }
            return activation === null ? sum : formulas[activation](sum);
        });
    }
    return values;
}

test("in softmax regression it is the weights", () => {
    const only = layer(3, 2, null, 1);
    const slopes = explain([only], [5, 6, 7]);
    assert.deepEqual([...slopes[0]], [only.kernel[0], only.kernel[2], only.kernel[4]]);
    assert.deepEqual([...slopes[1]], [only.kernel[1], only.kernel[3], only.kernel[5]]);
});

for (const activation of ACTIVATIONS) {
    test(`in a network of ${activation} it is the slopes of the logits`, () => {
        const layers = [
            layer(4, 6, activation, 2),
            layer(6, 5, activation, 3),
            layer(5, 3, null, 4),
        ];
        const x = [0.3, -0.2, 0.9, 0.5];
        const step = 1e-5;
        explain(layers, x).forEach((slopes, k) => {
            x.forEach((value, i) => {
                const above = logits(layers, x.with(i, value + step))[k];
                const below = logits(layers, x.with(i, value - step))[k];
                const slope = (above - below) / (2 * step);
                assert.ok(
                    Math.abs(slopes[i] - slope) < 1e-5,
                    `${k}, ${i}: ${slopes[i]}, not ${slope}`,
                );
            });
        });
    });
}
