/** Pictures of numbers on canvases, in the colours of the page as they are now. */

import { PICTURE } from "../centring.js";
import { contextOf, pixelOf } from "../canvas.js";
import { mix } from "../palette.js";
import { onTheme, tokenColour } from "../theme.js";

const LEVELS = 64; // of colour, either way
const BRIGHTENING = 0.7; // the power that shares of the full colour are raised to: small ones show

/** Pixels for ink 0 … 255, and for numbers from −LEVELS to LEVELS, until the colours change.
 * @type {{ ink: Uint32Array, signed: Uint32Array } | null} */
let shades = null;
onTheme(() => (shades = null));

function makeShades() {
    const [ink, paper] = [tokenColour("--ink"), tokenColour("--pad")];
    const nothing = tokenColour("--nothing");
    const [less, more] = [tokenColour("--less"), tokenColour("--more")];
    return {
        ink: Uint32Array.from({ length: 256 }, (_, i) => pixelOf(mix(ink, paper, i / 255))),
        signed: Uint32Array.from({ length: 2 * LEVELS + 1 }, (_, i) => {
            const share = Math.abs(i - LEVELS) / LEVELS;
            return pixelOf(mix(i < LEVELS ? less : more, nothing, share));
        }),
    };
}

/**
 * @param {HTMLCanvasElement} canvas of side × side
 * @param {number} side
 * @param {Uint32Array} table
 * @param {(cell: number) => number} placeOf a cell's colour in the table
 */
function paint(canvas, side, table, placeOf) {
    const context = contextOf(canvas);
    const image = context.createImageData(side, side);
    const pixels = new Uint32Array(image.data.buffer);
    for (let cell = 0; cell < pixels.length; cell++) {
        pixels[cell] = table[placeOf(cell)];
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
    shades ??= makeShades();
    paint(canvas, side, shades.ink, (cell) => ink[cell]);
}

/**
 * Numbers with a sign: blue is less than nothing, orange is more.
 * @param {HTMLCanvasElement} canvas of PICTURE × PICTURE
 * @param {ArrayLike<number>} values
 * @param {number} largest the number that has the full colour, either way
 */
export function paintSigned(canvas, values, largest) {
    shades ??= makeShades();
    paint(canvas, PICTURE, shades.signed, (cell) => {
        const share = largest > 0 ? values[cell] / largest : 0;
        const level = Math.round(LEVELS * Math.min(1, Math.abs(share)) ** BRIGHTENING);
        return share < 0 ? LEVELS - level : LEVELS + level;
    });
}
