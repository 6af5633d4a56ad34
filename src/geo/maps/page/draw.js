/* Draws names, numbers, bars and the ring around a chosen mark. Sizes are in pixels of the page. */

const TURN = 2 * Math.PI;

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

/* How often the place of a mark is named, in its middle. */
export function drawNumber(pen, { x, y, radius, total, isPale }, { ink, paper }) {
  pen.font = `600 ${Math.round(radius * 0.55)}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = isPale ? ink : paper;
  pen.fillText(total > 999 ? `${Math.round(total / 1000)}k` : String(total), x, y + 0.5);
}
