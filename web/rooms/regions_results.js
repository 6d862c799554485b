/** How training in room 2 goes: figures, curves, and the buttons that let it. */

import { button } from "../controls.js";
import { makeCurves } from "../curves.js";
import { element } from "../dom.js";
import { fourDigits, grouped, percent } from "../numbers.js";

/** @typedef {import("../types.js").Progress} Progress */

const TEXT_EVERY = 120; // milliseconds: faster, nobody reads it

/**
 * @param {object} listener
 * @param {() => void} listener.toggled train, or pause
 * @param {() => void} listener.stepped
 * @param {() => void} listener.restarted
 */
export function makeResults({ toggled, stepped, restarted }) {
    const go = button("Train", toggled, "primary");
    const step = button("Step", stepped);
    const reset = button("Reset", restarted);
    const state = element("span", { class: "note", "data-part": "state" });
    const rate = element("p", { class: "note rate", "data-part": "rate" });
    const figures = {
        step: figure("Step"),
        epoch: figure("Epoch"),
        trainLoss: figure("Training loss"),
        testLoss: figure("Test loss"),
        trainAccuracy: figure("Training accuracy"),
        testAccuracy: figure("Test accuracy"),
    };
    const curves = makeCurves({
        label: "Losses of training and test by steps",
        x: "step",
        y: "loss",
    });
    let written = 0;
    let lastStep = -1;

    /** @param {Progress} progress */
    const write = (progress) => {
        const { train, test } = progress;
        put(figures.step, progress.step, grouped(progress.step));
        put(figures.epoch, progress.epoch, grouped(progress.epoch));
        put(figures.trainLoss, train.loss, fourDigits(train.loss));
        put(figures.trainAccuracy, train.accuracy, percent(train.accuracy));
        put(figures.testLoss, test?.loss ?? NaN, test === null ? "–" : fourDigits(test.loss));
        put(
            figures.testAccuracy,
            test?.accuracy ?? NaN,
            test === null ? "–" : percent(test.accuracy),
        );
        curves.draw();
    };

    return {
        transport: element("div", { class: "transport" }, go, step, reset, state),
        element: element(
            "div",
            { class: "card results" },
            element("h2", {}, "Learning"),
            element(
                "dl",
                { class: "figures" },
                ...Object.values(figures).map(({ element: one }) => one),
            ),
            curves.element,
            element(
                "p",
                { class: "note curve-key" },
                element("span", { class: "key-train" }, "training"),
                element("span", { class: "key-test" }, "test"),
            ),
            rate,
        ),
        /** @param {Progress} progress @param {boolean} isLast */
        show(progress, isLast) {
            const now = performance.now();
            const { step: at, train, test } = progress;
            if (at !== lastStep) {
                lastStep = at;
                curves.add(at, [train.loss, test?.loss ?? null]);
            }
            if (isLast || now - written > TEXT_EVERY) {
                written = now;
                write(progress);
            }
        },
        /** @param {{ frames: number, looks: number }} rates */
        showRates({ frames, looks }) {
            rate.dataset.frames = frames.toFixed(1);
            rate.textContent = `${Math.round(frames)} frames a second, ${Math.round(looks)} looks at the model`;
        },
        /**
         * @param {boolean} running
         * @param {boolean} possible there is a model
         * @param {boolean} isOver it has no step left to do
         * @param {string} text how it stands
         */
        dress(running, possible, isOver, text) {
            go.textContent = running ? "Pause" : "Train";
            go.disabled = !possible || isOver;
            step.disabled = running || !possible || isOver;
            reset.disabled = !possible;
            state.textContent = text;
        },
        clear() {
            lastStep = -1;
            curves.clear();
            for (const { value } of Object.values(figures)) {
                value.value = "";
                value.textContent = "–";
            }
        },
    };
}

/** @param {string} name */
function figure(name) {
    const value = element("data", { "data-part": name.toLowerCase().replaceAll(" ", "-") }, "–");
    return {
        element: element("div", {}, element("dt", {}, name), element("dd", {}, value)),
        value,
    };
}

/** @param {{ value: HTMLDataElement }} figure @param {number} value @param {string} text */
function put(figure, value, text) {
    figure.value.value = String(value);
    figure.value.textContent = text;
}
