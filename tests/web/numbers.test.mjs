/* Numbers as people read them. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { fourDigits, percent } from "../../web/numbers.js";

test("four digits", () => {
    for (const [value, text] of [
        [0.65401113, "0.6540"],
        [-0.8, "−0.8000"],
        [0, "0"],
        [1, "1.000"],
        [999.96, "1000"],
        [1003.6, "1004"],
        [99999, "99999"],
        [1e5, "1.000·10⁵"],
        [0.00009, "9.000·10⁻⁵"],
        [-3.4028e38, "−3.403·10³⁸"],
        [Infinity, "∞"],
        [-Infinity, "−∞"],
        [NaN, "NaN"],
    ]) {
        assert.equal(fourDigits(value), text);
    }
});

test("percentages never say 100 short of all", () => {
    assert.equal(percent(1), "100 %");
    assert.equal(percent(0.99999), "99.9 %");
    assert.equal(percent(0.5), "50 %");
    assert.equal(percent(0), "0 %");
});
