/** What room 1 is set to, its ranges, and how that stands in the address. */

import { countIn, numberIn } from "../address.js";

/**
 * @typedef {object} State
 * @property {number[]} logits 2 … 10
 * @property {number} temperature
 * @property {number} target the class whose loss and gradient are shown
 * @property {Reach} reach of the sliders, either way
 */

/** @typedef {"10" | "100" | "1000"} Reach */

export const LEAST_CLASSES = 2;
export const MOST_CLASSES = 10;
export const MOST_LOGIT = 10_000;
export const LEAST_TEMPERATURE = 0.01;
export const MOST_TEMPERATURE = 100;

/** @type {readonly Reach[]} */
export const REACHES = ["10", "100", "1000"];

/** What the room begins with. @type {State} */
export const FIRST = { logits: [0.4, -0.8, 1.3, 0], temperature: 1, target: 2, reach: "10" };

/** @type {{ text: string, state: State }[]} */
export const EXAMPLES = [
    {
        text: "A small one",
        state: { logits: [0.4, -0.8, 1.3], temperature: 1, target: 2, reach: "10" },
    },
    { text: "All equal", state: { logits: [2, 2, 2, 2], temperature: 1, target: 0, reach: "10" } },
    {
        text: "Sure and wrong",
        state: { logits: [8, 1, -3], temperature: 1, target: 2, reach: "10" },
    },
    { text: "Hot", state: { logits: [0.4, -0.8, 1.3], temperature: 10, target: 2, reach: "10" } },
    {
        text: "Overflow",
        state: { logits: [1000, 999, 990], temperature: 1, target: 0, reach: "1000" },
    },
];

/** @param {State} state @param {number} classes @returns {State} */
export function withClasses(state, classes) {
    const logits = [...state.logits.slice(0, classes)];
    while (logits.length < classes) {
        logits.push(0);
    }
    return { ...state, logits, target: Math.min(state.target, classes - 1) };
}

/**
 * One step of gradient descent, of the rate 1.
 * @param {State} state
 * @param {ArrayLike<number>} gradient
 * @returns {State}
 */
export function downhill(state, gradient) {
    const logits = state.logits.map((z, i) => {
        const next = Number((z - gradient[i]).toPrecision(6));
        return Math.max(-MOST_LOGIT, Math.min(MOST_LOGIT, next));
    });
    return { ...state, logits };
}

/** @param {State} state */
export function addressOf({ logits, temperature, target, reach }) {
    return new URLSearchParams({
        z: logits.join(","),
        t: String(temperature),
        target: String(target),
        reach,
    });
}

/**
 * What of the address makes sense; the rest is as at the beginning.
 * @param {URLSearchParams} address
 * @returns {State}
 */
export function stateFrom(address) {
    const given = (address.get("z") ?? "")
        .split(",")
        .map((text) => (text.trim() === "" ? NaN : Number(text)));
    const sound =
        given.length >= LEAST_CLASSES &&
        given.length <= MOST_CLASSES &&
        given.every((z) => Math.abs(z) <= MOST_LOGIT);
    const logits = sound ? given : [...FIRST.logits];
    const largest = Math.max(...logits.map(Math.abs));
    const least = REACHES.find((reach) => Number(reach) >= largest) ?? "1000";
    return {
        logits,
        temperature: numberIn(address, "t", LEAST_TEMPERATURE, MOST_TEMPERATURE, FIRST.temperature),
        target: countIn(
            address,
            "target",
            0,
            logits.length - 1,
            Math.min(FIRST.target, logits.length - 1),
        ),
        reach: REACHES.find((reach) => reach === address.get("reach")) ?? least,
    };
}
