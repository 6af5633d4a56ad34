/* What the reader has chosen, and how it stands in the address's fragment.
 *
 * `chosen` holds, for each facet, null for all of its options or the set of the chosen ones;
 * `from` and `to` are days or null; `basis` is "published" or "event"; `place` is a place's
 * number or null; `view` is {latitude, longitude, zoom}, or null before the map has moved.
 */
import { dayOf, isoOf } from "./words.js";

export function startState(facets) {
  return {
    chosen: Object.fromEntries(facets.map(({ key }) => [key, null])),
    from: null,
    to: null,
    basis: "published",
    query: "",
    place: null,
    view: null,
  };
}

// All options chosen is no filter.
export function chooseOptions(state, facet, options) {
  const isAll = options.length === facet.options.length;
  return { ...state, chosen: { ...state.chosen, [facet.key]: isAll ? null : new Set(options) } };
}

export function chosenOptions(state, facet) {
  const all = facet.options.map((_, option) => option);
  const chosen = state.chosen[facet.key];
  return chosen === null ? all : all.filter((option) => chosen.has(option));
}

export function isFiltered(state) {
  return state.from !== null || state.to !== null || state.query !== ""
    || state.basis !== "published"
    || Object.values(state.chosen).some((chosen) => chosen !== null);
}

/* ---- the fragment ---- */

export function toFragment(state, facets, placeKeys) {
  const fields = new URLSearchParams(facets.flatMap((facet) => facetFields(state, facet)));
  if (state.basis !== "published") fields.set("basis", state.basis);
  if (state.from !== null) fields.set("from", isoOf(state.from));
  if (state.to !== null) fields.set("to", isoOf(state.to));
  if (state.query) fields.set("q", state.query);
  if (state.place !== null) fields.set("place", placeKeys[state.place]);
  if (state.view) fields.set("at", viewText(state.view));
  return fields.toString();
}

function facetFields(state, facet) {
  if (state.chosen[facet.key] === null) return [];
  const options = chosenOptions(state, facet);
  if (options.length === 0) return [["none", facet.key]];
  const left = facet.options.map((_, option) => option).filter((one) => !options.includes(one));
  // Whichever is the shorter link.
  const isShorter = left.length < options.length;
  const [key, named] = isShorter ? [`no-${facet.key}`, left] : [facet.key, options];
  return named.map((option) => [key, facet.options[option][0]]);
}

/* Whoever made a link may have written anything: what is not known here is passed over. */
export function fromFragment(fragment, facets, placeKeys, bases) {
  const fields = new URLSearchParams(fragment.replace(/^#/u, ""));
  const state = startState(facets);
  for (const facet of facets) state.chosen[facet.key] = optionsIn(fields, facet);
  const basis = fields.get("basis");
  const place = placeKeys.indexOf(fields.get("place"));
  return {
    ...state,
    basis: bases.includes(basis) ? basis : state.basis,
    from: dayOf(fields.get("from") ?? ""),
    to: dayOf(fields.get("to") ?? ""),
    query: fields.get("q") ?? "",
    place: place < 0 ? null : place,
    view: viewIn(fields.get("at") ?? ""),
  };
}

function optionsIn(fields, { key, options }) {
  if (fields.getAll("none").includes(key)) return new Set();
  const number = new Map(options.map(([value], option) => [value, option]));
  const known = (name) => fields.getAll(name).map((value) => number.get(value))
    .filter((option) => option !== undefined);
  const [named, left] = [known(key), new Set(known(`no-${key}`))];
  if (named.length > 0) return new Set(named);
  if (left.size === 0) return null;
  return new Set([...number.values()].filter((option) => !left.has(option)));
}

function viewText({ latitude, longitude, zoom }) {
  return [latitude.toFixed(4), longitude.toFixed(4), Number(zoom.toFixed(2))].join(",");
}

function viewIn(text) {
  if (!/^-?[\d.]+,-?[\d.]+,[\d.]+$/u.test(text)) return null;
  const [latitude, longitude, zoom] = text.split(",").map(Number);
  const isOnMap = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 360 && zoom <= 24;
  return isOnMap ? { latitude, longitude, zoom } : null;
}
