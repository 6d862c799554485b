/* The lab's room of softmax, driven by mouse and by keyboard, beside what the tutorial prints and the
 * formula says. */
import assert from "node:assert/strict";

import {
    checkAccessibility,
    checkPictures,
    checkWidth,
    inBrowser,
    openPage,
    until,
} from "./browser.mjs";
import { withLab } from "./lab.mjs";

const FIRST = [0.4, -0.8, 1.3, 0]; // what the room begins with
const PUBLISHED = [0.2659011, 0.08008787, 0.65401113]; // softmax([0.4, -0.8, 1.3])

function values(page, part) {
    return page
        .locator(`[data-part="${part}"]`)
        .evaluateAll((all) => all.map((one) => Number(one.value)));
}

/* Until values have come to what is expected. */
async function settled(page, part, expected, tolerance = 1e-6) {
    await until(async () => {
        const found = await values(page, part);
        const near =
            found.length === expected.length &&
            found.every((value, i) => Math.abs(value - expected[i]) <= tolerance);
        assert.ok(near, `${part}: ${found} where ${expected} should be`);
    });
}

function softmax(logits, temperature = 1) {
    const largest = Math.max(...logits);
    const exponentials = logits.map((z) => Math.exp((z - largest) / temperature));
    const sum = exponentials.reduce((a, b) => a + b, 0);
    return exponentials.map((e) => e / sum);
}

const slider = (page, label) =>
    page.getByRole("slider", { name: `z of class ${label}`, exact: true });
const field = (page, label) =>
    page.getByRole("spinbutton", { name: `z of class ${label}, as a number` });

/* A field that is described by this text, which is seen. */
async function tells(page, described, text) {
    const id = await described.getAttribute("aria-describedby");
    await page.locator(`#${id}`).waitFor();
    assert.equal(await page.locator(`#${id}`).textContent(), text);
}

async function showsTheTutorial(page) {
    await settled(page, "probability", softmax(FIRST));
    await page.getByRole("button", { name: "A small one" }).click();
    await settled(page, "probability", PUBLISHED);
    await settled(page, "exponential", [0.4, -0.8, 1.3].map(Math.exp));
    await settled(page, "naive-probability", PUBLISHED);
    await settled(
        page,
        "loss",
        PUBLISHED.map((p) => -Math.log(p)),
    );
    await settled(page, "gradient", [PUBLISHED[0], PUBLISHED[1], PUBLISHED[2] - 1]);
    assert.equal(await page.locator('[data-part="probability"]').nth(0).textContent(), "0.2659");
}

async function followsTheMouse(page) {
    const box = await slider(page, 0).boundingBox();
    await page.mouse.click(box.x + 0.75 * box.width, box.y + box.height / 2);
    const z = Number(await slider(page, 0).inputValue());
    assert.ok(z > 3 && z < 7, `the slider is at ${z}`);
    await settled(page, "probability", softmax([z, -0.8, 1.3]));
    await page.getByRole("radio", { name: "Class 1 is the target" }).check();
    const p = softmax([z, -0.8, 1.3]);
    await settled(page, "gradient", [p[0], p[1] - 1, p[2]]);
    await page.getByRole("button", { name: "Step downhill" }).click();
    await settled(page, "logit", [z - p[0], -0.8 - (p[1] - 1), 1.3 - p[2]], 1e-4);
}

async function followsTheKeyboard(page) {
    await slider(page, 2).focus();
    const before = Number(await slider(page, 2).inputValue());
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.ok(Math.abs(Number(await slider(page, 2).inputValue()) - before - 0.2) < 1e-9);
    await page.keyboard.press("Tab"); // to the number beside it
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("-2.5");
    const z = await Promise.all([0, 1, 2].map((label) => field(page, label).inputValue()));
    assert.equal(z[2], "-2.5");
    await settled(page, "probability", softmax(z.map(Number)));
    await field(page, 2).fill("");
    await field(page, 2).blur();
    assert.equal(await field(page, 2).inputValue(), "-2.5");
    await field(page, 2).fill("20000");
    assert.equal(await field(page, 2).getAttribute("aria-invalid"), "true");
    await field(page, 2).blur();
    assert.equal(await field(page, 2).inputValue(), "-2.5");
    await tells(page, field(page, 2), "Numbers from −10,000 to 10,000: back to −2.5.");
    await page.getByRole("button", { name: "One class more" }).press("Enter");
    await settled(page, "probability", softmax([...z.map(Number), 0]));
}

async function overflows(page) {
    await page.getByRole("radio", { name: "±1,000" }).check();
    await slider(page, 0).focus();
    await page.keyboard.press("End");
    await field(page, 1).fill("999");
    await field(page, 2).fill("0");
    await field(page, 3).fill("0");
    await settled(page, "probability", softmax([1000, 999, 0, 0]));
    const naive = await values(page, "naive-probability");
    assert.ok(Number.isNaN(naive[0]) && Number.isNaN(naive[1]), `naive: ${naive}`);
    assert.match(await page.locator('[data-part="verdict"]').textContent(), /Overflow/);
}

/* What another reader gets from the address is what is seen here. */
async function isShared(browser, page) {
    await page.waitForFunction(() => location.hash.includes("z=1000,999,0,0"));
    const other = await openPage(browser, page.url());
    await settled(other.page, "probability", softmax([1000, 999, 0, 0]));
    assert.deepEqual(other.problems, []);
    await other.page.context().close();
}

/* An address that somebody has made up. */
async function bearsNonsense(browser, address) {
    const { page, problems } = await openPage(
        browser,
        `${address}#softmax?z=1,x,1e99&t=-3&target=77&reach=4`,
    );
    await settled(page, "probability", softmax(FIRST));
    assert.deepEqual(problems, []);
    await page.context().close();
}

async function looksRight(browser, address) {
    for (const width of [390, 1024, 1920]) {
        for (const colorScheme of ["light", "dark"]) {
            const { page, problems } = await openPage(
                browser,
                `${address}#softmax?z=1000,3.5,-2,0.001&t=0.5&target=1`,
                { viewport: { width, height: 900 }, colorScheme },
            );
            await settled(page, "stable-probability", [1, 0, 0, 0]);
            await checkAccessibility(page);
            await checkPictures(page);
            await checkWidth(page);
            const hidden = await page
                .locator(".scroller")
                .evaluate((scroller) => scroller.scrollWidth - scroller.clientWidth);
            assert.equal(hidden, 0, `${hidden} pixels of the comparison are out of sight`);
            await page.keyboard.press("?");
            await page.getByRole("dialog").waitFor();
            await checkAccessibility(page);
            await page.keyboard.press("Enter"); // on Close, which has the focus
            await page.getByRole("dialog").waitFor({ state: "hidden" });
            assert.deepEqual(problems, []);
            await page.context().close();
        }
    }
}

await inBrowser((browser) =>
    withLab(async (address) => {
        const { page, problems, requests } = await openPage(browser, address);
        await showsTheTutorial(page);
        await followsTheMouse(page);
        await followsTheKeyboard(page);
        await overflows(page);
        await isShared(browser, page);
        assert.deepEqual(problems, []);
        const origin = new URL(address).origin;
        assert.deepEqual(
            requests.filter((one) => new URL(one).origin !== origin),
            [],
        );
        await bearsNonsense(browser, address);
        await looksRight(browser, address);
    }),
);
