/* What goes to the engine and comes back from it. */

/** @typedef {{features: Float32Array, labels: Uint8Array}} Points  features: rows × 2 */
/** @typedef {{pixels: Uint8Array, labels: Uint8Array}} Pictures  pixels: rows × height × width */
/** @typedef {{loss: number, accuracy: number}} Score */

/**
 * @typedef {object} SoftmaxSteps  arrays: a number for each class
 * @property {{exponentials: Float64Array, probabilities: Float64Array}} naive
 *   exp(z) and probabilities by the textbook's formula, in float32: they may be Infinity and NaN
 * @property {{exponentials: Float64Array, probabilities: Float64Array}} stable
 *   exp(z − the largest z) and the probabilities that the library gives
 * @property {Float64Array} losses  the cross-entropy, were this class the target
 * @property {Float64Array} gradient  of the target's loss by the logits
 */

/**
 * @typedef {object} Settings
 * @property {number[]} hidden  units of each hidden layer; none: softmax regression
 * @property {string} [activation]  of hidden layers: "relu" (the default), "tanh", …
 * @property {string} [solver]  "auto" (the default), "lbfgs", "adam", "sgd", …
 * @property {number} [learningRate]  left out: as the program has it for the solver
 * @property {number} [batchSize]  100, where it is left out
 * @property {number} [l1]  0, where it is left out; not with newton-cg
 * @property {number} [l2]  1e-4, where it is left out
 * @property {number} [dropout]  the share of each hidden layer's outputs that training leaves out,
 *   0 where it is left out; with solvers on minibatches
 * @property {number} [seed]  of first weights and the order of rows; 0, where it is left out
 * @property {string} [init]  "zeros", "uniform", "glorot", "glorot-normal", "he"; left out: zeros
 *   without hidden layers, else glorot
 * @property {number} [epochs]  after which training is over; left out: it goes on
 */

/** @typedef {{name: string, inputs: number, outputs: number, activation: string, parameters: number}} LayerShape */
/** @typedef {{parameterCount: number, layers: LayerShape[]}} ModelShape */

/**
 * @typedef {object} Progress
 * @property {number} step  done
 * @property {number} epoch  begun
 * @property {boolean} finished  no step is left to do
 * @property {boolean} converged  that is why
 * @property {string | null} problem  why training broke off; the model then has the last weights
 *   whose loss was finite
 * @property {Score} train
 * @property {Score | null} test
 */

/**
 * @typedef {object} Rectangle  of the plane, cut into columns × rows cells; the first row of cells
 *   is the one at y0, which may be above y1
 * @property {number} x0
 * @property {number} x1
 * @property {number} y0
 * @property {number} y1
 * @property {number} columns
 * @property {number} rows
 */

/**
 * @typedef {object} Layer
 * @property {number} inputs
 * @property {number} outputs
 * @property {string} activation  "linear" for the output layer
 * @property {Float32Array} kernel  inputs × outputs, row-major, for scaled features
 * @property {Float32Array} bias  outputs
 */

/**
 * @typedef {object} Model  all that a model's file says: see docs/model-format.md
 * @property {number} features
 * @property {number} classes
 * @property {{height: number, width: number} | null} image
 * @property {Layer[]} layers  the output layer last
 * @property {Float32Array} shift  features: a model sees (x − shift) · scale
 * @property {Float32Array} scale  features
 * @property {number} temperature  what logits are divided by
 */

export {};
