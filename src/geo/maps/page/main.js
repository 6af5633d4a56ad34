/* Draws the mentions of a map: `geoMentions(map, packed, options)` is the only name that the
 * page's scripts leave behind. `packed` is what packing.py made; `options` are `style`, the CSS
 * width, height, left and top of the map, and `fitView`, whether to move the map onto the marks. */
import { makeAbout, makeLegend } from "./about.js";
import { credit, drawBasemap, watchTiles } from "./basemap.js";
import { groupOutlets } from "./colours.js";
import { makeFacetList, makeHeading, makeSearchBox } from "./controls.js";
import { makeCounter } from "./count.js";
import { button, element, once } from "./dom.js";
import { makeFacets } from "./facets.js";
import { makeMapView } from "./mapview.js";
import { countryNames, makePlaceList } from "./places.js";
import { makeSearch } from "./search.js";
import { fromFragment, startState, toFragment } from "./state.js";
import { makeStory } from "./story.js";
import { makeTimeline } from "./timeline.js";
import { unpack } from "./unpack.js";

const PADDING = 50;
// Pixels up to which the panel is a sheet over the map.
const NARROW = 760;

export async function geoMentions(map, packed, { style = {}, fitView = true } = {}) {
  const isFirst = document.querySelector(".geo-page") === null;
  const page = makePage(map, style);
  if (typeof DecompressionStream === "undefined") {
    say(page, "This browser is too old for the map; one of 2023 or later shows it.");
    return;
  }
  try {
    const data = await unpack(packed);
    const app = makeApp(map, page, data, isFirst);
    drawBasemap(map, data.head.basemap);
    credit(map, data.head);
    watchTiles(map, (text) => say(page, text));
    buildViews(app);
    await start(app, fitView);
  } catch (error) {
    say(page, `The map cannot be drawn: ${error.message}`);
    throw error;
  }
}

/* ---- the page ---- */

/* Puts the map into a grid with the panel and the timeline, which takes the map's own place. */
function makePage(map, style) {
  const box = map.getContainer();
  const page = element("div", { className: "geo-page" });
  Object.assign(page.style, { width: "100%", height: "100%" }, style);
  box.replaceWith(page);
  page.append(box);
  const fold = () => page.classList.toggle("is-narrow", page.clientWidth <= NARROW);
  fold();
  new ResizeObserver(fold).observe(page);
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
    pushed: 0,
    state: startState(facets),
    placeKeys: makeKeys(data.head.places),
    countryName: countryNames(data.head.labels),
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
  app.addStep = () => pushFragment(app);
  app.showSoon = once(() => showAll(app));
  return app;
}

/* What a link calls each place: its id, or else its name; with its point if that is not enough. */
function makeKeys({ id, name, latitude, longitude }) {
  const known = new Set();
  return id.map((own, place) => {
    const short = own || `~${name[place]}`;
    const key = known.has(short) ? `${short}@${latitude[place]},${longitude[place]}` : short;
    known.add(key);
    return key;
  });
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
  heading.node.append(sheetButton(app));
  app.views.push(heading.show, search.show, facets.show, timeline.show, app.mapView.show, () => {
    list.node.hidden = app.state.place !== null;
    if (!list.node.hidden) list.show();
    story.show();
  });
  watchPlaces(app, list, story);
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
function sheetButton(app) {
  const node = button("Filters and places", () => {
    app.setSheet(!app.page.classList.contains("has-sheet"));
  }, { className: "geo-sheet", aria: { expanded: "false" } });
  app.setSheet = (isOpen) => {
    app.page.classList.toggle("has-sheet", isOpen);
    node.setAttribute("aria-expanded", String(isOpen));
  };
  return node;
}

/* Opening a place moves the focus to its story, closing it back to where it came from. */
function watchPlaces(app, list, story) {
  app.choosePlaces = (places) => {
    const shown = places.filter((place) => app.counts.placeTotals[place] > 0);
    shown.sort((a, b) => app.counts.placeTotals[b] - app.counts.placeTotals[a]);
    if (shown.length > 0) app.update({ ...app.state, place: shown[0] });
  };
  app.closeStory = () => {
    const { place } = app.state;
    app.update({ ...app.state, place: null });
    list.focus(place);
  };
  let before = null;
  app.onShow(() => {
    const { place } = app.state;
    if (place === before) return;
    before = place;
    app.setSheet(place !== null);
    app.page.classList.toggle("has-story", place !== null);
    if (place === null || !app.isReady) return;
    story.focus();
    app.mapView.reveal(place);
  });
  app.page.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("input[type=search], input[type=date]");
    if (event.key === "Escape" && app.state.place !== null && !isTyping) app.closeStory();
  });
}

