/* The graph on its canvas: the camera, and the painting of edges and nodes with whatever pen is given. */

const camera = { k: 1, x: 0, y: 0 };
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const phone = matchMedia("(max-width: 760px)");
const CROWD = 2500; // more than this in sight: no dashes, no arrows, small nodes as dots
const MANY = 300; // more edges than this: lines of one pixel, which are drawn several times faster without a GPU
const board = () => $("graph");
const boardSize = () => ({ width: board().clientWidth, height: board().clientHeight });
/** Nodes shrink less than distances do. */
const onScreen = (node) => ({ x: node.px * camera.k + camera.x, y: node.py * camera.k + camera.y, r: Math.max(1.2, node.size * (camera.k < 1 ? camera.k ** 0.7 : camera.k)) });

const isStraight = (a, b, c) => Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])) < 1;

/* ---------- where an edge runs ---------- */

/** From rim to rim: begin, bend, end on the screen. */
function courseOf(edge) {
  const a = onScreen(edge.from);
  const b = onScreen(edge.to);
  if (edge.from === edge.to) {
    const r = a.r + 16;
    return { loop: true, points: [[a.x + a.r * 0.5, a.y - a.r], [a.x + r, a.y - r * 1.5], [a.x - r * 0.2, a.y - a.r]] };
  }
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const bend = [(a.x + b.x) / 2 - dy * edge.bend, (a.y + b.y) / 2 + dx * edge.bend];
  const begin = towards(a, bend, a.r + 1);
  const end = towards(b, bend, b.r + 2);
  return { loop: false, points: [begin, bend, end] };
}

function towards(from, to, far) {
  const length = Math.hypot(to[0] - from.x, to[1] - from.y) || 1;
  return [from.x + ((to[0] - from.x) / length) * far, from.y + ((to[1] - from.y) / length) * far];
}

function pointOn([a, b, c], at) {
  const s = 1 - at;
  return { x: s * s * a[0] + 2 * s * at * b[0] + at * at * c[0], y: s * s * a[1] + 2 * s * at * b[1] + at * at * c[1] };
}

function arrowAt([, b, c], size) {
  const angle = Math.atan2(c[1] - b[1], c[0] - b[0]);
  const wing = (turn) => [c[0] - size * Math.cos(angle + turn), c[1] - size * Math.sin(angle + turn)];
  return [c, wing(0.42), wing(-0.42)];
}

/* ---------- painting ---------- */

const margin = 40;
const seen = (at, size) => at.x > -margin && at.y > -margin && at.x < size.width + margin && at.y < size.height + margin;

function outOfSight(edge, size) {
  const [a, b] = [onScreen(edge.from), onScreen(edge.to)];
  return Math.max(a.x, b.x) < 0 || Math.max(a.y, b.y) < 0 || Math.min(a.x, b.x) > size.width || Math.min(a.y, b.y) > size.height;
}

/** Edges, nodes, labels, in this order; `moving` leaves out what costs most. */
function paint(pen, size, moving) {
  const edges = picture.edges.filter((edge) => !outOfSight(edge, size));
  const nodes = [...picture.nodes].filter((node) => seen(onScreen(node), size));
  const crowded = edges.length > CROWD;
  if (crowded && pen.crowd) {
    if (!moving) pen.crowd(edges.filter((edge) => !picture.focus || !picture.focus.edges.has(edge)));
    if (picture.focus) paintEdges(pen, edges.filter((edge) => picture.focus.edges.has(edge)).slice(0, CROWD));
  } else paintEdges(pen, edges);
  if (nodes.length > CROWD && pen.dots && camera.k < 0.35) pen.dots(nodes);
  else nodes.sort((a, b) => b.rank - a.rank).forEach((node) => paintNode(pen, node));
  if (!moving || nodes.length < CROWD) paintLabels(pen, size, nodes, edges);
}

/** Edges of one look together: first those that are out of focus, at last the selected one. */
function paintEdges(pen, edges) {
  const groups = new Map();
  for (const edge of edges) {
    const rank = edge === state.edge ? 2 : !picture.focus || picture.focus.edges.has(edge) ? 1 : 0;
    const key = `${rank} ${edge.standing}`;
    if (!groups.has(key)) groups.set(key, { rank, standing: edge.standing, courses: [] });
    groups.get(key).courses.push(courseOf(edge).points);
  }
  for (const { rank, standing, courses } of [...groups.values()].sort((a, b) => a.rank - b.rank)) {
    const style = { stroke: ink[standing], width: rank === 2 ? 3.2 : edges.length > MANY ? 1 : 1.7, alpha: [0.13, 0.8, 1][rank], dashes: DASHES[standing].map((part) => part * (rank === 2 ? 1.8 : 1)) };
    pen.curves(courses, style);
    if (camera.k > 0.25 && rank) pen.arrows(courses.map((points) => arrowAt(points, rank === 2 ? 12 : 9)), style);
  }
}

