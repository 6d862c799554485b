/** A run, as what does the same elsewhere: the command in sight, the C program behind a word. */

import { trainCommand, trainProgram } from "./command.js";
import { element } from "./dom.js";
import { makeListing } from "./listing.js";

/** @returns {{ element: HTMLElement, set: (run: import("./command.js").Run) => void }} */
export function makeRunListing() {
    const command = makeListing("The same by command");
    const program = makeListing("The same in C");
    return {
        element: element(
            "div",
            { class: "stack" },
            command.element,
            element("details", {}, element("summary", {}, "As a C program"), program.element),
        ),
        set(run) {
            command.set(trainCommand(run));
            program.set(trainProgram(run));
        },
    };
}
