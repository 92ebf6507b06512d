/* Which nodes are in the picture and where they stand. */

const NEAR_MAX = 60;
const TOP = 40;
const picture = { nodes: new Set(), edges: [], focus: null, labels: [], route: null };

const selectedNodes = () => (state.node ? [state.node] : state.edge ? [...new Set(ends(state.edge))] : []);

/** The middle of a neighbourhood: what is opened, or what is selected. */
function centres() {
  return state.opened.length ? state.opened : selectedNodes();
}

/** All that pass, or those around the opened nodes, or the best connected ones. */
function chosenNodes() {
  if (picture.route && state.near) return [...new Set([...picture.route.nodes, ...picture.route.nodes.slice(0, 1).flatMap(around)])];
  if (!state.near) return passing();
  const middle = centres();
  if (!middle.length) return passing().slice(0, TOP);
  return [...new Set([...middle, ...middle.flatMap(around)])];
}

const around = (node) => neighbours(node).filter(nodePasses).slice(0, NEAR_MAX);

function placeNodes(list) {
  for (const node of list) if (!node.moved) [node.px, node.py] = [node.x, node.y];
  if (!state.near) return;
  const middle = picture.route ? picture.route.nodes : centres();
  const spots = middle.length ? aroundSpots(middle) : gridSpots(list);
  for (const [node, [x, y]] of spots) [node.px, node.py] = [x, y];
}

/** The first one in the middle of rings, kinds together; each next one with its own around it, further out. */
function aroundSpots(middle) {
  const spots = new Map();
  const first = state.edge && !state.opened.length ? middle : middle.slice(0, 1);
  first.forEach((node, at) => spots.set(node, [(at - (first.length - 1) / 2) * 260, 0]));
  ring(spots, [...new Set(first.flatMap(around))].filter((node) => !spots.has(node)), 0, 0, 210 + 90 * (first.length - 1), 0, 2 * Math.PI);
  for (const node of middle) {
    if (first.includes(node)) continue;
    if (!spots.has(node)) spots.set(node, [420 * spots.size ** 0.5, 0]);
    const fresh = picture.route ? [] : around(node).filter((other) => !spots.has(other));
    if (!fresh.length) continue;
    const [x, y] = spots.get(node);
    const out = Math.atan2(y, x || 0.01);
    const far = 330 + 26 * fresh.length;
    const [cx, cy] = [x + Math.cos(out) * far * 1.3, y + Math.sin(out) * far];
    spots.set(node, [cx, cy]);
    ring(spots, fresh, cx, cy, 170, out - Math.PI * 0.8, Math.PI * 1.6);
  }
  if (picture.route) lineUp(spots);
  return spots;
}

/** A path from left to right through the middle, the neighbours of its beginning aside. */
function lineUp(spots) {
  const { nodes } = picture.route;
  const reach = Math.max(...[...spots.values()].map(([x]) => x), 0);
  nodes.slice(1).forEach((node, at) => spots.set(node, [reach + 240 + 240 * at, (at % 2) * 60]));
}

function ring(spots, list, cx, cy, start, from, span) {
  const order = [...list].sort((a, b) => (a.type.type < b.type.type ? -1 : a.type.type > b.type.type ? 1 : a.rank - b.rank));
  const inner = order.length <= 16 ? Math.max(start, (order.length * 145) / span) : start;
  for (let turn = 0; order.length; turn += 1) {
    const radius = inner + 105 * turn;
    const places = order.splice(0, Math.max(6, Math.ceil((span * radius) / 145)));
    places.forEach((node, at) => {
      const angle = from + (span * (at + (turn % 2) * 0.37)) / places.length - (span > 6 ? Math.PI / 2 : 0);
      spots.set(node, [cx + radius * 1.4 * Math.cos(angle), cy + radius * Math.sin(angle)]);
    });
  }
}

/** The overview of a big graph: a loose grid that keeps left and right, above and below. */
function gridSpots(list) {
  const spots = new Map();
  const deep = Math.max(1, Math.round(Math.sqrt(list.length * 1.3)));
  const byX = [...list].sort((a, b) => a.x - b.x || a.index - b.index);
  for (let column = 0; column * deep < byX.length; column += 1) {
    const strip = byX.slice(column * deep, (column + 1) * deep).sort((a, b) => a.y - b.y || a.index - b.index);
    strip.forEach((node, row) => spots.set(node, [column * 180, row * 130 + (column % 2) * 65]));
  }
  return spots;
}

function focusOf() {
  if (picture.route) return { nodes: new Set(picture.route.nodes), edges: new Set(picture.route.steps.map((step) => step.edge)) };
  if (state.sentence !== null) {
    const used = sentenceClaims(state.article, state.sentence).map((index) => model.claims[index]);
    const edges = new Set(used.flatMap((claim) => claim.edges));
    return { nodes: new Set([...edges].flatMap(ends).concat(used.flatMap((claim) => [...claim.events, ...claim.holders]))), edges };
  }
  if (state.edge) return { nodes: new Set(ends(state.edge)), edges: new Set([state.edge]) };
  if (!state.node) return null;
  const own = state.node.edges.filter(edgePasses);
  return { nodes: new Set([state.node, ...own.map((edge) => otherEnd(edge, state.node))]), edges: new Set(own) };
}

/** Choose and place what is drawn. */
function arrange() {
  picture.route = state.target ? routeBetween(state.node, state.target) : null;
  const list = chosenNodes();
  picture.nodes = new Set(list);
  placeNodes(list);
  const candidates = list.length * 4 < model.nodes.length ? [...new Set(list.flatMap((node) => node.edges))] : model.edges;
  picture.edges = candidates.filter((edge) => picture.nodes.has(edge.from) && picture.nodes.has(edge.to) && edgePasses(edge));
  refocus();
  tellNotice(list);
}

function refocus() {
  picture.focus = focusOf();
  if (picture.focus && !picture.focus.nodes.size) picture.focus = null;
}

function tellNotice(list) {
  let text = "";
  if (!list.length) text = t("nothing_passes");
  else if (state.target && !picture.route) text = t("no_path");
  else if (state.near && !centres().length) text = t("top_shown", { n: figure(list.length), all: figure(model.nodes.length) });
  else if (state.near && state.opened.length === 1) {
    const all = neighbours(state.opened[0]).length;
    if (all > NEAR_MAX) text = t("near_shown", { n: NEAR_MAX, all: figure(all) });
  }
  $("notice").textContent = text;
  $("notice").hidden = !text;
}