/* ---- changes ---- */

/* Takes a new state. A step is a choice that Back undoes; what is not one (dragging, typing,
 * playing) is shown with the next frame, and written when it comes to rest. */
function update(app, state, { isStep = true } = {}) {
  app.state = state;
  if (app.texts === null && (state.query || state.place !== null)) loadTexts(app);
  if (!isStep) {
    app.showSoon();
    return;
  }
  showAll(app);
  // At once, or Back pressed quickly would not find it.
  pushFragment(app);
}

function showAll(app) {
  app.counts = app.count();
  for (const show of app.views) show();
}

/* Sentences are unpacked when they are first asked for. */
async function loadTexts(app) {
  app.texts = await app.data.loadTexts();
  showAll(app);
}

/* ---- the fragment ---- */

function fragmentOf(app) {
  return toFragment(app.state, app.facets, app.placeKeys);
}

function hasChanged(app) {
  return app.usesFragment && fragmentOf(app) !== location.hash.slice(1);
}

function pushFragment(app) {
  if (!hasChanged(app)) return;
  app.pushed += 1;
  location.hash = fragmentOf(app);
}

function replaceFragment(app) {
  if (!hasChanged(app)) return;
  try {
    history.replaceState(null, "", `#${fragmentOf(app)}`);
  } catch {
    // In an iframe's srcdoc this is not allowed; the next step writes it.
  }
}

function readFragment(app) {
  return fromFragment(location.hash, app.facets, app.placeKeys, app.bases);
}

async function start(app, fitView) {
  app.state = app.usesFragment ? readFragment(app) : startState(app.facets);
  if (app.state.query || app.state.place !== null) app.texts = await app.data.loadTexts();
  app.map.invalidateSize({ animate: false, pan: false });
  if (app.state.view) setView(app.map, app.state.view);
  else if (fitView) whenShown(app.map, () => fit(app));
  showAll(app);
  if (app.state.place !== null && !app.state.view) app.mapView.reveal(app.state.place);
  watchView(app);
  window.addEventListener("hashchange", () => {
    // Each push tells of itself, perhaps after the reader has gone on to the next choice.
    if (app.pushed > 0) app.pushed -= 1;
    else if (hasChanged(app)) goTo(app, readFragment(app));
  });
  requestAnimationFrame(() => requestAnimationFrame(() => {
    app.isReady = true;
    app.page.dataset.ready = "true";
    performance.mark("geo-ready");
  }));
}

function goTo(app, state) {
  app.state = state;
  if (app.texts === null && (state.query || state.place !== null)) loadTexts(app);
  if (state.view) setView(app.map, state.view);
  showAll(app);
}

/* Keeps the view in the address once the reader has moved the map; a window that changes its
 * size is no wish. */
function watchView(app) {
  let isTouched = false;
  const box = app.map.getContainer();
  for (const event of ["pointerdown", "wheel", "keydown"]) {
    box.addEventListener(event, () => { isTouched = true; }, { capture: true, passive: true });
  }
  app.map.on("moveend", () => {
    if (!isTouched) return;
    const { lat: latitude, lng: longitude } = app.map.getCenter();
    app.state = { ...app.state, view: { latitude, longitude, zoom: app.map.getZoom() } };
    replaceFragment(app);
  });
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
