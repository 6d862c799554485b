/** The names of classes, as lists. */

/**
 * @param {readonly string[]} some
 * @param {readonly string[]} others
 * @returns {boolean} whether they are the same, in the same order
 */
export function sameNames(some, others) {
    return some.length === others.length && some.every((name, i) => name === others[i]);
}
