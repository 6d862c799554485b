/** The address: #ROOM?name=value&…, so that a room can be shared as it stands. */

/**
 * @typedef {object} Address
 * @property {string} room "" when the address names none
 * @property {URLSearchParams | null} state null when the address says nothing of it
 */

/** @returns {Address} */
export function readAddress() {
    const text = location.hash.slice(1);
    const mark = text.indexOf("?");
    return mark < 0
        ? { room: text, state: null }
        : { room: text.slice(0, mark), state: new URLSearchParams(text.slice(mark + 1)) };
}

/** Browsers refuse addresses that change too often, as under a slider. */
const REST = 250; // milliseconds

let timer = 0;

/**
 * Replaces the address soon, without a step in the history. What is read back is not believed to be
 * what was written: people edit addresses.
 * @param {string} room
 * @param {URLSearchParams} state
 */
export function writeAddress(room, state) {
    clearTimeout(timer);
    timer = setTimeout(() => {
        /* Commas and colons may stand in a fragment, and read better so. */
        const text = state.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
        history.replaceState(null, "", text === "" ? `#${room}` : `#${room}?${text}`);
    }, REST);
}

/** Forgets what writeAddress() was still to write: another room is being shown. */
export function keepAddress() {
    clearTimeout(timer);
}

/**
 * A number of the address, or `otherwise` where there is none or it is out of range.
 * @param {URLSearchParams} state
 * @param {string} name
 * @param {number} least
 * @param {number} most
 * @param {number} otherwise
 */
export function numberIn(state, name, least, most, otherwise) {
    const text = state.get(name);
    const value = text === null || text.trim() === "" ? NaN : Number(text);
    return value >= least && value <= most ? value : otherwise;
}

/**
 * The same for whole numbers.
 * @param {URLSearchParams} state
 * @param {string} name
 * @param {number} least
 * @param {number} most
 * @param {number} otherwise
 */
export function countIn(state, name, least, most, otherwise) {
    const value = numberIn(state, name, least, most, otherwise);
    return Number.isInteger(value) ? value : otherwise;
}

/**
 * A word of the address that is one of `words`, or `otherwise`.
 * @template {string} Word
 * @param {URLSearchParams} state
 * @param {string} name
 * @param {readonly Word[]} words
 * @param {Word} otherwise
 * @returns {Word}
 */
export function wordIn(state, name, words, otherwise) {
    const text = state.get(name);
    return words.find((word) => word === text) ?? otherwise;
}
