/** Why the model answers so: for each class its weights as a picture, and what they make of the
 * drawing, pixel by pixel. */

import { PICTURE } from "../centring.js";
import { sameNames } from "../class_names.js";
import { element } from "../dom.js";
import { numberAt } from "../engine_model.js";
import { explain } from "../explain.js";
import { onTheme } from "../theme.js";
import { areFinite, largestAt } from "./digits_answer.js";
import { paintSigned } from "./digits_paint.js";

/** @typedef {import("../model_file.js").Model} Model */
/**
 * @typedef {object} Why
 * @property {HTMLElement} element
 * @property {(names: readonly string[]) => void} setClasses those that there is room for before a model
 *   is shown
 * @property {(model: Model, picture: Uint8Array | null, logits: ArrayLike<number>) => void} show
 *   logits: the model's answer to the picture, or to a blank one
 */

const REGRESSION =
    "Softmax regression has one weight for every pixel and class. Orange speaks for the class, " +
    "blue against it. Below, the same times the drawing. The sum of that and the bias are the class’s " +
    "logit z, and the probabilities are the softmax of the logits.";
const NETWORK =
    "A network has no such weights: what a pixel means to it depends on the others. Shown is how " +
    "much each pixel would move each class’s logit z at this very drawing (the gradient), orange up " +
    "and blue down, and below it the same times the drawing, with its sum. What is then missing to z is the rest.";

const TOO_LARGE =
    "This network is so large that working out what each pixel does to each class would not keep up " +
    "with a pen: it is left out.";

const UNSOUND =
    "The model’s weights are so large that its logits are not finite numbers: there is nothing to explain.";

const MOST_PRODUCTS = 1e7; // that explaining may take

/** @returns {Why} */
export function makeWhy() {
    const text = element("p", { class: "note why-text" }, REGRESSION);
    const places = element("div", { class: "why-classes", "data-part": "why" });
    /** @type {ReturnType<typeof makeClass>[]} */
    let classes = [];
    /** @type {Parameters<Why["show"]> | null} */
    let last = null;

    /** @type {Why["setClasses"]} */
    const setClasses = (names) => {
        if (sameNames(classes.map(({ name }) => name), names)) {
            return;
        }
        classes = names.map(makeClass);
        classes.forEach((each) => each.tell(0, 0, 0, false));
        places.replaceChildren(...classes.map((each) => each.element));
        places.classList.toggle(
            "of-words",
            names.some((name) => name.length > 2),
        );
    };

    /** @type {Why["show"]} */
    const show = (model, picture, logits) => {
        last = [model, picture, logits];
        setClasses(model.classNames);
        const isNetwork = model.layers.length > 1;
        const isTooLarge = productsOf(model) > MOST_PRODUCTS;
        const isSound = areFinite(logits);
        const told = isNetwork ? NETWORK : REGRESSION;
        text.textContent = isTooLarge ? TOO_LARGE : isSound ? told : UNSOUND;
        places.hidden = isTooLarge || !isSound;
        if (places.hidden) {
            return;
        }
        const input = scaled(model, picture ?? new Uint8Array(PICTURE * PICTURE));
        const slopes = explain(model.layers, input);
        const products = slopes.map((list) => list.map((slope, i) => slope * input[i]));
        const largestSlope = largestOf(slopes);
        const largestProduct = largestOf(products);
        const best = picture === null ? -1 : largestAt(logits);
        classes.forEach((each, k) => {
            const sum = products[k].reduce((total, part) => total + part, 0);
            const logit = logits[k] * model.temperature;
            each.show(slopes[k], largestSlope, products[k], largestProduct);
            each.tell(sum, logit - sum, logit, isNetwork);
            each.element.classList.toggle("best", k === best);
        });
    };
    onTheme(() => {
        if (last !== null) {
            show(...last);
        }
    });
    return { element: element("div", {}, text, places), setClasses, show };
}

/** @param {string} name */
function makeClass(name) {
    const slopes = canvas();
    const products = canvas();
    const numbers = element("dl", { class: "why-numbers" });
    /** @param {string} term @param {number} value */
    const line = (term, value) => {
        const size = Math.abs(value);
        const sign = size < 0.005 ? "" : value < 0 ? "−" : "+";
        const digits = `${sign}${size.toFixed(size < 9.995 ? 2 : 1)}`;
        return element("div", {}, element("dt", {}, term), element("dd", {}, digits));
    };
    return {
        name,
        element: element(
            "figure",
            {},
            element("figcaption", { title: name }, name),
            slopes,
            products,
            numbers,
        ),
        /**
         * @param {Float64Array} slope
         * @param {number} largestSlope
         * @param {Float64Array} product
         * @param {number} largestProduct
         */
        show(slope, largestSlope, product, largestProduct) {
            paintSigned(slopes, slope, largestSlope);
            paintSigned(products, product, largestProduct);
        },
        /** @param {number} sum @param {number} rest @param {number} logit @param {boolean} isNetwork */
        tell(sum, rest, logit, isNetwork) {
            slopes.setAttribute("aria-label", `${isNetwork ? "Gradient" : "Weights"} of ${name}`);
            products.setAttribute(
                "aria-label",
                `The same times the drawing, adding up to ${sum.toFixed(2)}`,
            );
            numbers.replaceChildren(
                line("sum", sum),
                line(isNetwork ? "rest" : "bias", rest),
                line("z", logit),
            );
        },
    };
}

function canvas() {
    return element("canvas", { class: "picture", width: PICTURE, height: PICTURE, role: "img" });
}

/**
 * A picture as the first layer takes it.
 * @param {Model} model
 * @param {Uint8Array} picture
 */
function scaled({ shift, scale }, picture) {
    return Float64Array.from(
        picture,
        (value, i) => (value - numberAt(shift, i)) * numberAt(scale, i),
    );
}

/** @param {Model} model @returns {number} multiplications that explaining its answer takes */
function productsOf({ layers, classNames }) {
    const hidden = layers.slice(0, -1);
    return (
        classNames.length * hidden.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0)
    );
}

/** @param {Float64Array[]} lists @returns {number} the largest size of all their numbers */
function largestOf(lists) {
    let largest = 0;
    for (const list of lists) {
        for (const value of list) {
            largest = Math.max(largest, Math.abs(value));
        }
    }
    return largest;
}
