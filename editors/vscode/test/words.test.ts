import assert from "node:assert/strict";
import { test } from "node:test";

import { LIMIT, WINDOW, withCrash } from "../src/server/crashes";
import { counted, listed, size, statusText } from "../src/words";

test("numbers with their nouns", () => {
  assert.deepEqual([counted(1, "dispatch"), counted(2, "dispatch"), counted(1200, "finding")], ["1 dispatch", "2 dispatches", "1,200 findings"]);
  assert.equal(statusText({ dialect: "angle", dispatches: 12, findings: 0 }), "angle · 12 dispatches · no findings");
  assert.equal(statusText({ dialect: "single", dispatches: 1, findings: 1 }), "single · 1 dispatch · 1 finding");
  assert.deepEqual([size(52_428_800), size(1.44e9)], ["52 MB", "1.4 GB"]);
});

test("words one after the other", () => {
  assert.deepEqual([listed([]), listed(["dates"]), listed(["dates", "actors", "claims"])], ["", "dates", "dates, actors and claims"]);
});

test("ends count for a while", () => {
  let ends: number[] = [];
  for (let time = 0; time < LIMIT; time += 1) {
    ends = withCrash(ends, time * 1000);
  }
  assert.equal(ends.length, LIMIT);
  assert.deepEqual(withCrash(ends, WINDOW * 2), [WINDOW * 2]);
  assert.equal(withCrash([0, WINDOW / 2], WINDOW).length, 2);
});
