/** Room 2: points of the plane, a network that learns to tell them apart, and what it decides where. */

import { button } from "../controls.js";
import { writePoints } from "../csv.js";
import { element } from "../dom.js";
import { openEngine } from "../engine.js";
import { offerFile } from "../files.js";
import { clearFailures, fail, messageOf, say } from "../notices.js";
import { percent } from "../numbers.js";
import { classMark } from "../palette.js";
import { makeRunListing } from "../run_listing.js";
import { onTheme } from "../theme.js";
import { makeControls } from "./regions_controls.js";
import { describeLook, runOf, saveModel } from "./regions_export.js";
import { engineModelOf } from "./regions_given.js";
import { makeNetwork } from "./regions_network.js";
import { makeOwnTools } from "./regions_own.js";
import { makePlane } from "./regions_plane.js";
import { makeData, modelPlane, noPoints, withoutNearest, withPoint } from "./regions_points.js";
import { makeProbe } from "./regions_probe.js";
import { makeResults } from "./regions_results.js";
import { makeRun } from "./regions_run.js";
import { addressOf, applying, firstSettings, settingsFrom } from "./regions_state.js";

/**
 * @typedef {import("./regions_state.js").Settings} Settings
 * @typedef {import("./regions_points.js").Own} Own
 * @typedef {import("./regions_points.js").Data} Data
 * @typedef {import("./regions_given.js").Given} Given
 * @typedef {import("../types.js").Progress} Progress
 */

/** What of the settings the points depend on. @type {(keyof Settings)[]} */
const OF_DATA = ["kind", "rows", "classes", "noise", "dataSeed"];

/** What the reader's own depend on. @type {(keyof Settings)[]} */
const OF_OWN_DATA = ["kind", "heldOut", "seed"];

