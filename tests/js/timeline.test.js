import assert from "node:assert/strict";
import { test } from "node:test";
import { makeBins, nextWindow } from "../../src/geo/maps/page/timeline.js";
import { dayOf, isoOf } from "../../src/geo/maps/page/words.js";

const [first, last] = ["2014-05-23", "2014-08-28"].map(dayOf);
const OPEN = { from: null, to: null };

test("each day has a bin where there is room", () => {
  const { unit, starts } = makeBins(first, last, 200);
  assert.equal(unit, "day");
  assert.equal(starts.length - 1, last - first + 1);
});

test("with less room bins are weeks, months and years", () => {
  assert.deepEqual([20, 5, 2].map((most) => makeBins(first, last, most).unit),
    ["week", "month", "year"]);
});

test("however many years, the bins hold them all, in the room there is", () => {
  const ancient = dayOf("0001-05-05");
  const { unit, starts } = makeBins(ancient, last, 50);
  assert.equal(unit, "100 years");
  assert.ok(starts[0] <= ancient && starts.at(-1) > last && starts.length <= 51);
});

test("months begin on their first day", () => {
  assert.deepEqual(makeBins(first, last, 5).starts.map(isoOf),
    ["2014-05-01", "2014-06-01", "2014-07-01", "2014-08-01", "2014-09-01"]);
});

test("a step goes to the next day on which something is reported", () => {
  const days = [first, first + 40, last];
  const one = nextWindow(days, OPEN, "day", 1);
  assert.deepEqual(one, { from: first, to: first });
  assert.deepEqual(nextWindow(days, one, "day", 1), { from: first + 40, to: first + 40 });
  assert.equal(nextWindow(days, { from: last, to: last }, "day", 1), null);
  assert.deepEqual(nextWindow(days, { from: last, to: last }, "day", -1),
    { from: first + 40, to: first + 40 });
});

test("a week goes from Monday to Sunday", () => {
  const { from, to } = nextWindow([dayOf("2014-08-06")], OPEN, "week", 1);
  assert.deepEqual([isoOf(from), isoOf(to)], ["2014-08-04", "2014-08-10"]);
});
