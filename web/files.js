/** Files that people drop or choose. They are read here and go nowhere else. */

import { clearFailures, fail, messageOf } from "./notices.js";

/**
 * @typedef {object} FileTaker
 * @property {HTMLElement} place where files may be dropped; has the class "dropping" meanwhile
 * @property {HTMLInputElement} input of type file, which chooses them by mouse and keyboard
 * @property {number} most bytes that a file may have
 * @property {(files: File[]) => Promise<void>} take rejects with an Error for people when the files
 *   cannot be used, and then leaves everything as it was
 */

/**
 * Lets files be dropped and chosen. What is wrong with them is shown as an error.
 * @param {FileTaker} taker
 */
export function takeFiles({ place, input, most, take }) {
    /** @param {FileList | null | undefined} list */
    const consider = async (list) => {
        const files = [...(list ?? [])];
        if (files.length === 0) {
            return;
        }
        try {
            for (const file of files) {
                checkSize(file, most);
            }
            await take(files);
            clearFailures();
        } catch (error) {
            fail(messageOf(error));
        }
    };
    input.addEventListener("change", async () => {
        await consider(input.files);
        input.value = ""; // so that the same file can be chosen again
    });
    let depth = 0; // of the elements inside `place` that the file is dragged over
    place.addEventListener("dragenter", (event) => {
        event.preventDefault();
        depth++;
        place.classList.add("dropping");
    });
    place.addEventListener("dragleave", () => {
        depth = Math.max(0, depth - 1);
        place.classList.toggle("dropping", depth > 0);
    });
    place.addEventListener("drop", (event) => {
        event.preventDefault();
        depth = 0;
        place.classList.remove("dropping");
        void consider(event.dataTransfer?.files);
    });
}

/** A file that misses its place must not take the page's. */
export function guardPage() {
    for (const name of ["dragover", "drop"]) {
        addEventListener(name, (event) => event.preventDefault());
    }
}

/**
 * Hands the reader a file.
 * @param {string} name
 * @param {BlobPart} content
 * @param {string} type such as "text/csv"
 */
export function offerFile(name, content, type) {
    const address = URL.createObjectURL(new Blob([content], { type }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    /* The browser has taken hold of the content by the time it gets to timers. */
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** @param {File} file @param {number} most */
function checkSize(file, most) {
    if (file.size === 0) {
        throw new Error(`${file.name}: the file is empty`);
    }
    if (file.size > most) {
        throw new Error(
            `${file.name}: ${megabytes(file.size)}; files up to ${megabytes(most)} are read here`,
        );
    }
}

/** @param {number} bytes */
function megabytes(bytes) {
    return `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
}
