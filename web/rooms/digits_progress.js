/** How far training has come: steps, losses and accuracies, in figures and as a curve. */

import { makeCurves } from "../curves.js";
import { element } from "../dom.js";
import { fourDigits, grouped, percent } from "../numbers.js";

/** @typedef {{ loss: number, accuracy: number }} Measured */
/**
 * @typedef {object} Reached
 * @property {number} step
 * @property {number} epoch
 * @property {Measured} train
 * @property {Measured | null} test
 */
/**
 * @typedef {object} Progress
 * @property {HTMLElement} element
 * @property {() => void} clear
 * @property {(reached: Reached) => void} show
 * @property {() => string} text what the figures say of the last that was shown
 */

/** @returns {Progress} */
export function makeProgress() {
    const curves = makeCurves({ label: "Loss by step", x: "step", y: "loss" });
    const figures = Object.fromEntries(
        ["step", "epoch", "train-loss", "train-accuracy", "test-loss", "test-accuracy"].map(
            (name) => [
                name,
                element(name.includes("-") ? "td" : "span", { "data-part": name }, "–"),
            ],
        ),
    );
    const row = (
        /** @type {string} */ name,
        /** @type {string} */ part,
        /** @type {string} */ kind,
    ) =>
        element(
            "tr",
            {},
            element("th", { scope: "row" }, element("span", { class: `stroke ${kind}` }), name),
            figures[`${part}-loss`],
            figures[`${part}-accuracy`],
        );
    const table = element(
        "table",
        { class: "digits-figures" },
        element(
            "thead",
            {},
            element(
                "tr",
                {},
                element("td", {}),
                element("th", { scope: "col" }, "loss"),
                element("th", { scope: "col" }, "accuracy"),
            ),
        ),
        element("tbody", {}, row("train", "train", "train"), row("test", "test", "test")),
    );
    /** @param {string} part @param {Measured | null} measured */
    const measure = (part, measured) => {
        figures[`${part}-loss`].textContent = measured === null ? "–" : fourDigits(measured.loss);
        figures[`${part}-accuracy`].textContent =
            measured === null ? "–" : percent(measured.accuracy);
    };
    const counts = element(
        "p",
        { class: "note counts" },
        "step ",
        figures.step,
        " · epoch ",
        figures.epoch,
    );
    return {
        element: element("div", { class: "digits-progress" }, curves.element, table, counts),
        clear() {
            curves.clear();
            for (const figure of Object.values(figures)) {
                figure.textContent = "–";
            }
        },
        text: () =>
            `Accuracy in training ${figures["train-accuracy"].textContent}, on the test set ${figures["test-accuracy"].textContent}`,
        show({ step, epoch, train, test }) {
            curves.add(step, [train.loss, test?.loss ?? null]);
            curves.draw();
            figures.step.textContent = grouped(step);
            figures.epoch.textContent = grouped(epoch);
            measure("train", train);
            measure("test", test);
        },
    };
}
