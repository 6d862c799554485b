/** Room 3: draw a digit, see what the model makes of it and why, and train the model. */

import { readBeside } from "../beside.js";
import { PICTURE } from "../centring.js";
import { button } from "../controls.js";
import { element } from "../dom.js";
import { takeFiles } from "../files.js";
import { askLatest } from "../latest.js";
import { fail, makeRestingSay, messageOf } from "../notices.js";
import { grouped } from "../numbers.js";
import { makeAnswer } from "./digits_answer.js";
import { MOST_BYTES } from "./digits_files.js";
import { makeElsewhere } from "./digits_elsewhere.js";
import { makePad } from "./digits_pad.js";
import { DIGITS, openSession } from "./digits_session.js";
import { addressOf, settingsIn } from "./digits_settings.js";
import { makeTraining } from "./digits_training.js";
import { makeWhy } from "./digits_why.js";

/** @typedef {import("../model_file.js").Model} Model */
/** @typedef {import("./digits_session.js").Data} Data */

const WELCOME = 3; // the class of the first example
const MOST_EXAMPLES = 30; // classes that there are buttons for

/** @type {import("../main.js").RoomOpener} */
export async function openRoom(place, remember) {
    const session = await openSession();
    let isShown = false;
    let isWelcome = true; // an example is to be shown, unless somebody has drawn by then

    const answer = makeAnswer();
    const why = makeWhy();
    const sayAtRest = makeRestingSay();
    const ask = askLatest(
        (/** @type {Uint8Array | null} */ picture) =>
            session.answer(picture ?? new Uint8Array(PICTURE * PICTURE)),
        (answered, picture) => {
            if (answered !== null) {
                answer.setClasses(answered.model.classNames);
                answer.show(picture === null ? null : answered.probabilities);
                why.show(answered.model, picture, answered.logits);
            }
        },
    );
    let unanswered = 0;
    const read = async () => {
        answer.setBusy(++unanswered > 0);
        try {
            await ask(pad.picture());
        } finally {
            answer.setBusy(--unanswered > 0);
        }
    };
    const pad = makePad(() => {
        void read();
        sayAtRest(answer.text);
    });
    const examples = makeExamples(pad.show);
    answer.setClasses(DIGITS);
    answer.show(null);
    why.setClasses(DIGITS);
    const about = element("p", { class: "note about", "data-part": "model" });
    const elsewhere = makeElsewhere(session.model);
    const back = button("Back to the built-in digits", () => {
        training
            .replace(async () => session.useDigits())
            .then(() => (isShown ? training.start() : undefined))
            .catch((error) => fail(messageOf(error)));
    });
    back.hidden = true;

    /** @param {string} origin of the model */
    const tell = (origin) => {
        about.textContent = `${describe(/** @type {Model} */ (session.model()))} ${origin}.`;
        void read();
    };
    const training = makeTraining(session, {
        changed: () => remember(addressOf(training.settings())),
        begun() {
            const data = /** @type {Data} */ (session.data());
            tell(`It is trained in this page, on ${grouped(data.rows)} ${data.name}`);
            examples.set(data);
            elsewhere.show(training.settings(), data);
            if (isWelcome && pad.picture() === null) {
                examples.show(WELCOME);
            }
            isWelcome = false;
            back.hidden = session.isBuiltIn();
        },
        moved: () => void read(),
    });

    const input = element("input", {
        type: "file",
        multiple: true,
        class: "visually-hidden",
        "data-part": "files",
    });
    takeFiles({
        place,
        input,
        most: MOST_BYTES,
        async take(files) {
            /** @type {import("./digits_files.js").Read} */
            const found = await readBeside(new URL("./digits_reader.js", import.meta.url), files);
            await training.replace(async () => {
                if ("model" in found) {
                    await session.useModel(found.model);
                    tell(`It comes from ${found.name}. To train begins a new one`);
                    elsewhere.hide();
                } else {
                    await session.usePictures(found.pictures, found.word);
                    examples.set(/** @type {Data} */ (session.data()));
                }
            });
            if ("pictures" in found && isShown) {
                await training.start();
            }
        },
    });

    const card = (
        /** @type {string} */ name,
        /** @type {string} */ title,
        /** @type {(Node | string)[]} */ ...content
    ) => element("section", { class: `card digits-${name}` }, element("h2", {}, title), ...content);
    place.append(
        element("header", { class: "room-head" }, element("h1", {}, "Digits"), lead()),
        card("pad", "Draw", pad.element, examples.element),
        card("answer", "Read", answer.element),
        card("training", "Learn", about, training.element),
        card("why", "Why", why.element),
        card("files", "Bring along", bringing(input), back),
        card("elsewhere", "The same elsewhere", elsewhere.element),
    );

    let isNew = true;
    return {
        show(state) {
            isShown = true;
            const present = training.settings();
            const next = state === null ? present : settingsIn(state);
            if (isNew || addressOf(next).toString() !== addressOf(present).toString()) {
                training.set(next);
                training.start().catch((error) => fail(messageOf(error)));
            }
            isNew = false;
            remember(addressOf(next));
        },
        hide() {
            isShown = false;
            training.pause();
        },
    };
}

