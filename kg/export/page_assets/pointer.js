/* Mouse, fingers and keys on the graph. */

const fingers = new Map();
let drag = null;

function nodeAt(x, y) {
  let best = null;
  for (const node of picture.nodes) {
    const at = onScreen(node);
    const far = Math.hypot(at.x - x, at.y - y) - Math.max(at.r, 7);
    if (far < 2 && (!best || far < best.far || (far === best.far && node.rank < best.node.rank))) best = { node, far };
  }
  return best && best.node;
}

function edgeAt(x, y) {
  if (picture.edges.length > 4 * CROWD && !picture.focus) return null;
  let best = null;
  for (const edge of picture.edges) {
    if (picture.edges.length > 4 * CROWD && !picture.focus.edges.has(edge)) continue;
    const { points } = courseOf(edge);
    const xs = points.map((point) => point[0]);
    const ys = points.map((point) => point[1]);
    if (x < Math.min(...xs) - 6 || x > Math.max(...xs) + 6 || y < Math.min(...ys) - 6 || y > Math.max(...ys) + 6) continue;
    for (let part = 0; part <= 1; part += 0.05) {
      const at = pointOn(points, part);
      const far = Math.hypot(at.x - x, at.y - y);
      const near = Math.max(6, Math.hypot(points[0][0] - points[2][0], points[0][1] - points[2][1]) * 0.03);
      if (far < near && (!best || far < best.far)) best = { edge, far };
    }
  }
  return best && best.edge;
}

function thingAt(x, y) {
  const label = [...picture.labels].reverse().find((box) => x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1);
  return nodeAt(x, y) || (label && (label.node || label.edge)) || edgeAt(x, y);
}

const isNode = (thing) => Boolean(thing) && thing.edges !== undefined;

function hover(thing, x, y) {
  const tip = $("tip");
  if (state.hover !== thing) {
    state.hover = thing;
    board().style.cursor = thing ? "pointer" : "grab";
    repaint(true);
  }
  tip.hidden = !thing || x === undefined || matchMedia("(hover: none)").matches;
  if (tip.hidden) return;
  const [head, ...rest] = isNode(thing)
    ? [cut(thing.name, 120), kindLabel(thing), cut(noteOf(thing), 90), many("links", thing.edges.length)]
    : [cut(`${thing.from.name} → ${edgeLabel(thing)} → ${thing.to.name}`, 160), `${t(thing.standing)} · ${many("claims", thing.claims.length)}`];
  tip.replaceChildren(h("b", {}, head), ...rest.filter(Boolean).map((line) => h("span", {}, line)));
  const size = boardSize();
  tip.style.left = `${Math.max(8, Math.min(x + 14, size.width - tip.offsetWidth - 8))}px`;
  tip.style.top = `${Math.max(8, Math.min(y + 16, size.height - tip.offsetHeight - 8))}px`;
}

const pointAt = (event) => {
  const frame = board().getBoundingClientRect();
  return [event.clientX - frame.left, event.clientY - frame.top];
};

function pressed(event) {
  if (event.button > 0) return;
  const [x, y] = pointAt(event);
  fingers.set(event.pointerId, [x, y]);
  board().setPointerCapture(event.pointerId);
  drag = { x, y, far: false, node: fingers.size === 1 ? nodeAt(x, y) : null };
}

function moved(event) {
  const [x, y] = pointAt(event);
  if (!fingers.has(event.pointerId)) {
    hover(thingAt(x, y), x, y);
    return;
  }
  const [wasX, wasY] = fingers.get(event.pointerId);
  if (fingers.size === 2) pinch(event.pointerId, x, y);
  fingers.set(event.pointerId, [x, y]);
  if (fingers.size > 1 || !drag) return;
  if (!drag.far && Math.hypot(x - drag.x, y - drag.y) < 4) return;
  if (!drag.far) hover(null);
  drag.far = true;
  if (drag.node) {
    drag.node.px += (x - wasX) / camera.k;
    drag.node.py += (y - wasY) / camera.k;
    drag.node.moved = !state.near;
  } else {
    camera.x += x - wasX;
    camera.y += y - wasY;
  }
  repaint(true);
}

function pinch(id, x, y) {
  const [other] = [...fingers].filter(([key]) => key !== id).map(([, at]) => at);
  const was = fingers.get(id);
  const factor = Math.hypot(x - other[0], y - other[1]) / (Math.hypot(was[0] - other[0], was[1] - other[1]) || 1);
  zoomAt((x + other[0]) / 2, (y + other[1]) / 2, factor);
  drag = null;
}

