/* The lab's room of digits: it learns, reads what is drawn, and exchanges models with the program. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

import { checkAccessibility, checkWidth, inBrowser, openPage } from "./browser.mjs";
import { hugeModel, noise, withLab } from "./lab.mjs";

const { SOFTMAX, SOFTMAX_DATA } = process.env;
const DIGITS = "digits:n=4000,seed=1"; // what the room begins with

function softmax(...words) {
    return execFileSync(SOFTMAX, words, { encoding: "utf8" });
}

/* The program's probabilities of a picture of the made digits' test set. */
function probabilitiesOf(model, row) {
    const words = softmax("predict", model, "made:test", "-r", String(row), "-p")
        .trim()
        .split("\n")
        .at(-1);
    return words.split("\t").slice(1).map(Number);
}

/* The row of a class's picture in the test set, its first unless `after` others come before. */
function pictureOf(label, after = 0) {
    const labels = readFileSync("made/t10k-labels-idx1-ubyte").subarray(8);
    return [...labels.keys()].filter((row) => labels[row] === label)[after];
}

/* ---- the page ---- */

const part = (page, name) => page.locator(`[data-part="${name}"]`);

function answers(page) {
    return part(page, "answer")
        .locator("data")
        .evaluateAll((all) => all.map((one) => Number(one.value)));
}

/* What is not to change when a file is refused. */
function stateOf(page) {
    return page.evaluate(() =>
        ["model", "verdict", "answer", "step", "train-loss", "test-accuracy"].map(
            (name) => document.querySelector(`[data-part="${name}"]`).textContent,
        ),
    );
}

function button(page, name) {
    return page.getByRole("button", { name, exact: true });
}

/* Until training is over. */
async function trained(page) {
    await page.waitForFunction(
        () => {
            const [go, step] = ["go", "step"].map(
                (name) => document.querySelector(`[data-part="${name}"]`)?.textContent,
            );
            return go === "Train" && step !== "–";
        },
        undefined,
        { timeout: 400_000 }, // a few seconds, where nothing else is to be done
    );
}

/* Until the answer to what is shown has come: the room asks for it before the next picture. */
async function settled(page) {
    await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    await page.waitForFunction(
        () => document.querySelector('[data-part="reading"]').ariaBusy === "false",
    );
}

/* Draws through points in hundredths of the pad. */
async function draw(page, points) {
    const pad = await part(page, "pad").boundingBox();
    const at = ([x, y]) => [pad.x + (x / 100) * pad.width, pad.y + (y / 100) * pad.height];
    await page.mouse.move(...at(points[0]));
    await page.mouse.down();
    for (const point of points.slice(1)) {
        await page.mouse.move(...at(point), { steps: 8 });
    }
    await page.mouse.up();
    await settled(page);
}

async function give(page, ...names) {
    await part(page, "files").setInputFiles(names);
}

async function refused(page, why, ...names) {
    await settled(page);
    const before = await stateOf(page);
    await give(page, ...names);
    const notice = page.locator(".notice").last();
    await notice.waitFor();
    assert.match(await notice.innerText(), why);
    await notice.getByRole("button").click();
    await settled(page);
    assert.deepEqual(await stateOf(page), before);
}

function assertClose(found, expected, tolerance) {
    assert.equal(found.length, expected.length);
    found.forEach((value, k) =>
        assert.ok(
            Math.abs(value - expected[k]) <= tolerance,
            `class ${k}: ${value}, not ${expected[k]}`,
        ),
    );
}

/* ---- the tests ---- */

async function learns(page) {
    await trained(page);
    const accuracy = parseFloat(await part(page, "test-accuracy").innerText());
    assert.ok(accuracy >= 90, `${accuracy} % of the test set`);
}

/* The command that the page shows comes to the page's figures. */
async function tellsTheCommand(page) {
    const line = await page.getByRole("region", { name: "The same by command" }).innerText();
    const command = line.replace(/^softmax /, `'${SOFTMAX}' `);
    const printed = execFileSync("sh", ["-c", command], { encoding: "utf8", stdio: "pipe" });
    for (const name of ["train", "test"]) {
        const [, loss] = new RegExp(`^${name} +loss ([0-9.]+)`, "m").exec(printed);
        const shown = await part(page, `${name}-loss`).innerText();
        assert.ok(Math.abs(Number(loss) - Number(shown)) < 0.001, `${loss} and ${shown}`);
    }
}

