import assert from "node:assert/strict";
import { test } from "node:test";
import { makeFacets } from "../../src/geo/maps/page/facets.js";
import * as states from "../../src/geo/maps/page/state.js";
import { makeData } from "./data.js";

const facets = makeFacets(makeData());
const keys = ["gn:1", "~Buk & Co", "gn:3"];
const bases = ["published", "event"];

function roundTrip(state) {
  return states.fromFragment(`#${states.toFragment(state, facets, keys)}`, facets, keys, bases);
}

test("a state comes back from the fragment", () => {
  const state = {
    ...states.chooseOptions(states.startState(facets), facets[0], [0, 2]),
    from: 16_285, to: 16_290, basis: "event", query: "Luhansk & #x=1", place: 1,
    view: { latitude: 48.1234, longitude: -37.5, zoom: 7.25 },
  };
  assert.deepEqual(roundTrip(state), state);
});

test("of many outlets the few that are left out stand in a link", () => {
  const many = { key: "outlet", options: Array.from({ length: 2000 }, (_, i) => [`Outlet ${i}`]) };
  const state = states.chooseOptions(states.startState([many]), many, [...Array(1999).keys()]);
  const fragment = states.toFragment(state, [many], []);
  assert.equal(fragment, "no-outlet=Outlet+1999");
  assert.deepEqual(states.fromFragment(fragment, [many], [], bases), state);
});

test("none of a facet comes back as none", () => {
  const state = states.chooseOptions(states.startState(facets), facets[1], []);
  assert.deepEqual(roundTrip(state), state);
});

test("the start is an empty fragment", () => {
  assert.equal(states.toFragment(states.startState(facets), facets, keys), "");
});

test("all options chosen is no filter", () => {
  const all = facets[0].options.map((_, option) => option);
  const state = states.chooseOptions(states.startState(facets), facets[0], all);
  assert.equal(states.isFiltered(state), false);
});

test("what a fragment does not know is passed over", () => {
  const hostile = "#outlet=Nobody&from=soon&to=%3Cscript%3E&place=x&at=1,2&basis=__proto__&%%%";
  assert.deepEqual(states.fromFragment(hostile, facets, keys, bases), states.startState(facets));
});
