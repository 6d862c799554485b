/** A worker that reads what is dropped on room 2. A message is a list of one file, and is answered by
 * {result}, as readFile() gives it, or {error}. */

import { answer } from "../answer.js";
import { readFile } from "./regions_files.js";

addEventListener(
    "message",
    (/** @type {MessageEvent<File[]>} */ { data: [file] }) => void answer({}, () => readFile(file)),
);
