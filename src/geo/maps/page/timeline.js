/* The histogram by day, stacked by outlet, with everything that chooses dates. */
import { button, element } from "./dom.js";
import {
  MS_A_DAY, countOf, dateWords, dayOf, isoOf, monthWords, rangeWords, weekdayOf,
} from "./words.js";

const HEIGHT = 60;
// Below the bars stand the days, above them how many mentions the highest has.
const AXIS = 15;
const LEAST_BAR = 3;
const MS_A_STEP = 1000;
const BASES = { published: "publication", event: "event" };

/* ---- bins ---- */

/* Returns the first days of the bins of a size that holds `first` to `last`, and of the day
 * after: days if `most` bins suffice for them, else weeks, months or years. */
export function makeBins(first, last, most) {
  const sizes = [
    ["day", (day) => day, (day) => day + 1],
    ["week", (day) => day - weekdayOf(day), (day) => day + 7],
    ["month", startOfMonth, (day) => startOfMonth(day + 31)],
    ...[1, 10, 100, 1000, 10_000].map((years) => [
      years === 1 ? "year" : `${years} years`,
      (day) => startOfYears(day, years), (day) => startOfYears(day, years, 1),
    ]),
  ];
  for (const [unit, startOf, next] of sizes) {
    const starts = [startOf(first)];
    while (starts.at(-1) <= last && starts.length <= most + 1) starts.push(next(starts.at(-1)));
    if (starts.length <= most + 1) return { unit, starts };
  }
  return { unit: "report", starts: [first, last + 1] };
}

function startOfMonth(day) {
  return dayOf(`${isoOf(day).slice(0, 7)}-01`);
}

// The first day of the years, or of those so many times later. Days may have years before 1.
function startOfYears(day, years, later = 0) {
  const year = new Date(isoOf(day)).getUTCFullYear();
  const start = new Date(0);
  start.setUTCFullYear((Math.floor(year / years) + later) * years, 0, 1);
  return start.getTime() / MS_A_DAY;
}

/* Returns the next chosen days, a day or a week, of those on which something is reported. */
export function nextWindow(days, { from, to }, unit, direction) {
  const startOf = (day) => (unit === "week" && Number.isFinite(day) ? day - weekdayOf(day) : day);
  const length = unit === "week" ? 7 : 1;
  const starts = [...new Set(days.map(startOf))];
  const next = direction > 0
    ? starts.find((start) => start > startOf(to ?? from ?? -Infinity))
    : starts.findLast((start) => start < startOf(from ?? to ?? Infinity));
  return next === undefined ? null : { from: next, to: next + length - 1 };
}

/* ---- the timeline ---- */

/* Returns {node, show}; without any date the node is null. */
export function makeTimeline(app) {
  const days = app.allCounts.days;
  const hasEvents = Boolean(app.data.columns.event_start);
  if (days.length === 0 && !hasEvents) return { node: null, show() {} };
  const span = spanOf(app);
  const chart = makeChart(app, span);
  const dates = makeDates(app, span);
  const player = makePlayer(app);
  const row = element("div", { className: "geo-row geo-time-row" }, ...player.nodes,
    hasEvents ? makeBasis(app) : null, ...dates.nodes);
  const node = element("section", { className: "geo-timeline", aria: { label: "Dates" } },
    row, element("div", { className: "geo-chart" }, chart.node, ...dates.handles));
  const show = () => {
    chart.show();
    dates.show();
  };
  new ResizeObserver(() => app.counts && chart.show()).observe(chart.node);
  app.onTheme(chart.show);
  return { node, show };
}

function spanOf(app) {
  const events = app.data.columns.event_start ? app.countsBy("event").days : [];
  const days = [...app.allCounts.days, ...events];
  return {
    first: days.reduce((a, b) => Math.min(a, b)), last: days.reduce((a, b) => Math.max(a, b)),
  };
}

function chooseDates(app, from, to, isStep = true) {
  app.update({ ...app.state, from, to }, { isStep });
}

/* ---- chart and brush ---- */

function makeChart(app, span) {
  const node = element("canvas", { className: "geo-histogram", aria: { hidden: "true" } });
  const chart = { app, span, node, bins: null };
  watchBrush(chart);
  return { node, show: () => drawChart(chart) };
}

