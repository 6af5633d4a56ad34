/* What is drawn on the map, and what lies under the pointer. */
import { drawAround, drawNumber, drawShareBar, drawText } from "./draw.js";
import { aroundPoint, besideCircle, makeTaken } from "./labels.js";
import { describe, makeMarks, makePoints, mostMentions, radiusOf } from "./marks.js";
import { makeAreas } from "./basemap.js";
import { hasMiddle, paintCanvas } from "./paint.js";
import { once } from "./dom.js";

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const MOST_LABELS = 250;
const LONGEST_LABEL = 40;
const LEAST_TARGET = 12;
// A smaller mark has no room for a number.
const LEAST_NUMBERED = 12;
// The halo of a mark, and its widest rim.
const [HALO, RIM] = [2, 7];
const OPEN_ZOOM = 2;
// So many names of areas without an outline are shown, whatever they cover.
const MOST_FORCED = 8;
const SEEN_ABOVE_SHEET = 0.3;
const capitals = (text) => text.toUpperCase();
const asItIs = (text) => text;
const AREA_STYLES = {
  country: { font: "600", colour: "area", write: capitals },
  bloc: { font: "600", colour: "area", write: capitals },
  water: { font: "italic", colour: "water", write: asItIs },
  region: { font: "400", colour: "area", write: asItIs },
};

/* Draws marks and names of `app` on one canvas over its map. The view it returns has
 * `show()` for new counts, `pointAt()` for a place that the reader points at elsewhere, and
 * `showRivals()` for the lines to what else a mention may mean. */
export function makeMapView(app) {
  const { map, data } = app;
  const view = {
    app, map,
    canvas: addCanvas(map),
    points: makePoints(data.head, (latitude, longitude) => projected(map, latitude, longitude)),
    showAreas: makeAreas(map, data.head),
    areaPlaces: data.head.places.drawn.flatMap((drawn, place) => (drawn === "area" ? [place] : [])),
    theme: readTheme(app),
    widths: new Map(),
    names: new Set(data.head.places.name),
    pointed: null,
    rivals: null,
  };
  view.most = mostMentions(view.points, app.allCounts.placeTotals);
  const draw = once(() => drawAll(view));
  const change = (some) => {
    Object.assign(view, some);
    draw();
  };
  map.on("move zoomend viewreset resize", () => drawAll(view));
  watchPointer(view, draw);
  app.onTheme(() => change({ theme: readTheme(app) }));
  return {
    show() {
      showStrengths(view);
      draw();
    },
    reveal: (place) => reveal(view, place),
    pointAt: (place) => change({ pointed: place }),
    showRivals: (rivals) => change({ rivals }),
    radiusOf: (total) => radiusOf(total, view.most),
    most: view.most,
    theme: () => view.theme,
  };
}

/* Moves the map to a place that is out of sight. */
function reveal({ map, app }, place) {
  const { latitude, longitude } = app.data.head.places;
  if (latitude[place] === null) return;
  const { x, y } = map.latLngToContainerPoint([latitude[place], longitude[place]]);
  const size = map.getSize();
  // The sheet of a narrow page leaves the upper part of the map to be seen.
  const height = app.page.classList.contains("is-narrow") ? size.y * SEEN_ABOVE_SHEET : size.y;
  if (x > 0 && x < size.x && y > 0 && y < height) return;
  map.panBy([x - size.x / 2, y - height / 2], { animate: false });
}

function addCanvas(map) {
  const pane = map.getPane("geo-marks") ?? map.createPane("geo-marks");
  pane.style.zIndex = 450;
  const canvas = L.DomUtil.create("canvas", "geo-marks leaflet-zoom-hide", pane);
  canvas.setAttribute("aria-hidden", "true"); // the list of places says the same
  return canvas;
}

function projected(map, latitude, longitude) {
  const { x, y } = map.options.crs.latLngToPoint(L.latLng(latitude, longitude), 0);
  return { x, y };
}

function readTheme({ page, colours }) {
  const style = getComputedStyle(page);
  const read = (name) => style.getPropertyValue(`--geo-${name}`).trim();
  return {
    colours,
    ink: read("ink"), paper: read("halo"), quiet: read("quiet"), accent: read("accent"),
    area: read("area-ink"), water: read("water-ink"), town: read("town-ink"),
  };
}

/* ---- drawing ---- */

