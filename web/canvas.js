/** What painting on canvases takes. */

/**
 * A canvas's context, which a page has unless it has made too many.
 * @param {HTMLCanvasElement} canvas
 */
export function contextOf(canvas) {
    const context = canvas.getContext("2d");
    if (context === null) {
        throw new Error("This browser cannot draw pictures.");
    }
    return context;
}

/**
 * A colour as one pixel of an ImageData seen as numbers of 32 bits, on machines that have the lowest
 * byte first, as all have that run WebAssembly.
 * @param {readonly [number, number, number]} colour
 */
export function pixelOf([red, green, blue]) {
    return (255 << 24) | (blue << 16) | (green << 8) | red;
}
