/* Draws the mentions of a map: `geoMentions(map, packed, options)` is the only name that the
 * page's scripts leave behind. `packed` is what packing.py made; `options` are `size`, the CSS
 * width and height of the map, and `fitView`, whether to move the map onto the marks. */
import { makeAbout, makeLegend } from "./about.js";
import { credit, drawBasemap, watchTiles } from "./basemap.js";
import { groupOutlets } from "./colours.js";
import { makeFacetList, makeHeading, makeSearchBox } from "./controls.js";
import { makeCounter } from "./count.js";
import { button, element } from "./dom.js";
import { makeFacets } from "./facets.js";
import { makeMapView } from "./mapview.js";
import { makePlaceList } from "./places.js";
import { makeSearch } from "./search.js";
import { fromFragment, startState, toFragment } from "./state.js";
import { makeStory } from "./story.js";
import { makeTimeline } from "./timeline.js";
import { unpack } from "./unpack.js";

const PADDING = 50;

export async function geoMentions(map, packed, { size = {}, fitView = true } = {}) {
  const isFirst = document.querySelector(".geo-page") === null;
  const page = makePage(map, size);
  if (typeof DecompressionStream === "undefined") {
    say(page, "This browser is too old for the map; one of 2023 or later shows it.");
    return;
  }
  const data = await unpack(packed);
  const app = makeApp(map, page, data, isFirst);
  drawBasemap(map, data.head.basemap);
  credit(map, data.head);
  watchTiles(map, (text) => say(page, text));
  buildViews(app);
  await start(app, fitView);
}

/* ---- the page ---- */

/* Puts the map into a grid with the panel and the timeline, which takes the map's own place. */
function makePage(map, { width = "100%", height = "100%" }) {
  const box = map.getContainer();
  const page = element("div", { className: "geo-page" });
  Object.assign(page.style, { width, height });
  box.replaceWith(page);
  page.append(box);
  new ResizeObserver(() => map.invalidateSize({ animate: false, pan: false })).observe(box);
  return page;
}

function say(page, textContent) {
  const notice = element("p", { className: "geo-notice", role: "status", textContent });
  notice.append(button("×", () => notice.remove(), { aria: { label: "Close" } }));
  page.append(notice);
}

/* ---- the app ---- */

function makeApp(map, page, data, usesFragment) {
  const facets = makeFacets(data);
  const perOutlet = new Array(data.head.outlets.length).fill(0);
  data.head.articles.outlet.forEach((outlet, i) => {
    perOutlet[outlet] += data.head.articles.count[i];
  });
  const colouring = groupOutlets(perOutlet);
  const app = {
    map, page, data, facets, usesFragment, ...colouring,
    texts: null,
    state: startState(facets),
    placeKeys: data.head.places.id.map((id, place) => id || `~${data.head.places.name[place]}`),
    bases: data.columns.event_start ? ["published", "event"] : ["published"],
    views: [],
    onShow: (show) => app.views.push(show),
    onTheme: (draw) => matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw),
  };
  const count = makeCounter(data, facets, colouring.groupOf, colouring.groups);
  const search = makeSearch(data);
  app.count = () => count(app.state, search(app.state.query, app.texts));
  app.countsBy = (basis) => count({ ...startState(facets), basis }, null);
  app.allCounts = app.countsBy("published");
  app.update = (state, options) => update(app, state, options);
  return app;
}

function buildViews(app) {
  const { page, map } = app;
  app.mapView = makeMapView(app);
  const heading = makeHeading(app);
  const search = makeSearchBox(app);
  const facets = makeFacetList(app);
  const list = makePlaceList(app);
  const story = makeStory(app);
  const timeline = makeTimeline(app);
  const side = element("aside", { className: "geo-side", aria: { label: "Filters and places" } },
    search.node, facets.node, story.node, list.node, makeAbout(app));
  addLegend(map, makeLegend(app));
  page.prepend(heading.node);
  page.append(side, ...(timeline.node ? [timeline.node] : []));
  heading.node.append(sheetButton(page));
  app.views.push(heading.show, search.show, facets.show, timeline.show, app.mapView.show, () => {
    list.node.hidden = app.state.place !== null;
    if (!list.node.hidden) list.show();
    story.show();
  });
  watchPlaces(app, side, story);
}

function addLegend(map, node) {
  const control = L.control({ position: "bottomleft" });
  control.onAdd = () => {
    L.DomEvent.disableClickPropagation(node).disableScrollPropagation(node);
    return node;
  };
  control.addTo(map);
}

