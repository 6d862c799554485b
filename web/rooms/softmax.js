/** Room 1: numbers, what softmax makes of them, and what the loss says of that. */

import { button, choiceField, numberField } from "../controls.js";
import { element } from "../dom.js";
import { openEngine } from "../engine.js";
import { askLatest } from "../latest.js";
import { fail, makeRestingSay, messageOf } from "../notices.js";
import { fourDigits, grouped } from "../numbers.js";
import { makeComparison } from "./softmax_comparison.js";
import { makeRows } from "./softmax_rows.js";
import {
    addressOf,
    downhill,
    EXAMPLES,
    FIRST,
    LEAST_CLASSES,
    LEAST_TEMPERATURE,
    MOST_CLASSES,
    MOST_TEMPERATURE,
    REACHES,
    stateFrom,
    withClasses,
} from "./softmax_state.js";

/**
 * @typedef {import("./softmax_state.js").State} State
 * @typedef {import("../types.js").SoftmaxSteps} Answer
 */

/** @type {import("../main.js").RoomOpener} */
export async function openRoom(place, remember) {
    /** @type {State} */
    let state = structuredClone(FIRST);
    const engine = await openEngine();

    const rows = makeRows({
        moved(label, value) {
            state.logits[label] = value;
            changed();
        },
        aimed(label) {
            state.target = label;
            changed();
        },
    });
    const comparison = makeComparison();
    const summary = element("p", { class: "summary", "data-part": "summary" });
    const sayAtRest = makeRestingSay();

    const refresh = askLatest(
        (/** @type {State} */ asked) => engine.softmax(asked),
        (answer, asked) => {
            rows.show(asked, answer);
            comparison.show(asked, answer);
            const text = describe(asked, answer);
            summary.textContent = text;
            sayAtRest(() => text);
        },
    );
    const changed = () => {
        remember(addressOf(state));
        return refresh(structuredClone(state));
    };
    /** @param {State} next */
    const set = (next) => {
        state = structuredClone(next);
        temperature.set(state.temperature);
        heat.value = String(Math.log10(state.temperature));
        reach.set(state.reach);
        showCount();
        rows.set(state);
        return changed();
    };

    const fewer = button("−", () => set(withClasses(state, state.logits.length - 1)), "small");
    fewer.setAttribute("aria-label", "One class less");
    const more = button("+", () => set(withClasses(state, state.logits.length + 1)), "small");
    more.setAttribute("aria-label", "One class more");
    const count = element("output", { class: "count" });
    const showCount = () => {
        count.textContent = String(state.logits.length);
        fewer.disabled = state.logits.length === LEAST_CLASSES;
        more.disabled = state.logits.length === MOST_CLASSES;
    };

    const temperature = numberField({
        name: "Temperature T",
        value: state.temperature,
        least: LEAST_TEMPERATURE,
        most: MOST_TEMPERATURE,
        step: "any",
        changed(value) {
            state.temperature = value;
            heat.value = String(Math.log10(value));
            changed();
        },
    });
    const heat = element("input", {
        type: "range",
        min: Math.log10(LEAST_TEMPERATURE),
        max: Math.log10(MOST_TEMPERATURE),
        step: 0.05,
        value: 0,
        "aria-label": "Temperature, as a power of ten",
        oninput() {
            state.temperature = Number((10 ** heat.valueAsNumber).toPrecision(3));
            temperature.set(state.temperature);
            changed();
        },
    });
    const reach = choiceField({
        name: "Sliders reach",
        options: REACHES.map((value) => ({
            value,
            text: `±${grouped(Number(value))}`,
        })),
        value: state.reach,
        changed(value) {
            state.reach = value;
            rows.set(state);
            changed();
        },
    });
    const step = button(
        "Step downhill",
        async () => {
            try {
                const { gradient } = await engine.softmax(structuredClone(state));
                set(downhill(state, gradient));
            } catch (error) {
                fail(messageOf(error));
            }
        },
        "primary",
    );

    place.append(
        element("header", { class: "room-head" }, element("h1", {}, "Softmax"), lead()),
        element(
            "div",
            { class: "card softmax-tools" },
            group("Classes", fewer, count, more),
            element("div", { class: "softmax-heat" }, temperature.element, heat),
            reach.element,
            group(
                "Begin with",
                ...EXAMPLES.map(({ text, state: begin }) =>
                    button(text, () => set(begin), "small"),
                ),
            ),
        ),
        element(
            "div",
            { class: "card softmax-main" },
            element("h2", {}, "From numbers to probabilities, and back by the gradient"),
            rows.element,
            element("div", { class: "softmax-end" }, summary, step),
            element(
                "p",
                { class: "note" },
                "The gradient says how the target’s loss grows with each number; a step of gradient " +
                    "descent goes against the arrows.",
            ),
        ),
        element("div", { class: "card" }, ...comparison.elements),
    );

    return {
        show(address) {
            return set(address === null ? state : stateFrom(address));
        },
        hide() {},
    };
}

/** Controls side by side under one name. @param {string} name @param {...HTMLElement} controls */
function group(name, ...controls) {
    return element(
        "div",
        { class: "field" },
        element("span", { class: "name" }, name),
        element("span", { class: "row" }, ...controls),
    );
}

function lead() {
    const symbol = (/** @type {string} */ text) => element("i", { class: "symbol" }, text);
    return element(
        "p",
        { class: "lead" },
        "Any numbers ",
        symbol("z"),
        " become probabilities: ",
        element(
            "span",
            { class: "formula" },
            "p",
            element("sub", {}, "i"),
            " = e",
            element("sup", {}, "zᵢ / T"),
            " / Σ",
            element("sub", {}, "j"),
            " e",
            element("sup", {}, "zⱼ / T"),
        ),
        ". All are positive, together they are 1, and the largest number gets the most.",
    );
}

/** @param {State} state @param {Answer} answer @returns {string} */
function describe({ logits, target }, { stable, losses }) {
    const probabilities = Array.from(stable.probabilities);
    const best = probabilities.indexOf(Math.max(...probabilities));
    return (
        `Class ${best} of ${logits.length} is the likeliest, with probability ${fourDigits(probabilities[best])}. ` +
        `For the target, class ${target}, it is ${fourDigits(probabilities[target])}, and the loss, ` +
        `−ln of that, ${fourDigits(losses[target])}.`
    );
}