function drawAll(view) {
  const frame = openFrame(view);
  const { counts, groups } = view.app;
  if (!counts || frame.width === 0 || frame.height === 0) return;
  view.marks = makeMarks(view.points, counts, groups, frame);
  for (const mark of view.marks) mark.radius = radiusOf(mark.total, view.most, mark.isBin);
  view.app.pen = paintCanvas(view.canvas, frame, view.marks, view.theme);
  view.labels = areaLabels(view, frame);
  drawTowns(view, drawNames(view, frame));
  drawRivals(view);
}

/* Lays the canvas over the view; returns where that lies in the world. */
function openFrame({ map, canvas }) {
  const { x: width, y: height } = map.getSize();
  L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
  const { crs } = map.options;
  const origin = map.getPixelBounds().min;
  return {
    width, height, left: origin.x, top: origin.y, scale: crs.scale(map.getZoom()) / crs.scale(0),
  };
}

/* Returns what the circles take. A number stands in its own unless a later one lies above it. */
function drawNumbers({ app: { pen }, theme, marks }, frame) {
  const taken = makeTaken(frame);
  for (const mark of marks.toReversed()) {
    const hasRoom = mark.radius >= LEAST_NUMBERED && hasMiddle(mark);
    if (hasRoom && !taken.has(around(mark, mark.radius / 2))) drawNumber(pen, mark, theme);
    taken.add(around(mark, mark.radius + (mark.isLow || mark.isInferred ? RIM : HALO)));
  }
  return taken;
}

/* Circles keep their places; names of areas and then of points take what is free. */
function drawNames(view, frame) {
  const { app: { pen, data, state }, theme, marks } = view;
  const taken = drawNumbers(view, frame);
  drawChosen(view);
  // The chosen one first, so that it finds room.
  view.labels.sort((a, b) => (b.place === state.place) - (a.place === state.place));
  view.forced = 0;
  for (const label of view.labels) drawAreaLabel(view, label, taken);
  const style = { colour: theme.ink, halo: theme.paper };
  setFont(view, "500 12px");
  for (const mark of marks.slice(0, MOST_LABELS)) {
    if (mark.isBin) continue;
    const text = nameOf(mark, data.head.places);
    const box = besideCircle(mark, { width: widthOf(view, text), height: 15 }, taken);
    if (box === null) continue;
    taken.add(box);
    drawText(pen, text, box.x, box.y + 8, style);
  }
  return taken;
}

function around({ x, y }, radius) {
  return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
}

function drawChosen({ app: { pen, state }, pointed, theme, marks }) {
  for (const mark of marks) {
    if (mark.places.includes(state.place) || mark.places.includes(pointed)) {
      drawAround(pen, mark, theme.accent);
    }
  }
}

function nameOf({ places }, { name }) {
  const names = [...new Set(places.slice(0, 3).map((place) => name[place]))];
  return shortened(names.join(" / "));
}

function shortened(text) {
  const letters = [...text.replace(/\s+/gu, " ")];
  return letters.length <= LONGEST_LABEL ? letters.join("")
    : `${letters.slice(0, LONGEST_LABEL).join("")}…`;
}

// Asking a canvas for its font takes as long as measuring a text, so the view keeps it.
function setFont(view, style) {
  view.font = `${style} ${FONT}`;
  view.app.pen.font = view.font;
}

function widthOf({ widths, app, font }, text) {
  const key = `${font} ${text}`;
  if (!widths.has(key)) widths.set(key, app.pen.measureText(text).width);
  return widths.get(key);
}

function areaLabels({ app, areaPlaces, map }, { width, height }) {
  const { places } = app.data.head;
  const labels = [];
  for (const place of areaPlaces) {
    const total = app.counts.placeTotals[place];
    if (total === 0) continue;
    const at = map.latLngToContainerPoint([places.latitude[place], places.longitude[place]]);
    if (at.x < 0 || at.y < 0 || at.x > width || at.y > height) continue;
    const label = { place, places: [place], total, x: at.x, y: at.y };
    labels.push(describe(label, app.counts, app.groups));
  }
  return labels.sort((a, b) => b.total - a.total);
}

function drawAreaLabel(view, label, taken) {
  const { app: { pen, data, state }, theme } = view;
  const { kind, name } = data.head.places;
  const style = AREA_STYLES[kind[label.place]] ?? AREA_STYLES.region;
  const text = style.write(shortened(name[label.place]));
  setFont(view, `${style.font} 12px`);
  label.box = areaBox(view, label, { width: widthOf(view, text), height: 20 }, taken);
  if (label.box === null) return;
  taken.add(label.box);
  const isMarked = label.place === state.place || label.place === view.pointed;
  const colour = isMarked ? theme.accent : theme[style.colour];
  drawText(pen, text, label.box.x, label.box.y + 8, { colour, halo: theme.paper });
  drawShareBar(pen, label.shares, { ...label.box, y: label.box.y + 16 }, theme.colours);
}