async function readsDrawings(page) {
    await button(page, "Clear").click();
    await draw(page, [
        [52, 15],
        [50, 50],
        [48, 85],
    ]);
    assert.match(await part(page, "verdict").innerText(), /reads 1/);
    await button(page, "Undo").click();
    await settled(page);
    assert.match(await part(page, "verdict").innerText(), /^Draw/);
}

/* Strokes made while the room still gets its data and model are kept, and what takes a stroke away
 * while the pen is pressed ends it. */
async function drawsAtOnce(browser, address) {
    const { page, problems } = await openPage(browser, `${address}#digits?rows=500`);
    await part(page, "pad").waitFor();
    await draw(page, [
        [52, 15],
        [48, 85],
    ]);
    await trained(page);
    await settled(page);
    assert.match(await part(page, "verdict").innerText(), /reads/);
    assert.match(await page.locator("figcaption").first().innerText(), /brought to 20 × 20/);

    const pad = await part(page, "pad").boundingBox();
    for (const name of ["Clear", "Undo", "Show a 3"]) {
        await button(page, "Clear").evaluate((clear) => clear.click());
        await page.mouse.move(pad.x + 50, pad.y + 50);
        await page.mouse.down();
        await settled(page);
        await button(page, name).evaluate((pressed) => pressed.click());
        await page.mouse.move(pad.x + 90, pad.y + 90, { steps: 4 });
        await page.mouse.up();
        await settled(page);
        const verdict = await part(page, "verdict").innerText();
        assert.match(verdict, name === "Show a 3" ? /reads/ : /^Draw/);
    }
    assert.deepEqual(problems, []);
    await page.context().close();
}

/* Another room, entered while this one still begins or trains, has the machine to itself. Back in this
 * one, the settings are in the address. The training is so long that it is not over before. */
async function restsWhileHidden(browser, address) {
    const { page, problems } = await openPage(
        browser,
        `${address}#digits?hidden=128&epochs=1000&rows=500`,
    );
    await part(page, "go").waitFor();
    await page.evaluate(() => (location.hash = "softmax"));
    await page.waitForFunction(
        () => document.querySelector('[data-part="go"]').textContent === "Go on",
    );
    await settled(page);
    assert.equal(await part(page, "go").textContent(), "Go on");
    await page.evaluate(() => (location.hash = "digits"));
    await page.waitForFunction(() => location.hash.includes("rows=500"));
    assert.deepEqual(problems, []);
}

async function readsKeys(page) {
    await part(page, "pad").focus();
    const press = async (key, times) => {
        for (let i = 0; i < times; i++) {
            await page.keyboard.press(key);
        }
    };
    await press("ArrowUp", 9);
    await press("Space", 1);
    await press("Shift+ArrowDown", 4);
    await press("ArrowDown", 2);
    await press("Space", 1);
    await settled(page);
    assert.match(await part(page, "verdict").innerText(), /reads 1/);
    await press("Delete", 1);
    await settled(page);
    assert.match(await part(page, "verdict").innerText(), /^Draw/);
}

/* A model from the page in the program. */
async function downloads(page) {
    const [file] = await Promise.all([
        page.waitForEvent("download"),
        button(page, "Download the model").click(),
    ]);
    await file.saveAs("page.safetensors");
    for (const label of [1, 4, 8]) {
        await button(page, `Show a ${label}`).click();
        await settled(page);
        assertClose(
            await answers(page),
            probabilitiesOf("page.safetensors", pictureOf(label)),
            1e-5,
        );
    }
}

/* Models from the program in the page. */
async function takesModels(page) {
    const data = SOFTMAX_DATA ? "mnist" : DIGITS;
    softmax(
        "train",
        data,
        "-q",
        "--epochs",
        "1",
        "--solver",
        "adam",
        "-o",
        "regression.safetensors",
    );
    softmax(
        "train",
        data,
        "-q",
        "--epochs",
        "1",
        "--solver",
        "adam",
        "--hidden",
        "32,16",
        "--activation",
        "gelu",
        "--standardize",
        "-o",
        "network.safetensors",
    );
    const shown = [];
    for (const model of ["regression.safetensors", "network.safetensors"]) {
        await give(page, model);
        await page.waitForFunction(
            (name) => document.querySelector('[data-part="model"]').textContent.includes(name),
            model,
        );
        await button(page, "Show a 5").click();
        await settled(page);
        shown.push(pictureOf(5, shown.length));
        assertClose(await answers(page), probabilitiesOf(model, shown.at(-1)), 1e-5);
    }
    assert.equal(await part(page, "step").innerText(), "–");
}

