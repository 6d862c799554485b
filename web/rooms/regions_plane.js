/** The plane of room 2: which class is likeliest where, and the points. The regions are a small
 * picture that the browser stretches, so that drawing them costs nothing; points lie over it in a
 * picture of their own, which changes seldom. */

import { contextOf, pixelOf } from "../canvas.js";
import { element } from "../dom.js";
import { classColour, classShape, mix } from "../palette.js";
import { cssColour, tokenColour } from "../theme.js";

/**
 * @typedef {object} View what part of the plane is shown
 * @property {number} left
 * @property {number} right
 * @property {number} bottom
 * @property {number} top
 */

/**
 * @typedef {object} PointSet
 * @property {Float32Array} features rows × 2
 * @property {Uint8Array} labels places in `ids`
 */

/**
 * @typedef {object} Grid
 * @property {number} columns of cells, and as many rows
 * @property {Uint8Array} classes places in `ids`, from the top
 * @property {Float32Array} probabilities
 */

const SHADES = 256; // of a class's colour, up to BORDER's
const STRONGEST = 0.6; // share of a class's colour where the model is certain
const BORDER = 0.85; // where regions meet
const AT_ONCE = 2000; // points that are drawn in a frame
const FINE = 200; // columns from which on borders are a line, not a band
const BESIDE = 3; // neighbours of other classes that a cell has along a straight border

export function makePlane() {
    const regions = element("canvas", {
        class: "plane-regions",
        role: "img",
        "aria-label": "No model yet",
    });
    const points = element("canvas", { class: "plane-points", "aria-hidden": "true" });
    const cross = element("span", { class: "plane-cross", "aria-hidden": "true", hidden: true });
    const place = element(
        "div",
        {
            class: "plane",
            tabindex: 0,
            role: "application",
            "aria-label": "The plane. Arrow keys move the cross; what lies there is said below",
        },
        regions,
        points,
        cross,
    );
    const regionContext = contextOf(regions);
    const pointContext = contextOf(points);

    /** @type {View} */
    let view = { left: -1, right: 1, bottom: -1, top: 1 };
    /** @type {readonly number[]} */
    let ids = [0, 1];
    /** @type {PointSet | null} */
    let train = null;
    /** @type {PointSet | null} */
    let test = null;
    /** @type {Grid | null} */
    let grid = null;
    /** @type {ImageData | null} */
    let image = null;
    /** Colours as pixels, SHADES of each class. @type {Uint32Array | null} */
    let shades = null;

    const drawRegions = () => {
        if (grid === null) {
            regions.width = regions.height = 1;
            regionContext.clearRect(0, 0, 1, 1);
            return;
        }
        const { columns, classes, probabilities } = grid;
        shades ??= makeShades(ids);
        if (regions.width !== columns) {
            regions.width = regions.height = columns;
        }
        if (image === null || image.width !== columns) {
            image = regionContext.createImageData(columns, columns);
        }
        paint(
            new Uint32Array(image.data.buffer),
            columns,
            classes,
            probabilities,
            ids.length,
            shades,
        );
        regionContext.putImageData(image, 0, 0);
    };
    let drawing = 0; // counts: what is begun ends what was under way
    const drawPoints = () => {
        const mine = ++drawing;
        const side = Math.round(place.clientWidth * devicePixelRatio);
        points.width = points.height = Math.max(1, side);
        const count = (train?.labels.length ?? 0) + (test?.labels.length ?? 0);
        const radius = devicePixelRatio * (count <= 300 ? 5 : count <= 1200 ? 4 : 3);
        /** @param {PointSet} set @param {HTMLCanvasElement[]} stamps @param {number} from @param {number} to */
        const strew = ({ features, labels }, stamps, from, to) => {
            for (let i = from; i < to; i++) {
                const stamp = stamps[labels[i]];
                const x = ((features[2 * i] - view.left) / (view.right - view.left)) * side;
                const y = ((view.top - features[2 * i + 1]) / (view.top - view.bottom)) * side;
                pointContext.drawImage(
                    stamp,
                    Math.round(x - stamp.width / 2),
                    Math.round(y - stamp.height / 2),
                );
            }
        };
        const parts = [
            { set: test, stamps: ids.map((id) => makeStamp(id, radius, false)) },
            { set: train, stamps: ids.map((id) => makeStamp(id, radius, true)) },
        ].flatMap(({ set, stamps }) => {
            const rows = set?.labels.length ?? 0;
            return Array.from({ length: Math.ceil(rows / AT_ONCE) }, (_, i) => () => {
                const end = Math.min(rows, (i + 1) * AT_ONCE);
                strew(/** @type {PointSet} */ (set), stamps, i * AT_ONCE, end);
            });
        });
        const drawPart = () => {
            if (mine !== drawing) {
                return;
            }
            parts.shift()?.();
            if (parts.length > 0) {
                requestAnimationFrame(drawPart);
            }
        };
        drawPart();
    };
    new ResizeObserver(drawPoints).observe(place);

    return {
        element: place,
        view: () => view,
        /**
         * @param {View} nextView
         * @param {readonly number[]} nextIds for each class the number of its colour and shape
         * @param {PointSet | null} nextTrain
         * @param {PointSet | null} nextTest
         */
        setPoints(nextView, nextIds, nextTrain, nextTest) {
            view = nextView;
            ids = nextIds;
            train = nextTrain;
            test = nextTest;
            shades = null;
            drawPoints();
        },
        /** @param {Grid | null} next */
        setGrid(next) {
            grid = next;
            drawRegions();
        },
        /** Colours have changed. */
        redraw() {
            shades = null;
            drawRegions();
            drawPoints();
        },
        /** @param {string} text what the picture shows */
        describe(text) {
            regions.setAttribute("aria-label", text);
        },
        /** @param {number} x @param {number} y */
        setCross(x, y) {
            cross.hidden = false;
            cross.style.left = `${(100 * (x - view.left)) / (view.right - view.left)}%`;
            cross.style.top = `${(100 * (view.top - y)) / (view.top - view.bottom)}%`;
        },
        /** Where a pointer is. @param {PointerEvent} event @returns {[number, number]} */
        placeOf(event) {
            const box = place.getBoundingClientRect();
            const across = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
            const down = Math.max(0, Math.min(1, (event.clientY - box.top) / box.height));
            return [
                view.left + across * (view.right - view.left),
                view.top - down * (view.top - view.bottom),
            ];
        },
    };
}

