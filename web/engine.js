/* The library from the page's side. Each engine has a worker and a memory of its own; its calls are
 * those of module.js, answered one after the other. They reject with an Error whose message is for
 * the user, and then have changed nothing. */

import { CALLS } from "./calls.js";

/** @typedef {import("./module.js").Lab} Lab */
/** @typedef {import("./calls.js").Call} Call */

/**
 * @template {Call} C
 * @callback Ask
 * @param {Parameters<Lab[C]>[0]} [argument]
 * @param {Transferable[]} [given] buffers of the argument's, which the caller does without from now on
 * @returns {Promise<ReturnType<Lab[C]>>}
 */

/** @typedef {{[C in Call]: Ask<C>} & {close(): void}} Engine */

/** @returns {Promise<Engine>} */
export async function openEngine() {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
    const waiting = new Map();
    let last = 0;

    /** @param {string} message */
    const giveUp = (message) => {
        for (const { reject } of waiting.values()) {
            reject(new Error(message));
        }
        waiting.clear();
    };
    worker.addEventListener("message", ({ data: { id, result, error } }) => {
        const asked = waiting.get(id);
        waiting.delete(id);
        if (error === undefined) {
            asked?.resolve(result);
        } else {
            asked?.reject(new Error(error));
        }
    });
    worker.addEventListener("error", (event) =>
        giveUp(event.message || "This page's worker could not be loaded."),
    );

    /** @param {Call} call @param {unknown} argument @param {Transferable[]} given */
    const ask = (call, argument, given) =>
        new Promise((resolve, reject) => {
            last += 1;
            waiting.set(last, { resolve, reject });
            worker.postMessage({ id: last, call, argument }, given);
        });
    const close = () => {
        worker.terminate();
        giveUp("The engine is closed.");
    };
    const calls = CALLS.map((call) => [
        call,
        (/** @type {unknown} */ argument, /** @type {Transferable[]} */ given = []) =>
            ask(call, argument, given),
    ]);
    const engine = /** @type {Engine} */ (Object.assign(Object.fromEntries(calls), { close }));
    try {
        await engine.version(); // or what keeps the module from loading
    } catch (error) {
        close();
        throw error;
    }
    return engine;
}
