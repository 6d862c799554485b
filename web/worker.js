/* The library at work beside the page: a message {id, call, argument} is answered by {id, result} or
 * {id, error}. */
import { CALLS } from "./calls.js";
import { Lab } from "./module.js";

/** @typedef {import("./calls.js").Call} Call */

const scope = /** @type {{postMessage(message: unknown, transfer: Transferable[]): void}} */ (
    /** @type {unknown} */ (globalThis)
);

async function open() {
    const url = new URL("./softmax.wasm", import.meta.url);
    const response = await fetch(url);
    if (!response.ok) {
        throw new Error(`${url.pathname}: the server answers ${response.status} ${response.statusText}`);
    }
    return Lab.open(await response.arrayBuffer());
}

const lab = open();
lab.catch(() => {}); // each call says it

/** The buffers of a result's arrays, which go to the page instead of being copied.
 * @param {unknown} value @param {Set<ArrayBuffer>} [found] @returns {Set<ArrayBuffer>} */
function buffersOf(value, found = new Set()) {
    if (ArrayBuffer.isView(value)) {
        found.add(/** @type {ArrayBuffer} */ (value.buffer));
    } else if (typeof value === "object" && value !== null) {
        Object.values(value).forEach((inner) => buffersOf(inner, found));
    }
    return found;
}

/** @param {MessageEvent<{id: number, call: Call, argument: any}>} event */
async function answer({ data: { id, call, argument } }) {
    try {
        if (!CALLS.includes(call)) {
            throw new Error(`there is no call '${call}'`);
        }
        const result = (await lab)[call](argument);
        scope.postMessage({ id, result }, [...buffersOf(result)]);
    } catch (error) {
        scope.postMessage({ id, error: error instanceof Error ? error.message : String(error) }, []);
    }
}

addEventListener("message", answer);