/** @type {import("../main.js").RoomOpener} */
export async function openRoom(place, remember) {
    const engine = await openEngine();
    const { version } = await engine.version();
    let settings = firstSettings();
    let own = noPoints();
    /** @type {Data | null} */
    let data = null;
    /** @type {Progress | null} */
    let progress = null;
    /** The model in sight, where it comes from a file. @type {Given | null} */
    let given = null;
    let isWanted = false; // whether training is to go on, also while changes are being made
    /** Changes are made one after the other. @type {Promise<void>} */
    let turn = Promise.resolve();
    /** Those of settings that still wait for their turn, if nothing else has come since.
     * @type {{ changes: ((settings: Settings) => Settings)[], made: Promise<void> } | null} */
    let gathering = null;

    const plane = makePlane();
    const probe = makeProbe(plane, engine, {
        data: () => data,
        hasModel: () => progress !== null,
        chosen(x, y) {
            const name = tools.className(); // as it is now: the change may have to wait
            if (settings.kind === "own") {
                changeOwn((now) => withPoint(now, x, y, name));
            }
        },
        removed: (x, y) => settings.kind === "own" && changeOwn((now) => withoutNearest(now, x, y)),
        labelled: (digit) => settings.kind === "own" && tools.choose(digit),
    });
    const network = makeNetwork((next) => change((now) => ({ ...now, hidden: next(now.hidden) })));
    const controls = makeControls(settings, (next) => change(next));
    const tools = makeOwnTools({
        place,
        changed: (next) => changeOwn(next),
        opened: (next) => adopt((now) => [{ ...now, kind: "own" }, next]),
        given: (next) => inTurn(() => use(next)),
        saved: () =>
            offerFile("points.csv", writePoints(own.features, own.labels, own.names), "text/csv"),
    });
    const results = makeResults({
        toggled: () => (isWanted ? pause() : void start()),
        stepped: () => void afresh(run.step),
        restarted: () => change((now) => now),
    });
    const legend = element("p", { class: "legend" });
    const listing = makeRunListing();
    const save = button(
        "Save the model",
        () => {
            if (given !== null) {
                offerFile(given.name, given.bytes, "application/octet-stream");
            } else if (data !== null) {
                void saveModel(engine, data, applying(settings).dropout, version);
            }
        },
        "small",
    );

    const run = makeRun(engine, {
        drawn(look) {
            progress = look.progress;
            plane.setGrid(look.grid);
            results.show(look.progress, !run.isRunning());
            if (look.neurons !== null) {
                network.show(look.neurons);
            }
            probe.refresh(run.isRunning());
            if (!run.isRunning() && data !== null) {
                plane.describe(describeLook(look.grid, data, look.progress));
            }
        },
        rated: results.showRates,
        stopped(reached) {
            isWanted = isWanted && reached !== null && !isOver(reached);
            dress();
            if (reached !== null && reached.step > 0) {
                say(`Step ${reached.step}: training accuracy ${percent(reached.train.accuracy)}`);
            }
            if (reached !== null && reached.problem !== null) {
                fail(reached.problem);
            }
        },
        failed: (error) => fail(messageOf(error)),
    });

    const start = () => {
        isWanted = true;
        dress();
        return afresh(() => (isWanted ? run.start() : undefined));
    };
    const pause = () => {
        isWanted = false;
        run.pause();
        dress();
    };

    /** Everything that says how things are set. */
    const dress = () => {
        const trainable = data?.trainable ?? false;
        results.dress(
            isWanted,
            trainable,
            given === null && progress !== null && isOver(progress),
            given === null || isWanted
                ? stateText(isWanted, trainable, progress)
                : givenText(given, progress),
        );
        controls.set(settings);
        tools.dress(settings.kind === "own", own);
        save.disabled = progress === null;
        listing.element.hidden = given !== null; // which is not known to be trained so
        if (data !== null) {
            listing.set(runOf(settings, data, progress));
        }
    };

    /** Training that a change has halted. */
    const goOn = () => {
        if (isWanted) {
            void run.start();
        }
    };

    /**
     * Begins anew with other settings or points. When it rejects, everything is as it was.
     * @param {Settings} next
     * @param {Own} nextOwn
     */
    const begin = async (next, nextOwn) => {
        const wasRunning = run.isRunning();
        await run.halt();
        const sameData =
            data !== null &&
            (next.kind === "own" ? OF_OWN_DATA : OF_DATA).every(
                (name) => next[name] === settings[name],
            ) &&
            (next.kind !== "own" || nextOwn === own);
        const nextData = sameData && data !== null ? data : await makeData(engine, next, nextOwn);
        const shape = nextData.trainable ? await engine.begin(trainingOf(next)) : null;
        settings = next;
        own = nextOwn;
        data = nextData;
        given = null;
        isWanted = isWanted && data.trainable && (sameData || !wasRunning);
        await present(data, shape?.parameterCount ?? 0);
        if (wasRunning) {
            goOn();
        }
    };

    /**
     * Has a model from a file in the place of the present one. When it rejects, everything is as it was.
     * @param {Given} next
     */
    const use = async (next) => {
        const points = data;
        if (points === null) {
            throw new Error("There are no points yet.");
        }
        const model = engineModelOf(next, points);
        await run.halt();
        const { parameterCount } = await engine.setModel(model).catch((error) => {
            goOn();
            throw error;
        });
        isWanted = false;
        settings = { ...settings, hidden: next.hidden };
        if (next.activation !== null) {
            settings = { ...settings, activation: next.activation };
        }
        given = next;
        await present(points, parameterCount);
    };

    /**
     * Shows points, and the model that the engine has by now.
     * @param {Data} shown
     * @param {number} parameters of the model; 0: there is none
     */
    const present = async (shown, parameters) => {
        progress = null;
        plane.setPoints(shown.view, shown.ids, shown.train, shown.test);
        plane.setGrid(null);
        plane.describe("No model yet");
        probe.forget();
        results.clear();
        network.set(settings.hidden, shown.ids.length, parameters);
        legend.replaceChildren(...legendOf(shown));
        await run.reset(parameters === 0 ? null : modelPlane(shown));
        dress();
        remember(addressOf(settings));
        clearFailures();
    };

    /**
     * Has its turn after all other changes.
     * @param {() => Promise<void>} work which leaves everything as it was when it rejects
     * @returns {Promise<void>}
     */
    const inTurn = (work) => {
        gathering = null;
        const made = turn.then(work);
        turn = made.catch(() => {});
        return made;
    };

    /**
     * Likewise, and sees what the others have made.
     * @param {(settings: Settings, own: Own) => [Settings, Own]} next
     * @returns {Promise<void>}
     */
    const adopt = (next) => {
        gathering = null;
        const made = turn.then(() => begin(...next(settings, own)));
        turn = made.catch(async () => {
            /* What the engine had may be gone: the points are made again, and the model begins anew. */
            const hadData = data !== null;
            data = null;
            controls.set(settings);
            if (hadData) {
                await begin(settings, own).then(goOn, (error) => fail(messageOf(error)));
            }
        });
        return made;
    };
    /** Whoever clicks fast, or holds a key, makes changes that are made at once when they have their turn.
     * @param {(settings: Settings) => Settings} next
     * @returns {Promise<void>} */
    const change = (next) => {
        if (gathering === null) {
            /** @type {(typeof next)[]} */
            const changes = [];
            const made = adopt((now, points) => {
                gathering = gathering?.changes === changes ? null : gathering;
                return [changes.reduce((so, one) => one(so), now), points];
            }).catch((error) => fail(messageOf(error)));
            gathering = { changes, made };
        }
        gathering.changes.push(next);
        return gathering.made;
    };
    const changeOwn = (/** @type {(own: Own) => Own} */ next) => {
        adopt((now, points) => [now, next(points)]).catch((error) => fail(messageOf(error)));
    };

    /** Once all changes have been made. A model from a file stays as it is: to train begins with a new one.
     * @param {() => Promise<void> | void} work */
    const afresh = async (work) => {
        try {
            await turn;
            if (given !== null) {
                await adopt((now, points) => [now, points]);
            }
            await work();
        } catch (error) {
            fail(messageOf(error));
        }
    };

    onTheme(() => {
        plane.redraw();
        network.redraw();
        legend.replaceChildren(...(data === null ? [] : legendOf(data)));
    });
    document.addEventListener("visibilitychange", () => document.hidden && pause());

    place.append(
        roomHead(),
        element(
            "div",
            { class: "regions-layout" },
            element(
                "div",
                { class: "regions-middle card" },
                results.transport,
                plane.element,
                probe.element,
                legend,
            ),
            element(
                "div",
                { class: "regions-left" },
                card("Points", ...controls.data, tools.element),
                card("Training", ...controls.training),
            ),
            element("div", { class: "regions-right" }, results.element, network.element),
            elsewhere(save, listing.element),
        ),
    );

    let isNew = true;
    return {
        async show(address) {
            if (address !== null || isNew) {
                isNew = false;
                const next = address === null ? settings : settingsFrom(address);
                await change(() => next);
            } else {
                remember(addressOf(settings));
            }
        },
        hide: pause,
    };
}

