/** Fields with their names, as all rooms have them. Each gives its element, and get and set; set does
 * not call the listener. */

import { element } from "./dom.js";
import { grouped } from "./numbers.js";

/**
 * @template Value
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {() => Value} get
 * @property {(value: Value) => void} set
 */

let faults = 0; // places for them, each with a name of its own

/**
 * A number between bounds, without a name. What is typed counts when it is one; otherwise the field
 * shows that it does not, and goes back to the last that did when it is left. `fault`, which belongs
 * beside it, then says what would count. What is being typed is not written over by set().
 * @param {object} field
 * @param {number} field.value
 * @param {number} field.least
 * @param {number} field.most
 * @param {number | "any"} [field.step] 1 (whole numbers) unless given
 * @param {boolean} [field.isPatient] it does not count before the field is left
 * @param {(value: number) => void} field.changed
 * @returns {Control<number> & { fault: HTMLElement }}
 */
export function numberInput({ value, least, most, step = 1, isPatient = false, changed }) {
    let good = value;
    let isTyped = false; // something since the field was entered
    const fault = element("span", { class: "fault", id: `fault-${++faults}`, role: "status" });
    const input = element("input", {
        type: "number",
        min: least,
        max: most,
        step,
        value,
        inputmode: "decimal",
        "aria-describedby": fault.id,
    });
    const kind = step === 1 ? "Whole numbers" : "Numbers";
    const range = `${kind} from ${grouped(least)} to ${grouped(most)}`;
    const counts = (/** @type {number} */ typed) =>
        typed >= least && typed <= most && (step !== 1 || Number.isInteger(typed));
    const take = (/** @type {number} */ typed) => {
        if (typed !== good) {
            good = typed;
            changed(good);
        }
    };
    input.addEventListener("input", () => {
        const typed = input.valueAsNumber;
        isTyped = true;
        input.setAttribute("aria-invalid", String(!counts(typed)));
        /* Nothing that is typed on mends these. */
        fault.textContent = typed > most || typed < Math.min(least, 0) ? `${range}.` : "";
        if (counts(typed) && !isPatient) {
            take(typed);
        }
    });
    const leave = () => {
        const typed = input.valueAsNumber;
        if (!isTyped) {
            return;
        }
        isTyped = false;
        if (counts(typed)) {
            take(typed);
        } else {
            fault.textContent = `${range}: back to ${grouped(good)}.`;
        }
        input.value = String(good);
        input.setAttribute("aria-invalid", "false");
    };
    input.addEventListener("change", leave);
    input.addEventListener("blur", leave); // which has no change before it where the text is as it was
    return {
        element: input,
        fault,
        get: () => good,
        set(next) {
            good = next;
            if (!isTyped) {
                input.value = String(good);
            }
        },
    };
}

/**
 * The same with its name.
 * @param {Parameters<typeof numberInput>[0] & { name: string }} field
 * @returns {Control<number>}
 */
export function numberField({ name, ...field }) {
    const { fault, ...control } = numberInput(field);
    const place = element("div", { class: "field" }, named(name, control.element), fault);
    return { ...control, element: place };
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
