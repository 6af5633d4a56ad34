import assert from "node:assert/strict";
import { test } from "node:test";
import { makeCounter } from "../../src/geo/maps/page/count.js";
import { makeFacets } from "../../src/geo/maps/page/facets.js";
import { makeSearch } from "../../src/geo/maps/page/search.js";
import { chooseOptions, startState } from "../../src/geo/maps/page/state.js";
import { makeData } from "./data.js";

const data = makeData({ events: true });
const facets = makeFacets(data);
const counter = makeCounter(data, facets, [0, 1, 2], 3);
const start = startState(facets);

function optionOf({ of, codes }, i) {
  const at = { article: data.articleOf[i], place: data.columns.place[i], mention: i }[of];
  return codes[at];
}

function passes(state, i, without = null) {
  return facets.every((facet) => (
    facet.key === without || state.chosen[facet.key] === null
      || state.chosen[facet.key].has(optionOf(facet, i))
  ));
}

const everyMention = Array.from({ length: data.n }, (_, i) => i);
const filtered = chooseOptions(
  chooseOptions(chooseOptions(start, facets[0], [0, 1]), facets[1], [0]), facets[4], [0, 3],
);

test("what is shown passes every facet", () => {
  const shown = everyMention.filter((i) => passes(filtered, i));
  assert.ok(shown.length > 0 && shown.length < data.n);
  assert.deepEqual([...counter(filtered, null).isShown.keys()]
    .filter((i) => counter(filtered, null).isShown[i] === 1), shown);
});

test("an option counts what would pass but for its own facet", () => {
  const { options } = counter(filtered, null);
  for (const facet of facets) {
    const counts = facet.options.map((_, option) => everyMention.filter((i) => (
      passes(filtered, i, facet.key) && optionOf(facet, i) === option
    )).length);
    assert.deepEqual(options[facet.key], counts, facet.key);
  }
});

test("the shares of a place add up to its mentions", () => {
  const { placeShares, placeTotals } = counter(filtered, null);
  placeTotals.forEach((total, place) => {
    const shares = placeShares.slice(place * 3, place * 3 + 3);
    assert.equal(shares.reduce((sum, share) => sum + share, 0), total);
  });
});

test("dates cut off what is published outside of them, and the undated", () => {
  const day = (i) => data.head.articles.day[data.articleOf[i]];
  const shown = everyMention.filter((i) => day(i) !== null && day(i) >= 16_283 && day(i) <= 16_285);
  assert.equal(counter({ ...start, from: 16_283, to: 16_285 }, null).shown, shown.length);
});

test("the histogram still shows what lies outside of the dates", () => {
  const all = counter(start, null).histogram;
  assert.deepEqual(counter({ ...start, from: 16_283, to: 16_285 }, null).histogram, all);
});

test("dates of events are those of the mentions", () => {
  const shown = everyMention.filter((i) => data.columns.event_start[i] >= 16_300);
  assert.equal(counter({ ...start, basis: "event", from: 16_300 }, null).shown, shown.length);
});

test("a search finds names, spellings and sentences, whatever their accents and capitals", () => {
  const search = makeSearch(data);
  const texts = ["", "Nothing", "The ÉGLISE burnt", "x", "y"];
  const shown = (query) => counter(start, search(query, texts)).shown;
  assert.equal(shown("eglise"), everyMention.filter((i) => data.columns.context[i] === 2).length);
  assert.equal(shown("place 4"), everyMention.filter((i) => data.columns.place[i] === 4).length);
  assert.equal(shown("place-4"), everyMention.filter((i) => (
    data.columns.place[i] === 4 && data.columns.spelling[i] === 1
  )).length);
  assert.equal(shown("  "), data.n);
});

test("without mentions all counts are empty", () => {
  const empty = makeData({ n: 0, articles: 0, places: 0 });
  const none = makeFacets(empty);
  const counts = makeCounter(empty, none, [0, 1, 2], 3)(startState(none), null);
  assert.equal(counts.shown, 0);
});
