/**
 * What is on the drawing pad: strokes of a round pen, as ink 0 … 255 on SIDE × SIDE cells, rows first.
 */

/** Cells along each side: ten for every pixel of the picture that a model sees. */
export const SIDE = 280;

const RADIUS = 11; // of the pen, in cells

/** @typedef {{ x: number, y: number }} Point in cells from the upper left corner */

/**
 * The square of the distance from p to the line from a to b.
 * @param {Point} p
 * @param {Point} a
 * @param {Point} b
 */
function squaredDistance(p, a, b) {
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const length = dx * dx + dy * dy;
    const along = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;
    const t = Math.min(1, Math.max(0, along));
    const ex = p.x - a.x - t * dx;
    const ey = p.y - a.y - t * dy;
    return ex * ex + ey * ey;
}

/**
 * The pen goes from a to b: each cell keeps the most ink that it ever got, softened at the rim.
 * @param {Uint8Array} ink
 * @param {Point} a
 * @param {Point} b
 */
function drawLine(ink, a, b) {
    const reach = RADIUS + 1;
    const clamp = (/** @type {number} */ cell) => Math.min(SIDE - 1, Math.max(0, cell));
    const firstX = clamp(Math.floor(Math.min(a.x, b.x) - reach));
    const lastX = clamp(Math.ceil(Math.max(a.x, b.x) + reach));
    const firstY = clamp(Math.floor(Math.min(a.y, b.y) - reach));
    const lastY = clamp(Math.ceil(Math.max(a.y, b.y) + reach));
    for (let y = firstY; y <= lastY; y++) {
        for (let x = firstX; x <= lastX; x++) {
            const square = squaredDistance({ x: x + 0.5, y: y + 0.5 }, a, b);
            if (square < reach * reach) {
                const cover = Math.min(1, Math.max(0, RADIUS + 0.5 - Math.sqrt(square)));
                const at = y * SIDE + x;
                ink[at] = Math.max(ink[at], Math.round(255 * cover));
            }
        }
    }
}

/** A drawing, stroke by stroke. */
export class Ink {
    /** SIDE × SIDE */
    cells = new Uint8Array(SIDE * SIDE);

    /** @type {Point[][]} */
    #strokes = [];

    get isBlank() {
        return this.#strokes.length === 0;
    }

    /**
     * Sets the pen down, which makes a dot.
     * @param {Point} point
     */
    begin(point) {
        this.#strokes.push([point]);
        drawLine(this.cells, point, point);
    }

    /**
     * Moves the pen, which begin() has set down, to a point; nothing where there is no stroke.
     * @param {Point} point
     */
    go(point) {
        const stroke = this.#strokes[this.#strokes.length - 1];
        if (stroke === undefined) {
            return;
        }
        drawLine(this.cells, stroke[stroke.length - 1], point);
        stroke.push(point);
    }

    /** Takes the last stroke back; nothing where there is none. */
    undo() {
        this.#strokes.pop();
        this.cells.fill(0);
        for (const stroke of this.#strokes) {
            stroke.forEach((point, i) => drawLine(this.cells, stroke[Math.max(0, i - 1)], point));
        }
    }

    clear() {
        this.#strokes = [];
        this.cells.fill(0);
    }
}
