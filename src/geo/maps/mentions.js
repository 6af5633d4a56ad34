/* Draws the mentions of a map: marks, areas, pop-ups, layer control, title and legend.
 *
 * `geoMentions(map, payload, options)` is the only name it leaves behind; the payload is
 * described in payload.py. Text from the data reaches the page through textContent only.
 */
"use strict";

window.geoMentions = (() => {
  // Okabe and Ito's colours, which colour-blind readers can tell apart; the first are those
  // that stand out best on a light map.
  const OUTLET_COLOURS = [
    "#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#f0e442", "#000000",
  ];
  const OTHER_COLOUR = "#8a8f94";
  const MONTHS = [
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
  ];
  const KIND_WORDS = { border_crossing: "border crossing" };
  const ROLE_WORDS = [
    "literal: the place itself",
    "associative: stands for a government, army or people",
  ];
  // Above folium's tiles lie 200 to 400; the basemap stays below, so that tiles cover it.
  const PANES = {
    "geo-land": 110, "geo-regions": 120, "geo-borders": 130, "geo-areas": 350,
  };
  const WIDE = 720;
  // In a notebook the map is narrow, and an open legend would hide marks.
  const LEGEND_WIDE = 1000;
  const MIN_RADIUS = 5;
  const MAX_RADIUS = 30;
  const MIN_TARGET = 22;
  const POPUP_HEIGHT = 320;
  const REGIONS_FROM_ZOOM = 4;
  const SVG = "http://www.w3.org/2000/svg";

  function geoMentions(map, payload, { fitView = true } = {}) {
    const view = { map, payload, marks: [], switches: [], isWide: map.getSize().x >= WIDE };
    map.getContainer().classList.add("geo-map");
    addPanes(map);
    drawBasemap(map, payload.basemap);
    creditSources(map, payload.shows_osm);
    view.areaLayer = L.layerGroup().addTo(map);
    view.markLayer = L.layerGroup().addTo(map);
    view.most = mostMentions(payload);
    view.switches = payload.layers.map(() => L.layerGroup().addTo(map));
    addTitle(view);
    addLayerControl(view);
    addLegend(view);
    watchTiles(view);
    if (fitView) whenShown(map, () => showMarks(view));
    redrawOnChange(view);
    redraw(view);
  }

  /* ---- small tools ---- */

  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function svgElement(tag, attributes, className) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    if (className) node.setAttribute("class", className);
    return node;
  }

  function oneLine(text) {
    return text.split(/\s+/u).filter(Boolean).join(" ");
  }

  function countOf(number, word) {
    return `${number} ${word}${number === 1 ? "" : "s"}`;
  }

  function groupBy(items, keyOf) {
    const groups = new Map();
    for (const item of items) {
      const key = keyOf(item);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(item);
    }
    return groups;
  }

  function outletColour(outlet) {
    return OUTLET_COLOURS[outlet] ?? OTHER_COLOUR;
  }

  // The text is split, because a Date would move a day through UTC.
  function dateWords(iso, { withYear = true } = {}) {
    const [year, month, day] = iso.split("-").map(Number);
    if (!MONTHS[month - 1] || !day) return iso || "undated";
    return `${day} ${MONTHS[month - 1]}${withYear ? ` ${year}` : ""}`;
  }

  function dateRange([first, last]) {
    if (!first) return "undated";
    if (first === last) return dateWords(first);
    const sameYear = first.slice(0, 4) === last.slice(0, 4);
    return `${dateWords(first, { withYear: !sameYear })} – ${dateWords(last)}`;
  }

  function countryName(code) {
    try {
      return new Intl.DisplayNames(["en"], { type: "region" }).of(code);
    } catch {
      return code;
    }
  }

  /* ---- basemap ---- */

  function addPanes(map) {
    for (const [name, zIndex] of Object.entries(PANES)) {
      if (!map.getPane(name)) map.createPane(name).style.zIndex = zIndex;
    }
    const showRegions = () => {
      const isHidden = map.getZoom() < REGIONS_FROM_ZOOM;
      map.getPane("geo-regions").style.display = isHidden ? "none" : "";
    };
    map.on("zoomend", showRegions);
    showRegions();
  }

  function drawBasemap(map, basemap) {
    const hasBorders = Boolean(basemap.borders);
    for (const name of ["land", "regions", "borders"]) {
      if (!basemap[name]) continue;
      const className = name === "land" && !hasBorders ? "geo-land geo-outlined" : `geo-${name}`;
      L.geoJSON(basemap[name], {
        pane: `geo-${name}`,
        interactive: false,
        style: { className, renderer: L.svg({ pane: `geo-${name}`, padding: 0.5 }) },
      }).addTo(map);
    }
  }

  function creditSources(map, showsOsm) {
    if (!map.attributionControl) return;
    map.attributionControl.setPrefix(false);
    map.attributionControl.addAttribution("Leaflet; Natural Earth; GeoNames (CC BY 4.0)");
    if (showsOsm) map.attributionControl.addAttribution("© OpenStreetMap contributors");
  }

  function watchTiles(view) {
    let hasFailed = false;
    const watch = (layer) => {
      if (!(layer instanceof L.TileLayer)) return;
      layer.on("tileerror", () => {
        if (!hasFailed) view.titleBox.append(tileNotice());
        hasFailed = true;
      });
    };
    view.map.eachLayer(watch);
    view.map.on("layeradd", (event) => watch(event.layer));
  }

  function tileNotice() {
    const text = "Some map tiles did not load; the embedded map shows in their place.";
    const notice = element("p", "geo-notice", text);
    notice.setAttribute("role", "status");
    return notice;
  }

  /* ---- what is visible ---- */

  function visibleMentions({ map, payload, switches }) {
    const isOn = switches.map((layer) => map.hasLayer(layer));
    return [...payload.mentions.layer.keys()].filter((i) => isOn[payload.mentions.layer[i]]);
  }

  function redrawOnChange(view) {
    let isWaiting = false;
    const redrawSoon = () => {
      // "All" and "none" change every layer at once; one redraw is enough.
      if (isWaiting) return;
      isWaiting = true;
      queueMicrotask(() => {
        isWaiting = false;
        redraw(view);
      });
    };
    for (const layer of view.switches) layer.on("add remove", redrawSoon);
    view.map.on("zoomend", () => placeLabels(view));
    view.map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape") view.map.closePopup();
    });
  }

  function redraw(view) {
    const visible = visibleMentions(view);
    view.areaLayer.clearLayers();
    view.markLayer.clearLayers();
    view.popupOptions = popupOptions(view);
    view.marks = groupMarks(view.payload, visible).map((mark) => drawMark(view, mark));
    placeLabels(view);
    view.countLine.textContent = countWords(view.payload.counts, visible.length);
  }

  // One mark for each point: places that share a point share the mark, so none is hidden.
  function groupMarks(payload, visible) {
    const { places, mentions } = payload;
    const byPoint = groupBy(visible, (i) => pointKey(places[mentions.place[i]], mentions.place[i]));
    const marks = [...byPoint.values()].map((indices) => describeMark(payload, indices));
    return marks.sort((a, b) => b.indices.length - a.indices.length);
  }

  function pointKey(place, number) {
    return place.is_area ? `area ${number}` : `${place.latitude} ${place.longitude}`;
  }

  function describeMark(payload, indices) {
    const { places, mentions, layers } = payload;
    const byPlace = groupBy(indices, (i) => mentions.place[i]);
    const members = [...byPlace.keys()].map((number) => places[number]);
    const byOutlet = groupBy(indices, (i) => layers[mentions.layer[i]].outlet);
    const outlets = [...byOutlet.keys()].sort((a, b) => a - b);
    return {
      indices,
      byPlace,
      place: members[0],
      name: members.map((place) => place.name).join(" / "),
      shares: outlets.map((outlet) => ({ outlet, count: byOutlet.get(outlet).length })),
      isPale: indices.every((i) => mentions.associative[i]),
      isApproximate: members.every((place) => place.precision >= 2),
    };
  }

  function accessibleName(mark) {
    const mentions = countOf(mark.indices.length, "mention");
    return `${mark.name}: ${mentions}, ${countOf(mark.shares.length, "outlet")}`;
  }

  /* ---- marks ---- */

  function mostMentions({ places, mentions }) {
    const byPlace = groupBy(mentions.place, (number) => number);
    const counts = [...byPlace].filter(([n]) => !places[n].is_area).map(([, all]) => all.length);
    return counts.reduce((a, b) => Math.max(a, b), 1);
  }

  // The circle's area grows with the count; of all layers, not of the visible ones, so that
  // a circle does not grow because others went.
  function radiusOf({ most }, count) {
    const unit = Math.min(MIN_RADIUS, MAX_RADIUS / Math.sqrt(most));
    return Math.max(MIN_RADIUS, unit * Math.sqrt(count));
  }

  function drawMark(view, mark) {
    const drawn = mark.place.is_area ? drawArea(view, mark) : drawPoint(view, mark);
    const icon = drawn.marker.getElement();
    icon.setAttribute("aria-label", accessibleName(mark));
    icon.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      drawn.marker.openPopup();
    });
    return drawn;
  }

  function drawPoint(view, mark) {
    const radius = radiusOf(view, mark.indices.length);
    const size = Math.max(MIN_TARGET, 2 * radius + 8);
    const body = element("div", "geo-point");
    const label = element("span", "geo-name", mark.name);
    body.append(markPicture(mark, radius, size), label);
    const marker = L.marker([mark.place.latitude, mark.place.longitude], {
      icon: L.divIcon({ html: body, className: "geo-mark", iconSize: [size, size] }),
      // Small marks lie on top of large ones.
      zIndexOffset: -Math.round(radius) * 1000,
      riseOnHover: true,
    });
    bindPopup(view, marker, mark).addTo(view.markLayer);
    return { ...mark, marker, label, radius };
  }

  function markPicture(mark, radius, size) {
    const half = size / 2;
    const picture = svgElement("svg", {
      width: size, height: size, viewBox: `${-half} ${-half} ${size} ${size}`,
      "aria-hidden": "true",
    });
    picture.append(svgElement("circle", { r: radius + 1.5 }, "geo-halo"));
    picture.append(...slices(mark.shares, radius));
    if (mark.isPale) picture.append(svgElement("circle", { r: radius * 0.55 }, "geo-hole"));
    picture.append(svgElement("circle", { r: radius }, "geo-rim"));
    if (mark.isApproximate) picture.append(svgElement("circle", { r: radius + 3 }, "geo-dashes"));
    return picture;
  }

  function slices(shares, radius) {
    const total = shares.reduce((sum, share) => sum + share.count, 0);
    let from = 0;
    return shares.map(({ outlet, count }) => {
      const to = from + count / total;
      const slice = shares.length === 1
        ? svgElement("circle", { r: radius })
        : svgElement("path", { d: slicePath(from, to, radius) });
      slice.setAttribute("fill", outletColour(outlet));
      from = to;
      return slice;
    });
  }

  function slicePath(from, to, radius) {
    const at = (turn) => {
      const angle = 2 * Math.PI * turn;
      return `${(radius * Math.sin(angle)).toFixed(2)} ${(-radius * Math.cos(angle)).toFixed(2)}`;
    };
    const isLong = to - from > 0.5 ? 1 : 0;
    return `M0 0L${at(from)}A${radius} ${radius} 0 ${isLong} 1 ${at(to)}Z`;
  }

  /* ---- areas ---- */

  function drawArea(view, mark) {
    if (mark.place.area) drawOutline(view, mark);
    const body = element("div", `geo-label geo-label-${mark.place.kind}`);
    body.append(element("span", "", mark.name), shareBar(mark.shares));
    body.classList.toggle("is-pale", mark.isPale);
    const marker = L.marker([mark.place.latitude, mark.place.longitude], {
      icon: L.divIcon({ html: body, className: "geo-label-anchor", iconSize: [0, 0] }),
    });
    bindPopup(view, marker, mark).addTo(view.markLayer);
    return { ...mark, marker, label: body, radius: 0 };
  }

  function drawOutline(view, mark) {
    const { area, kind } = mark.place;
    const outline = L.geoJSON(area, {
      pane: "geo-areas",
      style: { className: `geo-area geo-area-${kind}${mark.isPale ? " is-pale" : ""}` },
    });
    bindPopup(view, outline, mark).addTo(view.areaLayer);
    const bounds = outline.getBounds();
    const width = bounds.getEast() - bounds.getWest();
    outline.geoSize = width * (bounds.getNorth() - bounds.getSouth());
    // Bring every smaller area back above this one.
    const others = view.areaLayer.getLayers().filter((other) => other.geoSize < outline.geoSize);
    others.sort((a, b) => b.geoSize - a.geoSize).forEach((other) => other.bringToFront());
  }

  function shareBar(shares) {
    const bar = element("span", "geo-bar");
    for (const { outlet, count } of shares) {
      const part = element("span");
      part.style.flexGrow = count;
      part.style.background = outletColour(outlet);
      bar.append(part);
    }
    return bar;
  }

  /* ---- labels ---- */

  // Circles keep their places; then the areas' labels, which may step aside; then the names
  // of points, the most mentioned first, on whichever side is free, or none.
  function placeLabels({ map, marks }) {
    measureLabels(marks);
    const points = marks.filter((mark) => !mark.place.is_area);
    const taken = points.map((mark) => circleBox(map, mark));
    for (const mark of marks.filter((other) => other.place.is_area)) {
      placeLabel(map, mark, taken, areaPositions, !mark.place.area);
    }
    for (const mark of points) placeLabel(map, mark, taken, pointPositions, false);
  }

  // All at once and before any is moved: the browser lays out the page anew for every size
  // that is asked after a change.
  function measureLabels(marks) {
    for (const mark of marks) {
      mark.labelWidth = mark.label.offsetWidth;
      mark.labelHeight = mark.label.offsetHeight;
    }
  }

  function circleBox(map, mark) {
    const { radius } = mark;
    return boxAt(pointOf(map, mark), -radius, -radius, 2 * radius, 2 * radius);
  }

  function pointOf(map, mark) {
    return map.latLngToLayerPoint(mark.marker.getLatLng());
  }

  function placeLabel(map, mark, taken, positionsOf, mustShow) {
    const { label, labelWidth: width, labelHeight: height } = mark;
    const origin = pointOf(map, mark);
    const positions = positionsOf(width, height, mark.radius);
    const free = positions.find(([x, y]) => !isTaken(boxAt(origin, x, y, width, height), taken));
    const [x, y] = free ?? positions[0];
    label.style.transform = `translate(${x}px, ${y}px)`;
    label.classList.toggle("is-crowded-out", !free && !mustShow);
    if (free || mustShow) taken.push(boxAt(origin, x, y, width, height));
  }

  function areaPositions(width, height) {
    const shifts = [0, -1, 1, -2, 2, -3, 3];
    const sides = [0, -0.5, 0.5];
    return sides.flatMap((side) => shifts.map((shift) => [
      (side - 0.5) * width, (shift - 0.5) * height,
    ]));
  }

  function pointPositions(width, height, radius) {
    const gap = radius + 3;
    return [
      [gap, -height / 2], [-gap - width, -height / 2],
      [-width / 2, -gap - height], [-width / 2, gap],
    ];
  }

  function boxAt(origin, x, y, width, height) {
    const left = origin.x + x;
    const top = origin.y + y;
    return { left, top, right: left + width, bottom: top + height };
  }

  function isTaken(box, taken) {
    return taken.some((other) => box.left < other.right && box.right > other.left
      && box.top < other.bottom && box.bottom > other.top);
  }

  /* ---- pop-ups ---- */

  function bindPopup(view, layer, mark) {
    return layer.bindPopup(() => popupContent(view.payload, mark), view.popupOptions);
  }

  // A pop-up keeps clear of the title and the layer control.
  function popupOptions({ map, titleBox, controlBox, isWide }) {
    const width = map.getSize().x - 70;
    return {
      className: "geo-popup",
      maxWidth: Math.min(340, width),
      minWidth: Math.min(260, width),
      maxHeight: POPUP_HEIGHT,
      autoPanPaddingTopLeft: [12, titleBox.offsetHeight + 18],
      autoPanPaddingBottomRight: [isWide ? controlBox.offsetWidth + 24 : 12, 24],
    };
  }

  function popupContent(payload, mark) {
    const content = element("div", "geo-story");
    for (const [number, indices] of mark.byPlace) {
      content.append(placeHeader(payload, payload.places[number], indices));
      const byArticle = groupBy(indices, (i) => payload.mentions.article[i]);
      const layerOf = ([, [first]]) => payload.mentions.layer[first];
      const articles = [...byArticle].sort((a, b) => layerOf(a) - layerOf(b));
      for (const [article, all] of articles) {
        content.append(articleSection(payload, payload.articles[article], all));
      }
    }
    return content;
  }

  function placeHeader(payload, place, indices) {
    const header = element("header");
    header.append(element("h2", "", spellings(payload, place, indices)));
    const kind = KIND_WORDS[place.kind] ?? place.kind;
    const facts = [kind, place.admin1, place.country && countryName(place.country)];
    // A country or a region need not be told to lie in itself.
    const told = facts.filter((fact, i) => fact && (i === 0 || fact !== place.name));
    const outlets = groupBy(indices, (i) => payload.layers[payload.mentions.layer[i]].outlet).size;
    const counts = `${countOf(indices.length, "mention")}, ${countOf(outlets, "outlet")}`;
    header.append(element("p", "geo-facts", told.join(" · ")), element("p", "geo-facts", counts));
    return header;
  }

  // The articles' spellings first, the most used first, then today's name if none used it.
  function spellings({ mentions, texts }, place, indices) {
    const bySurface = groupBy(indices, (i) => oneLine(texts[mentions.surface[i]]));
    const ordered = [...bySurface].sort(([, a], [, b]) => b.length - a.length);
    const surfaces = ordered.map(([surface]) => surface);
    const joined = surfaces.join(", ");
    return surfaces.includes(place.name) ? joined : `${joined} (${place.name})`;
  }

  function articleSection(payload, article, indices) {
    const section = element("section");
    const outlet = payload.outlets[article.outlet] || "unknown outlet";
    const heading = element("h3", "", `${outlet} · ${dateWords(article.date)}`);
    heading.style.borderColor = outletColour(article.outlet);
    section.append(heading);
    if (article.title) section.append(headline(article));
    for (const i of indices) section.append(mentionItem(payload, i));
    return section;
  }

  function headline({ title, url }) {
    const line = element("p", "geo-headline");
    if (!/^https?:\/\//iu.test(url)) {
      line.textContent = title;
      return line;
    }
    const link = element("a", "", title);
    link.href = url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    line.append(link);
    return line;
  }

  function mentionItem({ mentions, texts }, i) {
    const item = element("div", "geo-mention");
    item.append(quotation(texts[mentions.context[i]], texts[mentions.surface[i]]));
    const score = mentions.score[i] === null ? "" : `score ${mentions.score[i] / 100}`;
    const facts = [ROLE_WORDS[mentions.associative[i]], score].filter(Boolean);
    item.append(element("p", "geo-facts", facts.join(" · ")));
    const reason = texts[mentions.reason[i]];
    if (reason) item.append(element("p", "geo-reason", reason));
    return item;
  }

  function quotation(context, surface) {
    const sentence = oneLine(context);
    const marked = oneLine(surface);
    const quote = element("blockquote");
    const at = sentence.indexOf(marked);
    if (at < 0) {
      quote.textContent = sentence || marked;
      return quote;
    }
    const after = sentence.slice(at + marked.length);
    quote.append(sentence.slice(0, at), element("mark", "", marked), after);
    return quote;
  }

  /* ---- controls ---- */

  function addTitle(view) {
    const { map, payload } = view;
    view.titleBox = element("div", "geo-box geo-title");
    if (payload.title) view.titleBox.append(element("h1", "", payload.title));
    const { counts, dates } = payload;
    view.countLine = element("p", "geo-count");
    const sources = [countOf(counts.articles, "article"), countOf(counts.outlets, "outlet")];
    const sourceLine = [...sources, dateRange(dates)].join(" · ");
    view.titleBox.append(view.countLine, element("p", "", sourceLine));
    if (payload.unresolved.length > 0) view.titleBox.append(unresolvedNote(payload));
    const corner = addBox(map, view.titleBox, "topleft").parentElement;
    corner.prepend(corner.lastElementChild);
  }

  function addBox(map, content, position) {
    const control = L.control({ position });
    control.onAdd = () => {
      L.DomEvent.disableClickPropagation(content).disableScrollPropagation(content);
      return content;
    };
    return control.addTo(map).getContainer();
  }

  function countWords({ mentions, unresolved }, shown) {
    const onMap = mentions - unresolved;
    const shownWords = shown === onMap ? "" : `, ${shown} of ${onMap} on the map shown`;
    return `${countOf(mentions, "mention")}${shownWords}`;
  }

  function unresolvedNote({ counts, unresolved }) {
    const note = element("details", "geo-unresolved");
    note.append(element("summary", "", `${countOf(counts.unresolved, "mention")} without a place`));
    const list = element("ul");
    for (const [surface, count] of unresolved) {
      list.append(element("li", "", count > 1 ? `${surface} (${count})` : surface));
    }
    note.append(list);
    return note;
  }

  function addLayerControl(view) {
    const control = L.control.layers(null, null, { collapsed: !view.isWide });
    view.switches.forEach((layer, i) => {
      control.addOverlay(layer, layerLabel(view.payload.layers[i]));
    });
    view.controlBox = control.addTo(view.map).getContainer();
    view.controlBox.querySelector(".leaflet-control-layers-toggle").title = "Outlets and dates";
    const list = view.controlBox.querySelector(".leaflet-control-layers-list");
    list.prepend(allOrNone(view.controlBox));
  }

  // Leaflet reads the label as HTML: it is built as text and then written out, escaped.
  function layerLabel({ outlet, label }) {
    const node = element("span", "geo-layer");
    const swatch = element("span", "geo-swatch");
    swatch.style.background = outletColour(outlet);
    node.append(swatch, element("span", "", label));
    return node.outerHTML;
  }

  function allOrNone(controlBox) {
    const row = element("div", "geo-all-none");
    row.append(element("span", "", "Outlets and dates"));
    for (const [text, isOn] of [["all", true], ["none", false]]) {
      const button = element("button", "", text);
      button.type = "button";
      button.addEventListener("click", () => checkAll(controlBox, isOn));
      row.append(button);
    }
    return row;
  }

  // One click that carries all changes: Leaflet rebuilds its list for each layer that is
  // added or removed in any other way.
  function checkAll(controlBox, isOn) {
    const boxes = [...controlBox.querySelectorAll(".leaflet-control-layers-selector")];
    for (const box of boxes) box.checked = isOn;
    if (boxes.length === 0) return;
    boxes[0].checked = !isOn;
    boxes[0].click();
  }

  function addLegend(view) {
    const box = element("details", "geo-box geo-legend");
    box.open = view.map.getSize().x >= LEGEND_WIDE;
    box.append(element("summary", "", "Legend"));
    const example = (mark) => ({ shares: [{ outlet: -1, count: 1 }], ...mark });
    const threeOutlets = [0, 1, 2].map((outlet) => ({ outlet, count: 1 }));
    const rows = [
      [sizeExample(view), "size: number of mentions"],
      [pictureOf(example({ shares: threeOutlets })), "shares of several outlets"],
      [pictureOf(example({ isPale: true })), "only stands for a government, army or people"],
      [pictureOf(example({ isApproximate: true })), "position is approximate"],
      [element("span", "geo-area-sample"), "a whole region, country or sea"],
    ];
    for (const [picture, text] of rows) {
      const row = element("div", "geo-legend-row");
      row.append(element("span", "geo-legend-picture"), element("span", "", text));
      row.firstChild.append(picture);
      box.append(row);
    }
    view.legendBox = addBox(view.map, box, "bottomleft");
  }

  function pictureOf(mark) {
    return markPicture(mark, 7, 22);
  }

  function sizeExample(view) {
    const row = document.createDocumentFragment();
    const large = view.most < 10 ? view.most : 10 ** Math.floor(Math.log10(view.most));
    for (const count of new Set([1, large])) {
      const radius = radiusOf(view, count);
      const mark = { shares: [{ outlet: -1, count: 1 }] };
      row.append(markPicture(mark, radius, 2 * radius + 4), element("small", "", String(count)));
    }
    return row;
  }

  /* ---- first view ---- */

  // A map in a hidden tab or a notebook that is still loading has no size yet.
  function whenShown(map, action) {
    if (map.getSize().x > 0) action();
    else map.once("resize", action);
  }

  // The map opens on where things happened; places that only act may lie far away.
  function showMarks(view) {
    const { places, mentions } = view.payload;
    const happened = new Set(mentions.place.filter((_, i) => !mentions.associative[i]));
    const isExact = (place) => !place.is_area;
    const literal = places.filter((place, number) => isExact(place) && happened.has(number));
    const exact = places.filter(isExact);
    const framed = [literal, exact, places].find((some) => some.length > 0);
    if (!framed) return;
    // On a wide screen the marks lie between the legend and the layer control.
    const legendWidth = view.isWide ? view.legendBox.offsetWidth : 0;
    const controlWidth = view.isWide ? view.controlBox.offsetWidth : 0;
    view.map.fitBounds(framed.map((place) => [place.latitude, place.longitude]), {
      paddingTopLeft: [40 + legendWidth, Math.min(view.titleBox.offsetHeight, 120) + 30],
      // Names stand to the right of their marks.
      paddingBottomRight: [80 + controlWidth, 50],
      maxZoom: 9,
      animate: false,
    });
  }

  return geoMentions;
})();
