/* The list of the places that are shown, those named most first, and of names without a place. */
import { describe } from "./marks.js";
import { kindOf, kindWords } from "./facets.js";
import { button, element, shareBar } from "./dom.js";
import { countOf, numberWords } from "./words.js";

const AT_FIRST = 50;

const REGIONS = new Intl.DisplayNames(["en"], { type: "region" });

export function countryName(code) {
  try {
    return REGIONS.of(code);
  } catch {
    return code; // no code of ISO 3166
  }
}

export function liesIn({ admin1, country, name }, place) {
  const parts = [admin1[place], country[place] && countryName(country[place])];
  return [...new Set(parts)].filter((part) => part && part !== name[place]).join(", ");
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
  const where = [words, liesIn(places, place)];
  const node = button("", () => app.update({ ...app.state, place }), {
    className: "geo-place", data: { place: app.placeKeys[place] },
  });
  node.append(
    element("span", { className: "geo-place-name", textContent: places.name[place] }),
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
