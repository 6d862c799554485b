/** What the page says besides its pictures: errors, which stay until they are closed, and news for
 * people who do not see the pictures. */

import { byId, element } from "./dom.js";

const MOST = 3; // errors that are shown at once
const REST = 800; // milliseconds without a change before it is said

/**
 * Shows an error; screen readers say it at once.
 * @param {string} message what is wrong and how to mend it
 */
export function fail(message) {
    const region = byId("notices", HTMLElement);
    const close = element(
        "button",
        { type: "button", class: "button quiet", onclick: () => notice.remove() },
        "Close",
    );
    const notice = element("div", { class: "notice" }, element("p", {}, message), close);
    region.append(notice);
    while (region.childElementCount > MOST) {
        region.firstElementChild?.remove();
    }
}

/** Takes all errors away: what they were about has been mended. */
export function clearFailures() {
    byId("notices", HTMLElement).replaceChildren();
}

/**
 * Says something to screen readers, when they have finished what they were saying.
 * @param {string} message
 */
export function say(message) {
    byId("status", HTMLElement).textContent = message;
}

/** Says how things stand once they have rested: nobody wants to hear every place of a slider.
 * @returns {(text: () => string) => void} says what `text` then gives, unless it is called again */
export function makeRestingSay() {
    let timer = 0;
    return (text) => {
        clearTimeout(timer);
        timer = setTimeout(() => say(text()), REST);
    };
}

/** @param {unknown} error @returns {string} for people */
export function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}
