/** Text to be taken elsewhere, with a button that copies it. */

import { button } from "./controls.js";
import { element } from "./dom.js";
import { fail, say } from "./notices.js";

/**
 * @param {string} name what the text is
 * @returns {{ element: HTMLElement, set: (text: string) => void }}
 */
export function makeListing(name) {
    const code = element("code");
    const text = element("pre", { tabindex: 0, role: "region", "aria-label": name }, code);
    const copy = button(
        "Copy",
        async () => {
            try {
                await navigator.clipboard.writeText(code.textContent ?? "");
                say(`Copied: ${name}`);
                copy.textContent = "Copied";
                setTimeout(() => (copy.textContent = "Copy"), 1500);
            } catch {
                /* Without the permission there is still the reader's own way to copy. */
                getSelection()?.selectAllChildren(code);
                fail("The browser does not let this page copy; the text is selected instead.");
            }
        },
        "small",
    );
    copy.setAttribute("aria-label", `Copy: ${name}`);
    return {
        element: element("div", { class: "listing" }, copy, text),
        set(next) {
            code.textContent = next;
        },
    };
}