function drawChart(chart) {
  const { app, node, span } = chart;
  const width = node.clientWidth;
  if (width === 0) return;
  const density = window.devicePixelRatio || 1;
  node.width = Math.round(width * density);
  node.height = Math.round(HEIGHT * density);
  const pen = node.getContext("2d");
  pen.setTransform(density, 0, 0, density, 0, 0);
  chart.bins = makeBins(span.first, span.last, Math.max(2, Math.floor(width / LEAST_BAR)));
  const totals = binTotals(app, chart.bins);
  const most = totals.reduce((top, bin) => Math.max(top, bin.total), 1);
  const theme = app.mapView.theme();
  totals.forEach((bin, i) => drawBar(pen, chart, { bin, i, most, width }, theme));
  drawAxis(pen, chart, { most, width }, theme);
}

function binTotals({ counts, groups }, { starts }) {
  const totals = starts.slice(0, -1).map(() => ({ total: 0, shares: new Array(groups).fill(0) }));
  let bin = 0;
  counts.days.forEach((day, i) => {
    while (starts[bin + 1] <= day) bin += 1;
    for (let group = 0; group < groups; group += 1) {
      const count = counts.histogram[i * groups + group];
      totals[bin].total += count;
      totals[bin].shares[group] += count;
    }
  });
  return totals;
}

function drawBar(pen, { app, bins }, { bin, i, most, width }, theme) {
  const { from, to } = app.state;
  const [left, right] = [i, i + 1].map((edge) => (edge * width) / (bins.starts.length - 1));
  const isIn = bins.starts[i + 1] - 1 >= (from ?? -Infinity) && bins.starts[i] <= (to ?? Infinity);
  const isOpen = from === null && to === null;
  if (isIn && !isOpen) {
    pen.fillStyle = theme.accent;
    pen.globalAlpha = 0.12;
    pen.fillRect(left, 0, right - left, HEIGHT - AXIS);
  }
  pen.globalAlpha = isIn ? 1 : 0.3;
  let y = HEIGHT - AXIS;
  const gap = right - left > 5 ? 1 : 0;
  bin.shares.forEach((count, group) => {
    const height = (count * (HEIGHT - AXIS - 12)) / most;
    y -= height;
    pen.fillStyle = theme.colours[group];
    // A bar of one day among hundreds is still to be seen.
    pen.fillRect(left, y, Math.min(40, Math.max(1.5, right - left - gap)), height);
  });
  pen.globalAlpha = 1;
}

function drawAxis(pen, { bins: { starts, unit } }, { most, width }, theme) {
  pen.fillStyle = theme.quiet;
  pen.font = "11px system-ui, sans-serif";
  pen.textBaseline = "alphabetic";
  pen.textAlign = "left";
  pen.fillText(`${countOf(most, "mention")} a ${unit}`, 2, 9);
  const wanted = Math.max(1, Math.floor(width / 110));
  const step = Math.max(1, Math.ceil((starts.length - 1) / wanted));
  for (let i = 0; i < starts.length - 1; i += step) {
    const x = (i * width) / (starts.length - 1);
    const words = unit === "day" || unit === "week" ? dateWords(starts[i], { withYear: false })
      : unit === "month" ? monthWords(starts[i]) : isoOf(starts[i]).slice(0, 4);
    if (x + pen.measureText(words).width < width) pen.fillText(words, x + 1, HEIGHT - 4);
  }
}

/* Dragging over the bars chooses their days, a click one bar. */
function watchBrush(chart) {
  const { app, node } = chart;
  let start = null;
  const binAt = (event) => {
    const share = (event.clientX - node.getBoundingClientRect().left) / node.clientWidth;
    const bins = chart.bins.starts.length - 1;
    return Math.max(0, Math.min(bins - 1, Math.floor(share * bins)));
  };
  const choose = (event, isStep) => {
    const [low, high] = [start, binAt(event)].sort((a, b) => a - b);
    chooseDates(app, chart.bins.starts[low], chart.bins.starts[high + 1] - 1, isStep);
  };
  node.addEventListener("pointerdown", (event) => {
    if (!chart.bins) return;
    start = binAt(event);
    node.setPointerCapture(event.pointerId);
  });
  node.addEventListener("pointermove", (event) => {
    if (start !== null) choose(event, false);
  });
  node.addEventListener("pointerup", (event) => {
    if (start !== null) choose(event, true);
    start = null;
  });
  node.addEventListener("pointercancel", () => { start = null; });
  node.addEventListener("dblclick", () => chooseDates(app, null, null));
}

/* ---- typed dates and handles ---- */

