/**
 * JSON from files that nobody vouches for. `JSON.parse` takes an object that has a key twice and
 * keeps the last; two readers of one file may then see different things, so here it is refused.
 */

/**
 * Where the string literal ends that begins at `at`: the place behind its closing quote.
 * @param {string} text valid JSON
 * @param {number} at
 */
function endOfString(text, at) {
    let end = at + 1;
    while (text[end] !== '"') {
        end += text[end] === "\\" ? 2 : 1;
    }
    return end + 1;
}

/**
 * The first key that an object of the text has twice, or null.
 * @param {string} text valid JSON
 * @returns {string | null}
 */
function repeatedKey(text) {
    /** @type {(Set<string> | null)[]} the keys of each object around this place, null of a list */
    const around = [];
    let expectsKey = false;
    for (let at = 0; at < text.length; at++) {
        const letter = text[at];
        if (letter === '"') {
            const end = endOfString(text, at);
            const keys = around.at(-1);
            if (expectsKey && keys) {
                const key = JSON.parse(text.slice(at, end));
                if (keys.has(key)) {
                    return key;
                }
                keys.add(key);
            }
            expectsKey = false;
            at = end - 1;
        } else if (letter === "{" || letter === "[") {
            around.push(letter === "{" ? new Set() : null);
            expectsKey = letter === "{";
        } else if (letter === "}" || letter === "]") {
            around.pop();
            expectsKey = false;
        } else if (letter === ",") {
            expectsKey = around.at(-1) !== null;
        }
    }
    return null;
}

/**
 * The value of a JSON text.
 * @param {string} text
 * @returns {unknown}
 * @throws {Error} says what is wrong with it, to be put behind the file's name
 */
export function parseStrictJson(text) {
    let value;
    try {
        value = JSON.parse(text);
    } catch {
        throw new Error("it is not valid JSON");
    }
    const key = repeatedKey(text);
    if (key !== null) {
        throw new Error(`it has the key '${key}' twice`);
    }
    return value;
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>} whether it is an object of JSON, no list and not null
 */
export function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * What an object has of its own under a key: `undefined` when it has not, and never what every
 * object of JavaScript inherits.
 * @param {unknown} object
 * @param {string} key
 * @returns {unknown}
 */
export function ownValue(object, key) {
    return isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;
}
