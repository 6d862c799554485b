/** Fields with their names, as all rooms have them. Each gives its element, and get and set; set does
 * not call the listener. */

import { element } from "./dom.js";

/**
 * @template Value
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {() => Value} get
 * @property {(value: Value) => void} set
 */

/**
 * A number between bounds, without a name. What is typed counts when it is one; otherwise the field
 * shows that it does not, and goes back to the last that did when it is left.
 * @param {object} field
 * @param {number} field.value
 * @param {number} field.least
 * @param {number} field.most
 * @param {number | "any"} [field.step] 1 (whole numbers) unless given
 * @param {(value: number) => void} field.changed
 * @returns {Control<number>}
 */
export function numberInput({ value, least, most, step = 1, changed }) {
    let good = value;
    const input = element("input", {
        type: "number",
        min: least,
        max: most,
        step,
        value,
        inputmode: "decimal",
    });
    input.addEventListener("input", () => {
        const typed = input.valueAsNumber;
        const counts = typed >= least && typed <= most && (step !== 1 || Number.isInteger(typed));
        input.setAttribute("aria-invalid", String(!counts));
        if (counts && typed !== good) {
            good = typed;
            changed(good);
        }
    });
    const tidy = () => {
        input.value = String(good);
        input.setAttribute("aria-invalid", "false");
    };
    input.addEventListener("change", tidy);
    return {
        element: input,
        get: () => good,
        set: (next) => {
            good = next;
            tidy();
        },
    };
}

/**
 * The same with its name.
 * @param {Parameters<typeof numberInput>[0] & { name: string }} field
 * @returns {Control<number>}
 */
export function numberField({ name, ...field }) {
    const control = numberInput(field);
    return { ...control, element: named(name, control.element) };
}

/**
 * One of several words from a list.
 * @template {string} Word
 * @param {object} field
 * @param {string} field.name
 * @param {readonly { value: Word, text: string }[]} field.options
 * @param {Word} field.value
 * @param {(value: Word) => void} field.changed
 * @returns {Control<Word>}
 */
export function selectField({ name, options, value, changed }) {
    const select = element(
        "select",
        {},
        ...options.map((option) => element("option", { value: option.value }, option.text)),
    );
    select.value = value;
    const get = () => options[select.selectedIndex].value;
    select.addEventListener("change", () => changed(get()));
    return {
        element: named(name, select),
        get,
        set: (next) => {
            select.value = next;
        },
    };
}

let groups = 0; // of radio buttons, each with a name of its own

/**
 * One of a few, all of them in sight.
 * @template {string} Word
 * @param {object} field
 * @param {string} field.name
 * @param {readonly { value: Word, text: string | Node }[]} field.options
 * @param {Word} field.value
 * @param {(value: Word) => void} field.changed
 * @returns {Control<Word>}
 */
export function choiceField({ name, options, value, changed }) {
    const group = `choice-${groups++}`;
    const inputs = options.map((option) => {
        const input = element("input", { type: "radio", name: group, value: option.value });
        input.checked = option.value === value;
        input.addEventListener("change", () => changed(option.value));
        return input;
    });
    const choice = element(
        "span",
        { class: "choice", role: "radiogroup", "aria-label": name },
        ...inputs.map((input, i) => element("label", {}, input, options[i].text)),
    );
    return {
        element: element(
            "div",
            { class: "field" },
            element("span", { class: "name", "aria-hidden": "true" }, name),
            choice,
        ),
        get: () =>
            options[
                Math.max(
                    0,
                    inputs.findIndex((input) => input.checked),
                )
            ].value,
        set: (next) => {
            for (const input of inputs) {
                input.checked = input.value === next;
            }
        },
    };
}

/**
 * @param {string} text
 * @param {() => void} pressed
 * @param {string} [kind] classes besides "button": primary, quiet, small
 * @returns {HTMLButtonElement}
 */
export function button(text, pressed, kind = "") {
    return element(
        "button",
        { type: "button", class: `button ${kind}`.trim(), onclick: pressed },
        text,
    );
}

/** @param {string} name @param {HTMLElement} input @returns {HTMLElement} */
function named(name, input) {
    return element("label", { class: "field" }, element("span", { class: "name" }, name), input);
}