/**
 * The view that holds points: all of them with a margin. Where both axes reach about as far, a unit
 * is as long on either, so that circles are round.
 * @param {readonly Float32Array[]} sets rows × 2 each
 * @returns {View}
 */
export function viewOf(sets) {
    const low = [Infinity, Infinity];
    const high = [-Infinity, -Infinity];
    for (const features of sets) {
        for (let i = 0; i < features.length; i++) {
            low[i % 2] = Math.min(low[i % 2], features[i]);
            high[i % 2] = Math.max(high[i % 2], features[i]);
        }
    }
    const size = [0, 1].map((i) =>
        high[i] > low[i] ? high[i] - low[i] : Math.max(1, Math.abs(high[i])),
    );
    const ratio = size[0] / size[1];
    const sides = ratio > 0.4 && ratio < 2.5 ? [Math.max(...size), Math.max(...size)] : size;
    const [x, y] = [0, 1].map((i) => (low[i] + high[i]) / 2);
    const [across, up] = sides.map((side) => 0.56 * side);
    return { left: x - across, right: x + across, bottom: y - up, top: y + up };
}

/** @param {readonly number[]} ids @returns {Uint32Array} */
function makeShades(ids) {
    const ground = tokenColour("--plane");
    const shades = new Uint32Array(ids.length * SHADES);
    for (const [place, id] of ids.entries()) {
        const colour = classColour(id);
        for (let i = 0; i < SHADES; i++) {
            const share = (BORDER * i) / (SHADES - 1);
            shades[place * SHADES + i] = pixelOf(mix(colour, ground, share));
        }
    }
    return shades;
}

/**
 * From the least that the likeliest class can have, which is the ground's colour, to certainty; borders
 * are stronger still, and smooth, as cells at their corners have less of it.
 * @param {Uint32Array} pixels
 * @param {number} columns
 * @param {Uint8Array} classes
 * @param {Float32Array} probabilities
 * @param {number} count of classes
 * @param {Uint32Array} shades
 */
function paint(pixels, columns, classes, probabilities, count, shades) {
    const least = 1 / count;
    const certain = ((SHADES - 1) * STRONGEST) / BORDER;
    const steepness = certain / (1 - least);
    const fine = columns >= FINE;
    for (let i = 0; i < pixels.length; i++) {
        const inside = Math.max(0, Math.min(certain, (probabilities[i] - least) * steepness));
        const border = fine ? Math.min(1, strangersOf(i, columns, classes) / BESIDE) : 0;
        const shade = Math.round(inside + border * (SHADES - 1 - inside));
        pixels[i] = shades[classes[i] * SHADES + shade];
    }
}

/**
 * How many of the eight cells around one are of another class; 0 at the rim.
 * @param {number} cell
 * @param {number} columns
 * @param {Uint8Array} classes
 */
function strangersOf(cell, columns, classes) {
    const column = cell % columns;
    const above = cell - columns;
    const below = cell + columns;
    if (column === 0 || column === columns - 1 || above < 0 || below >= classes.length) {
        return 0;
    }
    const label = classes[cell];
    let count = Number(classes[cell - 1] !== label) + Number(classes[cell + 1] !== label);
    for (let i = -1; i <= 1; i++) {
        count += Number(classes[above + i] !== label) + Number(classes[below + i] !== label);
    }
    return count;
}

/** A point as a small picture, to be stamped. @param {number} id @param {number} radius @param {boolean} filled */
function makeStamp(id, radius, filled) {
    const stamp = document.createElement("canvas");
    const side = 2 * Math.ceil(1.35 * radius + 1);
    stamp.width = stamp.height = side;
    const context = contextOf(stamp);
    const colour = cssColour(classColour(id));
    const ground = cssColour(tokenColour("--plane"));
    context.translate(side / 2, side / 2);
    context.scale(radius, radius);
    context.lineJoin = "round";
    const path = new Path2D(classShape(id));
    if (filled) {
        context.lineWidth = 0.55;
        context.strokeStyle = ground;
        context.stroke(path);
        context.fillStyle = colour;
        context.fill(path);
    } else {
        context.scale(0.85, 0.85);
        context.fillStyle = ground;
        context.fill(path);
        context.lineWidth = 0.38;
        context.strokeStyle = colour;
        context.stroke(path);
    }
    return stamp;
}
