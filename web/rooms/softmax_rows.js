/** A row for each class: its number to be moved, and bars of what becomes of it. */

import { numberInput } from "../controls.js";
import { element, svgElement } from "../dom.js";
import { fourDigits } from "../numbers.js";
import { classMark, classToken } from "../palette.js";
import { MOST_LOGIT } from "./softmax_state.js";

/**
 * @typedef {import("./softmax_state.js").State} State
 * @typedef {import("../types.js").SoftmaxSteps} Answer
 */

/**
 * @typedef {object} Row
 * @property {HTMLElement} element
 * @property {HTMLInputElement} slider
 * @property {import("../controls.js").Control<number>} field
 * @property {HTMLInputElement} aim
 * @property {Cell} logit
 * @property {Cell} exponential
 * @property {Cell} probability
 * @property {HTMLDataElement} loss
 * @property {HTMLDataElement} gradient
 * @property {SVGElement} arrow
 */

/** @typedef {{ element: HTMLElement, value: HTMLDataElement, fill: HTMLElement }} Cell */

/**
 * @param {object} listener
 * @param {(label: number, value: number) => void} listener.moved a class's number was changed
 * @param {(label: number) => void} listener.aimed a class was made the target
 */
export function makeRows({ moved, aimed }) {
    const list = element("ol", { class: "class-rows" });
    /** @type {Row[]} */
    let rows = [];

    /** @param {State} state */
    const set = (state) => {
        if (rows.length !== state.logits.length) {
            rows = state.logits.map((_, label) => makeRow(label, moved, aimed));
            list.replaceChildren(...rows.map((row) => row.element));
        }
        for (const [label, row] of rows.entries()) {
            row.slider.min = `-${state.reach}`;
            row.slider.max = state.reach;
            row.slider.step = String(Number(state.reach) / 100);
            row.slider.value = String(state.logits[label]);
            row.field.set(state.logits[label]);
            row.aim.checked = label === state.target;
        }
    };

    /** @param {State} state @param {Answer} answer */
    const show = (state, answer) => {
        if (rows.length !== state.logits.length) {
            return; // an answer to what was asked before
        }
        const logitScale = niceScale(Math.max(...state.logits.map(Math.abs)));
        const exponentials = Array.from(answer.naive.exponentials);
        const largest = Math.max(...exponentials.filter(Number.isFinite), 0);
        for (const [label, row] of rows.entries()) {
            const z = state.logits[label];
            row.element.classList.toggle("target", label === state.target);
            put(row.logit.value, z);
            signedFill(row.logit.fill, z / logitScale);
            put(row.exponential.value, exponentials[label]);
            const over = !Number.isFinite(exponentials[label]);
            row.exponential.element.classList.toggle("over", over);
            fill(row.exponential.fill, over ? 1 : largest > 0 ? exponentials[label] / largest : 0);
            put(row.probability.value, answer.stable.probabilities[label]);
            fill(row.probability.fill, answer.stable.probabilities[label]);
            put(row.loss, answer.losses[label]);
            put(row.gradient, answer.gradient[label]);
            point(row.arrow, answer.gradient[label] * state.temperature);
        }
    };

    const head = element(
        "div",
        { class: "class-rows-head", "aria-hidden": "true" },
        element("span", {}, "Class"),
        element("span", {}, element("i", { class: "symbol" }, "z"), ": move it"),
        element("span", {}, element("i", { class: "symbol" }, "z")),
        element("span", { class: "formula" }, "e", element("sup", {}, "z / T")),
        element("span", {}, "softmax"),
        element("span", {}, "Loss if target"),
        element("span", {}, "Gradient"),
    );
    return {
        element: element("div", { class: "class-table" }, head, list),
        set,
        show,
    };
}

/**
 * @param {number} label
 * @param {(label: number, value: number) => void} moved
 * @param {(label: number) => void} aimed
 * @returns {Row}
 */
