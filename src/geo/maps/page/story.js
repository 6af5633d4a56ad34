/* Everything said of one place: by date and outlet, with sentences, reasons and rivals. */
import { button, element, inLanguage, link, swatch } from "./dom.js";
import { kindOf, kindWords } from "./facets.js";
import { liesIn, nameIn, tableName } from "./places.js";
import { spellingTable } from "./spellings.js";
import { eventOf, scoreOf } from "./unpack.js";
import { countOf, dateWords, numberWords, oneLine, rangeWords, scoreWords } from "./words.js";

const AT_FIRST_MENTIONS = 60;
const PRECISION_WORDS = ["", "exact point", "near, or a district", "region or wider"];
const STATUS_NOTES = {
  verified: "checked by a person",
  corrected: "corrected by a person",
  unresolvable: "nobody can tell which place is meant",
};

/* Returns {node, show, focus}; the node is hidden while no place is chosen. */
export function makeStory(app) {
  const node = element("section", { className: "geo-story", hidden: true });
  let limit = AT_FIRST_MENTIONS;
  let told = null;
  const show = () => {
    const { place } = app.state;
    node.hidden = place === null;
    if (place !== told) limit = AT_FIRST_MENTIONS;
    told = place;
    if (place === null) return;
    const grow = () => {
      limit *= 5;
      show();
    };
    const hadFocus = node.contains(document.activeElement);
    node.setAttribute("aria-label", app.data.head.places.name[place]);
    app.mapView.showRivals(null);
    node.replaceChildren(...storyParts(app, place, limit, grow));
    if (hadFocus) focus({ preventScroll: true });
  };
  const focus = (options) => node.querySelector("h2")?.focus(options);
  return { node, show, focus };
}

function storyParts(app, place, limit, grow) {
  const mentions = shownMentions(app, place);
  const shown = mentions.slice(0, limit);
  const rest = mentions.length - shown.length;
  return [
    button("← All places", () => app.closeStory(), { className: "geo-back" }),
    ...headingParts(app, place, mentions.length),
    ...sharedPoint(app, place),
    spellingTable(app, place, mentions),
    ...groupRuns(shown, (i) => app.data.articleOf[i])
      .map(([article, own]) => articlePart(app, article, own)),
    rest > 0 ? button(`Show more (${numberWords(rest)})`, grow, { className: "geo-grow" }) : "",
  ];
}

function shownMentions({ data, counts }, place) {
  const found = [];
  for (let i = 0; i < data.n; i += 1) {
    if (counts.isShown[i] === 1 && data.columns.place[i] === place) found.push(i);
  }
  return found;
}

function headingParts(app, place, total) {
  const { head, head: { places } } = app.data;
  const kind = kindWords(kindOf(places, place));
  const facts = [tableName(head, place), kind, liesIn(app, place), pointWords(places, place)];
  return [
    nameIn("h2", app.data, place, { tabIndex: -1 }),
    element("p", { className: "geo-quiet", textContent: facts.filter(Boolean).join(" · ") }),
    element("p", { textContent: `${countOf(total, "mention")} shown` }),
  ];
}

function pointWords({ latitude, longitude, drawn, gazetteer }, place) {
  if (drawn[place] !== "point") return gazetteer[place];
  const source = gazetteer[place] ? ` (${gazetteer[place]})` : "";
  return `${latitude[place].toFixed(3)}, ${longitude[place].toFixed(3)}${source}`;
}

function sharedPoint(app, place) {
  const { latitude, longitude, name, drawn } = app.data.head.places;
  if (latitude[place] === null || drawn[place] === "area") return [];
  const others = [...name.keys()].filter((other) => other !== place
    && app.counts.placeTotals[other] > 0 && drawn[other] !== "area"
    && latitude[other] === latitude[place] && longitude[other] === longitude[place]);
  if (others.length === 0) return [];
  const buttons = others.map((other) => button(name[other],
    () => app.update({ ...app.state, place: other }), { className: "geo-link" }));
  return [element("p", { className: "geo-row" }, "At the same point: ", ...buttons)];
}

function groupRuns(items, keyOf) {
  const groups = [];
  for (const item of items) {
    const key = keyOf(item);
    if (groups.at(-1)?.[0] !== key) groups.push([key, []]);
    groups.at(-1)[1].push(item);
  }
  return groups;
}

