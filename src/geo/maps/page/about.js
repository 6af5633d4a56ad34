/* The legend, the sources, and the shown mentions to take away. */
import { OTHER_COLOUR } from "./colours.js";
import { button, element, link } from "./dom.js";
import { csvOf, geoJsonOf, saveFile, shownRecords } from "./download.js";
import { paintCanvas } from "./paint.js";
import { dateWords } from "./words.js";

const MOST_ARTICLES = 500;
const SAMPLE = 30;

/* ---- legend ---- */

export function makeLegend(app) {
  const mark = (fields) => ({ shares: [1], total: 1, radius: 7, ...fields });
  const shares = app.colours.slice(0, 3).map(() => 1);
  const most = app.mapView.most;
  const sizes = [...new Set([1, Math.max(1, Math.round(most / 4)), most])];
  const rows = [
    [sizes.map((total) => mark({ total, radius: app.mapView.radiusOf(total) })),
      `size: ${sizes.join(", ")} mentions`],
    shares.length > 1 ? [[mark({ shares, radius: 5 }), mark({ shares, radius: 10 })],
      "slices: shares of several outlets"] : null,
    [[mark({ isRing: true })], "open ring: only near here"],
    [[mark({ isPale: true })], "pale: only acts or speaks (\u201CKiev denies\u201D)"],
    [[mark({ isLow: true })], "dashed rim: score below one half"],
    [[mark({ isRing: true, isInferred: true })],
      "dotted rim: inferred from a neighbour in the text"],
    [[mark({ isChecked: true })], "full rim: checked by a person; all others by the machine"],
  ];
  if (app.colours.at(-1) === OTHER_COLOUR) {
    const others = app.colours.map((_, group) => Number(group === app.colours.length - 1));
    rows.unshift([[mark({ shares: others })], "grey: all outlets but the eleven most mentioned"]);
  }
  const samples = rows.filter(Boolean)
    .map(([marks, words]) => ({ marks, words, canvas: sample() }));
  const node = element("details", { className: "geo-legend" },
    element("summary", { textContent: "Legend" }),
    ...samples.map(({ canvas, words }) => legendRow(canvas, words)),
    legendRow(element("span", { className: "geo-area-sample" }),
      "area: a whole region, country or sea"));
  const draw = () => {
    if (!node.open) return;
    for (const { canvas, marks } of samples) drawSamples(canvas, marks, app.mapView.theme());
  };
  node.addEventListener("toggle", draw);
  app.onTheme(draw);
  return node;
}

function sample() {
  return element("canvas", { className: "geo-sample", aria: { hidden: "true" } });
}

function legendRow(node, textContent) {
  return element("div", { className: "geo-legend-row" }, node, element("span", { textContent }));
}

function drawSamples(canvas, marks, theme) {
  const widths = marks.map(({ radius }) => Math.max(SAMPLE, 2 * radius + 8));
  const width = widths.reduce((sum, one) => sum + one, 0);
  const height = Math.max(SAMPLE, ...widths);
  let x = 0;
  const placed = marks.map((mark, i) => {
    x += widths[i];
    return { ...mark, x: x - widths[i] / 2, y: height / 2 };
  });
  paintCanvas(canvas, { width, height }, placed, theme);
}

/* ---- sources and downloads ---- */

export function makeAbout(app) {
  const { head } = app.data;
  const facts = [
    `Places: ${[...new Set(head.places.gazetteer.filter(Boolean))].join(", ") || "none"}.`,
    `Basemap and areas: Natural Earth. Towns: GeoNames (CC BY 4.0).${
      head.shows_osm ? " Looked up online: © OpenStreetMap contributors (ODbL)." : ""}`,
    "Crimea and Sevastopol are drawn as Ukraine (United Nations General Assembly 68/262).",
    `Made with geo ${head.version}.`,
  ];
  return element("details", { className: "geo-about" },
    element("summary", { textContent: "Sources and downloads" }),
    element("p", { className: "geo-row" }, "Shown mentions: ", ...downloads(app)),
    ...facts.map((textContent) => element("p", { textContent })),
    articleList(head));
}

function articleList({ articles, outlets }) {
  const items = articles.id.slice(0, MOST_ARTICLES).map((id, article) => {
    const outlet = outlets[articles.outlet[article]] || "unknown outlet";
    return element("li", {}, `${dateWords(articles.day[article])}, ${outlet}: `,
      link(articles.title[article] || id, articles.url[article]));
  });
  const rest = articles.id.length - items.length;
  if (rest > 0) items.push(element("li", { textContent: `and ${rest} more` }));
  return element("ol", {}, ...items);
}

function downloads(app) {
  const save = (name, type, write) => async () => {
    const texts = await app.data.loadTexts();
    saveFile(name, type, write(shownRecords(app.data, app.counts.isShown, texts)));
  };
  return [
    button("CSV", save("mentions.csv", "text/csv", csvOf), { className: "geo-save-csv" }),
    button("GeoJSON", save("mentions.geojson", "application/geo+json", geoJsonOf),
      { className: "geo-save-geojson" }),
  ];
}
