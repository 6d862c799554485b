/** The network of room 2: layers to add and take away, and what each neuron answers where. */

import { contextOf, pixelOf } from "../canvas.js";
import { button, numberInput } from "../controls.js";
import { element } from "../dom.js";
import { grouped } from "../numbers.js";
import { mix } from "../palette.js";
import { tokenColour } from "../theme.js";
import { MOST_LAYERS, RANGES } from "./regions_state.js";

/** Cells of a thumbnail, across and down. */
export const THUMBNAIL = 20;

const NEW_LAYER = 8; // units
const LEVELS = 127; // of colour, either way

/** Whoever clicks fast means the layers that there will be then.
 * @callback Changed
 * @param {(hidden: number[]) => number[]} next
 * @returns {void}
 */

/** @param {Changed} changed */
export function makeNetwork(changed) {
    const list = element("ol", { class: "layers" });
    const summary = element("p", { class: "note", "data-part": "network" });
    const key = element(
        "p",
        { class: "note" },
        "Each small picture is a neuron’s answer over the plane: orange where it is positive, " +
            "blue where it is negative. One without colour answers the same everywhere.",
    );
    const add = button(
        "+ Layer",
        () => changed((now) => [...now, NEW_LAYER].slice(0, MOST_LAYERS)),
        "small",
    );
    add.setAttribute("aria-label", "Add a hidden layer");
    const remove = button("− Layer", () => changed((now) => now.slice(0, -1)), "small");
    remove.setAttribute("aria-label", "Take the last hidden layer away");
    /** @type {number[]} */
    let hidden = [];
    /** @type {Layer[]} */
    let layers = [];
    /** @type {Float32Array[][]} */
    let last = [];
    /** Until the colours change. @type {Uint32Array | null} */
    let shades = null;

    /* Layers are drawn one a frame, in turn: a large network at once would keep the page waiting. */
    let next = 0;
    let undrawn = 0;
    let isAsked = false;
    const ask = () => {
        if (undrawn > 0 && !isAsked) {
            isAsked = true;
            requestAnimationFrame(drawNext);
        }
    };
    const drawNext = () => {
        isAsked = false;
        const layer = layers[next];
        const ofLayer = last[next];
        if (undrawn > 0 && ofLayer?.length === layer?.canvases.length) {
            shades ??= thumbnailShades();
            const colours = shades;
            const idle = ofLayer.filter(
                (values, unit) => !draw(layer.canvases[unit], values, colours),
            ).length;
            layer.picture.setAttribute("aria-label", describe(next, ofLayer.length, idle));
        }
        undrawn = Math.max(0, undrawn - 1);
        next = (next + 1) % Math.max(1, layers.length);
        ask();
    };

    /** @param {Float32Array[][]} responses for each hidden layer and neuron, THUMBNAIL² values */
    const show = (responses) => {
        last = responses;
        undrawn = layers.length;
        ask();
    };

    return {
        element: element(
            "div",
            { class: "card network" },
            element(
                "div",
                { class: "card-head" },
                element("h2", {}, "Network"),
                element("span", { class: "row" }, remove, add),
            ),
            summary,
            list,
            key,
        ),
        /**
         * @param {readonly number[]} units
         * @param {number} classes
         * @param {number} parameters 0: there is no model
         */
        set(units, classes, parameters) {
            if (units.join() !== hidden.join() || layers.length !== units.length) {
                hidden = [...units];
                layers = hidden.map((count, i) => makeLayer(i, count, changed));
                keepingFocus(list, () =>
                    list.replaceChildren(...layers.map((layer) => layer.element)),
                );
                last = [];
                next = undrawn = 0;
            }
            add.disabled = hidden.length === MOST_LAYERS;
            list.hidden = key.hidden = remove.disabled = hidden.length === 0;
            summary.textContent =
                `2 numbers → ${[...hidden, classes > 0 ? `${classes} classes` : "no classes yet"].join(" → ")}` +
                (parameters > 0 ? `: ${grouped(parameters)} parameters` : "") +
                (hidden.length === 0 ? ". Without hidden layers borders are straight." : "");
        },
        show,
        redraw() {
            shades = null;
            show(last);
        },
    };
}

/** @typedef {{ element: HTMLElement, picture: HTMLElement, canvases: HTMLCanvasElement[] }} Layer */