function makeRow(label, moved, aimed) {
    const slider = element("input", {
        type: "range",
        "aria-label": `z of class ${label}`,
        oninput() {
            field.set(slider.valueAsNumber);
            moved(label, slider.valueAsNumber);
        },
    });
    const field = numberInput({
        value: 0,
        least: -MOST_LOGIT,
        most: MOST_LOGIT,
        step: "any",
        changed(value) {
            slider.value = String(value);
            moved(label, value);
        },
    });
    field.element.setAttribute("aria-label", `z of class ${label}, as a number`);
    const aim = element("input", {
        type: "radio",
        name: "softmax-target",
        "aria-label": `Class ${label} is the target`,
        onchange: () => aimed(label),
    });
    const logit = makeCell(element("i", { class: "symbol" }, "z"), "logit", "signed");
    const exponential = makeCell(
        element("span", { class: "formula" }, "e", element("sup", {}, "z / T")),
        "exponential",
        "",
    );
    const probability = makeCell("softmax", "probability", "");
    const loss = element("data", { "data-part": "loss" });
    const gradient = element("data", { "data-part": "gradient" });
    const arrow = svgElement("path", { class: "arrow" });
    const row = element(
        "li",
        { class: "class-row" },
        element("span", { class: "class-name" }, ...logitName(label)),
        element("span", { class: "class-move" }, slider, field.element, field.fault),
        logit.element,
        exponential.element,
        probability.element,
        element(
            "label",
            { class: "class-loss" },
            aim,
            element("span", { class: "cell-name" }, "Loss if target "),
            loss,
        ),
        element(
            "span",
            { class: "class-gradient" },
            element("span", { class: "cell-name" }, "Gradient "),
            svgElement(
                "svg",
                { viewBox: "0 0 120 24", "aria-hidden": "true" },
                svgElement("path", { class: "axis", d: "M60 3V21" }),
                arrow,
            ),
            gradient,
        ),
    );
    row.style.setProperty("--colour", `var(${classToken(label)})`);
    return {
        element: row,
        slider,
        field,
        aim,
        logit,
        exponential,
        probability,
        loss,
        gradient,
        arrow,
    };
}

/** A class's mark and what its number is called. @param {number} label @returns {(Node | string)[]} */
export function logitName(label) {
    return [
        classMark(label),
        " ",
        element("i", { class: "symbol" }, "z"),
        element("sub", {}, String(label)),
    ];
}

/**
 * A value with its bar.
 * @param {string | Node} name
 * @param {string} part by which tests find it
 * @param {string} kind "signed": the bar goes either way from the middle
 * @returns {Cell}
 */
function makeCell(name, part, kind) {
    const filled = element("span", { class: "fill" });
    const value = element("data", { "data-part": part });
    const cell = element(
        "span",
        { class: `cell ${kind}`.trim() },
        element("span", { class: "cell-name" }, name, " "),
        element("span", { class: "bar", "aria-hidden": "true" }, filled),
        value,
    );
    return { element: cell, value, fill: filled };
}

/** @param {HTMLDataElement} place @param {number} value */
function put(place, value) {
    place.value = String(value);
    place.textContent = fourDigits(value);
}

/** @param {HTMLElement} bar @param {number} share 0 … 1 */
function fill(bar, share) {
    bar.style.width = `${100 * Math.max(0, Math.min(1, share))}%`;
}

/** @param {HTMLElement} bar @param {number} share −1 … 1 */
function signedFill(bar, share) {
    const length = 50 * Math.min(1, Math.abs(share));
    bar.style.width = `${length}%`;
    bar.style.left = share < 0 ? `${50 - length}%` : "50%";
}

/** Draws an arrow from the middle. @param {SVGElement} arrow @param {number} share −1 … 1 */
function point(arrow, share) {
    const length = 56 * Math.max(-1, Math.min(1, share));
    const size = Math.abs(length);
    if (size < 0.5) {
        arrow.setAttribute("d", "M58 12H62");
        return;
    }
    const way = Math.sign(length);
    const head = Math.min(9, size);
    const neck = 60 + length - way * head;
    const tip = 60 + length;
    arrow.setAttribute("d", `M60 10H${neck}V5L${tip} 12L${neck} 19V14H60Z`);
}

/** The least of 1, 2, 5, 10, … that reaches as far. @param {number} size */
function niceScale(size) {
    const power = 10 ** Math.floor(Math.log10(Math.max(size, 1)));
    return [1, 2, 5, 10].map((factor) => factor * power).find((scale) => scale >= size) ?? size;
}
