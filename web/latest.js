/** Asking something that takes a while, as the engine, about what changes faster. */

import { fail, messageOf } from "./notices.js";

/**
 * Asks one question after the other, and of those that come meanwhile only the last.
 * @template Question, Answer
 * @param {(question: Question) => Promise<Answer>} ask
 * @param {(answer: Answer, question: Question) => void} use
 * @returns {(question: Question) => void}
 */
export function askLatest(ask, use) {
    /** @type {{ question: Question } | null} */
    let waiting = null;
    let busy = false;
    const run = async () => {
        busy = true;
        while (waiting !== null) {
            const { question } = waiting;
            waiting = null;
            try {
                use(await ask(question), question);
            } catch (error) {
                fail(messageOf(error));
            }
        }
        busy = false;
    };
    return (question) => {
        waiting = { question };
        if (!busy) {
            void run();
        }
    };
}
