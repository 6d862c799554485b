/** Points of the plane from a table: two columns of numbers and one of classes. Whatever is wrong is
 * said with its line; nothing is guessed or passed over. */

import { grouped } from "./numbers.js";

/**
 * @typedef {object} PointTable
 * @property {Float32Array} features rows × 2
 * @property {Uint8Array} labels
 * @property {string[]} classes the names of the classes: numbers ascending, other texts by letters
 * @property {[string, string, string] | null} header names of the columns, if the first line has them
 */

const MOST_ROWS = 20_000;
export const MOST_CLASSES = 10;
const MOST_LETTERS = 200; // of a cell: names are shown
const DELIMITERS = [",", ";", "\t"];

/**
 * @param {string} text
 * @param {string} name of the file, for messages
 * @returns {PointTable}
 */
export function readPoints(text, name) {
    if (text.includes("\0")) {
        throw new Error(
            `${name}: this is no text; a table of points has lines such as 0.5,-1.2,red`,
        );
    }
    /** @type {[string, string, string] | null} */
    let header = null;
    /** @type {number[]} */
    const features = [];
    /** @type {string[]} */
    const texts = [];
    let isFirst = true;
    for (const { cells, place } of recordsOf(text.replace(/^\uFEFF/, ""), name)) {
        const [x, y, label] = cells;
        if (isFirst && !isNumber(x) && !isNumber(y)) {
            header = cells;
        } else if (texts.length === MOST_ROWS) {
            throw new Error(
                `${place}: more than ${grouped(MOST_ROWS)} points; the lab takes no more`,
            );
        } else {
            features.push(numberOf(x, 1, place), numberOf(y, 2, place));
            if (label === "") {
                throw new Error(`${place}: column 3: the class is missing`);
            }
            texts.push(label);
        }
        isFirst = false;
    }
    if (isFirst) {
        throw new Error(`${name}: the file is empty`);
    }
    const classes = classesOf(texts, name);
    return {
        features: Float32Array.from(features),
        labels: Uint8Array.from(texts, (label) => classes.indexOf(label)),
        classes,
        header,
    };
}

/**
 * The table that readPoints() reads again.
 * @param {ArrayLike<number>} features rows × 2
 * @param {ArrayLike<number>} labels
 * @param {readonly string[]} classes
 * @returns {string}
 */
export function writePoints(features, labels, classes) {
    const lines = ["x1,x2,label"];
    for (let row = 0; row < labels.length; row++) {
        const [x, y] = [shortest(features[2 * row]), shortest(features[2 * row + 1])];
        lines.push(`${x},${y},${quoted(classes[labels[row]])}`);
    }
    return `${lines.join("\n")}\n`;
}

/**
 * The records that are not blank. Quoted cells may go on over several lines.
 * @param {string} text
 * @param {string} name of the file
 * @returns {Generator<{ cells: [string, string, string], place: string }>} place: file and first line
 */
function* recordsOf(text, name) {
    const blank = /[^\S\r\n]*(?:\r\n|\n|\r|$)/y;
    const lineEnd = /\r\n|\n|\r|$/y;
    /** @type {string | null} */
    let delimiter = null;
    let line = 1;
    for (let at = 0; at < text.length; ) {
        const begin = at;
        blank.lastIndex = begin;
        if (blank.test(text)) {
            at = blank.lastIndex;
        } else {
            const place = `${name}:${line}`;
            delimiter ??= delimiterOf(text, begin, place);
            const { cells, end } = takeRecord(text, begin, delimiter, place);
            yield { cells, place };
            lineEnd.lastIndex = end;
            lineEnd.test(text);
            at = lineEnd.lastIndex;
        }
        line += text.slice(begin, at).split(/\r\n|\n|\r/).length - 1;
    }
}

/** The one that makes three cells of a record. @param {string} text @param {number} begin @param {string} place */
function delimiterOf(text, begin, place) {
    const found = DELIMITERS.find(
        (delimiter) => splitRecord(text, begin, delimiter)?.cells.length === 3,
    );
    if (found === undefined) {
        throw new Error(
            `${place}: three columns are needed, two numbers and a class, such as 0.5,-1.2,red`,
        );
    }
    return found;
}