function lead() {
    return element(
        "p",
        { class: "lead" },
        "Draw a digit. The model reads it as you draw, and below you see what it looks at. It learns here, in a few seconds, from digits that libsoftmax makes up.",
    );
}

/** @param {Model} model */
function describe({ layers }) {
    const parameters = layers.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);
    const kind =
        layers.length === 1
            ? "Softmax regression"
            : `A network of ${[...layers.map(({ inputs }) => inputs), layers[layers.length - 1].outputs].join("-")} units`;
    return `${kind}, ${grouped(parameters)} parameters.`;
}

/** @param {HTMLInputElement} input */
function bringing(input) {
    return element(
        "div",
        { class: "stack" },
        element(
            "p",
            {},
            "Drop a model (.safetensors) that was trained elsewhere on pictures of 28 × 28. Or IDX files, such as MNIST’s, to train on: pictures and their labels together, also compressed. They stay in this page.",
        ),
        element(
            "div",
            { class: "row" },
            element("label", { class: "button" }, "Choose files", input),
        ),
    );
}

/**
 * A button for each class, which shows its next picture.
 * @param {(picture: Uint8Array) => void} show
 */
function makeExamples(show) {
    const buttons = element("div", { class: "row examples" });
    /** @type {(() => void)[]} for each class */
    let nexts = [];
    /** @type {Data | null} */
    let present = null;
    /** @param {readonly string[]} names */
    const label = (names) => {
        buttons.classList.toggle(
            "of-words",
            names.some((name) => name.length > 2),
        );
        buttons.replaceChildren(
            ...names.slice(0, MOST_EXAMPLES).map((name, k) => {
                const made = button(name, () => nexts[k](), "small");
                made.setAttribute("aria-label", `Show a ${name}`);
                made.disabled = nexts.length === 0;
                return made;
            }),
        );
    };
    label(DIGITS); // so that nothing moves when they come
    return {
        element: element(
            "div",
            { class: "field" },
            element("span", { class: "name" }, "Or a digit that the model has not seen"),
            buttons,
        ),
        /** @param {Data} data */
        set(data) {
            if (data === present) {
                return;
            }
            present = data;
            const { classNames } = data;
            const { pixels, labels } = data.examples;
            const size = PICTURE * PICTURE;
            nexts = classNames.slice(0, MOST_EXAMPLES).map((_, k) => {
                let at = -1;
                return () => {
                    const after = labels.indexOf(k, at + 1);
                    at = after >= 0 ? after : labels.indexOf(k);
                    if (at >= 0) {
                        show(pixels.slice(at * size, (at + 1) * size));
                    }
                };
            });
            label(classNames);
        },
        /** @param {number} k the class whose next picture is shown */
        show: (k) => nexts[k](),
    };
}
