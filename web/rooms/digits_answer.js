/** The probabilities of all classes, as bars. */

import { sameNames } from "../class_names.js";
import { element } from "../dom.js";
import { percent } from "../numbers.js";

/**
 * @typedef {object} Answer
 * @property {HTMLElement} element
 * @property {(names: readonly string[]) => void} setClasses those that are shown from now on
 * @property {(isBusy: boolean) => void} setBusy whether the answer to something else is on its way
 * @property {(probabilities: ArrayLike<number> | null) => void} show null: nothing is asked
 * @property {() => string} text what is shown, in a sentence
 */

const UNSOUND = "The model’s weights are so large that its answer is not a number.";

/** @param {ArrayLike<number>} values @returns {number} where the largest is, the first of equals */
export function largestAt(values) {
    let best = 0;
    for (let i = 1; i < values.length; i++) {
        best = values[i] > values[best] ? i : best;
    }
    return best;
}

/** @param {ArrayLike<number>} values */
export function areFinite(values) {
    return Array.from(values).every(Number.isFinite);
}

/** @returns {Answer} */
export function makeAnswer() {
    /** @type {{ row: HTMLElement, bar: HTMLElement, value: HTMLDataElement, name: string }[]} */
    let rows = [];
    let sentence = "";
    const list = element("ol", { class: "answer", "data-part": "answer" });
    const verdict = element("p", { class: "digits-verdict", "data-part": "verdict" });
    const place = element("div", { "data-part": "reading" }, verdict, list);
    return {
        element: place,
        setBusy: (isBusy) => place.setAttribute("aria-busy", String(isBusy)),
        setClasses(names) {
            if (sameNames(rows.map(({ name }) => name), names)) {
                return;
            }
            rows = names.map((name) => {
                const bar = element("span", { class: "probability-bar" });
                const value = element("data", { class: "value" });
                const label = element("span", { class: "answer-class" }, name);
                const track = element("span", { class: "track" }, bar);
                return { row: element("li", {}, label, track, value), bar, value, name };
            });
            list.replaceChildren(...rows.map(({ row }) => row));
        },
        show(probabilities) {
            const isSound = probabilities !== null && areFinite(probabilities);
            const best = isSound ? largestAt(probabilities) : -1;
            rows.forEach(({ row, bar, value }, k) => {
                const share = isSound ? probabilities[k] : 0;
                bar.style.scale = `${share} 1`;
                value.value = String(share);
                value.textContent = isSound ? percent(share) : "";
                row.classList.toggle("best", k === best);
            });
            if (probabilities === null) {
                sentence = "Nothing is drawn";
                verdict.textContent = "Draw a digit.";
                return;
            }
            if (!isSound) {
                sentence = UNSOUND;
                verdict.textContent = UNSOUND;
                return;
            }
            const { name } = rows[best];
            sentence = `${name}, with ${percent(probabilities[best])}`;
            verdict.replaceChildren("It reads ", element("b", {}, name), ".");
        },
        text: () => sentence,
    };
}
