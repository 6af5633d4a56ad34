/* Which marks a view of the map has: circles for points, gathered where there are too many. */
import { CHECKED, EXACT, LITERAL, SURE } from "./count.js";

const MIN_RADIUS = 5;
const MAX_RADIUS = 28;
// From so many places in view on, one mark stands for all in a cell of the screen.
export const MOST_PLACES = 8_000;
const BIN_CELL = 28;

/* Places at one point share a mark, so that none hides another. Each point knows where it lies
 * in pixels of a world at zoom 0. */
export function makePoints({ places }, project) {
  const points = new Map();
  places.drawn.forEach((drawn, place) => {
    if (drawn !== "point" && drawn !== "inferred") return;
    const [latitude, longitude] = [places.latitude[place], places.longitude[place]];
    const key = `${latitude} ${longitude}`;
    if (!points.has(key)) {
      points.set(key, { ...project(latitude, longitude), places: [], isInferred: true });
    }
    const point = points.get(key);
    point.places.push(place);
    point.isInferred &&= drawn === "inferred";
  });
  return [...points.values()];
}

/* Returns the marks in view, the largest first: each with x and y in pixels of the view, total,
 * shares by colour group, and what is to be drawn of it. */
export function makeMarks(points, counts, groups, view) {
  const seen = [];
  for (const point of points) {
    const x = point.x * view.scale - view.left;
    const y = point.y * view.scale - view.top;
    if (x < -MAX_RADIUS || y < -MAX_RADIUS) continue;
    if (x > view.width + MAX_RADIUS || y > view.height + MAX_RADIUS) continue;
    const total = point.places.reduce((sum, place) => sum + counts.placeTotals[place], 0);
    if (total > 0) seen.push({ point, x, y, total });
  }
  const marks = seen.length > MOST_PLACES ? gather(seen, view) : seen.map(alone);
  for (const mark of marks) describe(mark, counts, groups);
  return marks.sort((a, b) => b.total - a.total);
}

export function radiusOf(total, most, isBin = false) {
  const unit = Math.min(MIN_RADIUS, MAX_RADIUS / Math.sqrt(most));
  const radius = Math.max(MIN_RADIUS, Math.min(MAX_RADIUS, unit * Math.sqrt(total)));
  return isBin ? Math.min(radius, BIN_CELL / 2) : radius;
}

/* The most mentions of one point, whatever is filtered: a circle does not grow because others
 * went. */
export function mostMentions(points, placeTotals) {
  return points.reduce((most, { places }) => (
    Math.max(most, places.reduce((sum, place) => sum + placeTotals[place], 0))
  ), 1);
}

function alone({ point, x, y, total }) {
  return { x, y, total, places: point.places, isInferred: point.isInferred, isBin: false };
}

/* Puts points of one cell together. Cells stay where they are in the world when the map moves. */
function gather(seen, { left, top }) {
  const cells = new Map();
  for (const one of seen) {
    const column = Math.floor((one.x + left) / BIN_CELL);
    const key = `${column} ${Math.floor((one.y + top) / BIN_CELL)}`;
    if (cells.has(key)) cells.get(key).push(one);
    else cells.set(key, [one]);
  }
  return [...cells.values()].map((cell) => (cell.length === 1 ? alone(cell[0]) : together(cell)));
}

// In the middle of the mentions.
function together(cell) {
  const sum = (valueOf) => cell.reduce((all, one) => all + valueOf(one), 0);
  const total = sum((one) => one.total);
  return {
    x: sum((one) => one.x * one.total) / total,
    y: sum((one) => one.y * one.total) / total,
    total,
    places: cell.flatMap(({ point }) => point.places),
    isInferred: cell.every(({ point }) => point.isInferred),
    isBin: true,
  };
}

export function describe(mark, counts, groups) {
  mark.shares = new Array(groups).fill(0);
  let traits = 0;
  for (const place of mark.places) {
    traits |= counts.placeTraits[place];
    for (let g = 0; g < groups; g += 1) mark.shares[g] += counts.placeShares[place * groups + g];
  }
  mark.isPale = (traits & LITERAL) === 0;
  mark.isRing = mark.isInferred || (traits & EXACT) === 0;
  mark.isLow = (traits & SURE) === 0;
  mark.isChecked = (traits & CHECKED) !== 0;
  return mark;
}
