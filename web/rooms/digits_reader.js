/** A worker that reads what is dropped on room 3: large files take a while. A message is a list of
 * files, and is answered by {result}, as readFiles() gives it, or {error}. */

import { answer } from "../answer.js";
import { readFiles } from "./digits_files.js";

addEventListener(
    "message",
    (/** @type {MessageEvent<File[]>} */ { data }) => void answer({}, () => readFiles(data)),
);
