/** The pad: draws with mouse, finger, pen or keys, and gives the picture that a model sees. */

import { contextOf } from "../canvas.js";
import { centre, PICTURE } from "../centring.js";
import { button } from "../controls.js";
import { element } from "../dom.js";
import { Ink, SIDE } from "../ink.js";
import { say } from "../notices.js";
import { cssColour, onTheme, tokenColour } from "../theme.js";
import { paintInk } from "./digits_paint.js";

/**
 * @typedef {object} Pad
 * @property {HTMLElement} element
 * @property {() => Uint8Array | null} picture PICTURE × PICTURE bytes; null while nothing is there
 * @property {(picture: Uint8Array) => void} show puts a ready picture there, in place of a drawing
 */

const STEP = SIDE / PICTURE; // that a key moves the pen by
const FAR = 4; // times as far, with Shift

const DRAWN =
    "What the model sees: brought to 20 × 20 pixels, its centre of mass in the middle of 28 × 28.";
const READY = "What the model sees: the picture as it is.";

/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {() => void} changed the picture is another one
 * @returns {Pad}
 */
export function makePad(changed) {
    const ink = new Ink();
    /** @type {Uint8Array | null} */
    let ready = null;
    const pen = { x: SIDE / 2, y: SIDE / 2, isDown: false, isShown: false };
    const canvas = element("canvas", {
        class: "pad",
        width: SIDE,
        height: SIDE,
        tabindex: 0,
        role: "application",
        "aria-roledescription": "drawing pad",
        "aria-label": "Drawing pad",
        "aria-describedby": "pad-keys",
        "data-part": "pad",
    });
    const sight = element("canvas", {
        class: "picture",
        width: PICTURE,
        height: PICTURE,
        role: "img",
        "aria-label": "The picture that the model sees, 28 by 28 pixels",
        "data-part": "sight",
    });

    const caption = element("figcaption", { class: "note" });

    const picture = () => ready ?? (ink.isBlank ? null : centre(ink.cells, SIDE));
    const paint = () => {
        paintInk(sight, picture() ?? new Uint8Array(PICTURE * PICTURE), PICTURE);
        if (ready === null) {
            paintInk(canvas, ink.cells, SIDE);
        } else {
            paintEnlarged(canvas, sight);
        }
        if (pen.isShown) {
            paintPen(canvas, pen);
        }
        caption.textContent = ready === null ? DRAWN : READY;
        undo.disabled = clear.disabled = ready === null && ink.isBlank;
    };
    const soon = oncePerFrame(() => {
        paint();
        changed();
    });

    /** @type {number | null} the finger or pen that draws */
    let pointer = null;
    /* Whatever draws is through with its stroke, even while it is still pressed. */
    const lift = () => {
        pointer = null;
        pen.isDown = false;
    };
    const begin = () => {
        ready = null;
        ink.begin({ x: pen.x, y: pen.y });
        soon();
    };
    const takeBack = () => {
        lift();
        ready = null;
        ink.undo();
        soon();
    };
    const wipe = () => {
        lift();
        ready = null;
        ink.clear();
        soon();
    };
    const undo = button("Undo", takeBack, "small");
    const clear = button("Clear", wipe, "small");

    /** @param {PointerEvent} event */
    const follow = (event) => {
        const place = canvas.getBoundingClientRect();
        pen.x = ((event.clientX - place.left) / place.width) * SIDE;
        pen.y = ((event.clientY - place.top) / place.height) * SIDE;
    };
    canvas.addEventListener("pointerdown", (event) => {
        if (event.button !== 0 || pointer !== null) {
            return;
        }
        pointer = event.pointerId;
        canvas.setPointerCapture(pointer);
        pen.isShown = pen.isDown = false;
        follow(event);
        begin();
    });
    canvas.addEventListener("pointermove", (event) => {
        if (event.pointerId !== pointer) {
            return;
        }
        const between = event.getCoalescedEvents();
        for (const at of between.length > 0 ? between : [event]) {
            follow(at);
            ink.go({ x: pen.x, y: pen.y });
        }
        soon();
    });
    for (const name of /** @type {const} */ (["pointerup", "pointercancel"])) {
        canvas.addEventListener(name, (event) => {
            pointer = event.pointerId === pointer ? null : pointer;
        });
    }

    /** @param {KeyboardEvent} event @param {[number, number]} way */
    const move = (event, [x, y]) => {
        const step = event.shiftKey ? FAR * STEP : STEP;
        const within = (/** @type {number} */ at) => Math.min(SIDE, Math.max(0, at));
        pen.x = within(pen.x + x * step);
        pen.y = within(pen.y + y * step);
        if (pen.isDown) {
            ink.go({ x: pen.x, y: pen.y });
        }
    };
    canvas.addEventListener("keydown", (event) => {
        const way = WAYS[event.key];
        if (event.altKey || pointer !== null) {
            return;
        }
        if (way !== undefined) {
            move(event, way);
        } else if (event.key === " ") {
            pen.isDown = !pen.isDown;
            if (pen.isDown) {
                begin();
            }
            say(pen.isDown ? "Pen down" : "Pen up");
        } else if (
            event.key === "Backspace" ||
            (event.key === "z" && (event.ctrlKey || event.metaKey))
        ) {
            takeBack();
        } else if (event.key === "Delete") {
            wipe();
        } else {
            return;
        }
        event.preventDefault();
        pen.isShown = true;
        soon();
    });
    canvas.addEventListener("blur", () => {
        pen.isShown = pen.isDown = false;
        paint();
    });
    canvas.addEventListener("focus", () => {
        pen.isShown = canvas.matches(":focus-visible");
        paint();
    });
    onTheme(paint);
    paint();

    const tools = element("div", { class: "row" }, undo, clear);
    const seen = element("figure", { class: "sight" }, sight, caption);
    const keys = element(
        "p",
        { class: "note", id: "pad-keys" },
        "Draw with mouse, finger or pen. Or with keys: arrows move the pen, with Shift farther; Space sets it down and lifts it; Backspace takes a stroke back, Delete all.",
    );
    return {
        element: element(
            "div",
            { class: "pad-place" },
            canvas,
            element("div", { class: "pad-side" }, tools, seen),
            keys,
        ),
        picture,
        show(next) {
            lift();
            ink.clear();
            ready = next;
            soon();
        },
    };
}

/**
 * A small picture, enlarged to all of the canvas.
 * @param {HTMLCanvasElement} canvas of SIDE × SIDE
 * @param {HTMLCanvasElement} picture
 */
function paintEnlarged(canvas, picture) {
    const context = contextOf(canvas);
    context.imageSmoothingEnabled = false;
    context.drawImage(picture, 0, 0, SIDE, SIDE);
}

/**
 * Where the keys have the pen: a ring, filled while it is down.
 * @param {HTMLCanvasElement} canvas
 * @param {{ x: number, y: number, isDown: boolean }} pen
 */
function paintPen(canvas, { x, y, isDown }) {
    const context = contextOf(canvas);
    context.beginPath();
    context.arc(x, y, 9, 0, 2 * Math.PI);
    context.lineWidth = 3;
    context.strokeStyle = context.fillStyle = cssColour(tokenColour("--accent"));
    context.stroke();
    if (isDown) {
        context.fill();
    }
}

/**
 * Puts many calls off to one before the next picture of the screen.
 * @param {() => void} act
 */
function oncePerFrame(act) {
    let isAsked = false;
    return () => {
        if (!isAsked) {
            isAsked = true;
            requestAnimationFrame(() => {
                isAsked = false;
                act();
            });
        }
    };
}