function makeDates(app, { first, last }) {
  const ends = [["from", "First day"], ["to", "Last day"]].map(([key, label]) => ({
    key,
    typed: element("input", {
      type: "date", className: `geo-${key}`, min: isoOf(first), max: isoOf(last), aria: { label },
    }),
    handle: element("input", {
      type: "range", className: `geo-handle geo-handle-${key}`, min: first, max: last, step: 1,
      aria: { label },
    }),
  }));
  for (const { key, typed, handle } of ends) {
    // While a year is typed, its first digits are a date too, but far off.
    typed.addEventListener("change", () => {
      if (typed.validity.valid) moveEnd(app, key, dayOf(typed.value));
    });
    const edge = key === "from" ? first : last;
    const drag = (isStep) => {
      const day = Number(handle.value);
      // At the end of the scale nothing is cut off, so that undated reports come back.
      moveEnd(app, key, day === edge ? null : day, isStep);
    };
    handle.addEventListener("input", () => drag(false));
    handle.addEventListener("change", () => drag(true));
  }
  const all = button("all dates", () => chooseDates(app, null, null), {
    className: "geo-all-dates",
  });
  const show = () => {
    for (const { key, typed, handle } of ends) {
      const day = app.state[key] ?? (key === "from" ? first : last);
      // Setting it anew would end what is being typed.
      if (typed.value !== isoOf(day)) typed.value = isoOf(day);
      handle.value = day;
      handle.setAttribute("aria-valuetext", dateWords(day));
    }
    all.disabled = app.state.from === null && app.state.to === null;
  };
  const [from, to] = ends;
  return { nodes: [from.typed, "–", to.typed, all], handles: [from.handle, to.handle], show };
}

/* Moves one end of the chosen days; the other gives way. */
function moveEnd(app, key, day, isStep = true) {
  const { from, to } = { ...app.state, [key]: day };
  const isCrossed = from !== null && to !== null && from > to;
  chooseDates(app, isCrossed ? day : from, isCrossed ? day : to, isStep);
}

function makeBasis(app) {
  const select = element("select", { className: "geo-basis", aria: { label: "Which date" } },
    ...Object.entries(BASES)
      .map(([value, textContent]) => element("option", { value, textContent })));
  select.addEventListener("change", () => app.update({ ...app.state, basis: select.value }));
  app.onShow(() => { select.value = app.state.basis; });
  return select;
}

/* ---- playing ---- */

// The days on which something passes the other filters.
function reportedDays({ counts: { days, histogram }, groups }) {
  return days.filter((_, i) => {
    const own = histogram.subarray(i * groups, (i + 1) * groups);
    return own.some((count) => count > 0);
  });
}

function makePlayer(app) {
  const unit = element("select", { className: "geo-unit", aria: { label: "Step by" } },
    ...["day", "week"].map((value) => element("option", { value, textContent: value })));
  const player = { app, unit, timer: null, shown: null, play: null };
  player.play = button("▶", () => (player.timer === null ? play(player) : pause(player)), {
    className: "geo-play", aria: { label: "Play" },
  });
  const told = element("span", { className: "geo-told", aria: { live: "polite" } });
  app.onShow(() => {
    const { from, to } = app.state;
    // Whoever chooses other dates meanwhile wants to see them.
    if (player.timer !== null && from !== player.shown?.from) pause(player);
    told.textContent = from === null || to === null ? "" : rangeWords(from, to);
  });
  const nodes = [stepButton(player, -1, "‹", "Earlier"), player.play,
    stepButton(player, 1, "›", "Later"), unit, told];
  return { nodes };
}

function stepButton(player, direction, textContent, label) {
  return button(textContent, () => {
    pause(player);
    move(player, direction);
  }, { className: `geo-${direction < 0 ? "earlier" : "later"}`, aria: { label } });
}

/* Shows the next days with a report; says whether there are any. */
function move(player, direction) {
  const { app, unit, timer } = player;
  player.shown = nextWindow(reportedDays(app), app.state, unit.value, direction);
  if (player.shown === null) return false;
  chooseDates(app, player.shown.from, player.shown.to, timer === null);
  return true;
}

function play(player) {
  if (!move(player, 1)) {
    // From the last day, playing begins anew.
    player.app.state = { ...player.app.state, from: null, to: null };
    move(player, 1);
  }
  player.timer = setInterval(() => {
    if (!move(player, 1)) pause(player);
  }, MS_A_STEP);
  labelPlay(player, "❚❚", "Pause");
}

function pause(player) {
  if (player.timer === null) return;
  clearInterval(player.timer);
  player.timer = null;
  labelPlay(player, "▶", "Play");
  player.app.update(player.app.state); // where it stopped is a step
}

function labelPlay({ play: node }, textContent, label) {
  node.textContent = textContent;
  node.setAttribute("aria-label", label);
}