function articlePart(app, article, mentions) {
  const { articles, outlets } = app.data.head;
  const outlet = outlets[articles.outlet[article]] || "unknown outlet";
  const heading = element("h3", {},
    swatch(app.colours[app.groupOf[articles.outlet[article]]]),
    `${dateWords(articles.day[article])} · ${outlet}`);
  const title = articles.title[article] || (articles.url[article] ? "the article" : "");
  return element("section", { className: "geo-article" }, heading,
    title ? element("p", { className: "geo-headline" }, link(title, articles.url[article])) : null,
    ...mentions.map((i) => mentionPart(app, i)));
}

function mentionPart(app, i) {
  const { data } = app;
  const { columns, head } = data;
  const place = columns.place[i];
  const event = eventOf(data, i);
  const facts = [
    head.places.spellings[place][columns.spelling[i]],
    columns.role[i] === 1 ? "acts or speaks" : "",
    event ? `happened ${rangeWords(event.start, event.end)}` : "",
    PRECISION_WORDS[columns.precision[i]],
    `score ${scoreWords(scoreOf(data, i))}`,
    STATUS_NOTES[head.statuses[columns.status[i]]] ?? "",
  ];
  const reason = app.texts?.[columns.reason[i]] ?? "";
  return element("div", { className: "geo-mention", data: { start: columns.start[i] } },
    quotation(app, i),
    element("p", { className: "geo-facts", textContent: facts.filter(Boolean).join(" · ") }),
    reason ? element("p", { className: "geo-reason", textContent: reason }) : null,
    rivalList(app, i));
}

/* The sentence, with the name marked where it stands. */
function quotation({ data: { columns, head }, texts }, i) {
  const sentence = oneLine(texts?.[columns.context[i]] ?? "");
  const spelling = oneLine(head.places.spellings[columns.place[i]][columns.spelling[i]]);
  if (!sentence) return null;
  const at = nthIndex(sentence, spelling, columns.nth[i]);
  const options = inLanguage(head.languages[columns.language[i]]);
  if (at < 0) return element("blockquote", { ...options, textContent: sentence });
  return element("blockquote", options, sentence.slice(0, at),
    element("mark", { textContent: spelling }), sentence.slice(at + spelling.length));
}

/* Where a word stands for the nth time, counted from 0, or the last time before that. */
export function nthIndex(text, word, nth) {
  let at = -1;
  let from = 0;
  for (let count = 0; count <= nth;) {
    const next = text.indexOf(word, from);
    if (next < 0) break;
    from = next + 1;
    if (isWhole(text, next, next + word.length)) {
      at = next;
      count += 1;
    }
  }
  return at < 0 ? text.indexOf(word) : at;
}

// "Kiev" in "Kievan" is another word.
function isWhole(text, start, end) {
  const isLetter = (letter) => /\p{L}/u.test(letter);
  return !isLetter(text.slice(start - 1, start)) && !isLetter(text.slice(end, end + 1));
}

/* ---- rivals ---- */

function rivalList(app, i) {
  const { rivals, rival_places: { name }, places } = app.data.head;
  const own = rivals[app.data.columns.rival[i]];
  if (own.length === 0) return null;
  const from = places.latitude[app.data.columns.place[i]] === null ? null
    : [places.latitude[app.data.columns.place[i]], places.longitude[app.data.columns.place[i]]];
  const items = own.map(([rival, score]) => rivalButton(app, from, rival, score));
  return element("details", { className: "geo-rivals" },
    element("summary", { textContent: `What else: ${
      own.slice(0, 2).map(([rival]) => name[rival]).join(", ")}${own.length > 2 ? ", …" : ""}` }),
    element("ul", {}, ...items.map((item) => element("li", {}, item))));
}

function rivalButton(app, from, rival, score) {
  const { name, kind, admin1, country, latitude, longitude } = app.data.head.rival_places;
  const at = { latitude: latitude[rival], longitude: longitude[rival], name: name[rival] };
  const there = [at.latitude, at.longitude];
  const where = [admin1[rival], country[rival] && app.countryName(country[rival])].filter(Boolean);
  const text = [[name[rival], ...where].join(", "), kindWords(kind[rival] || "place"),
    scoreWords(score)];
  const showBoth = () => app.map.fitBounds(L.latLngBounds([from ?? there, there]), {
    padding: [60, 60], maxZoom: 8,
  });
  const node = button(text.join(" · "), showBoth, { className: "geo-link" });
  const draw = (rivals) => () => app.mapView.showRivals(rivals);
  for (const event of ["mouseenter", "focus"]) {
    node.addEventListener(event, draw({ from: from ?? there, to: [at] }));
  }
  for (const event of ["mouseleave", "blur"]) node.addEventListener(event, draw(null));
  return node;
}