/**
 * The record at `begin`, which must have three cells.
 * @param {string} text
 * @param {number} begin
 * @param {string} delimiter
 * @param {string} place
 * @returns {{ cells: [string, string, string], end: number }} end: where its line ends
 */
function takeRecord(text, begin, delimiter, place) {
    const record = splitRecord(text, begin, delimiter);
    if (record === null) {
        throw new Error(`${place}: a quote is opened and not closed, or closed within a cell`);
    }
    const { cells, end } = record;
    if (cells.length !== 3) {
        throw new Error(
            `${place}: ${cells.length} ${cells.length === 1 ? "column" : "columns"} where there should be 3`,
        );
    }
    const long = cells.findIndex((cell) => cell.length > MOST_LETTERS);
    if (long >= 0) {
        throw new Error(
            `${place}: column ${long + 1}: more than ${MOST_LETTERS} letters; the lab takes no more`,
        );
    }
    return { cells: [cells[0], cells[1], cells[2]], end };
}

/**
 * @param {string} text
 * @param {number} begin
 * @param {string} delimiter
 * @returns {{ cells: string[], end: number } | null} end: where its line ends; null: quotes are wrong
 */
function splitRecord(text, begin, delimiter) {
    const blanks = delimiter === "\t" ? / */y : /[ \t]*/y;
    const plain = new RegExp(`[^${delimiter}\\r\\n]*`, "y");
    const behind = (/** @type {RegExp} */ pattern, /** @type {number} */ from) => {
        pattern.lastIndex = from;
        pattern.test(text);
        return pattern.lastIndex;
    };
    const cells = [];
    for (let at = begin; ; at++) {
        const start = behind(blanks, at);
        if (text[start] === '"') {
            const quoted = takeQuoted(text, start);
            if (quoted === null) {
                return null;
            }
            cells.push(quoted.cell);
            at = behind(blanks, quoted.end);
        } else {
            at = behind(plain, start);
            cells.push(text.slice(start, at).trim());
        }
        if (text[at] !== delimiter) {
            return at === text.length || /[\r\n]/.test(text[at]) ? { cells, end: at } : null;
        }
    }
}

/** The cell whose quote is at `start`, or null where none closes it. @param {string} text @param {number} start */
function takeQuoted(text, start) {
    let cell = "";
    for (let begin = start + 1; ; ) {
        const closing = text.indexOf('"', begin);
        if (closing < 0) {
            return null;
        }
        cell += text.slice(begin, closing);
        if (text[closing + 1] !== '"') {
            return { cell, end: closing + 1 };
        }
        cell += '"';
        begin = closing + 2;
    }
}

/** @param {string} cell */
function isNumber(cell) {
    return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(cell);
}

/** @param {string} cell @param {number} column @param {string} place */
function numberOf(cell, column, place) {
    if (cell === "") {
        throw new Error(`${place}: column ${column}: the number is missing`);
    }
    if (!isNumber(cell)) {
        throw new Error(`${place}: column ${column}: '${shortened(cell)}' is not a number`);
    }
    const value = Math.fround(Number(cell));
    if (!Number.isFinite(value)) {
        throw new Error(`${place}: column ${column}: ${shortened(cell)} is too large`);
    }
    return value;
}

/** @param {string[]} texts @param {string} name */
function classesOf(texts, name) {
    const distinct = [...new Set(texts)];
    if (distinct.length < 2) {
        const found =
            distinct.length === 0 ? "no points" : `only the class '${shortened(distinct[0])}'`;
        throw new Error(`${name}: ${found}; two classes or more are needed`);
    }
    if (distinct.length > MOST_CLASSES) {
        throw new Error(
            `${name}: ${distinct.length} classes; the lab shows up to ${MOST_CLASSES}. The last column is the class`,
        );
    }
    return distinct.every((text) => /^-?\d+$/.test(text))
        ? distinct.sort((a, b) => Number(a) - Number(b))
        : distinct.sort();
}

/** As few digits as bring the same number of 32 bits back. @param {number} value */
function shortest(value) {
    const enough = [6, 7, 8].find(
        (digits) => Math.fround(Number(value.toPrecision(digits))) === value,
    );
    return String(Number(value.toPrecision(enough ?? 9)));
}

/** @param {string} text */
function quoted(text) {
    return /[",;\t\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {string} text */
function shortened(text) {
    return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
