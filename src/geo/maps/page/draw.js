/* Draws marks and names on a canvas. Sizes are in pixels of the page. */

const TURN = 2 * Math.PI;

/* A disc for an exact point, a thin see-through ring for one that is near, a thick ring with the
 * number in it where several outlets name the place; pale where it only acts; with a dashed rim
 * where no score is above one half, and a full one where a person has checked it. */
export function drawMark(pen, mark, { colours, ink, paper }) {
  const { x, y, radius } = mark;
  const isShared = mark.shares.filter((share) => share > 0).length > 1;
  pen.save();
  pen.translate(x, y);
  drawRing(pen, radius + 1.5, mark.isRing ? radius * 0.62 : 0, paper, 0.9);
  drawSlices(pen, mark, innerRadius(mark, isShared), colours);
  if (isShared && !mark.isRing) drawCentre(pen, mark, ink, paper);
  drawRims(pen, mark, ink);
  pen.restore();
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

function innerRadius({ isRing, radius }, isShared) {
  if (isRing) return radius * 0.66;
  return isShared ? radius * 0.55 : 0;
}

function drawRing(pen, outer, inner, colour, alpha) {
  pen.beginPath();
  pen.arc(0, 0, outer, 0, TURN);
  if (inner > 0) pen.arc(0, 0, inner, TURN, 0, true);
  pen.globalAlpha = alpha;
  pen.fillStyle = colour;
  pen.fill();
  pen.globalAlpha = 1;
}

function drawSlices(pen, { shares, radius, isPale }, inner, colours) {
  const total = shares.reduce((sum, share) => sum + share, 0);
  let from = -TURN / 4;
  shares.forEach((share, group) => {
    if (share === 0) return;
    const to = from + (TURN * share) / total;
    pen.beginPath();
    pen.arc(0, 0, radius, from, to);
    if (inner > 0) pen.arc(0, 0, inner, to, from, true);
    else if (share < total) pen.lineTo(0, 0);
    pen.closePath();
    pen.globalAlpha = isPale ? 0.35 : 1;
    pen.fillStyle = colours[group];
    pen.fill();
    pen.globalAlpha = 1;
    if (isPale) {
      pen.lineWidth = 1.2;
      pen.strokeStyle = colours[group];
      pen.stroke();
    }
    from = to;
  });
}

function drawCentre(pen, { radius, total, isPale }, ink, paper) {
  pen.beginPath();
  pen.arc(0, 0, radius * 0.55, 0, TURN);
  pen.fillStyle = isPale ? paper : ink;
  pen.fill();
  if (radius < 12) return;
  pen.font = `600 ${Math.round(radius * 0.55)}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = isPale ? ink : paper;
  pen.fillText(total > 999 ? `${Math.round(total / 1000)}k` : String(total), 0, 0.5);
}

function drawRims(pen, { radius, isLow, isChecked, isInferred }, ink) {
  const rim = (distance, width, dashes, alpha) => {
    pen.beginPath();
    pen.arc(0, 0, radius + distance, 0, TURN);
    pen.globalAlpha = alpha;
    pen.lineWidth = width;
    pen.strokeStyle = ink;
    pen.setLineDash(dashes);
    pen.stroke();
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  };
  if (isChecked) rim(2.5, 2, [], 0.9);
  if (isLow) rim(3.5, 1.2, [3, 2.5], 0.9);
  if (isInferred) rim(6, 1.4, [1, 3], 0.8);
  rim(0, 0.8, [], 0.5);
}
