/** Work on files in a worker that is there for it alone: the large ones take a while. */

/**
 * @template Read
 * @param {URL} reader the worker's module, which answers a list of files by answer.js
 * @param {File[]} files
 * @returns {Promise<Read>} rejects with an Error for people
 */
export function readBeside(reader, files) {
    const worker = new Worker(reader, { type: "module" });
    const read = new Promise((resolve, reject) => {
        worker.addEventListener("message", ({ data: { result, error } }) =>
            error === undefined ? resolve(result) : reject(new Error(error)),
        );
        worker.addEventListener("error", (event) =>
            reject(new Error(event.message || "This page's worker could not be loaded.")),
        );
        worker.postMessage(files);
    });
    return read.finally(() => worker.terminate());
}