/* On a phone the panel is a sheet over the map. */
function sheetButton(page) {
  const node = button("Filters and places", () => {
    const isOpen = page.classList.toggle("has-sheet");
    node.setAttribute("aria-expanded", String(isOpen));
  }, { className: "geo-sheet", aria: { expanded: "false" } });
  return node;
}

/* Opening a place moves the focus to its story, closing it back to where it came from. */
function watchPlaces(app, side, story) {
  let opener = null;
  app.choosePlaces = (places) => {
    const shown = places.filter((place) => app.counts.placeTotals[place] > 0);
    shown.sort((a, b) => app.counts.placeTotals[b] - app.counts.placeTotals[a]);
    if (shown.length > 0) app.update({ ...app.state, place: shown[0] });
  };
  app.closeStory = () => app.update({ ...app.state, place: null });
  let before = null;
  app.onShow(() => {
    const { place } = app.state;
    if (place === before) return;
    if (place !== null) {
      opener = app.placeKeys[place];
      app.page.classList.add("has-sheet");
      if (app.isReady) {
        story.focus();
        app.mapView.reveal(place);
      }
    } else {
      const buttons = [...side.querySelectorAll(".geo-place")];
      buttons.find((node) => node.dataset.place === opener)?.focus();
    }
    before = place;
  });
  app.page.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && app.state.place !== null) app.closeStory();
  });
}

/* ---- changes ---- */

function update(app, state, { isStep = true } = {}) {
  app.state = state;
  if (app.texts === null && (state.query || state.place !== null)) loadTexts(app);
  app.counts = app.count();
  for (const show of app.views) show();
  if (isStep) writeFragmentSoon(app);
}

/* Sentences are unpacked when they are first asked for. */
async function loadTexts(app) {
  const texts = await app.data.loadTexts();
  if (app.texts !== null) return;
  app.texts = texts;
  update(app, app.state, { isStep: false });
}

/* ---- the fragment ---- */

function fragmentOf(app) {
  return toFragment(app.state, app.facets, app.placeKeys);
}

/* A step goes into the browser's history, so that Back undoes it; a moved map does not. Written
 * after the frame, since the browser takes its time. */
function writeFragmentSoon(app) {
  clearTimeout(app.writing);
  app.writing = setTimeout(() => writeFragment(app, { isStep: true }));
}

function writeFragment(app, { isStep }) {
  if (!app.usesFragment) return;
  const fragment = fragmentOf(app);
  if (fragment === location.hash.slice(1)) return;
  app.written = fragment;
  if (isStep) {
    location.hash = fragment;
    return;
  }
  try {
    history.replaceState(null, "", `#${fragment}`);
  } catch {
    // In an iframe's srcdoc this is not allowed; the next step writes it.
  }
}

function readFragment(app) {
  return fromFragment(location.hash, app.facets, app.placeKeys, app.bases);
}

async function start(app, fitView) {
  const state = app.usesFragment ? readFragment(app) : startState(app.facets);
  if (state.query || state.place !== null) app.texts = await app.data.loadTexts();
  app.map.invalidateSize({ animate: false, pan: false });
  if (state.view) setView(app.map, state.view);
  else if (fitView) whenShown(app.map, () => fit(app));
  update(app, state, { isStep: false });
  app.map.on("moveend", () => {
    const { lat: latitude, lng: longitude } = app.map.getCenter();
    app.state = { ...app.state, view: { latitude, longitude, zoom: app.map.getZoom() } };
    writeFragment(app, { isStep: false });
  });
  window.addEventListener("hashchange", () => {
    if (!app.usesFragment || location.hash.slice(1) === app.written) return;
    const next = readFragment(app);
    if (next.view) setView(app.map, next.view);
    update(app, next, { isStep: false });
  });
  requestAnimationFrame(() => requestAnimationFrame(() => {
    app.isReady = true;
    app.page.dataset.ready = "true";
    performance.mark("geo-ready");
  }));
}

function setView(map, { latitude, longitude, zoom }) {
  map.setView([latitude, longitude], zoom, { animate: false });
}

/* A map in a hidden tab or a notebook that is still loading has no size yet. */
function whenShown(map, action) {
  if (map.getSize().x > 0) action();
  else map.once("resize", action);
}

function fit({ map, data: { head: { bounds } } }) {
  if (bounds === null) return;
  const [west, south, east, north] = bounds;
  const padding = Math.min(PADDING, map.getSize().x / 8);
  map.fitBounds([[south, west], [north, east]], {
    padding: [padding, padding], maxZoom: 9, animate: false,
  });
}