function roomHead() {
    return element(
        "header",
        { class: "room-head" },
        element("h1", {}, "Regions"),
        element(
            "p",
            { class: "lead" },
            "A network learns to tell points apart, and softmax gives every place of the plane a class: " +
                "the colour is the likeliest one’s, and fades where the model is undecided.",
        ),
    );
}

/** @param {string} title @param {...HTMLElement} content */
function card(title, ...content) {
    return element("div", { class: "card stack" }, element("h2", {}, title), ...content);
}

/** @param {HTMLElement} save @param {HTMLElement} listing */
function elsewhere(save, listing) {
    return element(
        "div",
        { class: "regions-end card stack" },
        element("div", { class: "card-head" }, element("h2", {}, "The same elsewhere"), save),
        listing,
    );
}

/** @param {Settings} settings @returns {import("../types.js").Settings} */
function trainingOf(settings) {
    const { hidden, activation, solver, l2, seed } = settings;
    const { learningRate, batchSize, l1, dropout } = applying(settings);
    return {
        hidden,
        activation,
        solver,
        l1,
        l2,
        dropout,
        seed,
        ...(learningRate === null ? {} : { learningRate }),
        ...(batchSize === null ? {} : { batchSize }),
    };
}

/** @param {Progress} progress @returns {boolean} whether there is no step left to do */
function isOver({ finished, problem }) {
    return finished || problem !== null;
}

/** @param {boolean} running @param {boolean} trainable @param {Progress | null} progress */
function stateText(running, trainable, progress) {
    if (!trainable) {
        return "Set points of two classes or more.";
    }
    if (running) {
        return "Training …";
    }
    if (progress?.problem) {
        return "Stopped: the loss is no longer a finite number. Try a smaller learning rate.";
    }
    if (progress?.converged) {
        return "Converged.";
    }
    return progress !== null && progress.step > 0 ? "Paused." : "Ready.";
}

/** @param {Given} given @param {Progress | null} progress */
function givenText({ name }, progress) {
    return progress === null || Number.isFinite(progress.train.loss)
        ? `A model from ${name}. To train begins a new one.`
        : `${name}: its weights are so large that its answers are not finite numbers.`;
}

/** @param {Data} data */
function legendOf({ ids, names, test }) {
    return [
        ...ids.map((id, place) => element("span", {}, classMark(id), ` ${names[place]}`)),
        element("span", { class: "note" }, test === null ? "" : "filled: training, hollow: test"),
    ];
}
