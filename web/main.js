/** The shell: which room is shown, and what all rooms share. */

import { keepAddress, readAddress, writeAddress } from "./address.js";
import { byId, element } from "./dom.js";
import { guardPage } from "./files.js";
import { fail, messageOf } from "./notices.js";
import { startTheme } from "./theme.js";

/**
 * What a room's module gives.
 * @typedef {object} Room
 * @property {(state: URLSearchParams | null) => void | Promise<void>} show it is on the page now, in
 *   this state, or null: as it was; until there is something to be seen
 * @property {() => void} hide another room is; stop whatever moves
 */

/**
 * Fills a room's place, once, when the room is first looked at.
 * @callback RoomOpener
 * @param {HTMLElement} place
 * @param {(state: URLSearchParams) => void} remember writes the room's state into the address
 * @returns {Promise<Room>}
 */

/** @type {{ name: string, title: string, load: () => Promise<{ openRoom: RoomOpener }> }[]} */
const rooms = [
    { name: "softmax", title: "Softmax", load: () => import("./rooms/softmax.js") },
    { name: "regions", title: "Regions", load: () => import("./rooms/regions.js") },
    { name: "digits", title: "Digits", load: () => import("./rooms/digits.js") },
];

/** @type {Map<string, { place: HTMLElement, room: Promise<Room> }>} */
const opened = new Map();

let shown = "";

/** @param {string} name */
function open(name) {
    const known = opened.get(name);
    if (known !== undefined) {
        return known;
    }
    const entry = rooms.find((room) => room.name === name);
    if (entry === undefined) {
        throw new Error(`there is no room '${name}'`);
    }
    const place = element("section", {
        class: `room room-${name} opening`,
        "aria-label": entry.title,
    });
    byId("main", HTMLElement).append(place);
    const room = entry.load().then(({ openRoom }) =>
        openRoom(place, (state) => {
            if (shown === name) {
                writeAddress(name, state);
            }
        }),
    );
    const made = { place, room };
    opened.set(name, made);
    return made;
}

async function follow() {
    keepAddress();
    const address = readAddress();
    const entry = rooms.find((room) => room.name === address.room) ?? rooms[0];
    const left = shown;
    shown = entry.name;
    document.title = `${entry.title} · softmax lab`;
    for (const link of byId("tabs", HTMLElement).querySelectorAll("a")) {
        link.toggleAttribute("aria-current", false);
        if (link.hash === `#${entry.name}`) {
            link.setAttribute("aria-current", "page");
        }
    }
    const { place, room } = open(entry.name);
    for (const [name, other] of opened) {
        other.place.hidden = name !== entry.name;
    }
    try {
        if (left !== "" && left !== entry.name) {
            (await opened.get(left)?.room)?.hide();
        }
        const ready = await room;
        if (shown === entry.name) {
            await ready.show(address.state);
        }
    } catch (error) {
        fail(messageOf(error));
    }
    place.classList.remove("opening");
}

function startTabs() {
    for (const { name, title } of rooms) {
        byId("tabs", HTMLElement).append(element("a", { href: `#${name}` }, title));
    }
    addEventListener("hashchange", () => void follow());
    addEventListener("keydown", (event) => {
        const number = event.altKey && /^Digit[1-9]$/.test(event.code) ? Number(event.code[5]) : 0;
        if (number >= 1 && number <= rooms.length) {
            event.preventDefault();
            location.hash = rooms[number - 1].name;
        }
    });
}

function startHelp() {
    const help = byId("help", HTMLDialogElement);
    const show = () => {
        if (!help.open) {
            help.showModal();
        }
    };
    byId("open-help", HTMLButtonElement).addEventListener("click", show);
    addEventListener("keydown", (event) => {
        const typing =
            event.target instanceof Element && event.target.matches("input, textarea, select");
        if (event.key === "?" && !typing) {
            show();
        }
    });
    byId("skip", HTMLButtonElement).addEventListener("click", () =>
        byId("main", HTMLElement).focus(),
    );
}

startTheme(byId("theme", HTMLSelectElement));
guardPage();
startTabs();
startHelp();
void follow();
