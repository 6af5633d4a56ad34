/* The embedded basemap, the areas of regions and countries, and the credits. */

const PER_DEGREE = 1000;
// In the order in which they lie on each other: lakes on the rivers that run through them.
const LAYERS = ["land", "rivers", "lakes", "regions", "borders", "disputed"];
const FILLED = new Set(["land", "lakes"]);
// Above folium's tiles lie panes of 200 to 400; the basemap stays below, so that tiles cover it.
const PANES = { base: 110, areas: 350 };
const REGIONS_FROM_ZOOM = 4;

/* Corners as Leaflet takes them, from the differences that shapes.py writes. */
export function decodeLine(numbers) {
  const corners = [];
  let longitude = 0;
  let latitude = 0;
  for (let i = 0; i < numbers.length; i += 2) {
    longitude += numbers[i];
    latitude += numbers[i + 1];
    corners.push([latitude / PER_DEGREE, longitude / PER_DEGREE]);
  }
  return corners;
}

export function drawBasemap(map, basemap) {
  const options = { ...addPane(map, "base"), interactive: false };
  const shapes = LAYERS.map((name) => {
    const lines = basemap[name].map(decodeLine);
    const style = { ...options, className: `geo-${name}`, fill: FILLED.has(name) };
    // All rings are one path: by the even-odd rule, holes stay holes.
    return FILLED.has(name) ? L.polygon([lines], style) : L.polyline(lines, style);
  });
  for (const shape of shapes) shape.addTo(map);
  const regions = shapes[LAYERS.indexOf("regions")].getElement();
  const showRegions = () => {
    regions.style.display = map.getZoom() < REGIONS_FROM_ZOOM ? "none" : "";
  };
  map.on("zoomend", showRegions);
  showRegions();
}

/* Makes a pane that is painted once and then only moved; returns options for what is in it. */
function addPane(map, name) {
  const pane = `geo-${name}`;
  const node = map.getPane(pane) ?? map.createPane(pane);
  Object.assign(node.style, { zIndex: PANES[name], willChange: "transform" });
  return { pane, renderer: L.svg({ pane, padding: 0.5 }) };
}

/* Names the sources on the map. */
export function credit(map, { shows_osm: showsOsm }) {
  const control = map.attributionControl ?? L.control.attribution().addTo(map);
  control.setPrefix(false);
  control.addAttribution("Leaflet");
  control.addAttribution("Natural Earth");
  control.addAttribution("GeoNames (CC BY 4.0)");
  if (showsOsm) control.addAttribution("© OpenStreetMap contributors");
}

/* Draws the outlines of areas, the largest below; returns a function that shows some of them:
 * it takes, for each place, how strong its area is to be, from 0 for not at all to 1. */
export function makeAreas(map, head) {
  const options = { ...addPane(map, "areas"), interactive: false };
  const areas = Object.entries(head.outlines).map(([number, rings]) => {
    const place = Number(number);
    const className = `geo-area geo-area-${head.places.kind[place]}`;
    const shape = L.polygon([rings.map(decodeLine)], { ...options, className });
    return { place, shape, size: sizeOf(shape.getBounds()) };
  });
  areas.sort((a, b) => b.size - a.size);
  for (const { place, shape } of areas) {
    shape.addTo(map);
    shape.getElement().dataset.place = place;
  }
  return (strengthOf) => {
    for (const area of areas) showArea(area, strengthOf(area.place));
  };
}

// Whatever is set on one path has all of them painted anew, so only what changes is.
function showArea(area, { strength, isPale, isChosen }) {
  const look = [strength.toFixed(1), isPale, isChosen].join();
  if (look === area.look) return;
  area.look = look;
  const path = area.shape.getElement();
  path.style.display = strength > 0 ? "" : "none";
  path.style.setProperty("--strength", strength.toFixed(1));
  path.classList.toggle("is-pale", isPale);
  path.classList.toggle("is-chosen", isChosen);
}

function sizeOf(bounds) {
  const width = bounds.getEast() - bounds.getWest();
  return width * (bounds.getNorth() - bounds.getSouth());
}

/* Says once, on the map, that tiles which somebody asked for do not load. */
export function watchTiles(map, say) {
  let hasFailed = false;
  const watch = (layer) => {
    if (!(layer instanceof L.TileLayer)) return;
    layer.on("tileerror", () => {
      if (!hasFailed) say("Some map tiles did not load; the embedded map shows in their place.");
      hasFailed = true;
    });
  };
  map.eachLayer(watch);
  map.on("layeradd", (event) => watch(event.layer));
}
