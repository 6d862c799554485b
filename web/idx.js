/**
 * IDX files, as MNIST's: arrays of pictures and of their labels. Only what the page trains on is
 * read: grey pictures in bytes, and labels in integers.
 */

/**
 * @typedef {object} IdxFile
 * @property {string} name
 * @property {number} type of the elements, as byte 2 gives it
 * @property {number[]} extents of each dimension
 * @property {Uint8Array} bytes the elements, highest byte first; a view of the file
 */
/**
 * @typedef {object} Pictures
 * @property {string} name of the file
 * @property {number} rows
 * @property {number} height
 * @property {number} width
 * @property {Uint8Array} pixels rows × height × width
 */
/**
 * @typedef {object} LabelledPictures
 * @property {Uint8Array} pixels rows × height × width
 * @property {Uint8Array} labels places in the class names
 */
/**
 * @typedef {object} PictureSet
 * @property {string} name of the file of pictures to train on
 * @property {LabelledPictures} train
 * @property {LabelledPictures | null} test
 * @property {number} height
 * @property {number} width
 * @property {string[]} classNames the distinct labels, ascending
 */

const FIXED_HEADER = 4;
const MOST_DIMENSIONS = 8;
const MOST_CLASSES = 100;
const U8 = 0x08;

/** Bytes of an element. */
const TYPES = new Map([
    [U8, 1],
    [0x09, 1],
    [0x0b, 2],
    [0x0c, 4],
    [0x0d, 4],
    [0x0e, 8],
]);

/** Types that are integers, and how a label of them is read. */
/** @type {Map<number, (view: DataView, row: number) => number>} */
const INTEGERS = new Map([
    [U8, (view, row) => view.getUint8(row)],
    [0x09, (view, row) => view.getInt8(row)],
    [0x0b, (view, row) => view.getInt16(2 * row)],
    [0x0c, (view, row) => view.getInt32(4 * row)],
]);

/**
 * @param {Uint8Array} bytes
 * @returns {boolean} whether they begin as an IDX file does
 */
export function isIdx(bytes) {
    return (
        bytes.length >= FIXED_HEADER &&
        bytes[0] === 0 &&
        bytes[1] === 0 &&
        TYPES.has(bytes[2]) &&
        bytes[3] >= 1 &&
        bytes[3] <= MOST_DIMENSIONS
    );
}

/**
 * Reads a whole file; its elements are a view of `bytes`.
 * @param {Uint8Array} bytes
 * @param {string} name of the file, for messages
 * @returns {IdxFile}
 * @throws {Error} says what is wrong with the file
 */
