/* Labels keep one size on the screen and never lie over each other: the important ones are set first. */

const LABEL_FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
const widths = new Map();

function widthOf(pen, text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    if (widths.size > 20000) widths.clear();
    widths.set(key, pen.measure(text, font));
  }
  return widths.get(key);
}

/** Boxes that are taken, found by cells of a grid. */
function crowd() {
  const cells = new Map();
  const SIDE = 80;
  const visit = (box, what) => {
    for (let cx = Math.floor(box.x0 / SIDE); cx <= Math.floor(box.x1 / SIDE); cx += 1) {
      for (let cy = Math.floor(box.y0 / SIDE); cy <= Math.floor(box.y1 / SIDE); cy += 1) {
        if (what(cx * 65536 + cy)) return true;
      }
    }
    return false;
  };
  return {
    add: (box) => visit(box, (key) => { (cells.get(key) || cells.set(key, []).get(key)).push(box); }),
    hits: (box, but) => visit(box, (key) => (cells.get(key) || []).some((b) => b.owner !== but
      && b.x0 < box.x1 && b.x1 > box.x0 && b.y0 < box.y1 && b.y1 > box.y0)),
  };
}

function importance(node) {
  if (node === state.node || node === state.target) return -1e7;
  if (node === state.hover) return -9e6;
  if (picture.focus) return node.rank + (picture.focus.nodes.has(node) ? -1e6 : 1e6);
  return node.rank;
}

function paintLabels(pen, size, nodes, edges) {
  picture.labels = [];
  const taken = crowd();
  const named = crowd();
  for (const node of nodes) {
    const { x, y, r } = onScreen(node);
    if (nodes.length < CROWD || r > 4) taken.add({ owner: node, x0: x - r, y0: y - r, x1: x + r, y1: y + r });
  }
  const most = nodes.length > CROWD ? 160 : 320;
  [...nodes].sort((a, b) => importance(a) - importance(b)).slice(0, most).forEach((node) => labelNode(pen, size, node, taken, named));
  labelEdges(pen, edges, taken);
}

const inFrame = (box, size) => box.x0 >= 0 && box.y0 >= 0 && box.x1 <= size.width && box.y1 <= size.height;

function labelNode(pen, size, node, taken, named) {
  const must = node === state.node || node === state.target || node === state.hover;
  const dim = picture.focus && !picture.focus.nodes.has(node) && !must;
  const letter = phone.matches ? 12 : node.rank < 6 ? 14.5 : 13;
  const font = `${must || node.rank < 6 ? 600 : 450} ${letter}px ${LABEL_FONT}`;
  const lines = shown(node.label).split("\n");
  const w = Math.max(...lines.map((line) => widthOf(pen, line, font))) + 6;
  const tall = lines.length * (letter + 2.5) + 2;
  const { x, y, r } = onScreen(node);
  const spots = [[x, y + r + 3 + tall / 2], [x, y - r - 3 - tall / 2], [x + r + 3 + w / 2, y], [x - r - 3 - w / 2, y],
    [x + w / 2, y + r + 3 + tall / 2], [x - w / 2, y + r + 3 + tall / 2], [x + w / 2, y - r - 3 - tall / 2], [x - w / 2, y - r - 3 - tall / 2],
    [x, y + r + 12 + tall / 2]];
  const boxAt = ([cx, cy]) => ({ owner: node, x: cx, y: cy, x0: cx - w / 2, x1: cx + w / 2, y0: cy - tall / 2, y1: cy + tall / 2 });
  const free = (others) => {
    for (const spot of spots) {
      const tried = boxAt(spot);
      if (inFrame(tried, size) && !others.hits(tried, node)) return tried;
    }
    return null;
  };
  const weighty = must || node.rank < Math.min(24, picture.nodes.size / 8) || (picture.focus && !dim);
  const box = free(taken) || (weighty && free(named)) || (must && boxAt(spots[0])); // else over lesser nodes, but over no label
  if (!box) return;
  taken.add({ ...box, owner: box });
  named.add({ ...box, owner: box });
  picture.labels.push({ ...box, node });
  lines.forEach((line, at) => pen.text(line, box.x, box.y0 + 1 + (at + 0.5) * (letter + 2.5),
    { font, fill: ink.ink, halo: ink.ground, alpha: dim ? 0.3 : 1 }));
}

function labelEdges(pen, edges, taken) {
  const font = `450 ${phone.matches ? 11 : 11.5}px ${LABEL_FONT}`;
  if (edges.length > CROWD && !picture.focus) return;
  for (const edge of edges) {
    const own = edge === state.edge || edge === state.hover || (picture.focus && picture.focus.edges.has(edge));
    if (!own && (!state.edgeLabels || picture.focus || camera.k < 0.45)) continue;
    const label = cut(shown(edgeLabel(edge)), 34);
    if (!label) continue;
    const { points, loop } = courseOf(edge);
    const w = widthOf(pen, label, font) + 8;
    const span = Math.hypot(points[0][0] - points[2][0], points[0][1] - points[2][1]);
    if (!own && !loop && span < Math.min(w, 70)) continue;
    for (const part of [0.5, 0.42, 0.58, 0.34, 0.66, 0.74, 0.26]) {
      const at = pointOn(points, part);
      const box = { x0: at.x - w / 2, x1: at.x + w / 2, y0: at.y - 8, y1: at.y + 8 };
      if (taken.hits(box, null) && !(edge === state.edge && part === 0.26)) continue;
      taken.add({ ...box, owner: box });
      picture.labels.push({ ...box, edge });
      pen.box(box.x0, box.y0 + 1, w, 14, ink.ground, 0.88);
      pen.text(label, at.x, at.y + 0.5, { font, fill: ink[edge.standing], alpha: 1 });
      break;
    }
  }
}
