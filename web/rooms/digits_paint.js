/** Pictures of 28 × 28 numbers on canvases, in the colours of the page as they are now. */

import { PICTURE } from "../centring.js";
import { mix } from "../palette.js";
import { onTheme, tokenColour } from "../theme.js";

/** @typedef {[number, number, number]} Colour */

/** @type {Map<string, Colour>} looked up once, until the colours change */
const known = new Map();
onTheme(() => known.clear());

/** @param {string} name of a colour in style.css @returns {Colour} */
export function colourOf(name) {
    let colour = known.get(name);
    if (colour === undefined) {
        colour = tokenColour(name);
        known.set(name, colour);
    }
    return colour;
}

/**
 * A canvas's context, which a page has unless it has made too many.
 * @param {HTMLCanvasElement} canvas
 */
export function contextOf(canvas) {
    const context = canvas.getContext("2d");
    if (context === null) {
        throw new Error("this browser does not draw on a canvas");
    }
    return context;
}

/**
 * @param {HTMLCanvasElement} canvas of side × side
 * @param {number} side
 * @param {(cell: number) => Colour} colourAt
 */
function paint(canvas, side, colourAt) {
    const context = contextOf(canvas);
    const image = context.createImageData(side, side);
    for (let cell = 0; cell < side * side; cell++) {
        const [red, green, blue] = colourAt(cell);
        image.data[4 * cell] = red;
        image.data[4 * cell + 1] = green;
        image.data[4 * cell + 2] = blue;
        image.data[4 * cell + 3] = 255;
    }
    context.putImageData(image, 0, 0);
}

/**
 * Ink on paper.
 * @param {HTMLCanvasElement} canvas of side × side
 * @param {Uint8Array} ink side × side, 0 … 255
 * @param {number} side
 */
export function paintInk(canvas, ink, side) {
    const dark = colourOf("--ink");
    const paper = colourOf("--pad");
    const shades = Array.from({ length: 256 }, (_, value) => mix(dark, paper, value / 255));
    paint(canvas, side, (cell) => shades[ink[cell]]);
}

const LEVELS = 64;
const BRIGHTENING = 0.7; // the power that shares of the full colour are raised to: small ones show

/**
 * Numbers with a sign: blue is less than nothing, orange is more.
 * @param {HTMLCanvasElement} canvas of PICTURE × PICTURE
 * @param {ArrayLike<number>} values
 * @param {number} largest the number that has the full colour, either way
 */
export function paintSigned(canvas, values, largest) {
    const nothing = colourOf("--nothing");
    const scale = (/** @type {string} */ name) =>
        Array.from({ length: LEVELS + 1 }, (_, i) => mix(colourOf(name), nothing, i / LEVELS));
    const less = scale("--less");
    const more = scale("--more");
    paint(canvas, PICTURE, (cell) => {
        const share = largest > 0 ? values[cell] / largest : 0;
        const level = Math.round(LEVELS * Math.min(1, Math.abs(share)) ** BRIGHTENING);
        return share < 0 ? less[level] : more[level];
    });
}
