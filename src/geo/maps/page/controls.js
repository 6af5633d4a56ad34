/* The filters of the panel: facets, search and reset. */
import { button, element, swatch } from "./dom.js";
import { chooseOptions, chosenOptions, isFiltered, startState } from "./state.js";
import { countOf, numberWords, rangeWords } from "./words.js";

const ALWAYS_OPEN = new Set(["outlet"]);

/* Returns {node, show}: the heading with what is counted. */
export function makeHeading(app) {
  const { head } = app.data;
  const days = head.articles.day.filter((day) => day !== null);
  const least = days.reduce((a, b) => Math.min(a, b), Infinity);
  const most = days.reduce((a, b) => Math.max(a, b), -Infinity);
  const facts = [
    countOf(head.articles.id.length, "article"), countOf(head.outlets.length, "outlet"),
    days.length > 0 ? rangeWords(least, most) : "undated",
  ];
  const count = element("p", {
    className: "geo-count", aria: { live: "polite" }, data: { total: app.data.n },
  });
  const reset = button("Reset", () => app.update(startState(app.facets)), {
    className: "geo-reset", title: "Show everything again",
  });
  const node = element("header", { className: "geo-heading" },
    element("h1", { textContent: head.title || "Places in the news" }),
    element("p", { className: "geo-facts", textContent: facts.join(" · ") }),
    element("div", { className: "geo-row" }, count, reset));
  const show = () => {
    const { latitude } = head.places;
    const places = app.counts.placeTotals
      .reduce((sum, total, place) => sum + (total > 0 && latitude[place] !== null ? 1 : 0), 0);
    const { shown } = app.counts;
    const all = app.data.n === shown ? "" : ` of ${numberWords(app.data.n)}`;
    const noun = app.data.n === 1 ? "mention" : "mentions";
    count.textContent = `${numberWords(shown)}${all} ${noun} · ${countOf(places, "place")}`;
    count.dataset.shown = shown;
    reset.disabled = !isFiltered(app.state) && app.state.place === null;
  };
  return { node, show };
}

/* Returns {node, show}: the search over places, spellings and sentences. */
export function makeSearchBox(app) {
  const input = element("input", {
    type: "search", className: "geo-search", placeholder: "Search places and sentences",
    aria: { label: "Search places, spellings and sentences" },
  });
  input.addEventListener("input", () => {
    app.update({ ...app.state, query: input.value }, { isStep: false });
  });
  // It comes when somebody presses a result: to draw the list again would take that away.
  input.addEventListener("change", () => app.addStep());
  const show = () => {
    if (input.value !== app.state.query) input.value = app.state.query;
  };
  return { node: input, show };
}

/* Returns {node, show}: all facets; those with a single option that occurs are left out. */
export function makeFacetList(app) {
  const facets = app.facets.map((facet) => ({ facet, occurring: occurringOptions(app, facet) }))
    .filter(({ facet, occurring }) => occurring.length > (facet.key === "outlet" ? 0 : 1))
    .map(({ facet, occurring }) => makeFacet(app, facet, occurring));
  const open = facets.filter(({ key }) => ALWAYS_OPEN.has(key));
  const others = facets.filter(({ key }) => !ALWAYS_OPEN.has(key));
  const more = element("details", { className: "geo-more" },
    element("summary", { textContent: "More filters" }), ...others.map(({ node }) => node));
  const node = element("div", { className: "geo-facets" }, ...open.map((facet) => facet.node),
    others.length > 0 ? more : null);
  const show = () => {
    for (const facet of facets) facet.show();
    if (others.some(({ key }) => app.state.chosen[key] !== null)) more.open = true;
  };
  return { node, show };
}

function occurringOptions(app, { key, options }) {
  const counts = app.allCounts.options[key];
  return options.map((_, option) => option).filter((option) => counts[option] > 0);
}

function makeFacet(app, facet, occurring) {
  const choose = (options) => app.update(chooseOptions(app.state, facet, options));
  const everything = facet.options.map((_, option) => option);
  const rows = occurring.map((option) => makeOption(app, facet, option, choose));
  const list = element("div", { className: "geo-options" }, ...rows.map((row) => row.node));
  const buttons = element("div", { className: "geo-row" },
    button("all", () => choose(everything), { aria: { label: `${facet.title}: all` } }),
    button("none", () => choose([]), { aria: { label: `${facet.title}: none` } }));
  const node = element("fieldset", { className: "geo-facet", data: { facet: facet.key } },
    element("legend", { textContent: facet.title }), buttons, list);
  return { key: facet.key, node, show: () => rows.forEach((row) => row.show()) };
}

function makeOption(app, facet, option, choose) {
  const [value, words, help = ""] = facet.options[option];
  const box = element("input", { type: "checkbox", value });
  box.addEventListener("change", () => {
    const others = chosenOptions(app.state, facet).filter((other) => other !== option);
    choose(box.checked ? [...others, option] : others);
  });
  const count = element("span", { className: "geo-number" });
  const colour = facet.key === "outlet" ? swatch(app.colours[app.groupOf[option]]) : null;
  const label = element("label", { title: help }, box, colour,
    element("span", { className: "geo-option-name", textContent: words }), count);
  const only = button("only", () => choose([option]), {
    className: "geo-only", aria: { label: `${words}: only this` },
  });
  const show = () => {
    const chosen = app.state.chosen[facet.key];
    box.checked = chosen === null || chosen.has(option);
    count.textContent = numberWords(app.counts.options[facet.key][option]);
  };
  return { node: element("div", { className: "geo-option" }, label, only), show };
}
