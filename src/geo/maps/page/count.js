/* Which mentions pass the filters, and how often everything is named by them.
 *
 * Each facet, the dates and the search have one bit. A mention that fails none is shown. One
 * that fails a single filter still counts for that filter's own options: the panel tells what a
 * click would bring back, and the histogram what lies outside of the chosen days.
 */
import { isLow } from "./facets.js";
import { NO_DAY } from "./unpack.js";

// What the shown mentions of a place tell of it, as bits.
export const LITERAL = 1;
export const EXACT = 2;
export const NEAR = 4;
export const SURE = 8;
export const CHECKED = 16;

/* Returns a function from state and matches (one byte a mention, or null without a search) to
 * the counts. `groupOf` gives the colour group of each outlet, below `groups`. */
export function makeCounter(data, facets, groupOf, groups) {
  const combos = combine(facets.filter((facet) => facet.of === "mention"), data.n);
  const group = Uint8Array.from(data.head.articles.outlet, (outlet) => groupOf[outlet]);
  const traits = combos.options.map(traitsOf);
  const days = makeDays(data);
  return (state, matches) => {
    const fails = failsOf(data, facets, combos, state);
    const dates = days[state.basis](state);
    const counts = emptyCounts(data, combos, facets.length, groups, dates.days);
    const tally = { data, combos, traits, group, groups, fails, dates, matches, counts };
    countAll(tally, facets);
    return { ...counts, days: dates.days, options: optionCounts(facets, combos, counts) };
  };
}

/* ---- preparing ---- */

// Facets of mentions have few options, so one small number says what a mention takes of each.
function combine(facets, n) {
  const code = new Uint8Array(n);
  let options = [{}];
  for (const { key, options: own, codes } of facets) {
    const before = options.length;
    for (let i = 0; i < n; i += 1) code[i] += before * codes[i];
    options = own.flatMap((_, option) => options.map((combo) => ({ ...combo, [key]: option })));
  }
  return { code, options };
}

function traitsOf({ role, precision, certainty, status }) {
  return (role === 0 ? LITERAL : 0)
    | (precision === 1 ? EXACT : 0)
    | (precision === 2 ? NEAR : 0)
    | (isLow(certainty) ? 0 : SURE)
    | (status === 1 || status === 2 ? CHECKED : 0);
}

/* By basis, a function from state to what it says of each article's or mention's days: their
 * list, where in it each lies (-1 for none), and whether that is outside of the chosen dates. */
function makeDays(data) {
  const published = daysOf(Int32Array.from(data.head.articles.day, (day) => day ?? NO_DAY));
  const days = { published: (state) => choose(published, state, "article") };
  const { event_start: start, event_end: end } = data.columns;
  if (start) {
    const events = daysOf(start, end);
    days.event = (state) => choose(events, state, "mention");
  }
  return days;
}

/* The first days, sorted, and for each interval the number of its first day, -1 without one. */
function daysOf(starts, ends = starts) {
  const days = [...new Set(starts)].filter((day) => day !== NO_DAY).sort((a, b) => a - b);
  const number = new Map(days.map((day, i) => [day, i]));
  return { starts, ends, days, index: starts.map((day) => number.get(day) ?? -1) };
}

// What has no day passes only where all days are shown.
function choose({ starts, ends, days, index }, { from, to }, of) {
  const isOut = new Uint8Array(starts.length);
  const [first, last] = [from ?? -Infinity, to ?? Infinity];
  if (from !== null || to !== null) {
    for (let i = 0; i < starts.length; i += 1) {
      isOut[i] = index[i] < 0 || ends[i] < first || starts[i] > last ? 1 : 0;
    }
  }
  return { days, index, isOut, of };
}

function failsOf({ head, n }, facets, combos, { chosen }) {
  const fails = {
    article: new Uint16Array(head.articles.id.length),
    place: new Uint16Array(head.places.name.length),
    combo: new Uint16Array(combos.options.length),
  };
  facets.forEach(({ key, of, codes }, f) => {
    if (chosen[key] === null || n === 0) return;
    const isOff = (option) => (chosen[key].has(option) ? 0 : 1 << f);
    if (of === "mention") {
      combos.options.forEach((combo, i) => { fails.combo[i] |= isOff(combo[key]); });
    } else {
      codes.forEach((option, i) => { fails[of][i] |= isOff(option); });
    }
  });
  return fails;
}

function emptyCounts({ n, head }, combos, facets, groups, days) {
  const places = head.places.name.length;
  const sizes = { article: head.articles.id.length, place: places, combo: combos.options.length };
  const hits = () => Object.fromEntries(
    Object.entries(sizes).map(([of, size]) => [of, new Uint32Array(size)]),
  );
  return {
    shown: 0,
    isShown: new Uint8Array(n),
    placeShares: new Uint32Array(places * groups),
    placeTraits: new Uint8Array(places),
    histogram: new Uint32Array(days.length * groups),
    hits: hits(),
    // For each filter, the hits of what fails it alone.
    lone: Array.from({ length: facets }, hits),
  };
}

/* ---- counting ---- */

function countAll({ data, combos, traits, group, groups, fails, dates, matches, counts }, facets) {
  const { articleOf, columns: { place: placeOf } } = data;
  const dateBit = 1 << facets.length;
  const searchBit = dateBit << 1;
  const isByArticle = dates.of === "article";
  const { hits, lone, isShown, placeShares, placeTraits, histogram } = counts;
  for (let i = 0; i < data.n; i += 1) {
    const article = articleOf[i];
    const place = placeOf[i];
    const combo = combos.code[i];
    const dated = isByArticle ? article : i;
    const fail = fails.article[article] | fails.place[place] | fails.combo[combo]
      | (dates.isOut[dated] * dateBit) | (isFound(matches, i) ? 0 : searchBit);
    if (fail === 0) {
      isShown[i] = 1;
      placeShares[place * groups + group[article]] += 1;
      placeTraits[place] |= traits[combo];
    }
    if ((fail & ~dateBit) === 0 && dates.index[dated] >= 0) {
      histogram[dates.index[dated] * groups + group[article]] += 1;
    }
    const into = hitsOf(hits, lone, fail);
    if (into === undefined) continue;
    into.article[article] += 1;
    into.place[place] += 1;
    into.combo[combo] += 1;
  }
  counts.shown = isShown.reduce((sum, one) => sum + one, 0);
  counts.placeTotals = hits.place;
}

function isFound(matches, i) {
  return matches === null || matches[i] === 1;
}

// Where to count what fails so: of two filters or more, nowhere.
function hitsOf(hits, lone, fail) {
  if (fail === 0) return hits;
  return (fail & (fail - 1)) === 0 ? lone[31 - Math.clz32(fail)] : undefined;
}

function optionCounts(facets, combos, { hits, lone }) {
  return Object.fromEntries(facets.map(({ key, of, options, codes }, f) => {
    const counts = new Array(options.length).fill(0);
    const carrier = of === "mention" ? "combo" : of;
    const optionOf = of === "mention" ? combos.options.map((combo) => combo[key]) : codes;
    for (let i = 0; i < optionOf.length; i += 1) {
      counts[optionOf[i]] += hits[carrier][i] + lone[f][carrier][i];
    }
    return [key, counts];
  }));
}
