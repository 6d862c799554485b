/** Training in room 2: the worker trains and looks in turns, the page draws the newest that it has
 * whenever the browser is about to show a picture. */

import { THUMBNAIL } from "./regions_network.js";

/**
 * @typedef {import("../engine.js").Engine} Engine
 * @typedef {import("../types.js").Progress} Progress
 * @typedef {import("../types.js").Rectangle} Rectangle
 * @typedef {import("./regions_plane.js").Grid} Grid
 */

/**
 * @typedef {object} Look
 * @property {Progress} progress
 * @property {Grid} grid
 * @property {Float32Array[][] | null} neurons null: not looked at this time
 */

/** @typedef {Omit<Rectangle, "columns" | "rows">} Plane */

/**
 * @typedef {object} RunListener
 * @property {(look: Look) => void} drawn a newer state is to be drawn now
 * @property {(rates: { frames: number, looks: number }) => void} rated once a second: pictures that
 *   the browser showed, and how many of them had news of the model
 * @property {(progress: Progress | null) => void} stopped training is no longer under way; null: it
 *   failed
 * @property {(error: unknown) => void} failed
 */

const COARSE = 96; // cells across while training
const COARSEST = 48; // where the network is so large that pictures would falter
const REFINED = 400; // cells across at rest
const BAND = 40; // rows of them that are asked for at a time, so that nobody waits for all
const TURN = 8; // milliseconds of training between looks
const SLOW = 24; // milliseconds of a turn and its look, above which the picture gets coarser
const NEURONS_EVERY = 200; // milliseconds

/**
 * @param {Engine} engine
 * @param {RunListener} listener
 */
export function makeRun(engine, { drawn, rated, stopped, failed }) {
    /** @type {Plane | null} in the model's own numbers */
    let plane = null;
    let running = false;
    let generation = 0; // of models and of starts: what comes of an older one is not drawn
    let rests = 0; // counted: one that has begun ends what was left to do of the last
    let columns = COARSE;
    let neuronsAt = 0;
    /** @type {Look | null} */
    let newest = null;
    /** What the engine was last asked for. @type {Promise<unknown>} */
    let asked = Promise.resolve();
    let frames = 0;
    let looks = 0;
    let ratedAt = 0;

    /**
     * @param {{ milliseconds: number } | { steps: number }} how
     * @param {number} across
     * @param {boolean} withNeurons
     * @returns {Promise<Look | null>}
     */
    const advance = async (how, across, withNeurons) => {
        if (plane === null) {
            return null;
        }
        const cells = { ...plane, columns: across, rows: across };
        const thumbnails = { ...plane, columns: THUMBNAIL, rows: THUMBNAIL };
        const answers = Promise.all([
            engine.advance(how),
            engine.grid(cells),
            withNeurons ? engine.neurons(thumbnails) : null,
        ]);
        asked = answers.catch(() => {}); // whoever waits for `answers` says it
        const [progress, grid, neurons] = await answers;
        return { progress, grid: { columns: across, ...grid }, neurons };
    };

    const turn = async (/** @type {number} */ mine) => {
        const begun = performance.now();
        const withNeurons = begun - neuronsAt > NEURONS_EVERY;
        neuronsAt = withNeurons ? begun : neuronsAt;
        const look = await advance({ milliseconds: TURN }, columns, withNeurons);
        if (look === null || mine !== generation) {
            return;
        }
        const took = performance.now() - begun;
        if (!withNeurons && took > SLOW && columns > COARSEST) {
            columns -= 8;
        } else if (took < SLOW / 2 && columns < COARSE) {
            columns += 8;
        }
        /* Thumbnails that nobody has drawn yet are not lost. */
        newest = { ...look, neurons: look.neurons ?? newest?.neurons ?? null };
        looks++;
        if (look.progress.finished || look.progress.problem !== null) {
            running = false;
        }
    };

    const frame = (/** @type {number} */ mine, /** @type {number} */ now) => {
        if (!running || mine !== generation) {
            return;
        }
        frames++;
        if (newest !== null) {
            drawn(newest);
            newest = null;
        }
        if (now - ratedAt >= 1000) {
            const seconds = (now - ratedAt) / 1000;
            rated({ frames: frames / seconds, looks: looks / seconds });
            frames = looks = 0;
            ratedAt = now;
        }
        nextFrame(mine);
    };
    const nextFrame = (/** @type {number} */ mine) =>
        requestAnimationFrame((now) => frame(mine, now));

    /** Looks at the model as it is, and then more closely. @param {number} [steps] to train first */
    const rest = async (steps = 0) => {
        const mine = generation;
        const thisRest = ++rests;
        const isOver = () => mine !== generation || thisRest !== rests || running;
        const look = await advance({ steps }, columns, true);
        if (look === null || isOver()) {
            return;
        }
        drawn(look);
        stopped(look.progress);
        if (plane !== null) {
            refine(plane, look.progress, isOver).catch((error) => {
                if (!isOver()) {
                    failed(error);
                }
            });
        }
    };

    /** @param {Plane} whole @param {Progress} progress @param {() => boolean} isOver */
    const refine = async (whole, progress, isOver) => {
        const classes = new Uint8Array(REFINED * REFINED);
        const probabilities = new Float32Array(REFINED * REFINED);
        for (let row = 0; row < REFINED; row += BAND) {
            const band = engine.grid({ ...bandOf(whole, row), columns: REFINED, rows: BAND });
            asked = band.catch(() => {});
            const part = await band;
            if (isOver()) {
                return;
            }
            classes.set(part.classes, row * REFINED);
            probabilities.set(part.probabilities, row * REFINED);
        }
        drawn({ progress, grid: { columns: REFINED, classes, probabilities }, neurons: null });
    };

    return {
        isRunning: () => running,
        /** Stops, and waits until the engine has nothing more to do with the present model. */
        async halt() {
            generation++;
            running = false;
            newest = null;
            await asked;
        },
        /** Another model has begun, after halt(). @param {typeof plane} nextPlane null: there is none */
        async reset(nextPlane) {
            columns = COARSE;
            plane = nextPlane;
            if (plane !== null) {
                await rest();
            }
        },
        async start() {
            if (running || plane === null) {
                return;
            }
            running = true;
            const mine = ++generation; // a turn from before a pause is not to go on beside this
            newest = null;
            neuronsAt = frames = looks = 0;
            ratedAt = performance.now();
            nextFrame(mine);
            try {
                while (running && mine === generation) {
                    await turn(mine);
                }
                if (mine === generation) {
                    await rest();
                }
            } catch (error) {
                if (mine === generation) {
                    running = false;
                    failed(error);
                    stopped(null);
                }
            }
        },
        pause() {
            running = false;
        },
        /** One step, then a rest. */
        async step() {
            if (!running) {
                await rest(1);
            }
        },
    };
}

/** The rows from `row` on of the plane. @param {Plane} plane @param {number} row @returns {Plane} */
function bandOf({ x0, x1, y0, y1 }, row) {
    const at = (/** @type {number} */ rows) => y0 + ((y1 - y0) * rows) / REFINED;
    return { x0, x1, y0: at(row), y1: at(row + BAND) };
}
