/** The colour and the shape that stand for a class, as in the pictures that the program draws: ten
 * colours, seven shapes, so that the first 70 classes differ in one or the other. */

import { svgElement } from "./dom.js";
import { tokenColour } from "./theme.js";

const COLOURS = 10;

/** Disc, square, triangle, diamond, triangle on its tip, pentagon, cross; of about the same area,
 * around 0, 0, and within a square of side 2. */
const SHAPES = [
    "M0.88 0A0.88 0.88 0 1 1 -0.88 0A0.88 0.88 0 1 1 0.88 0Z",
    "M-0.78 -0.78H0.78V0.78H-0.78Z",
    "M0 -0.95L0.98 0.75H-0.98Z",
    "M0 -1L1 0L0 1L-1 0Z",
    "M0 0.95L0.98 -0.75H-0.98Z",
    "M0 -0.98L0.93 -0.3L0.58 0.79H-0.58L-0.93 -0.3Z",
    "M-0.9 -0.5L-0.5 -0.9L0 -0.4L0.5 -0.9L0.9 -0.5L0.4 0L0.9 0.5L0.5 0.9L0 0.4L-0.5 0.9L-0.9 0.5L-0.4 0Z",
];

/** @param {number} label @returns {string} the name of its colour in style.css */
export function classToken(label) {
    return `--class-${label % COLOURS}`;
}

/** @param {number} label @returns {[number, number, number]} */
export function classColour(label) {
    return tokenColour(classToken(label));
}

/** @param {number} label @returns {string} as a path of SVG */
export function classShape(label) {
    return SHAPES[label % SHAPES.length];
}

/**
 * A class's sign, to stand in a line of text that names it.
 * @param {number} label
 * @returns {SVGElement}
 */
export function classMark(label) {
    const shape = svgElement("path", { d: classShape(label) });
    shape.style.fill = `var(${classToken(label)})`;
    return svgElement(
        "svg",
        { class: "mark", viewBox: "-1.1 -1.1 2.2 2.2", "aria-hidden": "true" },
        shape,
    );
}

/**
 * `share` of a colour, 0 … 1, on another.
 * @param {readonly [number, number, number]} colour
 * @param {readonly [number, number, number]} ground
 * @param {number} share
 * @returns {[number, number, number]}
 */
export function mix(colour, ground, share) {
    const part = (/** @type {0 | 1 | 2} */ i) =>
        Math.round(ground[i] + (colour[i] - ground[i]) * share);
    return [part(0), part(1), part(2)];
}