function released(event) {
  const [x, y] = pointAt(event);
  const clicked = fingers.has(event.pointerId) && drag && !drag.far && event.type === "pointerup";
  fingers.delete(event.pointerId);
  drag = null;
  if (!clicked) return;
  const thing = thingAt(x, y);
  hover(null);
  if (isNode(thing)) toNode(thing);
  else if (thing) toEdge(thing);
  else if (state.node || state.edge) go({ n: null, e: null, p: null, s: null });
}

/* ---------- without a mouse: arrows go from node to node, Enter opens ---------- */

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function nextNode(from, [dx, dy]) {
  let best = null;
  const here = from && picture.nodes.has(from) ? onScreen(from) : { x: boardSize().width / 2, y: boardSize().height / 2 };
  for (const node of picture.nodes) {
    if (node === from) continue;
    const at = onScreen(node);
    const ahead = (at.x - here.x) * dx + (at.y - here.y) * dy;
    const aside = Math.abs((at.x - here.x) * dy) + Math.abs((at.y - here.y) * dx);
    if (ahead <= 1 || aside > ahead * 1.6) continue;
    const cost = ahead + aside * 1.5;
    if (!best || cost < best.cost) best = { node, cost };
  }
  return best && best.node;
}

function steered(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const size = boardSize();
  const middle = [size.width / 2, size.height / 2];
  const cursor = isNode(state.hover) ? state.hover : state.node;
  if (STEPS[event.key] && event.shiftKey) {
    camera.x -= STEPS[event.key][0] * 60;
    camera.y -= STEPS[event.key][1] * 60;
    repaint(true);
  } else if (STEPS[event.key]) {
    const next = nextNode(cursor, STEPS[event.key]) || (cursor ? null : passing().find((node) => picture.nodes.has(node)));
    if (next) {
      hover(next);
      const at = onScreen(next);
      if (at.x < 40 || at.y < 30 || at.x > size.width - 40 || at.y > size.height - 30) moveTo(next.px, next.py, camera.k, true);
      say([next.name, kindLabel(next), noteOf(next), many("links", next.edges.length)].filter(Boolean).join(", "));
    }
  } else if ((event.key === "Enter" || event.key === " ") && cursor) toNode(cursor);
  else if (event.key === "+" || event.key === "=") zoomAt(...middle, 1.3);
  else if (event.key === "-") zoomAt(...middle, 1 / 1.3);
  else if (event.key === "0") fit(true);
  else return;
  event.preventDefault();
}

function listenToBoard() {
  const canvas = board();
  canvas.addEventListener("pointerdown", pressed);
  canvas.addEventListener("pointermove", moved);
  canvas.addEventListener("pointerup", released);
  canvas.addEventListener("pointercancel", released);
  canvas.addEventListener("pointerleave", () => { if (!fingers.size) hover(null); });
  canvas.addEventListener("blur", () => hover(null));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomAt(...pointAt(event), Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)));
  }, { passive: false });
  canvas.addEventListener("dblclick", (event) => {
    const node = nodeAt(...pointAt(event));
    if (node) openAround(node);
  });
  canvas.addEventListener("keydown", steered);
  $("zoom-in").addEventListener("click", () => zoomAt(boardSize().width / 2, boardSize().height / 2, 1.35));
  $("zoom-out").addEventListener("click", () => zoomAt(boardSize().width / 2, boardSize().height / 2, 1 / 1.35));
  $("fit").addEventListener("click", () => fit(true));
  let last = null;
  new ResizeObserver(() => {
    const { width, height } = boardSize();
    if (!width || `${width} ${height}` === last) return;
    const first = last === null;
    last = `${width} ${height}`;
    if (first || !selectedNodes().length) fit(false);
    else {
      paintBoard(false);
      showSelected();
    }
  }).observe(canvas);
}

/* ---------- neighbourhoods grow and shrink ---------- */

const isOpened = (node) => state.near && state.opened.includes(node);

/** Show only the node with its neighbours. */
const onlyAround = (node) => go({ n: node.id, e: null, p: null, o: null, w: wholeKey(true), v: null });

/** Add the neighbours of a node to what is shown, or take them away again. */
function openAround(node) {
  if (!state.near) onlyAround(node);
  else if (!isOpened(node)) go({ n: node.id, e: null, p: null, o: [...state.opened, node].map((one) => one.id) });
  else if (state.opened.length > 1) go({ o: state.opened.filter((one) => one !== node).map((one) => one.id) });
}

const wholeKey = (near) => (near === model.nodes.length > BIG ? null : near ? "near" : "all");
