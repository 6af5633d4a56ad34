/* The list of the places that are shown, those named most first, and of names without a place. */
import { describe } from "./marks.js";
import { kindOf, kindWords } from "./facets.js";
import { button, element, inLanguage, shareBar } from "./dom.js";
import { countOf, numberWords } from "./words.js";

const AT_FIRST = 50;

/* Returns a function from the code of a country to its name in a language. */
export function countryNames(language) {
  const names = new Intl.DisplayNames([language], { type: "region" });
  return (code) => {
    try {
      return names.of(code);
    } catch {
      return code; // no code of ISO 3166
    }
  };
}

export function liesIn({ data: { head: { places } }, countryName }, place) {
  const { admin1, country, kind, name } = places;
  const isWithin = country[place] && kind[place] !== "country";
  const parts = [admin1[place], isWithin ? countryName(country[place]) : ""];
  return [...new Set(parts)].filter((part) => part && part !== name[place]).join(", ");
}

/* What the mention table calls a place that has a name in the language of the labels; else "". */
export function tableName({ places: { name, table_name: own } }, place) {
  return own && own[place] !== name[place] ? own[place] : "";
}

/* The name of a place, to be shown. */
export function nameIn(tag, { head }, place, options) {
  const language = tableName(head, place) ? head.labels : "";
  const textContent = head.places.name[place];
  return element(tag, { ...options, ...inLanguage(language), textContent });
}

/* Returns {node, show}. */
export function makePlaceList(app) {
  const node = element("section", { className: "geo-list", aria: { label: "Places" } });
  let limit = AT_FIRST;
  const show = () => {
    const { placeTotals } = app.counts;
    const shown = [...placeTotals.keys()].filter((place) => placeTotals[place] > 0);
    shown.sort((a, b) => placeTotals[b] - placeTotals[a] || a - b);
    const isLocated = (place) => app.data.head.places.latitude[place] !== null;
    const grow = () => {
      const before = limit;
      limit *= 5;
      show();
      node.querySelectorAll(".geo-place")[before]?.focus();
    };
    node.replaceChildren(
      ...section(app, "Places", shown.filter(isLocated), limit, grow),
      ...section(app, "Without a place on the map",
        shown.filter((place) => !isLocated(place)), limit, grow),
    );
    if (shown.length === 0) node.append(nothing(app));
  };
  /* Moves the focus to a place of the list, or to its heading. */
  const focus = (place) => {
    const buttons = [...node.querySelectorAll(".geo-place")];
    const own = buttons.find((one) => one.dataset.place === app.placeKeys[place]);
    (own ?? node.querySelector("h2"))?.focus();
  };
  return { node, show, focus };
}

function nothing({ data }) {
  const textContent = data.n === 0 ? "No place was found."
    : "No mention passes these filters; Reset shows all again.";
  return element("p", { className: "geo-quiet", textContent });
}

function section(app, title, places, limit, grow) {
  if (places.length === 0) return [];
  const mentions = places.reduce((sum, place) => sum + app.counts.placeTotals[place], 0);
  const rows = places.slice(0, limit).map((place) => element("li", {}, placeButton(app, place)));
  const rest = places.length - rows.length;
  return [
    element("h2", { tabIndex: -1 }, `${title} `,
      element("span", { className: "geo-quiet",
        textContent: `${numberWords(places.length)}, ${countOf(mentions, "mention")}` })),
    element("ol", { className: "geo-places" }, ...rows),
    rest > 0 ? button(`Show more (${numberWords(rest)})`, grow, { className: "geo-grow" }) : "",
  ];
}

function placeButton(app, place) {
  const { places } = app.data.head;
  const { shares } = describe({ places: [place] }, app.counts, app.groups);
  const kind = kindOf(places, place);
  const words = kind === "settlement" || kind === "" ? "" : kindWords(kind);
  const where = [words, liesIn(app, place)];
  const node = button("", () => app.update({ ...app.state, place }), {
    className: "geo-place", data: { place: app.placeKeys[place] },
  });
  node.append(
    nameIn("span", app.data, place, { className: "geo-place-name" }),
    element("span", { className: "geo-number",
      textContent: numberWords(app.counts.placeTotals[place]) }),
    element("span", { className: "geo-quiet", textContent: where.filter(Boolean).join(" · ") }),
    shareBar(shares, app.colours),
  );
  const point = (at) => () => app.mapView.pointAt(at);
  for (const event of ["mouseenter", "focus"]) node.addEventListener(event, point(place));
  for (const event of ["mouseleave", "blur"]) node.addEventListener(event, point(null));
  return node;
}
