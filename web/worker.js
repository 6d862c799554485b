/* The library at work beside the page: a message {id, call, argument} is answered by {id, result} or
 * {id, error}. */
import { answer } from "./answer.js";
import { CALLS } from "./calls.js";
import { Lab } from "./module.js";

/** @typedef {import("./calls.js").Call} Call */

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

addEventListener(
    "message",
    (/** @type {MessageEvent<{id: number, call: Call, argument: any}>} */ { data }) =>
        void answer({ id: data.id }, async () => {
            if (!CALLS.includes(data.call)) {
                throw new Error(`there is no call '${data.call}'`);
            }
            return (await lab)[data.call](data.argument);
        }),
);
