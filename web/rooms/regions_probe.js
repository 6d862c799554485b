/** A place of the plane, pointed at by pointer or keys, and what the model says of it. */

import { element } from "../dom.js";
import { askLatest } from "../latest.js";
import { say } from "../notices.js";
import { fourDigits } from "../numbers.js";
import { scaled } from "./regions_points.js";

/** @typedef {import("./regions_points.js").Data} Data */

const STEPS = 50; // from one side of the plane to the other
const LEAPS = 10; // with Shift
const MOST_NAMED = 3; // classes in the answer
const HINT = "Point at the plane to read the probabilities there.";

/**
 * @param {ReturnType<typeof import("./regions_plane.js").makePlane>} plane
 * @param {import("../engine.js").Engine} engine
 * @param {object} room
 * @param {() => Data | null} room.data
 * @param {() => boolean} room.hasModel
 * @param {(x: number, y: number) => void} room.chosen clicked, or Enter
 * @param {(x: number, y: number) => void} room.removed
 * @param {(digit: string) => void} room.labelled a digit was pressed
 */
export function makeProbe(plane, engine, { data, hasModel, chosen, removed, labelled }) {
    const answer = element("p", { class: "probe note", "data-part": "probe" }, HINT);
    /** @type {[number, number] | null} */
    let at = null;
    let isSaid = false; // whoever moves the cross by keys does not see the answer

    const ask = askLatest(
        async (/** @type {{ x: number, y: number, data: Data }} */ { x, y, data: asked }) => {
            const inputs = scaled([x, y], asked.shift, asked.scale);
            return (await engine.predict({ inputs, rows: 1 })).probabilities;
        },
        (probabilities, { x, y, data: asked }) => {
            if (probabilities.length !== asked.names.length) {
                return;
            }
            const order = [...asked.names.keys()].sort(
                (a, b) => probabilities[b] - probabilities[a],
            );
            const said = order
                .slice(0, MOST_NAMED)
                .map((k) => `class ${asked.names[k]} ${fourDigits(probabilities[k])}`);
            answer.textContent = `At (${fourDigits(x)}, ${fourDigits(y)}): ${said.join(", ")}`;
            if (isSaid) {
                say(answer.textContent);
            }
        },
    );
    const look = () => {
        const now = data();
        if (at !== null && now !== null && hasModel()) {
            ask({ x: at[0], y: at[1], data: now });
        }
    };
    /** @param {number} across @param {number} up steps */
    const move = (across, up) => {
        const { left, right, bottom, top } = plane.view();
        const [x, y] = at ?? [(left + right) / 2, (bottom + top) / 2];
        at = [
            Math.max(left, Math.min(right, x + (across * (right - left)) / STEPS)),
            Math.max(bottom, Math.min(top, y + (up * (top - bottom)) / STEPS)),
        ];
        plane.setCross(...at);
        isSaid = true;
        look();
    };

    /* Where the cross is, which appears in the middle. */
    const choose = () => {
        if (at === null) {
            move(0, 0);
        }
        if (at !== null) {
            chosen(...at);
        }
    };

    plane.element.addEventListener("pointermove", (event) => {
        at = plane.placeOf(event);
        isSaid = false;
        look();
    });
    plane.element.addEventListener("click", (event) => {
        if (event instanceof PointerEvent) {
            at = plane.placeOf(event);
            plane.setCross(...at);
            chosen(...at);
        }
    });
    plane.element.addEventListener("keydown", (event) => {
        const size = event.shiftKey ? STEPS / LEAPS : 1;
        /** @type {Record<string, () => void>} */
        const keys = {
            ArrowLeft: () => move(-size, 0),
            ArrowRight: () => move(size, 0),
            ArrowUp: () => move(0, size),
            ArrowDown: () => move(0, -size),
            Enter: choose,
            " ": choose,
            Delete: () => at !== null && removed(...at),
            Backspace: () => at !== null && removed(...at),
        };
        const isDigit = /^[0-9]$/.test(event.key);
        if (
            event.altKey ||
            event.ctrlKey ||
            event.metaKey ||
            (!isDigit && keys[event.key] === undefined)
        ) {
            return;
        }
        event.preventDefault();
        if (isDigit) {
            labelled(event.key);
        } else {
            keys[event.key]();
        }
    });

    let refreshed = 0;
    return {
        element: answer,
        /** The model is another. @param {boolean} training then now and then is enough */
        refresh(training) {
            const now = performance.now();
            if (!training || now - refreshed > 250) {
                refreshed = now;
                isSaid = false;
                look();
            }
        },
        /** There is no model. */
        forget() {
            answer.textContent = HINT;
        },
    };
}
