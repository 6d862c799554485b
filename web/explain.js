/**
 * Why a model answers as it does: how each pixel of a picture pushes each class's logit. In softmax
 * regression these are the weights, whatever is drawn; in a network they are the slopes of the
 * logits at this very picture.
 */

/** @typedef {import("./model_file.js").Layer} Layer */

/**
 * Φ, the normal distribution function, to 1e-7: the formula 26.2.17 of Abramowitz and Stegun.
 * @param {number} z
 */
function normalDistribution(z) {
    const t = 1 / (1 + 0.2316419 * Math.abs(z));
    const tail =
        t *
        (0.31938153 +
            t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    const below = normalDensity(z) * tail;
    return z < 0 ? below : 1 - below;
}

/** @param {number} z */
function normalDensity(z) {
    return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** @param {number} z */
function sigmoid(z) {
    return 1 / (1 + Math.exp(-z));
}

/**
 * Each activation and its slope.
 * @type {Record<string, { value: (z: number) => number, slope: (z: number) => number }>}
 */
const ACTIVATIONS = {
    linear: { value: (z) => z, slope: () => 1 },
    relu: { value: (z) => Math.max(0, z), slope: (z) => (z > 0 ? 1 : 0) },
    "leaky-relu": { value: (z) => (z < 0 ? 0.01 * z : z), slope: (z) => (z < 0 ? 0.01 : 1) },
    gelu: {
        value: (z) => z * normalDistribution(z),
        slope: (z) => normalDistribution(z) + z * normalDensity(z),
    },
    tanh: { value: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2 },
    sigmoid: { value: sigmoid, slope: (z) => sigmoid(z) * (1 - sigmoid(z)) },
};

/**
 * input · kernel + bias
 * @param {Layer} layer
 * @param {ArrayLike<number>} input layer.inputs
 */
function forward({ inputs, outputs, kernel, bias }, input) {
    const sums = Float64Array.from(bias);
    for (let i = 0; i < inputs; i++) {
        const x = input[i];
        if (x !== 0) {
            for (let j = 0; j < outputs; j++) {
                sums[j] += x * kernel[i * outputs + j];
            }
        }
    }
    return sums;
}

/**
 * kernel · slopes, for four classes: from slopes by a layer's outputs to slopes by its inputs. Four sums
 * at a time, since one alone waits for each of its additions.
 * @param {Layer} layer
 * @param {Float64Array[]} four layer.outputs each
 * @returns {Float64Array[]} layer.inputs each
 */
function backwardFour({ inputs, outputs, kernel }, [a, b, c, d]) {
    const sums = Array.from({ length: 4 }, () => new Float64Array(inputs));
    for (let i = 0; i < inputs; i++) {
        const row = i * outputs;
        let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0];
        for (let j = 0; j < outputs; j++) {
            const weight = kernel[row + j];
            sumA += a[j] * weight;
            sumB += b[j] * weight;
            sumC += c[j] * weight;
            sumD += d[j] * weight;
        }
        sums[0][i] = sumA;
        sums[1][i] = sumB;
        sums[2][i] = sumC;
        sums[3][i] = sumD;
    }
    return sums;
}

/**
 * The same for any number of classes.
 * @param {Layer} layer
 * @param {Float64Array[]} slopes of each class
 */
function backward(layer, slopes) {
    const none = new Float64Array(layer.outputs);
    const fours = Array.from({ length: Math.ceil(slopes.length / 4) }, (_, i) =>
        backwardFour(
            layer,
            [0, 1, 2, 3].map((k) => slopes[4 * i + k] ?? none),
        ),
    );
    return fours.flat().slice(0, slopes.length);
}

/**
 * The slopes of all hidden units at an input.
 * @param {Layer[]} layers
 * @param {ArrayLike<number>} input
 * @returns {Float64Array[]} for each hidden layer
 */
function hiddenSlopes(layers, input) {
    let values = input;
    return layers.slice(0, -1).map((layer) => {
        const { value, slope } = ACTIVATIONS[layer.activation ?? "linear"];
        const sums = forward(layer, values);
        values = sums.map(value);
        return sums.map(slope);
    });
}

/**
 * How much each class's logit grows with each input, at this input.
 * @param {Layer[]} layers
 * @param {ArrayLike<number>} input scaled as the first layer takes it
 * @returns {Float64Array[]} for each class, one number for each input
 */
export function explain(layers, input) {
    const bySlope = hiddenSlopes(layers, input);
    const last = layers[layers.length - 1];
    /** @type {Float64Array[]} */
    let slopes = Array.from({ length: last.outputs }, (_, k) =>
        Float64Array.from({ length: last.inputs }, (_, i) => last.kernel[i * last.outputs + k]),
    );
    for (let l = layers.length - 2; l >= 0; l--) {
        slopes = backward(
            layers[l],
            slopes.map((list) => list.map((slope, j) => slope * bySlope[l][j])),
        );
    }
    return slopes;
}
