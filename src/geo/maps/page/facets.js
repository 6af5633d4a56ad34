/* What can be filtered by, and what each mention counts as. */

const KIND_WORDS = new Map([["border_crossing", "border crossing"], ["", "not located"]]);
const ROLES = [
  ["literal", "happens there", "Something is or happens there"],
  ["associative", "acts or speaks", "Stands for a government, army, people or team"],
];
const PRECISIONS = [
  ["0", "not located"],
  ["1", "exact point"],
  ["2", "near, or a district"],
  ["3", "region or wider"],
];
// The least score of each class, in thousandths.
const SCORES = [
  ["90", "score .90 and more", 900],
  ["70", ".70 to .89", 700],
  ["50", ".50 to .69", 500],
  ["0", "less than .50", 0],
  ["none", "no score", Infinity],
];
const LOW_SCORE = 3;
const NO_SCORE_CLASS = 4;
const STATUS_WORDS = new Map([
  ["machine", "not checked"], ["verified", "checked"], ["unresolvable", "nobody can tell"],
]);

/* The facets in the order of the panel: `options` are [value, words]; `codes` says which option
 * each mention, or its article or place, takes, as `of` tells. */
export function makeFacets(data) {
  const { head, columns } = data;
  const kinds = kindsOf(head.places);
  const facet = (key, title, of, options, codes) => ({ key, title, of, options, codes });
  return [
    facet("outlet", "Outlets", "article",
      head.outlets.map((name) => [name, name || "unknown outlet"]), head.articles.outlet),
    facet("role", "What the place does", "mention", ROLES, columns.role),
    facet("kind", "Kinds of places", "place",
      kinds.map((kind) => [kind, kindWords(kind)]),
      placeKinds(head.places).map((kind) => kinds.indexOf(kind))),
    facet("precision", "Precision", "mention", PRECISIONS, columns.precision),
    facet("certainty", "Certainty", "mention", SCORES, scoreClasses(columns.score)),
    facet("status", "Checked by a person", "mention",
      head.statuses.map((status) => [status, STATUS_WORDS.get(status) ?? status]), columns.status),
  ];
}

export function kindWords(kind) {
  return KIND_WORDS.get(kind) ?? kind;
}

export function isLow(scoreClass) {
  return scoreClass === LOW_SCORE || scoreClass === NO_SCORE_CLASS;
}

/* The kind of a place; empty for one that is not located. */
export function kindOf({ kind, latitude }, place) {
  return latitude[place] === null ? "" : kind[place] || "place";
}

function placeKinds(places) {
  return places.kind.map((_, place) => kindOf(places, place));
}

function kindsOf(places) {
  const kinds = [...new Set(placeKinds(places))];
  return kinds.sort((a, b) => (a === "") - (b === "") || a.localeCompare(b));
}

function scoreClasses(scores) {
  const classes = new Uint8Array(scores.length);
  for (let i = 0; i < scores.length; i += 1) {
    const score = scores[i];
    classes[i] = score > 1000
      ? NO_SCORE_CLASS
      : SCORES.findIndex(([, , least]) => score >= least);
  }
  return classes;
}
