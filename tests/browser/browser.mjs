/* A page in a real browser, and what is to hold of every page. A test is a module that calls
 * inBrowser() and is run by run.sh, which says how the tools get here. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SKIPPED = 77;
const PATIENCE = 120_000; // milliseconds, for what must come about however busy the machine is
const EXECUTABLES = ["chromium-headless-shell", "chromium"];

/* Where the tools are: run.sh says it. */
const tools = process.env.SOFTMAX_BROWSER ?? fileURLToPath(new URL("../../build/browser", import.meta.url));
const require = createRequire(join(tools, "package.json"));

/* Debian's browser, or undefined. */
function executable() {
    return (process.env.PATH ?? "")
        .split(":")
        .flatMap((folder) => EXECUTABLES.map((name) => join(folder, name)))
        .find((path) => existsSync(path));
}

/* Calls test(browser), browser a Browser of playwright-core's, and closes it. Without a browser, the
 * test is skipped; when it throws, it has failed. */
export async function inBrowser(test) {
    const executablePath = executable();
    if (!executablePath) {
        console.log(`skipped: neither ${EXECUTABLES.join(" nor ")} is here`);
        process.exit(SKIPPED);
    }
    const isRoot = process.getuid?.() === 0;
    const browser = await require("playwright-core").chromium.launch({
        executablePath,
        args: isRoot ? ["--no-sandbox"] : [],
    });
    try {
        await test(browser);
    } finally {
        await browser.close();
    }
}

/* Calls check() until it does not throw, and returns what it gives; throws what it threw last when that
 * takes too long. */
export async function until(check) {
    const end = performance.now() + PATIENCE;
    for (;;) {
        try {
            return await check();
        } catch (error) {
            if (performance.now() > end) {
                throw error;
            }
        }
        await new Promise((done) => setTimeout(done, 50));
    }
}

/* Opens url in a page of its own. Returns {page, problems, requests}, which fill as the page lives:
 *   problems  texts: what the console says of warnings and errors, exceptions, requests that failed
 *   requests  the addresses it asked for, its own first; those of data: and blob: left out
 * options: browser.newContext()'s, such as {viewport: {width, height}, colorScheme: "dark"}.
 * SOFTMAX_BROWSER_SLOWDOWN=6 makes the page's own thread six times slower: no test may mind. */
export async function openPage(browser, url, options = {}) {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const slowdown = Number(process.env.SOFTMAX_BROWSER_SLOWDOWN ?? 1);
    if (slowdown > 1) {
        const session = await context.newCDPSession(page);
        await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    }
    const problems = [];
    const requests = [];
    page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") {
            problems.push(`console: ${message.text()}`);
        }
    });
    page.on("pageerror", (error) => problems.push(`exception: ${error.stack ?? error}`));
    page.on("requestfailed", (request) =>
        problems.push(`request: ${request.url()}: ${request.failure()?.errorText}`),
    );
    page.on("request", (request) => {
        if (!/^(data|blob):/.test(request.url())) {
            requests.push(request.url());
        }
    });
    await page.goto(url, { waitUntil: "load" });
    return { page, problems, requests };
}

/* Fails when axe-core finds anything serious or critical in the page as it is. */
export async function checkAccessibility(page) {
    const source = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
    // Within the page, as by its console: what the page forbids of scripts does not count.
    const violations = await page.evaluate(
        `(() => { ${source}\n; return axe.run(document, { resultTypes: ["violations"] }); })()` +
            ".then((results) => results.violations)",
    );
    const serious = violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .flatMap(({ id, help, nodes }) =>
            nodes.slice(0, 5).map((node) => `${id}: ${help}\n  ${node.html}\n  ${node.failureSummary}`),
        );
    assert.deepEqual(serious, [], `accessibility:\n${serious.join("\n")}`);
}

/* Fails unless all pictures of the page, those within drawings too, can be read and have pixels. */
export async function checkPictures(page) {
    const broken = await page.evaluate(() => {
        const drawn = [...document.querySelectorAll("svg image")].map((element) => {
            const image = new Image();
            image.src = element.href.baseVal;
            image.alt = "a picture within a drawing";
            return image;
        });
        return Promise.all(
            [...document.images, ...drawn].map((image) =>
                image.decode().then(
                    () => (image.naturalWidth > 0 ? null : image.alt),
                    () => image.alt || "a picture without a text",
                ),
            ),
        ).then((all) => all.filter((alt) => alt !== null));
    });
    assert.deepEqual(broken, [], "pictures that cannot be shown");
}

/* Fails when the page is wider than its window, and says what sticks out. */
export async function checkWidth(page) {
    const [content, room, wide] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        const out = [...document.querySelectorAll("body *")].findLast(
            (element) => scrollWidth > clientWidth && element.getBoundingClientRect().right >= scrollWidth,
        );
        return [scrollWidth, clientWidth, out?.outerHTML.slice(0, 200)];
    });
    assert.ok(content <= room, `the page is ${content} pixels wide in a window of ${room}: ${wide}`);
}
