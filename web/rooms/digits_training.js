/** Training in room 3: settings, what starts and stops it, and how far it has come. */

import { button } from "../controls.js";
import { element } from "../dom.js";
import { fail, messageOf, say } from "../notices.js";
import { makeProgress } from "./digits_progress.js";
import { makeSettings } from "./digits_settings.js";

/** @typedef {Awaited<ReturnType<typeof import("./digits_session.js").openSession>>} Session */
/** @typedef {import("./digits_settings.js").Settings} Settings */
/**
 * @typedef {object} Training
 * @property {HTMLElement} element
 * @property {() => Settings} settings
 * @property {(settings: Settings) => void} set others, for the next training
 * @property {() => Promise<void>} start begins with these settings, or goes on
 * @property {() => void} pause
 * @property {(act: () => Promise<void>) => Promise<void>} replace stops training and has `act` put
 *   something in the place of the data or the model; the next training begins anew. When it rejects,
 *   what there was is still there
 */

/**
 * @param {Session} session
 * @param {object} listeners
 * @param {() => void} listeners.changed the settings are others
 * @param {() => void} listeners.begun there is a new model
 * @param {() => void} listeners.moved the model has learnt something
 * @returns {Training}
 */
export function makeTraining(session, { changed, begun, moved }) {
    const progress = makeProgress();
    const inTurn = makeTurns();
    let isBegun = false; // whether training goes on with the present model
    let isRunning = false;
    let isWanted = false; // whether what begins is to train, too
    /** @type {Promise<void>} */
    let run = Promise.resolve();

    const settings = makeSettings(() => {
        isBegun = false;
        session.pause();
        changed();
        dress();
    });
    const dress = () => {
        go.textContent = isRunning ? "Pause" : isBegun ? "Go on" : "Train";
        step.disabled = isRunning || !isBegun;
    };

    const begin = async () => {
        const reached = await session.begin(settings.get());
        progress.clear();
        progress.show(reached);
        isBegun = true;
        begun();
    };
    /** @param {Promise<boolean>} training */
    const watch = async (training) => {
        isRunning = true;
        dress();
        try {
            if (await training) {
                isBegun = false;
                say(`Training is over. ${progress.text()}`);
            }
        } catch (error) {
            isBegun = false;
            fail(messageOf(error));
        }
        isRunning = false;
        dress();
    };
    /** Has the session to itself. @param {() => Promise<void>} act */
    const alone = (act) =>
        inTurn(async () => {
            session.pause();
            await run;
            await act();
            dress();
        });
    /** @param {import("./digits_progress.js").Reached} reached */
    const report = (reached) => {
        progress.show(reached);
        moved();
    };
    const start = () => {
        isWanted = true;
        return alone(async () => {
            if (!isBegun) {
                await begin();
            }
            if (isWanted) {
                run = watch(session.train(report));
            }
        });
    };
    const pause = () => {
        isWanted = false;
        session.pause();
    };
    /** @param {() => Promise<void>} act */
    const tried = (act) => () => void act().catch((error) => fail(messageOf(error)));

    const go = button(
        "Train",
        tried(async () => (isRunning ? pause() : start())),
        "primary",
    );
    go.dataset.part = "go";
    const step = button(
        "Step",
        tried(() => alone(async () => report(await session.step()))),
    );
    step.title = "One step of the solver";
    const reset = button(
        "Reset",
        tried(() => alone(begin)),
    );
    dress();
    return {
        element: element(
            "div",
            { class: "training" },
            settings.element,
            element("div", { class: "row" }, go, step, reset),
            progress.element,
        ),
        settings: settings.get,
        set(next) {
            settings.set(next);
            isBegun = false;
        },
        start,
        pause,
        replace: (act) =>
            alone(async () => {
                await act();
                isBegun = false;
                progress.clear();
                settings.setBuiltIn(session.isBuiltIn());
            }),
    };
}

/** @returns {(act: () => Promise<void>) => Promise<void>} which does one thing after the other */
function makeTurns() {
    let last = Promise.resolve();
    return (act) => {
        const done = last.then(act);
        last = done.catch(() => {});
        return done;
    };
}
