/* node module.mjs softmax.wasm: the module needs nothing of the page, and is small enough to load. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const MOST_BYTES = 120_000; // compressed as servers do

const bytes = await readFile(process.argv[2]);
const module = await WebAssembly.compile(bytes);
assert.deepEqual(WebAssembly.Module.imports(module), []);
const names = WebAssembly.Module.exports(module).map(({ name }) => name);
assert.deepEqual(
    names.filter((name) => !name.startsWith("lab_")).sort(),
    ["_initialize", "memory"],
);
const size = gzipSync(bytes, { level: 9 }).length;
assert.ok(size <= MOST_BYTES, `${size} bytes compressed; ${MOST_BYTES} are allowed`);
console.log(`${bytes.length} bytes, compressed ${size}; ${names.length} exports, no imports`);
