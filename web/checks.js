/* Values that come from the page's rooms, looked at before they are believed. */

/** @param {unknown} value @param {string} name @param {number} least @param {number} most @returns {number} */
export function whole(value, name, least, most) {
    if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
        throw new Error(`${name} is ${value}; it must be a whole number from ${least} to ${most}`);
    }
    return value;
}

/** @param {unknown} value @param {string} name @returns {number} */
export function finite(value, name) {
    if (typeof value !== "number" || !Number.isFinite(value)) {
        throw new Error(`${name} is ${value}; it must be a finite number`);
    }
    return value;
}

/** @param {ArrayLike<unknown>} array @param {string} name @param {number} length */
export function ofLength(array, name, length) {
    if (array.length !== length) {
        throw new Error(`${name}: ${array.length} values, where ${length} belong`);
    }
}
