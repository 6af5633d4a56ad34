import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeLine } from "../../src/geo/maps/page/basemap.js";
import { OTHER_COLOUR, groupOutlets } from "../../src/geo/maps/page/colours.js";
import { makeCounter } from "../../src/geo/maps/page/count.js";
import { makeFacets } from "../../src/geo/maps/page/facets.js";
import { besideCircle, makeTaken } from "../../src/geo/maps/page/labels.js";
import { MOST_PLACES, makeMarks, makePoints, radiusOf } from "../../src/geo/maps/page/marks.js";
import { startState } from "../../src/geo/maps/page/state.js";
import { countSpellings } from "../../src/geo/maps/page/spellings.js";
import { nthIndex } from "../../src/geo/maps/page/story.js";
import { makeData } from "./data.js";

const VIEW = { scale: 1, left: 0, top: 0, width: 1000, height: 800 };

function pointsOf({ head }) {
  return makePoints(head, (latitude, longitude) => ({ x: longitude * 10, y: latitude * 10 }));
}

function manyPoints(n) {
  const points = Array.from({ length: n }, (_, i) => (
    { x: i % 1000, y: (i * 7) % 800, places: [i], isInferred: false }
  ));
  const ones = new Uint32Array(n).fill(1);
  return [points, { placeTotals: ones, placeShares: ones, placeTraits: new Uint8Array(n) }];
}

test("areas and what has no point are no marks", () => {
  assert.equal(pointsOf(makeData()).length, 5);
});

test("places at one point share a mark", () => {
  const data = makeData();
  data.head.places.latitude.fill(48);
  data.head.places.longitude.fill(38);
  assert.equal(pointsOf(data).length, 1);
});

test("the marks hold all mentions of points in view", () => {
  const data = makeData();
  const facets = makeFacets(data);
  const counts = makeCounter(data, facets, [0, 1, 2], 3)(startState(facets), null);
  const marks = makeMarks(pointsOf(data), counts, 3, VIEW);
  const total = marks.reduce((sum, mark) => sum + mark.total, 0);
  const points = data.head.places.drawn.map((drawn) => drawn === "point");
  assert.equal(total, [...data.columns.place].filter((place) => points[place]).length);
});

test("up to the limit each place has a mark, above it cells of the screen", () => {
  assert.equal(makeMarks(...manyPoints(MOST_PLACES), 1, VIEW).length, MOST_PLACES);
  const marks = makeMarks(...manyPoints(MOST_PLACES + 1), 1, VIEW);
  assert.ok(marks.length <= 36 * 29);
  assert.equal(marks.reduce((sum, mark) => sum + mark.total, 0), MOST_PLACES + 1);
});

test("cells stay where they are when the map moves", () => {
  const [points, counts] = manyPoints(MOST_PLACES + 500);
  const totals = (left) => makeMarks(points, counts, 1, { ...VIEW, left })
    .filter(({ x, y }) => x > 100 && x < 800 && y > 100 && y < 700)
    .map(({ x, y, total }) => `${Math.round(x + left)} ${Math.round(y)} ${total}`).sort();
  const shared = totals(13).filter((mark) => totals(0).includes(mark));
  assert.ok(shared.length > 0.95 * totals(0).length);
});

test("what lies outside of the view is no mark", () => {
  assert.equal(makeMarks(...manyPoints(100), 1, { ...VIEW, left: 5000 }).length, 0);
});

test("four times the mentions are twice the radius", () => {
  assert.equal(radiusOf(100, 100) / radiusOf(25, 100), 2);
});

test("up to twelve outlets have colours of their own", () => {
  const { groupOf, colours } = groupOutlets(new Array(12).fill(1));
  assert.equal(new Set(groupOf.map((group) => colours[group])).size, 12);
});

test("of more outlets, the least mentioned are grouped", () => {
  const { groupOf, groups, colours } = groupOutlets([1, ...new Array(11).fill(5), 2]);
  assert.equal(groups, 12);
  assert.deepEqual([groupOf[0], groupOf[12]], [11, 11]);
  assert.equal(colours[11], OTHER_COLOUR);
  assert.equal(new Set(groupOf.slice(1, 12)).size, 11);
});

test("no name lies on another", () => {
  const taken = makeTaken(VIEW);
  const size = { width: 60, height: 15 };
  const boxes = Array.from({ length: 8 }, () => {
    const box = besideCircle({ x: 100, y: 100, radius: 6 }, size, taken);
    if (box) taken.add(box);
    return box;
  });
  assert.equal(boxes.filter(Boolean).length, 4);
});

test("no name reaches out of the view", () => {
  const taken = makeTaken(VIEW);
  const box = besideCircle({ x: 990, y: 100, radius: 6 }, { width: 60, height: 15 }, taken);
  assert.ok(box.x + box.width <= VIEW.width);
});

test("lines are read back from their differences", () => {
  assert.deepEqual(decodeLine([37_800, 48_000, 100, -100]), [[48, 37.8], [47.9, 37.9]]);
});

test("the name that is meant is marked, not the first that looks like it", () => {
  assert.equal(nthIndex("Kiev said Kiev burnt", "Kiev", 1), 10);
  assert.equal(nthIndex("Kiev said Kiev burnt", "Kiev", 5), 10);
  assert.equal(nthIndex("Kievan Rus and Kiev", "Kiev", 0), 15);
  assert.equal(nthIndex("nothing", "Kiev", 0), -1);
});

test("spellings are counted by outlet and language", () => {
  const data = makeData();
  const own = [...Array(data.n).keys()].filter((i) => data.columns.place[i] === 4);
  const ofRt = own.filter((i) => data.head.articles.outlet[data.articleOf[i]] === 0);
  const inUkrainian = ofRt.filter((i) => data.columns.language[i] === 1);
  const spelt = inUkrainian.filter((i) => data.columns.spelling[i] === 0);
  assert.equal(countSpellings(data, 4, own).get(0).get(1).get("Place 4"), spelt.length);
});
