/** The formula as textbooks have it beside the one that computers should use. */

import { element } from "../dom.js";
import { fourDigits } from "../numbers.js";
import { logitName } from "./softmax_rows.js";

/**
 * @typedef {import("./softmax_state.js").State} State
 * @typedef {import("../types.js").SoftmaxSteps} Answer
 */

export function makeComparison() {
    const body = element("tbody");
    const verdict = element("p", { class: "verdict", "data-part": "verdict" });
    const heading = (/** @type {(string | Node)[]} */ ...children) =>
        element("th", { scope: "col" }, ...children);
    const table = element(
        "table",
        { class: "comparison" },
        element(
            "caption",
            { class: "visually-hidden" },
            "The textbook’s softmax and the stable one",
        ),
        element(
            "thead",
            {},
            element(
                "tr",
                {},
                element("td"),
                element("th", { scope: "colgroup", colspan: 2 }, "As in the textbook"),
                element(
                    "th",
                    { scope: "colgroup", colspan: 2 },
                    "Stable: the largest taken off first",
                ),
            ),
            element(
                "tr",
                {},
                heading("Class"),
                heading(power("zᵢ / T")),
                heading(power("zᵢ / T"), " / sum"),
                heading(power("(zᵢ − max) / T")),
                heading(power("(zᵢ − max) / T"), " / sum"),
            ),
        ),
        body,
    );

    /** @param {State} state @param {Answer} answer */
    const show = (state, { naive, stable }) => {
        body.replaceChildren(
            ...state.logits.map((_, label) =>
                element(
                    "tr",
                    {},
                    element("th", { scope: "row" }, ...logitName(label)),
                    cell("naive-exponential", naive.exponentials[label]),
                    cell("naive-probability", naive.probabilities[label]),
                    cell("stable-exponential", stable.exponentials[label]),
                    cell("stable-probability", stable.probabilities[label]),
                ),
            ),
        );
        const fault = faultOf(Array.from(naive.exponentials), Array.from(naive.probabilities));
        verdict.textContent = fault ?? SOUND;
        verdict.classList.toggle("broken", fault !== null);
    };

    return {
        elements: [
            element("h2", {}, "Why it is computed another way"),
            element(
                "div",
                { class: "scroller", role: "region", "aria-label": "Both formulas", tabindex: 0 },
                table,
            ),
            verdict,
        ],
        show,
    };
}

const SOUND =
    "Here both give the same. A number of 32 bits holds up to 3.4·10³⁸, which is e⁸⁸: beyond " +
    "that the textbook’s formula breaks. Try 100, or 1,000.";

/**
 * What went wrong in the textbook's way, or null.
 * @param {number[]} exponentials
 * @param {number[]} probabilities
 */
function faultOf(exponentials, probabilities) {
    if (exponentials.some((value) => value === Infinity)) {
        return (
            "Overflow: the exponential is more than a number of 32 bits holds, ∞ stands in its place, " +
            "and ∞ / ∞ is not a number. With the largest taken off first no exponential is above 1, " +
            "and the probabilities are the same in exact arithmetic."
        );
    }
    if (probabilities.some(Number.isNaN)) {
        return (
            "Underflow: every exponential is too small for a number of 32 bits and has become 0, and " +
            "0 / 0 is not a number. With the largest taken off first one exponential is always 1."
        );
    }
    return null;
}

/** @param {string} exponent */
function power(exponent) {
    return element("span", { class: "formula" }, "e", element("sup", {}, exponent));
}

/** @param {string} part @param {number} value */
function cell(part, value) {
    const data = element("data", { value, "data-part": part }, fourDigits(value));
    return element("td", { class: Number.isFinite(value) ? "" : "broken" }, data);
}
