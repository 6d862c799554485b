/* What browser.mjs is to find, it finds; and nothing in a page that is as it should be. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

import {
    checkAccessibility,
    checkPictures,
    checkWidth,
    inBrowser,
    openPage,
} from "./browser.mjs";

const DOT =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

/* Opens a page with this body from the disk. */
function open(browser, body) {
    writeFileSync(
        "page.html",
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>
        <meta name="viewport" content="width=device-width"><main><h1>A page</h1>${body}</main></html>`,
    );
    return openPage(browser, pathToFileURL("page.html").href, {
        viewport: { width: 400, height: 300 },
    });
}

await inBrowser(async (browser) => {
    const good = await open(browser, `<p>Text</p><img alt="a dot" src="data:image/png;base64,${DOT}">`);
    await checkAccessibility(good.page);
    await checkPictures(good.page);
    await checkWidth(good.page);
    assert.deepEqual(good.problems, []);
    assert.deepEqual(good.requests, [pathToFileURL("page.html").href]);

    const bad = await open(
        browser,
        `<p style="color: #ccc; background: #fff; width: 500px">Faint and wide</p><img src="gone.png">
        <script>console.error("said"); throw new Error("thrown")</script>`,
    );
    await assert.rejects(checkAccessibility(bad.page), /color-contrast(.|\n)*image-alt/);
    await assert.rejects(checkPictures(bad.page), /cannot be shown/);
    await assert.rejects(checkWidth(bad.page), /pixels wide/);
    assert.equal(bad.requests.length, 2);
    for (const expected of [/console: said/, /exception: .*thrown/, /request: .*gone\.png/]) {
        assert.ok(bad.problems.some((problem) => expected.test(problem)), String(expected));
    }
});
