/* Reports on pictures, points, a table and texts, opened from the disk as people do. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import {
    checkAccessibility,
    checkPictures,
    checkWidth,
    inBrowser,
    openPage,
} from "./browser.mjs";

const VIEWS = [
    { width: 390, height: 844, colorScheme: "light" },
    { width: 390, height: 844, colorScheme: "dark" },
    { width: 1024, height: 768, colorScheme: "dark" },
    { width: 1920, height: 1080, colorScheme: "light" },
];

const softmax = (...words) => execFileSync(process.env.SOFTMAX, words, { stdio: "ignore" });

/* Trains on data and reports on it; options are for both, or for training alone. */
function makeReport(name, data, { training = [], test = data } = {}) {
    softmax("train", data, "-o", `${name}.safetensors`, "--log", `${name}.jsonl`, "--quiet", ...training);
    softmax("report", `${name}.safetensors`, test, "--log", `${name}.jsonl`, "-o", `${name}.html`);
    return `${name}.html`;
}

/* Of the data sets where they are, or made here. */
function picturesReport() {
    const folder = process.env.SOFTMAX_DATA;
    return folder && existsSync(join(folder, "mnist"))
        ? makeReport("pictures", "mnist", { training: ["--steps", "20"] })
        : makeReport("pictures", "digits:n=1000", { test: "digits:test,n=500" });
}

function tableReport() {
    const penguins = join(process.env.SOFTMAX_DATA ?? "", "penguins", "penguins.csv");
    if (process.env.SOFTMAX_DATA && existsSync(penguins)) {
        return makeReport("table", penguins, {
            training: ["--label", "species", "--validation", "60", "--steps", "5"],
        });
    }
    const rows = Array.from({ length: 90 }, (_, i) => `${i % 7},${["red", "green", ""][i % 3]},${i % 2}`);
    writeFileSync("table.csv", `size,colour,label\n${rows.join("\n")}\n`);
    return makeReport("table", "table.csv");
}

function textReport() {
    const rows = Array.from({ length: 60 }, (_, i) =>
        [`the striped cat sleeps on mat ${i % 5},cat`, `a spotted dog barks at cat ${i % 7},dog`][i % 2],
    );
    writeFileSync("text.csv", `text,label\n${rows.join("\n")}\na cat that barks,cat\nthe dog sleeps,dog\n`);
    return makeReport("text", "text.csv", { training: ["--text", "text", "--l2", "0.5"] });
}

/* Names that would do harm, in every place where a name can be. */
function namesReport() {
    const names = ["<script>document.title = 1</script>", "it''s", "`id`", "$(id)", "שלום", "</bdi></td>"];
    const cells = names.map((name) => `"${name}"`);
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 6},${i % 4},${cells[i % 5]},${cells[i % 6]}`);
    writeFileSync("<b>names' \".csv", `"<i>x","y' onload=","קטגוריה",label\n${rows.join("\n")}\n`);
    return makeReport("names", "<b>names' \".csv", { training: ["--steps", "1"] });
}

/* Names without a blank at which a line could end. */
function longNamesReport() {
    const long = (name) => `${name}_${"without_any_blank_".repeat(6)}`;
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${i % 5},${long(["a", "b", "c"][i % 3])}`);
    writeFileSync("long.csv", `${long("size")},${long("weight")},label\n${rows.join("\n")}\n`);
    return makeReport("long", "long.csv", { training: ["--steps", "1"] });
}

/* Fails when a table of weights reaches into the one beside it. */
async function checkPanels(page) {
    const reaching = await page.evaluate(() =>
        [...document.querySelectorAll(".panels table")]
            .filter((table, i, all) => {
                const { right, top } = table.getBoundingClientRect();
                const next = all[i + 1]?.getBoundingClientRect();
                return next && next.top === top && next.left < right;
            })
            .map((table) => table.caption.textContent),
    );
    assert.deepEqual(reaching, [], "weights beside each other");
}

async function checkReport(browser, file, { width, height, colorScheme }) {
    const url = pathToFileURL(file).href;
    const { page, problems, requests } = await openPage(browser, url, {
        viewport: { width, height },
        colorScheme,
    });
    const where = `${file}, ${width} pixels, ${colorScheme}`;
    assert.deepEqual(problems, [], where);
    assert.deepEqual(requests, [url], where);
    await checkPictures(page);
    await checkWidth(page);
    await checkPanels(page);
    await checkAccessibility(page);
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal((await background()) === "rgb(255, 255, 255)", colorScheme === "light", where);
    await page.emulateMedia({ media: "print" }); // paper is white
    assert.equal(await background(), "rgb(255, 255, 255)", where);
    await page.context().close();
}

await inBrowser(async (browser) => {
    const files = [
        picturesReport(),
        makeReport("blobs", "blobs:n=300"),
        makeReport("circles", "circles:n=300,classes=3", {
            training: ["--hidden", "25,15", "--epochs", "5", "--validation", "50"],
        }),
        tableReport(),
        textReport(),
        namesReport(),
        longNamesReport(),
    ];
    for (const file of files) {
        for (const view of VIEWS) {
            await checkReport(browser, file, view);
        }
    }
});
