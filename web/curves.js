/** Losses while a model learns: one curve for training, one for testing. */

import uPlot from "./uplot/uPlot.esm.js";
import { element } from "./dom.js";
import { cssColour, onTheme, tokenColour } from "./theme.js";

/**
 * @typedef {object} Curves
 * @property {HTMLElement} element
 * @property {(x: number, values: readonly (number | null)[]) => void} add a point to each curve; x
 *   is not less than the last one's
 * @property {() => void} draw what has been added
 * @property {() => void} clear
 */

const HEIGHT = 190;
const MOST_POINTS = 800; // of a curve; with more, every other one is left out

/** @type {readonly { name: string, token: string, dash: number[] }[]} */
const SERIES = [
    { name: "train", token: "--curve-train", dash: [] },
    { name: "test", token: "--curve-test", dash: [6, 4] },
];

/**
 * The range of losses whose largest is this one.
 * @param {unknown} _plot
 * @param {number | null} _least
 * @param {number | null} most
 * @returns {[number, number]}
 */
function fromNothing(_plot, _least, most) {
    return [0, 1.05 * (most || 1)];
}

/**
 * All that there is, or something where there is nothing yet: axes need a range.
 * @param {unknown} _plot
 * @param {number | null} least
 * @param {number | null} most
 * @returns {[number, number]}
 */
function allOf(_plot, least, most) {
    return [least ?? 0, most ?? 1];
}

/**
 * @param {object} names
 * @param {string} names.label what is shown, for people who do not see it
 * @param {string} names.x
 * @param {string} names.y
 * @returns {Curves}
 */
export function makeCurves({ label, x, y }) {
    const place = element("div", { class: "curves", role: "img", "aria-label": label });
    /** @type {(number | null)[][]} */
    let data = [[], [], []];
    const colour = (/** @type {string} */ token) => () => cssColour(tokenColour(token));
    const axis = (/** @type {string} */ name, /** @type {number} */ size) => ({
        label: name,
        labelSize: 18,
        size,
        gap: 4,
        font: '12px "Source Sans 3", sans-serif',
        labelFont: '12px "Source Sans 3", sans-serif',
        stroke: colour("--ink-soft"),
        grid: { stroke: colour("--rule"), width: 1 },
        ticks: { show: false },
    });
    const plot = new uPlot(
        {
            width: 300,
            height: HEIGHT,
            legend: { show: false },
            cursor: { show: false },
            padding: [8, 24, 0, 0],
            scales: {
                x: { time: false, range: allOf },
                y: { range: fromNothing },
            },
            axes: [axis(x, 26), axis(y, 40)],
            series: [
                {},
                ...SERIES.map(({ token, dash }) => ({
                    stroke: colour(token),
                    width: 2,
                    dash,
                    points: { show: false },
                })),
            ],
        },
        data,
        place,
    );
    new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: HEIGHT })).observe(
        place,
    );
    onTheme(() => plot.redraw());
    return {
        element: place,
        add(at, values) {
            data[0].push(at);
            values.forEach((value, i) => data[i + 1].push(value));
            if (data[0].length > MOST_POINTS) {
                data = data.map((list) => list.filter((_, i) => i % 2 === 0));
            }
        },
        draw: () => plot.setData(data),
        clear() {
            data = [[], [], []];
            plot.setData(data);
        },
    };
}
