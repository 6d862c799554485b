/* Files made for tests of what reads them. */

/* A safetensors file of any header and buffer; length: what it claims of its header. */
export function safetensors(header, buffer = new Uint8Array(0), length = undefined) {
    const text = new TextEncoder().encode(
        typeof header === "string" ? header : JSON.stringify(header),
    );
    const bytes = new Uint8Array(8 + text.length + buffer.length);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(length ?? text.length), true);
    bytes.set(text, 8);
    bytes.set(buffer, 8 + text.length);
    return bytes;
}

/* An IDX file of these extents; bytes: its elements. */
export function idx(type, extents, bytes) {
    const file = new Uint8Array(4 + 4 * extents.length + bytes.length);
    const view = new DataView(file.buffer);
    file.set([0, 0, type, extents.length]);
    extents.forEach((extent, i) => view.setUint32(4 + 4 * i, extent));
    file.set(bytes, 4 + 4 * extents.length);
    return file;
}

/* Bytes without rhyme or reason that are always the same. */
export function randomBytes(count, seed) {
    let state = seed >>> 0;
    return Uint8Array.from({ length: count }, () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state >>> 24;
    });
}
