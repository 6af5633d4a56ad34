/* How a place is spelt, by outlet and language. */
import { element, inLanguage, swatch } from "./dom.js";
import { languageWords, numberWords } from "./words.js";

const MOST_SILENT = 20;

/* Which outlet writes it how, and which of those shown do not name it. */
export function spellingTable(app, place, mentions) {
  const counts = countSpellings(app.data, place, mentions);
  const rows = [...counts].sort(([a], [b]) => a - b)
    .map(([outlet, own]) => outletRow(app, outlet, own));
  const silent = silentOutlets(app, counts);
  const more = silent.length > MOST_SILENT ? ` and ${silent.length - MOST_SILENT} more` : "";
  return element("div", { className: "geo-spellings" },
    element("dl", {}, ...rows.flat()),
    silent.length > 0
      ? element("p", { className: "geo-silent",
        textContent: `Silent here: ${silent.slice(0, MOST_SILENT).join(", ")}${more}` })
      : null);
}

/* Returns, by outlet and then by language, how often each spelling is written. */
export function countSpellings({ head, columns, articleOf }, place, mentions) {
  const counts = new Map();
  for (const i of mentions) {
    const outlet = head.articles.outlet[articleOf[i]];
    const spelling = head.places.spellings[place][columns.spelling[i]];
    const own = mapIn(mapIn(counts, outlet), columns.language[i]);
    own.set(spelling, (own.get(spelling) ?? 0) + 1);
  }
  return counts;
}

function mapIn(maps, key) {
  if (!maps.has(key)) maps.set(key, new Map());
  return maps.get(key);
}

function silentOutlets({ data: { head }, counts: { options }, state: { chosen } }, counts) {
  const isChosen = (outlet) => chosen.outlet === null || chosen.outlet.has(outlet);
  return options.outlet.flatMap((count, outlet) => (
    count > 0 && isChosen(outlet) && !counts.has(outlet)
      ? [head.outlets[outlet] || "unknown outlet"] : []
  ));
}

function outletRow({ data: { head }, colours, groupOf }, outlet, byLanguage) {
  const lines = [...byLanguage].sort(([a], [b]) => a - b)
    .map(([language, own]) => languageLine(head.languages, language, own));
  return [
    element("dt", {}, swatch(colours[groupOf[outlet]]), head.outlets[outlet] || "unknown outlet"),
    element("dd", {}, ...lines),
  ];
}

/* Where all articles are in one language, it goes without saying. */
function languageLine(languages, language, own) {
  const textContent = [...own].sort((a, b) => b[1] - a[1])
    .map(([spelling, count]) => `${spelling} ${numberWords(count)}`).join(", ");
  const code = languages[language];
  const isMixed = languages.filter(Boolean).length > 1;
  return element("div", {},
    isMixed && code ? element("span", { className: "geo-quiet",
      textContent: `${languageWords(code)}: ` }) : null,
    element("span", { ...inLanguage(code), textContent }));
}
