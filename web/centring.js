/**
 * From the drawing pad to the picture that a model sees, in the way that MNIST's were made: what is
 * drawn is brought to a box of 20 × 20 pixels, each the mean of the ink that it covers, and the box
 * put where its centre of mass comes to the middle of 28 × 28.
 */

/** Pixels along each side of a picture. */
export const PICTURE = 28;

const BOX = 20;
const ROUNDING = 1e-9; // of a quotient that ought to be whole

/** @typedef {{ x: number, y: number, width: number, height: number }} Box in cells */

/**
 * The smallest box that holds all ink; null where there is none.
 * @param {Uint8Array} ink side × side
 * @param {number} side
 * @returns {Box | null}
 */
function inkBox(ink, side) {
    let [left, top, right, bottom] = [side, side, -1, -1];
    for (let y = 0; y < side; y++) {
        for (let x = 0; x < side; x++) {
            if (ink[y * side + x] > 0) {
                left = Math.min(left, x);
                right = Math.max(right, x);
                top = Math.min(top, y);
                bottom = y;
            }
        }
    }
    return right < 0
        ? null
        : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * Which cells a pixel covers along one side, and how much of each.
 * @param {number} begin
 * @param {number} end
 * @returns {{ cell: number, share: number }[]}
 */
function covered(begin, end) {
    const cells = [];
    for (let cell = Math.floor(begin); cell < end; cell++) {
        cells.push({ cell, share: Math.min(end, cell + 1) - Math.max(begin, cell) });
    }
    return cells;
}

/**
 * The mean ink of pixels that are squares of `size` cells, from a corner on. Outside the pad is none.
 * @param {Uint8Array} ink side × side
 * @param {number} side
 * @param {{ x: number, y: number }} corner the upper left one
 * @param {number} size
 * @param {number} width pixels
 * @param {number} height pixels
 * @returns {Float64Array} height × width, 0 … 255
 */
function shrink(ink, side, corner, size, width, height) {
    const pixels = new Float64Array(width * height);
    const span = (/** @type {number} */ from, /** @type {number} */ i) =>
        covered(from + i * size, from + (i + 1) * size).filter(
            ({ cell }) => cell >= 0 && cell < side,
        );
    const columns = Array.from({ length: width }, (_, i) => span(corner.x, i));
    for (let row = 0; row < height; row++) {
        const lines = span(corner.y, row);
        columns.forEach((column, i) => {
            let sum = 0;
            for (const line of lines) {
                for (const { cell, share } of column) {
                    sum += line.share * share * ink[line.cell * side + cell];
                }
            }
            pixels[row * width + i] = sum / (size * size);
        });
    }
    return pixels;
}

/**
 * Where a box begins along one side, so that its centre of mass comes to the middle and it stays
 * within the picture.
 * @param {number} centre of mass, in pixels from the box's first
 * @param {number} length of the box, in pixels
 */
function place(centre, length) {
    const wanted = Math.round(PICTURE / 2 - centre);
    return Math.min(PICTURE - length, Math.max(0, wanted));
}

/**
 * @param {Float64Array} pixels height × width
 * @param {number} width
 * @returns {{ x: number, y: number }} in pixels from the first
 */
function centreOfMass(pixels, width) {
    let [mass, x, y] = [0, 0, 0];
    pixels.forEach((value, i) => {
        mass += value;
        x += value * (i % width);
        y += value * Math.floor(i / width);
    });
    return { x: x / mass, y: y / mass };
}

/**
 * A drawing as MNIST's digits are; blank where it is.
 * @param {Uint8Array} ink side × side, 0 … 255
 * @param {number} side
 * @returns {Uint8Array} PICTURE × PICTURE
 */
export function centre(ink, side) {
    const picture = new Uint8Array(PICTURE * PICTURE);
    const box = inkBox(ink, side);
    if (box === null) {
        return picture;
    }
    const size = Math.max(box.width, box.height) / BOX; // cells along a pixel
    const width = Math.ceil(box.width / size - ROUNDING);
    const height = Math.ceil(box.height / size - ROUNDING);
    const filled = {
        x: box.x - (width * size - box.width) / 2,
        y: box.y - (height * size - box.height) / 2,
    };
    const pixels = shrink(ink, side, filled, size, width, height);
    const middle = centreOfMass(pixels, width);
    const left = place(middle.x, width);
    const top = place(middle.y, height);
    pixels.forEach((value, i) => {
        picture[(top + Math.floor(i / width)) * PICTURE + left + (i % width)] = Math.round(value);
    });
    return picture;
}