function paintNode(pen, node) {
  const { x, y, r } = onScreen(node);
  const on = node === state.node || node === state.target;
  const marked = node === state.hover;
  const hollow = node.kind === "claimed";
  const { shape, fill: colour } = node.type;
  const style = { fill: hollow ? ink.ground : colour, stroke: on || marked ? ink.ink : hollow ? colour : ink.rim,
    width: on ? 4 : hollow || marked ? 2.5 : 1.2, dashes: hollow && !on ? [4, 3] : [],
    alpha: picture.focus && !picture.focus.nodes.has(node) && !marked ? 0.22 : 1 };
  if (state.near && state.opened.length > 1 && state.opened.includes(node)) {
    pen.shape(null, { x, y, r: r * 1.1 + 6 }, { stroke: ink.accent, width: 1.5, dashes: [2, 3], alpha: 0.9 });
  }
  pen.shape(cornersOf(shape, x, y, r), { x, y, r }, style);
}

let asked = 0;
let resting = null;
/** Paint before the next frame; while something moves, a big graph waits for its edges until it rests. */
function repaint(moving) {
  if (moving && picture.edges.length > 6000) {
    clearTimeout(resting);
    resting = setTimeout(() => repaint(false), 160);
  } else moving = false;
  cancelAnimationFrame(asked);
  asked = requestAnimationFrame(() => paintBoard(moving));
}

function paintBoard(moving) {
  const canvas = board();
  const size = boardSize();
  if (!size.width || !size.height) return;
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const ctx = canvas.getContext("2d");
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, size.width, size.height);
  paint(crowdPen(ctx), size, moving);
}

/* ---------- the camera ---------- */

/** The frame of all nodes in pixels at a scale: labels keep their size when the picture shrinks. */
function frameAt(scale, list) {
  const frame = { left: Infinity, right: -Infinity, top: Infinity, low: -Infinity };
  for (const node of list) {
    const half = Math.max(node.size * scale, list.length > 400 ? 0 : 4.2 * Math.max(...node.label.split("\n").map((line) => line.length)));
    frame.left = Math.min(frame.left, node.px * scale - half);
    frame.right = Math.max(frame.right, node.px * scale + half);
    frame.top = Math.min(frame.top, (node.py - node.size) * scale);
    frame.low = Math.max(frame.low, (node.py + node.size) * scale + 36);
  }
  return frame;
}

function fit(animate, some) {
  const list = some || [...picture.nodes];
  if (!list.length) return;
  const size = boardSize();
  const top = $("notice").hidden ? 0 : 56;
  const free = { width: Math.max(80, size.width - 32), height: Math.max(80, size.height - 24 - top) };
  let scale = 0.004;
  for (let low = 0.004, high = 1.25, round = 0; round < 14; round += 1) {
    const middle = (low + high) / 2;
    const tried = frameAt(middle, list);
    if (tried.right - tried.left <= free.width && tried.low - tried.top <= free.height) low = middle;
    else high = middle;
    scale = low;
  }
  const frame = frameAt(scale, list);
  moveTo((frame.left + frame.right) / 2 / scale, (frame.top + frame.low - top) / 2 / scale, scale, animate);
}

let flight = 0;
/** Bring a point of the picture into the middle. */
function moveTo(px, py, scale, animate) {
  const size = boardSize();
  const aim = { k: scale, x: size.width / 2 - px * scale, y: size.height / 2 - py * scale };
  cancelAnimationFrame(flight);
  if (!animate || calm.matches) {
    Object.assign(camera, aim);
    repaint(false);
    return;
  }
  const from = { ...camera };
  const begin = performance.now();
  const step = (now) => {
    const part = Math.min(1, (now - begin) / 320);
    const eased = part < 0.5 ? 2 * part * part : 1 - (2 - 2 * part) ** 2 / 2;
    for (const key of ["k", "x", "y"]) camera[key] = from[key] + (aim[key] - from[key]) * eased;
    repaint(part < 1);
    if (part < 1) flight = requestAnimationFrame(step);
  };
  flight = requestAnimationFrame(step);
}

function zoomAt(x, y, factor) {
  const k = Math.min(5, Math.max(0.004, camera.k * factor));
  camera.x = x - ((x - camera.x) * k) / camera.k;
  camera.y = y - ((y - camera.y) * k) / camera.k;
  camera.k = k;
  repaint(true);
}

/** Bring what is selected into sight, moving only when it is out of it. */
function showSelected() {
  const list = (picture.route ? picture.route.nodes : selectedNodes()).filter((node) => picture.nodes.has(node));
  if (!list.length) return;
  const size = boardSize();
  const room = { x: Math.min(90, size.width / 5), y: Math.min(60, size.height / 5) };
  const inside = list.map(onScreen).every(({ x, y }) => x > room.x && y > room.y && x < size.width - room.x && y < size.height - room.y);
  const least = phone.matches ? 0.5 : 0.6;
  if (inside && camera.k >= least) return repaint(false);
  if (list.length > 1) {
    const frame = frameAt(1, list);
    const scale = Math.min(1.2, (size.width - 80) / (frame.right - frame.left + 1), (size.height - 80) / (frame.low - frame.top + 1));
    return moveTo((frame.left + frame.right) / 2, (frame.top + frame.low) / 2, Math.max(0.004, scale), true);
  }
  return moveTo(list[0].px, list[0].py, Math.max(camera.k, least + 0.1), true);
}
