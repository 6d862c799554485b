/** Asking something that takes a while, as the engine, about what changes faster. */

import { fail, messageOf } from "./notices.js";

/**
 * Asks one question after the other, and of those that come meanwhile only the last.
 * @template Question, Answer
 * @param {(question: Question) => Promise<Answer>} ask
 * @param {(answer: Answer, question: Question) => void} use
 * @returns {(question: Question) => Promise<void>} until nothing is left to be asked
 */
export function askLatest(ask, use) {
    /** @type {{ question: Question } | null} */
    let waiting = null;
    /** @type {Promise<void> | null} */
    let running = null;
    const run = async () => {
        while (waiting !== null) {
            const { question } = waiting;
            waiting = null;
            try {
                use(await ask(question), question);
            } catch (error) {
                fail(messageOf(error));
            }
        }
        running = null;
    };
    return (question) => {
        waiting = { question };
        running ??= run();
        return running;
    };
}
