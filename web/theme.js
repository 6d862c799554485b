/** Light or dark, as the reader or else the system says, and the colours of style.css for pictures
 * that are painted. */

const KEY = "softmax-lab-theme";

/** @type {Set<() => void>} */
const listeners = new Set();

/** Those that were asked for since the theme last changed. @type {Map<string, [number, number, number]>} */
const colours = new Map();

/**
 * Lets `choice` decide, and brings back what was chosen last.
 * @param {HTMLSelectElement} choice of auto, light, dark
 */
export function startTheme(choice) {
    choice.value = remembered();
    apply(choice.value);
    choice.addEventListener("change", () => {
        try {
            localStorage.setItem(KEY, choice.value);
        } catch {
            /* Storage may be shut off; the choice then holds until the page is left. */
        }
        apply(choice.value);
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
}

/**
 * Calls `listener` whenever colours have changed.
 * @param {() => void} listener
 */
export function onTheme(listener) {
    listeners.add(listener);
}

/**
 * A colour of style.css as it is now: red, green, blue, each 0 … 255.
 * @param {string} name such as "--ink"
 * @returns {[number, number, number]}
 */
export function tokenColour(name) {
    const known = colours.get(name);
    if (known !== undefined) {
        return known;
    }
    probe ??= makeProbe();
    probe.style.color = `var(${name})`;
    const parts = getComputedStyle(probe).color.match(/[\d.]+/g) ?? [];
    /** @type {[number, number, number]} */
    const colour = [Number(parts[0] ?? 0), Number(parts[1] ?? 0), Number(parts[2] ?? 0)];
    colours.set(name, colour);
    return colour;
}

/** An element that is not seen, whose colour the browser works out. @type {HTMLElement | null} */
let probe = null;

function makeProbe() {
    const made = document.createElement("span");
    made.hidden = true;
    document.body.append(made);
    return made;
}

/** @param {readonly [number, number, number]} colour @returns {string} for a canvas */
export function cssColour([red, green, blue]) {
    return `rgb(${red}, ${green}, ${blue})`;
}

function remembered() {
    try {
        const word = localStorage.getItem(KEY);
        return word === "light" || word === "dark" ? word : "auto";
    } catch {
        return "auto";
    }
}

/** @param {string} word */
function apply(word) {
    if (word === "auto") {
        delete document.documentElement.dataset.theme;
    } else {
        document.documentElement.dataset.theme = word;
    }
    tell();
}

function tell() {
    colours.clear();
    for (const listener of listeners) {
        listener();
    }
}
