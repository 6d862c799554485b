/** What of module.js a page may ask a worker for. */

/** @typedef {typeof CALLS[number]} Call */

export const CALLS = /** @type {const} */ ([
    "version",
    "softmax",
    "points",
    "setPoints",
    "holdOut",
    "digits",
    "setPictures",
    "begin",
    "advance",
    "grid",
    "neurons",
    "predict",
    "weights",
    "model",
    "setModel",
]);
