/** What workers answer with. */

const scope = /** @type {{postMessage(message: unknown, transfer: Transferable[]): void}} */ (
    /** @type {unknown} */ (globalThis)
);

/**
 * Answers with what the work comes to, or says why it could not be done.
 * @param {object} about what tells this answer from others
 * @param {() => Promise<unknown>} work
 */
export async function answer(about, work) {
    try {
        const result = await work();
        scope.postMessage({ ...about, result }, [...buffersOf(result)]);
    } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        scope.postMessage({ ...about, error: message }, []);
    }
}

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
