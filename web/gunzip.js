/** Files that may be compressed. */

/**
 * @param {Uint8Array} bytes
 * @returns {boolean} whether they begin as gzip does
 */
function isGzip(bytes) {
    return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The bytes of a file, decompressed where it is gzip. A small file can claim to be a huge one: past
 * `most` bytes nothing more is unpacked.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} name of the file, for messages
 * @param {number} most bytes
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function gunzip(bytes, name, most) {
    if (!isGzip(bytes)) {
        if (bytes.length > most) {
            throw new Error(`${name}: larger than the ${most / 1e6} MB that this page takes`);
        }
        return bytes;
    }
    const reader = new Blob([bytes])
        .stream()
        .pipeThrough(new DecompressionStream("gzip"))
        .getReader();
    /** @type {Uint8Array[]} */
    const pieces = [];
    let size = 0;
    for (;;) {
        const { done, value } = await reader.read().catch(() => {
            throw new Error(`${name}: damaged: it cannot be decompressed`);
        });
        if (done) {
            break;
        }
        size += value.length;
        if (size > most) {
            await reader.cancel();
            throw new Error(
                `${name}: unpacks to more than the ${most / 1e6} MB that this page takes`,
            );
        }
        pieces.push(value);
    }
    const whole = new Uint8Array(size);
    let at = 0;
    for (const piece of pieces) {
        whole.set(piece, at);
        at += piece.length;
    }
    return whole;
}
