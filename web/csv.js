/** Points of the plane from a table: two columns of numbers and one of classes. Whatever is wrong is
 * said with its line; nothing is guessed or passed over. */

/**
 * @typedef {object} PointTable
 * @property {Float32Array} features rows × 2
 * @property {Uint8Array} labels
 * @property {string[]} classes the names of the classes: numbers ascending, other texts by letters
 * @property {[string, string, string] | null} header names of the columns, if the first line has them
 */

export const MOST_ROWS = 20_000;
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
    const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
    const begin = lines.findIndex((line) => line.trim() !== "");
    if (begin < 0) {
        throw new Error(`${name}: the file is empty`);
    }
    const delimiter = delimiterOf(lines[begin], `${name}:${begin + 1}`);
    const first = cellsOf(lines[begin], delimiter, `${name}:${begin + 1}`);
    const isHeader = !isNumber(first[0]) && !isNumber(first[1]);
    /** @type {number[]} */
    const features = [];
    /** @type {string[]} */
    const texts = [];
    for (let i = isHeader ? begin + 1 : begin; i < lines.length; i++) {
        if (lines[i].trim() === "") {
            continue;
        }
        const place = `${name}:${i + 1}`;
        if (texts.length === MOST_ROWS) {
            throw new Error(
                `${place}: more than ${MOST_ROWS.toLocaleString("en")} points; the lab takes no more`,
            );
        }
        const [x, y, label] = cellsOf(lines[i], delimiter, place);
        features.push(numberOf(x, 1, place), numberOf(y, 2, place));
        if (label === "") {
            throw new Error(`${place}: column 3: the class is missing`);
        }
        texts.push(label);
    }
    const classes = classesOf(texts, name);
    return {
        features: Float32Array.from(features),
        labels: Uint8Array.from(texts, (label) => classes.indexOf(label)),
        classes,
        header: isHeader ? first : null,
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

/** @param {string} line @param {string} place */
function delimiterOf(line, place) {
    const found = DELIMITERS.find((delimiter) => splitLine(line, delimiter)?.length === 3);
    if (found === undefined) {
        throw new Error(
            `${place}: three columns are needed, two numbers and a class, such as 0.5,-1.2,red`,
        );
    }
    return found;
}

/** @param {string} line @param {string} delimiter @param {string} place @returns {[string, string, string]} */
function cellsOf(line, delimiter, place) {
    const cells = splitLine(line, delimiter);
    if (cells === null) {
        throw new Error(`${place}: a quote is opened and not closed, or closed within a cell`);
    }
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
    return [cells[0], cells[1], cells[2]];
}

/** The cells of a line, or null where quotes are wrong. @param {string} line @param {string} delimiter */
function splitLine(line, delimiter) {
    const cells = [];
    let at = 0;
    for (;;) {
        if (line[at] === '"') {
            let cell = "";
            for (let begin = at + 1; ; begin = at + 1) {
                at = line.indexOf('"', begin) + 1;
                if (at === 0) {
                    return null;
                }
                cell += line.slice(begin, at - 1);
                if (line[at] !== '"') {
                    break;
                }
                cell += '"';
            }
            if (at < line.length && line[at] !== delimiter) {
                return null;
            }
            cells.push(cell);
        } else {
            const next = line.indexOf(delimiter, at);
            const end = next < 0 ? line.length : next;
            cells.push(line.slice(at, end).trim());
            at = end;
        }
        if (at >= line.length) {
            return cells;
        }
        at++;
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
    return /[",;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {string} text */
function shortened(text) {
    return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