function areaBox(view, { place, x, y }, size, taken) {
  const { data, state } = view.app;
  const free = aroundPoint({ x, y }, size, taken);
  // What has no outline shows nowhere else; what is chosen is looked for.
  const isHidden = !(place in data.head.outlines) && view.forced < MOST_FORCED;
  if (free !== null || !(isHidden || place === state.place)) return free;
  view.forced += 1;
  return { x: x - size.width / 2, y: y - size.height / 2, ...size };
}

/* Names of larger towns, for orientation, where nothing else wants the place. */
function drawTowns(view, taken) {
  const { app: { pen, data }, map, theme } = view;
  const towns = data.head.basemap.towns ?? [];
  // A town's rank halves the distance at which no larger one lies, as a zoom level does.
  const mostRank = map.getZoom() - 2.5;
  setFont(view, "11px");
  for (const [name, latitude, longitude, rank] of towns) {
    if (rank > mostRank) return; // the list goes by rank
    if (view.names.has(name)) continue;
    const { x, y } = map.latLngToContainerPoint([latitude, longitude]);
    if (taken.has({ x: x - 3, y: y - 3, width: 6, height: 6 })) continue;
    const size = { width: widthOf(view, name), height: 14 };
    const box = besideCircle({ x, y, radius: 2 }, size, taken);
    if (box === null) continue;
    taken.add(box);
    pen.fillStyle = theme.town;
    pen.fillRect(x - 1.5, y - 1.5, 3, 3);
    drawText(pen, name, box.x, box.y + 7, { colour: theme.town, halo: theme.paper });
  }
}

function drawRivals(view) {
  const { app: { pen }, map, rivals, theme } = view;
  if (rivals === null) return;
  setFont(view, "italic 12px");
  const from = map.latLngToContainerPoint(rivals.from);
  for (const { latitude, longitude, name } of rivals.to) {
    const to = map.latLngToContainerPoint([latitude, longitude]);
    pen.strokeStyle = theme.accent;
    pen.lineWidth = 1.5;
    pen.setLineDash([5, 4]);
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
    pen.setLineDash([]);
    pen.beginPath();
    pen.arc(to.x, to.y, 6, 0, 2 * Math.PI);
    pen.stroke();
    drawText(pen, shortened(name), to.x + 10, to.y, { colour: theme.accent, halo: theme.paper });
  }
}

/* ---- areas ---- */

function showStrengths({ app, areaPlaces, showAreas }) {
  const { counts, groups, state } = app;
  const most = Math.max(1, ...areaPlaces.map((place) => app.allCounts.placeTotals[place]));
  showAreas((place) => {
    const total = counts.placeTotals[place];
    const { isPale } = describe({ places: [place] }, counts, groups);
    return { strength: Math.sqrt(total / most), isPale, isChosen: state.place === place };
  });
}

/* ---- the pointer ---- */

function watchPointer(view, draw) {
  const { map, app } = view;
  map.on("click", (event) => {
    const found = foundAt(view, event);
    if (found === null) return;
    if (found.mark?.isBin) map.setView(event.latlng, map.getZoom() + OPEN_ZOOM);
    else app.choosePlaces(found.places);
  });
  map.on("mousemove", (event) => {
    const found = foundAt(view, event);
    map.getContainer().style.cursor = found === null ? "" : "pointer";
    const pointed = found === null || found.mark?.isBin ? null : found.places[0];
    if (pointed === view.pointed) return;
    view.pointed = pointed;
    draw();
  });
}

/* Returns the places under the pointer: those of a mark, a name or an area. */
function foundAt({ marks = [], labels = [] }, { containerPoint: { x, y }, originalEvent }) {
  const near = marks.map((mark) => ({ mark, by: Math.hypot(mark.x - x, mark.y - y) - mark.radius }))
    .filter(({ mark, by }) => by <= Math.max(2, LEAST_TARGET - mark.radius));
  // Small marks lie on top of large ones.
  near.sort((a, b) => a.mark.radius - b.mark.radius || a.by - b.by);
  if (near.length > 0) return { mark: near[0].mark, places: near[0].mark.places };
  const label = labels.find(({ box }) => (
    box && x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height
  ));
  if (label) return { places: [label.place] };
  const area = originalEvent?.target?.closest?.("[data-place]");
  return area ? { places: [Number(area.dataset.place)] } : null;
}
