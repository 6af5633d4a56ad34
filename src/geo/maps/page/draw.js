/* Draws marks and names on a canvas. Sizes are in pixels of the page. */
import { OTHER_COLOUR } from "./colours.js";

const TURN = 2 * Math.PI;
// A smaller mark has no room for a number.
const LEAST_NUMBERED = 12;
// A smaller one is a pie instead of a ring, of the two largest shares and the rest.
const LEAST_HOLLOW = 7;

/* A disc for an exact point, a thin see-through ring for one that is near, a thick ring with the
 * number in it where several outlets name the place; pale where it only acts; with a dashed rim
 * where no score is above one half, and a full one where a person has checked it. */
export function drawMark(pen, mark, { colours, ink, paper }, { isDense = false } = {}) {
  const { radius, isRing } = mark;
  const inner = isRing ? radius * 0.66 : 0;
  // Among thousands of marks a halo is not seen, and takes half of the time.
  if (!isDense) drawRing(pen, mark, [radius + 1.5, inner], paper);
  drawSlices(pen, mark, inner, colours);
  if (!isRing && radius >= LEAST_HOLLOW && isShared(mark)) drawCentre(pen, mark, ink, paper);
  drawRims(pen, mark, ink);
}

function isShared({ shares }) {
  return shares.filter((share) => share > 0).length > 1;
}

/* A ring around a mark that the reader points at or has chosen. */
export function drawAround(pen, { x, y, radius }, colour) {
  pen.beginPath();
  pen.arc(x, y, radius + 4, 0, TURN);
  pen.lineWidth = 2.5;
  pen.strokeStyle = colour;
  pen.stroke();
}

/* A text with a halo of the paper's colour, from its left edge and its middle. */
export function drawText(pen, text, x, y, { colour, halo }) {
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.lineWidth = 3;
  pen.strokeStyle = halo;
  pen.strokeText(text, x, y);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

export function drawShareBar(pen, shares, { x, y, width }, colours) {
  const total = shares.reduce((sum, share) => sum + share, 0);
  let from = x;
  shares.forEach((share, group) => {
    const part = (width * share) / total;
    pen.fillStyle = colours[group];
    pen.fillRect(from, y, part, 3);
    from += part;
  });
}

function drawRing(pen, { x, y }, [outer, inner], colour) {
  pen.beginPath();
  pen.arc(x, y, outer, 0, TURN);
  if (inner > 0) pen.arc(x, y, inner, TURN, 0, true);
  pen.fillStyle = colour;
  pen.fill();
}

/* The shares as slices. They are one fill, of a gradient with hard edges: a slice each would
 * take several times as long. */
function drawSlices(pen, { x, y, radius, shares, isPale }, inner, colours) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, TURN);
  if (inner > 0) pen.arc(x, y, inner, TURN, 0, true);
  const fill = fillOf(pen, { x, y, shares }, colours);
  pen.fillStyle = fill;
  if (isPale) pen.globalAlpha = 0.35;
  pen.fill();
  if (!isPale) return;
  pen.globalAlpha = 1;
  pen.lineWidth = 1.2;
  pen.strokeStyle = fill;
  pen.stroke();
}

function fillOf(pen, { x, y, radius, shares: all }, colours) {
  const shares = radius < LEAST_HOLLOW ? largest(all) : all;
  const total = shares.reduce((sum, share) => sum + share, 0);
  const only = shares.indexOf(total);
  if (only >= 0) return colours[only];
  const gradient = pen.createConicGradient(-TURN / 4, x, y);
  let from = 0;
  shares.forEach((share, group) => {
    if (share === 0) return;
    const to = Math.min(1, from + share / total);
    const colour = colours[group] ?? OTHER_COLOUR;
    gradient.addColorStop(from, colour);
    gradient.addColorStop(to, colour);
    from = to;
  });
  return gradient;
}

/* On a small mark only the two largest shares can be told; the others go together, at the end. */
function largest(shares) {
  const [, second, third] = [...shares].sort((a, b) => b - a);
  if (!third) return shares;
  let left = 2;
  const kept = shares.map((share) => {
    if (share < second || left === 0) return 0;
    left -= 1;
    return share;
  });
  const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
  return [...kept, sum(shares) - sum(kept)];
}

function drawCentre(pen, { x, y, radius, total, isPale }, ink, paper) {
  pen.beginPath();
  pen.arc(x, y, radius * 0.55, 0, TURN);
  pen.fillStyle = isPale ? paper : ink;
  pen.fill();
  if (radius < LEAST_NUMBERED) return;
  pen.font = `600 ${Math.round(radius * 0.55)}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = isPale ? ink : paper;
  pen.fillText(total > 999 ? `${Math.round(total / 1000)}k` : String(total), x, y + 0.5);
}

function drawRims(pen, { x, y, radius, isLow, isChecked, isInferred }, ink) {
  pen.strokeStyle = ink;
  const rim = (distance, width, dashes) => {
    pen.beginPath();
    pen.arc(x, y, radius + distance, 0, TURN);
    pen.lineWidth = width;
    pen.setLineDash(dashes);
    pen.stroke();
    pen.setLineDash([]);
  };
  if (isChecked) rim(2.5, 2, []);
  if (isLow) rim(3.5, 1.2, [3, 2.5]);
  if (isInferred) rim(6, 1.4, [1, 3]);
}
