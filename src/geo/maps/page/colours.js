/* Colours of outlets that colour-blind readers can tell apart, in a fixed order. */

// Okabe and Ito's eight, those first that stand out best on a light map; then four of Tol's.
export const OUTLET_COLOURS = [
  "#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#f0e442", "#5b5b5b",
  "#882255", "#999933", "#44aa99", "#aa4499",
];
export const OTHER_COLOUR = "#9aa0a6";

/* Gives each outlet a colour group. Up to twelve have one of their own; of more, the eleven
 * most mentioned, and the others share the last. Returns {groupOf, groups, colours}. */
export function groupOutlets(counts) {
  const most = OUTLET_COLOURS.length;
  if (counts.length <= most) {
    const colours = OUTLET_COLOURS.slice(0, Math.max(1, counts.length));
    return { groupOf: counts.map((_, outlet) => outlet), groups: colours.length, colours };
  }
  const order = counts.map((_, outlet) => outlet).sort((a, b) => counts[b] - counts[a] || a - b);
  const own = order.slice(0, most - 1).sort((a, b) => a - b);
  const groupOf = counts.map((_, outlet) => {
    const group = own.indexOf(outlet);
    return group < 0 ? most - 1 : group;
  });
  return { groupOf, groups: most, colours: [...OUTLET_COLOURS.slice(0, most - 1), OTHER_COLOUR] };
}