export function readIdx(bytes, name) {
    if (!isIdx(bytes)) {
        throw new Error(`${name}: not an IDX file: it does not begin as one`);
    }
    const [, , type, dimensions] = bytes;
    const begin = FIXED_HEADER + 4 * dimensions;
    if (bytes.length < begin) {
        throw new Error(`${name}: byte ${bytes.length}: the file ends within its IDX header`);
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const extents = Array.from({ length: dimensions }, (_, i) =>
        view.getUint32(FIXED_HEADER + 4 * i),
    );
    if (extents.includes(0)) {
        throw new Error(`${name}: the file holds nothing: one of its dimensions is 0`);
    }
    const elements = extents.reduce((product, extent) => product * extent, 1);
    const size = elements * /** @type {number} */ (TYPES.get(type));
    if (size > bytes.length - begin) {
        throw new Error(
            `${name}: the file ends before the ${elements} values that its header announces`,
        );
    }
    if (size < bytes.length - begin) {
        throw new Error(
            `${name}: the file goes on after the ${elements} values that its header announces`,
        );
    }
    return { name, type, extents, bytes: bytes.subarray(begin) };
}

/**
 * @param {IdxFile} file of two or more dimensions
 * @returns {Pictures}
 */
function asPictures({ name, type, extents, bytes }) {
    if (extents.length !== 3) {
        throw new Error(
            `${name}: ${extents.length} dimensions; pictures have three: how many, height and width`,
        );
    }
    if (type !== U8) {
        throw new Error(
            `${name}: byte 2: the pixels of this page's pictures are bytes, these are not`,
        );
    }
    const [rows, height, width] = extents;
    return { name, rows, height, width, pixels: bytes };
}

/**
 * @param {IdxFile} file of one dimension
 * @returns {{name: string, rows: number, values: () => Iterable<number>}} values: reads them one by
 *   one, which takes long for large files
 */
function asLabels({ name, type, extents, bytes }) {
    const read = INTEGERS.get(type);
    if (read === undefined) {
        throw new Error(`${name}: byte 2: labels must be integers, these are not`);
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const [rows] = extents;
    return {
        name,
        rows,
        *values() {
            for (let row = 0; row < rows; row++) {
                yield read(view, row);
            }
        },
    };
}

/**
 * What the names of pictures and of their labels have in common: all before the word.
 * @param {string} name
 */
function stem(name) {
    return name.toLowerCase().replace(/(images?|labels?).*$/, "");
}

/**
 * The labels of these pictures: as many, and where that leaves a choice, by the name.
 * @param {Pictures} pictures
 * @param {ReturnType<typeof asLabels>[]} labels
 */
function labelsOf(pictures, labels) {
    const fitting = labels.filter(({ rows }) => rows === pictures.rows);
    const named = fitting.filter(({ name }) => stem(name) === stem(pictures.name));
    const found = fitting.length === 1 ? fitting : named;
    if (found.length !== 1) {
        throw new Error(
            `${pictures.name}: ${pictures.rows} pictures, and ` +
                (fitting.length === 0
                    ? "no file with as many labels"
                    : "more than one file of labels that could be theirs") +
                ": drop pictures and their labels together",
        );
    }
    return found[0].values;
}

/**
 * @param {Iterable<number>[]} lists
 * @returns {number[]} the distinct labels, ascending
 */
function distinctLabels(lists) {
    const distinct = new Set();
    for (const list of lists) {
        for (const label of list) {
            distinct.add(label);
            if (distinct.size > MOST_CLASSES) {
                throw new Error(
                    `the labels are of more than ${MOST_CLASSES} classes; this page takes 2 to ${MOST_CLASSES}`,
                );
            }
        }
    }
    if (distinct.size < 2) {
        throw new Error(`the labels are of one class; this page takes 2 to ${MOST_CLASSES}`);
    }
    return [...distinct].sort((a, b) => a - b);
}

/**
 * @param {Iterable<number>} labels
 * @param {number} rows
 * @param {Map<number, number>} places of the classes
 * @returns {Uint8Array}
 */
function placesOf(labels, rows, places) {
    const found = new Uint8Array(rows);
    let row = 0;
    for (const label of labels) {
        found[row++] = /** @type {number} */ (places.get(label));
    }
    return found;
}

/**
 * Pictures with their labels, from files in any order: two to train on, or four, of which the
 * smaller set, or the one that calls itself so, is to test on.
 * @param {IdxFile[]} files
 * @returns {PictureSet}
 * @throws {Error} says what does not fit
 */
export function pairIdxFiles(files) {
    const pictures = files.filter(({ extents }) => extents.length > 1).map(asPictures);
    const labels = files.filter(({ extents }) => extents.length === 1).map(asLabels);
    if (pictures.length < 1 || pictures.length > 2 || labels.length !== pictures.length) {
        throw new Error(
            `${pictures.length} IDX files of pictures and ${labels.length} of labels: ` +
                "drop one of each to train on, or two of each to train and to test on",
        );
    }
    const isTest = (/** @type {Pictures} */ { name }) => /t10k|test|valid/i.test(name);
    pictures.sort((a, b) => Number(isTest(a)) - Number(isTest(b)) || b.rows - a.rows);
    const [{ height, width }] = pictures;
    for (const { name, height: h, width: w } of pictures) {
        if (h !== height || w !== width) {
            throw new Error(
                `${name}: pictures of ${h} × ${w} pixels, the others have ${height} × ${width}`,
            );
        }
    }
    const values = pictures.map((set) => labelsOf(set, labels));
    const distinct = distinctLabels(values.map((read) => read()));
    const places = new Map(distinct.map((label, place) => [label, place]));
    const [train, test] = pictures.map(({ pixels }, i) => ({
        pixels,
        labels: placesOf(values[i](), pictures[i].rows, places),
    }));
    const [{ name }] = pictures;
    return { name, train, test: test ?? null, height, width, classNames: distinct.map(String) };
}
