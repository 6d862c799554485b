/* Points of one's own, as the model gets them. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { scalingOf } from "../../web/rooms/regions_points.js";

test("a column's scale is a number that models can hold", () => {
    assert.deepEqual(scalingOf([1e-40, 1, 3e-40, 3]).scale, [1, 1]);
    assert.deepEqual(scalingOf([5, 0, 5, 4]).scale, [1, 0.5]);
});