/* Of weights so large that there is no answer, the page says that. */
async function tellsOverflow(page) {
    writeFileSync("huge.safetensors", hugeModel(784, 3));
    await give(page, "huge.safetensors");
    await page.getByText("so large that its logits are not finite numbers").waitFor();
    await settled(page);
    assert.match(await part(page, "verdict").innerText(), /not a number/);
    await give(page, "network.safetensors");
    await page.waitForFunction(
        () => document.querySelector('[data-part="model"]').textContent.includes("network.safe"),
    );
}

async function refusesBadFiles(page) {
    writeFileSync("random.safetensors", noise(5000));
    writeFileSync("random.bin", noise(5000));
    writeFileSync("empty.safetensors", "");
    writeFileSync("cut.safetensors", readFileSync("network.safetensors").subarray(0, 20_000));
    writeFileSync("cut-images", readFileSync("made/t10k-images-idx3-ubyte").subarray(0, 10_000));
    writeFileSync(
        "cut.gz",
        gzipSync(readFileSync("made/t10k-images-idx3-ubyte")).subarray(0, 10_000),
    );
    softmax("train", "blobs:n=200", "-q", "-o", "blobs.safetensors");
    await refused(page, /random\.safetensors: not a model/, "random.safetensors");
    await refused(page, /random\.bin: neither a model/, "random.bin");
    await refused(page, /the file is empty/, "empty.safetensors");
    await refused(page, /cut\.safetensors: .*(outside the file|ends within)/, "cut.safetensors");
    await refused(page, /blobs\.safetensors: it is for 2 features/, "blobs.safetensors");
    await refused(
        page,
        /cut-images: the file ends before/,
        "cut-images",
        "made/t10k-labels-idx1-ubyte",
    );
    await refused(page, /cut\.gz: damaged/, "cut.gz", "made/t10k-labels-idx1-ubyte");
    await refused(page, /1 IDX files of pictures and 0 of labels/, "made/t10k-images-idx3-ubyte");
    writeFileSync("huge.bin", "");
    truncateSync("huge.bin", 101_000_000);
    await refused(page, /huge\.bin: 101 MB; files up to/, "huge.bin");
    writeFileSync("zeros.gz", gzipSync(Buffer.alloc(101_000_000)));
    await refused(page, /zeros\.gz: unpacks to more than/, "zeros.gz");
    await refused(page, /as many labels/, "made/t10k-images-idx3-ubyte", "few-labels");
}

async function learnsFromFiles(page) {
    await give(page, "small/train-images-idx3-ubyte", "small/train-labels-idx1-ubyte");
    await page.waitForFunction(() =>
        document.querySelector('[data-part="model"]').textContent.includes("train-images"),
    );
    await trained(page);
    assert.match(await part(page, "model").innerText(), /on 500 /);
    assert.ok(parseFloat(await part(page, "train-accuracy").innerText()) >= 90);
    assert.equal(await part(page, "test-accuracy").innerText(), "–");
}

await inBrowser(async (browser) => {
    softmax("data", "make", DIGITS, "-q", "-o", "made");
    softmax("data", "make", "digits:n=500,seed=2", "-q", "-o", "small");
    writeFileSync("few-labels", readFileSync("small/t10k-labels-idx1-ubyte"));
    await withLab(async (address) => {
        const { page, problems } = await openPage(browser, `${address}#digits`, {
            viewport: { width: 1024, height: 768 },
        });
        await learns(page);
        await tellsTheCommand(page);
        await readsDrawings(page);
        await readsKeys(page);
        await downloads(page);
        await takesModels(page);
        await tellsOverflow(page);
        await refusesBadFiles(page);
        await learnsFromFiles(page);
        assert.deepEqual(problems, []);
        await drawsAtOnce(browser, address);
        await restsWhileHidden(browser, address);

        for (const colorScheme of ["light", "dark"]) {
            for (const width of [390, 1024, 1920]) {
                const looked = await openPage(browser, `${address}#digits?hidden=16&rows=500`, {
                    viewport: { width, height: 900 },
                    colorScheme,
                });
                await trained(looked.page);
                await button(looked.page, "Show a 3").click();
                await settled(looked.page);
                await part(looked.page, "files").focus(); // as by the tabulator
                await checkAccessibility(looked.page);
                await checkWidth(looked.page);
                assert.deepEqual(looked.problems, []);
                await looked.page.context().close();
            }
        }
    });
});
