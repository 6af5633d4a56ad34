import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { paintMarks } from "../../src/geo/maps/page/paint.js";

const THEME = { colours: ["#ff0000", "#00ff00", "#0000ff"], ink: "#010203", paper: "#ffffff" };
const MIDDLE = 20;

function painted(marks, density = 1) {
  const side = 2 * MIDDLE * density;
  const data = new Uint8ClampedArray(4 * side * side);
  const image = { data, width: side, height: side };
  paintMarks(image, marks.map((mark) => ({ x: MIDDLE, y: MIDDLE, ...mark })), THEME, density);
  return (right, down) => {
    const at = 4 * (Math.round((MIDDLE + down) * density) * side
      + Math.round((MIDDLE + right) * density));
    return [...data.subarray(at, at + 4)];
  };
}

const RED = [255, 0, 0, 255];
const BLUE = [0, 0, 255, 255];
const INK = [1, 2, 3, 255];
const NOTHING = [0, 0, 0, 0];

test("a disc of one outlet is its colour, within a halo, and ends there", () => {
  for (const density of [1, 2, 3]) {
    const at = painted([{ radius: 8, shares: [4, 0, 0] }], density);
    assert.deepEqual(at(0, 0), RED);
    assert.deepEqual(at(-7, 0), RED);
    assert.deepEqual(at(0, 9), [255, 255, 255, 255]);
    assert.deepEqual(at(0, 11), NOTHING);
  }
});

test("shares go clockwise from the top, around a dark middle", () => {
  const at = painted([{ radius: 10, shares: [1, 0, 1] }]);
  assert.deepEqual(at(8, 0), RED);
  assert.deepEqual(at(-8, 0), BLUE);
  assert.deepEqual(at(0, 0), INK);
});

test("a small mark has no middle, a ring is open, a pale one is mixed with paper", () => {
  assert.deepEqual(painted([{ radius: 5, shares: [1, 0, 1] }])(1, 0), RED);
  assert.deepEqual(painted([{ radius: 9, shares: [1, 0, 0], isRing: true }])(0, 0), NOTHING);
  assert.deepEqual(painted([{ radius: 9, shares: [1, 0, 0], isRing: true }])(8, 0), RED);
  const [red, green, , alpha] = painted([{ radius: 9, shares: [1, 0, 0], isPale: true }])(0, 0);
  assert.deepEqual([red, alpha], [255, 255]);
  assert.ok(green > 128);
});

test("a mark stands where it is, to half a pixel", () => {
  const side = 2 * MIDDLE;
  for (const x of [15.1, 15.5, 15.9]) {
    const data = new Uint8ClampedArray(4 * side * side);
    const mark = { x, y: x, radius: 6, shares: [1, 0, 0] };
    paintMarks({ data, width: side, height: side }, [mark], THEME, 1);
    let [sum, weight] = [0, 0];
    for (let i = 0; i < side * side; i += 1) {
      sum += data[4 * i + 3] * ((i % side) + 0.5);
      weight += data[4 * i + 3];
    }
    assert.ok(Math.abs(sum / weight - x) <= 0.5, `${sum / weight} for ${x}`);
  }
});

test("the page's colours are such as can be painted", () => {
  const css = readFileSync(new URL("../../src/geo/maps/page/page.css", import.meta.url), "utf8");
  const found = [...css.matchAll(/--geo-(?:ink|halo): ([^;]+);/g)].map((match) => match[1]);
  assert.equal(found.length, 4);
  for (const colour of found) assert.match(colour, /^#[0-9a-f]{6}$/);
});

test("rims: full where checked, with gaps where low or inferred", () => {
  const inkAround = (mark, distance) => {
    const at = painted([{ radius: 8, shares: [1, 0, 0], ...mark }], 2);
    return Array.from({ length: 100 }, (_, i) => {
      const [right, down] = [Math.cos(i / 16) * distance, Math.sin(i / 16) * distance];
      return at(right, down)[3] > 0 ? 1 : 0;
    }).reduce((sum, one) => sum + one);
  };
  assert.equal(inkAround({}, 11.5), 0);
  assert.equal(inkAround({ isChecked: true }, 10.5), 100);
  const low = inkAround({ isLow: true }, 11.5);
  const inferred = inkAround({ isInferred: true }, 14);
  assert.ok(low > 40 && low < 80, String(low));
  assert.ok(inferred > 10 && inferred < 60, String(inferred));
});

test("the later mark lies above, and marks at an edge of the image are cut", () => {
  const at = painted([
    { radius: 8, shares: [1, 0, 0] }, { radius: 5, shares: [0, 0, 1] },
    { x: -2, y: MIDDLE, radius: 8, shares: [1, 0, 0] },
    { x: 2 * MIDDLE, y: 2 * MIDDLE, radius: 8, shares: [1, 0, 0] },
  ]);
  assert.deepEqual(at(0, 0), BLUE);
  assert.deepEqual(at(-MIDDLE, 0), RED);
  assert.deepEqual(at(MIDDLE - 1, -1), NOTHING);
});