/** @param {number} place @param {number} units @param {Changed} changed @returns {Layer} */
function makeLayer(place, units, changed) {
    const { least, most } = RANGES.units;
    const become = (/** @type {(units: number) => number} */ next) =>
        changed((now) =>
            now.map((n, i) => (i === place ? Math.max(least, Math.min(most, next(n))) : n)),
        );
    const fewer = button("−", () => become((n) => n - 1), "small");
    fewer.setAttribute("aria-label", `One neuron less in hidden layer ${place + 1}`);
    fewer.disabled = units === least;
    const more = button("+", () => become((n) => n + 1), "small");
    more.setAttribute("aria-label", `One neuron more in hidden layer ${place + 1}`);
    more.disabled = units === most;
    const count = numberInput({
        value: units,
        ...RANGES.units,
        isPatient: true,
        changed: (typed) => become(() => typed),
    });
    count.element.setAttribute("aria-label", `Neurons of hidden layer ${place + 1}`);
    const canvases = Array.from({ length: units }, () =>
        element("canvas", { width: THUMBNAIL, height: THUMBNAIL, "aria-hidden": "true" }),
    );
    const picture = element(
        "div",
        { class: "neurons", role: "img", "aria-label": describe(place, units, 0) },
        ...canvases,
    );
    return {
        element: element(
            "li",
            { class: "layer" },
            element(
                "div",
                { class: "layer-head" },
                element("h3", {}, `Hidden layer ${place + 1}`),
                element("span", { class: "row" }, fewer, count.element, more),
            ),
            count.fault,
            picture,
        ),
        picture,
        canvases,
    };
}

/** Changes a list so that the focus stays on the control of the same name.
 * @param {HTMLElement} list @param {() => void} change */
function keepingFocus(list, change) {
    const name = list.contains(document.activeElement)
        ? document.activeElement?.getAttribute("aria-label")
        : null;
    change();
    for (const control of list.querySelectorAll("button, input")) {
        if (
            name !== null &&
            control instanceof HTMLElement &&
            control.getAttribute("aria-label") === name
        ) {
            control.focus();
        }
    }
}

/** @param {number} place @param {number} units @param {number} idle */
function describe(place, units, idle) {
    const what = units === 1 ? "its neuron" : `each of its ${units} neurons`;
    const asleep =
        idle === 0
            ? ""
            : `; ${idle} of them ${idle === 1 ? "answers" : "answer"} the same everywhere`;
    return `Hidden layer ${place + 1}: the answer of ${what} over the plane${asleep}`;
}

/** Pixels for answers from the most negative to the most positive, by −LEVELS … LEVELS.
 * @returns {Uint32Array} */
function thumbnailShades() {
    const ground = tokenColour("--sunken");
    return Uint32Array.from({ length: 2 * LEVELS + 1 }, (_, i) => {
        const colour = tokenColour(i < LEVELS ? "--less" : "--more");
        return pixelOf(mix(colour, ground, Math.abs(i - LEVELS) / LEVELS));
    });
}

/** @param {CanvasRenderingContext2D} context */
function makeThumbnail(context) {
    const image = context.createImageData(THUMBNAIL, THUMBNAIL);
    return { image, pixels: new Uint32Array(image.data.buffer) };
}

/** Is painted on all canvases in turn. @type {ReturnType<typeof makeThumbnail> | null} */
let thumbnail = null;

/**
 * Draws what one neuron answers. Returns whether that is not the same everywhere.
 * @param {HTMLCanvasElement} canvas
 * @param {Float32Array} values
 * @param {Uint32Array} shades
 */
function draw(canvas, values, shades) {
    const context = contextOf(canvas);
    thumbnail ??= makeThumbnail(context);
    const { image, pixels } = thumbnail;
    let low = Infinity;
    let high = -Infinity;
    for (const value of values) {
        low = Math.min(low, value);
        high = Math.max(high, value);
    }
    const size = Math.max(Math.abs(low), Math.abs(high)) || 1;
    const varies = high - low > 1e-6 * size;
    for (let i = 0; i < pixels.length; i++) {
        const share = varies ? values[i] / size : 0;
        pixels[i] = shades[LEVELS + Math.round(LEVELS * share)];
    }
    context.putImageData(image, 0, 0);
    canvas.classList.toggle("idle", !varies);
    return varies;
}
