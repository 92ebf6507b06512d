/* The page of the graph. All text goes in through text nodes; nothing is ever asked from outside. */
"use strict";

const STANDINGS = {
  asserted: { label: "утверждает статья", dashes: false },
  reported: { label: "с чьих-то слов", dashes: [8, 5] },
  possible: { label: "возможно, в планах", dashes: [2, 5] },
  disputed: { label: "спорно, отрицается", dashes: [10, 3, 2, 3] },
};
const BIG = 1500; // more nodes than this: open on the neighbourhood, not on the whole
const NEAR_MAX = 60;
const TOP = 40;
const MONTHS = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
  "ноября", "декабря"];
const MONTH = ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь",
  "ноябрь", "декабрь"];

const $ = (id) => document.getElementById(id);

/* ---------- small helpers ---------- */

/** Make an element; strings among the children become text nodes. */
function h(tag, given, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(given || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : shown(String(child)));
  }
  return node;
}

/** Characters that turn or hide text are shown by their number. */
function shown(text) {
  return text.replace(/(\p{M}{4})\p{M}+/gu, "$1").replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g,
    (c) => `⟨U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

function svg(tag, given, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(given)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** 1 узел, 2 узла, 5 узлов */
function plural(count, one, few, many) {
  const tens = count % 100;
  const last = count % 10;
  const word = tens > 10 && tens < 20 ? many : last === 1 ? one : last > 1 && last < 5 ? few : many;
  return `${count.toLocaleString("ru")} ${word}`;
}

function normal(text) {
  return text.normalize("NFC").toLowerCase().replace(/ё/g, "е").replace(/[«»„“”"'’`]/g, "")
    .replace(/[\s\u00a0–—-]+/g, " ").trim();
}

/** EDTF in Russian words where it is simple, as it is where it is not. */
function inWords(time) {
  if (time.includes("/")) {
    const [from, to] = time.split("/");
    if (!from || from === "..") return `до ${inWords(to)}`;
    if (!to || to === "..") return `с ${inWords(from)}`;
    return `${inWords(from)} – ${inWords(to)}`;
  }
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([?~%]?)$/.exec(time);
  if (!parts) return time;
  const [, year, month, day, doubt] = parts;
  const about = doubt ? "около " : "";
  if (!month || month > 12) return `${about}${year}`;
  return about + (day ? `${Number(day)} ${MONTHS[month - 1]} ${year}` : `${MONTH[month - 1]} ${year}`);
}

function cut(text, length) {
  const letters = Array.from(text);
  return letters.length > length ? letters.slice(0, length - 1).join("").trimEnd() + "…" : text;
}

/** Code points counted in Python → UTF-16 units counted here (they differ after an emoji). */
function unitsOf(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (point) => point;
  const wide = [];
  let point = 0;
  for (const letter of text) {
    if (letter.length === 2) wide.push(point);
    point += 1;
  }
  return (wanted) => {
    let low = 0;
    let high = wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (wide[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return wanted + low;
  };
}

async function unpack() {
  if (typeof DecompressionStream === "undefined") throw new Error("Браузер слишком стар: нужен DecompressionStream.");
  const bytes = Uint8Array.from(atob($("data").textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const data = JSON.parse(await new Response(stream).text());
  $("data").remove();
  return data;
}

function start(data) {
  const { claims, articles } = data;
  const types = new Map(data.types.map((type) => [type.type, type]));
  const nodes = data.nodes.map((given, index) => ({ ...given, ...data.nodeInfo[index], index, edges: [] }));
  const edges = data.edges.map((given, index) => ({ ...given, ...data.edgeInfo[index], index }));
  const nodeById = new Map(nodes.map((node) => [node.id, node]));
  const edgeById = new Map(edges.map((edge) => [edge.id, edge]));
  const claimById = new Map(claims.map((claim, index) => [claim.id, index]));
  const articleById = new Map(articles.map((article, index) => [article.id, index]));
  const units = articles.map((article) => unitsOf(article.text));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const phone = matchMedia("(max-width: 760px)");

  for (const edge of edges) {
    nodeById.get(edge.from).edges.push(edge);
    if (edge.from !== edge.to) nodeById.get(edge.to).edges.push(edge);
  }
  const ranked = [...nodes].sort((a, b) => b.edges.length - a.edges.length || b.weight - a.weight || a.index - b.index);
  ranked.forEach((node, rank) => { node.rank = rank; });

  const state = {
    node: null, edge: null, claim: null, article: null, hover: null, // what is looked at
    types: new Set(types.keys()), standings: new Set(Object.keys(STANDINGS)), only: -1, // the filters
    near: nodes.length > BIG, edgeLabels: edges.length <= 400,
  };
  const view = { nodes: new Set(), edges: new Set(), focus: null, labels: [] }; // what is drawn

  const title = (node) => node.name;
  const typeOf = (node) => types.get(node.group);
  const kindLabel = (node) => typeOf(node).label + (node.kind === "claimed" ? " · не подтверждено" : "");

  /* ---------- colours ---------- */

  const ink = {};
  function readColours() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["ground", "paper", "ink", "soft", "halo", "line", ...Object.keys(STANDINGS)]) {
      ink[name] = style.getPropertyValue(`--${name}`).trim();
    }
  }

  function glyph(shape, fill, hollow) {
    const paint = { fill: hollow ? "none" : fill, stroke: hollow ? fill : "#0006", "stroke-width": hollow ? 2 : 1,
      "stroke-linejoin": "round" };
    if (hollow) paint["stroke-dasharray"] = "3 2";
    const points = { square: "3,3 15,3 15,15 3,15", diamond: "9,1 17,9 9,17 1,9", triangle: "9,2 17,16 1,16",
      triangleDown: "9,16 17,2 1,2", hexagon: "5,2 13,2 17,9 13,16 5,16 1,9",
      star: "9,1 11.2,6.4 17,6.8 12.6,10.5 14,16.2 9,13.1 4,16.2 5.4,10.5 1,6.8 6.8,6.4" }[shape];
    const figure = points ? svg("polygon", { points, ...paint }) : svg("circle", { cx: 9, cy: 9, r: 7, ...paint });
    return svg("svg", { class: "glyph", viewBox: "0 0 18 18", "aria-hidden": "true" }, figure);
  }

  const nodeGlyph = (node) => glyph(typeOf(node).shape, typeOf(node).fill, node.kind === "claimed");

  function lineSample(standing) {
    const dashes = STANDINGS[standing].dashes;
    const line = svg("line", { x1: 0, x2: 30, y1: 6, y2: 6, "stroke-width": 2.5,
      "stroke-dasharray": dashes ? dashes.map((d) => d * 0.7).join(" ") : "none" });
    line.style.stroke = `var(--${standing})`;
    return svg("svg", { class: "line", viewBox: "0 0 30 12", "aria-hidden": "true" }, line);
  }

  /* ---------- what passes the filters ---------- */

  const filtered = () => state.standings.size < 4 || state.only >= 0;
  const claimPasses = (index) => state.standings.has(claims[index].standing)
    && (state.only < 0 || claims[index].article === state.only);

  function edgePasses(edge) {
    return state.standings.has(edge.standing)
      && (state.only < 0 || edge.claims.some((index) => claims[index].article === state.only))
      && state.types.has(nodeById.get(edge.from).group) && state.types.has(nodeById.get(edge.to).group);
  }

  function nodePasses(node) {
    return state.types.has(node.group)
      && (!filtered() || node.claims.some(claimPasses) || node.edges.some(edgePasses));
  }

  const ends = (edge) => [nodeById.get(edge.from), nodeById.get(edge.to)];
  const otherEnd = (edge, node) => nodeById.get(edge.from === node.id ? edge.to : edge.from);

  function neighbours(node) {
    const found = new Set();
    for (const edge of node.edges) if (edgePasses(edge)) found.add(otherEnd(edge, node));
    found.delete(node);
    return [...found].sort((a, b) => a.rank - b.rank);
  }

  /** The nodes to draw: all that pass, or the ones around the selected thing. */
  function chosenNodes() {
    const passing = nodes.filter(nodePasses);
    if (!state.near) return passing;
    const centres = state.node ? [state.node] : state.edge ? ends(state.edge) : [];
    if (!centres.length) return ranked.filter(nodePasses).slice(0, TOP);
    const around = centres.flatMap((node) => neighbours(node).filter(nodePasses).slice(0, NEAR_MAX));
    return [...new Set([...centres, ...around])];
  }

  /* ---------- where things stand ---------- */

  /** Around the selected node in rings, kinds together. */
  function rings(centres, around) {
    const spots = new Map(centres.map((node, at) => [node, { x: (at - (centres.length - 1) / 2) * 260, y: 0 }]));
    const order = [...around].sort((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : a.rank - b.rank));
    let ring = 0;
    while (order.length) {
      const radius = 210 + 105 * ring + (centres.length > 1 ? 90 : 0);
      const places = order.splice(0, Math.max(6, Math.floor((2 * Math.PI * radius) / 125)));
      places.forEach((node, at) => {
        const angle = (2 * Math.PI * (at + (ring % 2) / 2)) / places.length - Math.PI / 2;
        spots.set(node, { x: radius * 1.4 * Math.cos(angle), y: radius * Math.sin(angle) });
      });
      ring += 1;
    }
    return spots;
  }

  /** The overview of a big graph: a loose grid that keeps left and right, above and below. */
  function gridSpots(list) {
    const spots = new Map();
    const rows = Math.max(1, Math.round(Math.sqrt(list.length * 1.3)));
    const byX = [...list].sort((a, b) => a.x - b.x || a.index - b.index);
    for (let column = 0; column * rows < byX.length; column += 1) {
      const strip = byX.slice(column * rows, (column + 1) * rows).sort((a, b) => a.y - b.y || a.index - b.index);
      strip.forEach((node, row) => spots.set(node, { x: column * 180, y: row * 130 + (column % 2) * 65 }));
    }
    return spots;
  }

  function spotsOf(list) {
    if (!state.near) return new Map(list.map((node) => [node, { x: node.x, y: node.y }]));
    const centres = state.node ? [state.node] : state.edge ? [...new Set(ends(state.edge))] : [];
    return centres.length ? rings(centres, list.filter((node) => !centres.includes(node))) : gridSpots(list);
  }

  /* ---------- the map ---------- */

  const drawnNodes = new vis.DataSet();
  const drawnEdges = new vis.DataSet();
  const network = new vis.Network($("graph"), { nodes: drawnNodes, edges: drawnEdges }, {
    physics: { enabled: false },
    layout: { improvedLayout: false },
    interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, multiselect: false,
      keyboard: false, navigationButtons: false, tooltipDelay: 1e9, hideEdgesOnDrag: edges.length > 1500,
      hideEdgesOnZoom: edges.length > 1500, zoomSpeed: 0.7 },
    nodes: { chosen: false, borderWidth: 1.5, shapeProperties: { interpolation: false } },
    edges: { chosen: false, smooth: false, arrowStrikethrough: false, hoverWidth: 0, selectionWidth: 0,
      arrows: { to: { enabled: true, scaleFactor: 0.55 } }, selfReference: { size: 22 } },
  });
  const canvas = $("graph").querySelector("canvas");

  function visNode(node, spot) {
    const dim = view.focus && !view.focus.nodes.has(node);
    const selected = node === state.node;
    const { shape, fill } = typeOf(node);
    const hollow = node.kind === "claimed";
    const border = selected ? ink.ink : hollow ? fill : dark.matches ? "#ffffff66" : "#00000066";
    const colour = { background: hollow ? ink.ground : fill, border };
    return { id: node.id, shape, size: node.size, x: spot.x, y: spot.y, opacity: dim ? 0.2 : 1,
      color: { ...colour, highlight: colour, hover: colour },
      borderWidth: selected ? 4 : hollow ? 2.5 : 1.2, borderWidthSelected: selected ? 4 : hollow ? 2.5 : 1.2,
      shapeProperties: { borderDashes: hollow && !selected ? [4, 3] : false } };
  }

  function visEdge(edge) {
    const on = edge === state.edge;
    const dim = view.focus && !view.focus.edges.has(edge);
    const colour = ink[edge.standing];
    const { dashes } = STANDINGS[edge.standing];
    return { id: edge.id, from: edge.from, to: edge.to, smooth: edge.smooth, dashes: dashes && on ? dashes.map((part) => part * 1.8) : dashes,
      width: on ? 3.2 : edge.standing === "asserted" ? 1.8 : 1.6,
      color: { color: colour, highlight: colour, hover: colour, inherit: false, opacity: dim ? 0.1 : on ? 1 : 0.75 } };
  }

  function focusOf() {
    if (state.edge) return { nodes: new Set(ends(state.edge)), edges: new Set([state.edge]) };
    if (!state.node) return null;
    const around = state.node.edges.filter(edgePasses);
    return { nodes: new Set([state.node, ...around.map((edge) => otherEnd(edge, state.node))]), edges: new Set(around) };
  }

  function draw() {
    const list = chosenNodes();
    const spots = spotsOf(list);
    view.nodes = new Set(list);
    view.edges = new Set(edges.filter((edge) => edgePasses(edge) && ends(edge).every((node) => view.nodes.has(node))));
    view.focus = focusOf();
    view.spots = spots;
    drawnEdges.remove(drawnEdges.getIds().filter((id) => !view.edges.has(edgeById.get(id))));
    drawnNodes.remove(drawnNodes.getIds().filter((id) => !view.nodes.has(nodeById.get(id))));
    drawnNodes.update(list.map((node) => visNode(node, spots.get(node))));
    drawnEdges.update([...view.edges].map(visEdge));
    notice(list);
  }

  function notice(list) {
    let text = "";
    if (!list.length) text = "Под фильтры ничего не подходит";
    else if (state.near && !state.node && !state.edge) {
      text = `Показаны ${plural(list.length, "самый связанный узел", "самых связанных узла", "самых связанных узлов")} `
        + `из ${nodes.length.toLocaleString("ru")}. Найдите нужный через поиск или выберите на карте`;
    } else if (state.near && state.node) {
      const all = neighbours(state.node).length;
      if (all > NEAR_MAX) text = `Показаны ${NEAR_MAX} из ${all} соседей`;
    }
    $("notice").textContent = text;
    $("notice").hidden = !text;
  }

  /** The part of the map that the legend does not cover, in pixels from the middle. */
  function freeArea() {
    const width = $("graph").clientWidth;
    const height = $("graph").clientHeight;
    const legend = $("legend");
    const left = legend.open && width > 480 ? legend.offsetWidth + 24 : 12;
    const top = phone.matches ? 48 : 16; // on a phone the folded legend lies above
    return { width: Math.max(120, width - left - 24), height: Math.max(120, height - top - 16), x: (left - 24) / 2, y: (top - 16) / 2 };
  }

  function fit(animate) {
    if (!view.nodes.size) return;
    const free = freeArea();
    let frame = frameAt(0.03);
    let scale = 0.03;
    for (let low = 0.03, high = 1.25, round = 0; round < 14; round += 1) {
      const middle = (low + high) / 2;
      const tried = frameAt(middle);
      if (tried.right - tried.left <= free.width && tried.low - tried.top <= free.height) [low, frame, scale] = [middle, tried, middle];
      else high = middle;
    }
    move({ x: (frame.left + frame.right) / 2 / scale, y: (frame.top + frame.low) / 2 / scale }, scale, animate);
  }

  /** The frame of all nodes in pixels at a scale: labels keep their size when the map shrinks. */
  function frameAt(scale) {
    const frame = { left: Infinity, right: -Infinity, top: Infinity, low: -Infinity };
    for (const [node, spot] of view.spots) {
      const lines = node.label.split("\n");
      const half = Math.max(node.size * scale, 4.2 * Math.max(...lines.map((line) => line.length)));
      frame.left = Math.min(frame.left, spot.x * scale - half);
      frame.right = Math.max(frame.right, spot.x * scale + half);
      frame.top = Math.min(frame.top, (spot.y - node.size) * scale);
      frame.low = Math.max(frame.low, (spot.y + node.size) * scale + 17 * lines.length);
    }
    return frame;
  }

  function move(position, scale, animate) {
    const free = freeArea();
    network.moveTo({ position, scale, offset: { x: free.x, y: free.y },
      animation: animate && !calm.matches ? { duration: 350, easingFunction: "easeInOutQuad" } : false });
  }

  /** Bring the selected thing into sight, moving only when it is out of it. */
  function showSelected(force) {
    const list = state.node ? [state.node] : state.edge ? ends(state.edge) : [];
    const spots = list.map((node) => view.spots.get(node)).filter(Boolean);
    if (!spots.length) return;
    const middle = { x: spots.reduce((sum, s) => sum + s.x, 0) / spots.length,
      y: spots.reduce((sum, s) => sum + s.y, 0) / spots.length };
    const seen = network.canvasToDOM(middle);
    const free = freeArea();
    const inside = Math.abs(seen.x - $("graph").clientWidth / 2 - free.x) < free.width / 2 - 40
      && Math.abs(seen.y - $("graph").clientHeight / 2) < free.height / 2 - 40;
    let scale = Math.max(network.getScale(), phone.matches ? 0.55 : 0.7);
    if (spots.length === 2) { // an edge: far enough apart for its label
      const apart = Math.hypot((spots[0].x - spots[1].x), (spots[0].y - spots[1].y));
      scale = Math.min(Math.max(scale, Math.min(1.5, 260 / (apart || 1))), free.width / (apart + 120));
    }
    if (!inside || force || scale > network.getScale()) move(middle, scale, true);
  }

  /* ---------- labels: drawn here at one size on the screen, never over each other ---------- */

  const widths = new Map();
  function widthOf(ctx, text) {
    const key = ctx.font + text;
    if (!widths.has(key)) {
      if (widths.size > 20000) widths.clear();
      widths.set(key, ctx.measureText(text).width);
    }
    return widths.get(key);
  }

  function crowd() {
    const cells = new Map();
    const SIDE = 80;
    const visit = (box, what) => {
      for (let cx = Math.floor(box.x0 / SIDE); cx <= Math.floor(box.x1 / SIDE); cx += 1) {
        for (let cy = Math.floor(box.y0 / SIDE); cy <= Math.floor(box.y1 / SIDE); cy += 1) {
          if (what(`${cx},${cy}`)) return true;
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
    if (node === state.node) return -1e6;
    if (node === state.hover) return -9e5;
    if (view.focus) return node.rank + (view.focus.nodes.has(node) ? -1e5 : 1e5);
    return node.rank;
  }

  function drawLabels(given) {
    const ctx = given;
    const ratio = canvas.width / canvas.clientWidth;
    const scale = network.getScale();
    const seen = { x0: -60, y0: -40, x1: canvas.clientWidth + 60, y1: canvas.clientHeight + 40 };
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    view.labels = [];
    const taken = crowd();
    const labelled = crowd();
    for (const box of covers()) {
      taken.add(box);
      labelled.add(box);
    }
    const inSight = [];
    const places = network.getPositions();
    for (const node of view.nodes) {
      if (!places[node.id]) continue;
      const at = network.canvasToDOM(places[node.id]);
      const r = node.size * scale;
      node.at = { x: at.x, y: at.y, r };
      if (at.x < seen.x0 || at.x > seen.x1 || at.y < seen.y0 || at.y > seen.y1) continue;
      inSight.push(node);
      taken.add({ owner: node, x0: at.x - r, y0: at.y - r, x1: at.x + r, y1: at.y + r });
    }
    inSight.sort((a, b) => importance(a) - importance(b));
    for (const node of inSight.slice(0, 500)) labelNode(ctx, node, taken, labelled);
    labelEdges(ctx, taken, scale);
    ctx.restore();
  }

  /** Parts of the map that the legend and the buttons cover. */
  function covers() {
    const base = $("graph").getBoundingClientRect();
    return [$("legend"), document.querySelector(".tools")].map((part) => {
      const box = part.getBoundingClientRect();
      return { owner: part, x0: box.left - base.left, x1: box.right - base.left, y0: box.top - base.top, y1: box.bottom - base.top };
    });
  }

  const inFrame = (box) => box.x0 >= 0 && box.y0 >= 0 && box.x1 <= canvas.clientWidth && box.y1 <= canvas.clientHeight;

  function labelNode(ctx, node, taken, labelled) {
    const must = node === state.node || node === state.hover;
    const dim = view.focus && !view.focus.nodes.has(node) && !must;
    const size = phone.matches ? 12 : node.rank < 6 ? 14.5 : 13;
    ctx.font = `${must || node.rank < 6 ? 600 : 450} ${size}px system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif`;
    const lines = shown(node.label).split("\n");
    const w = Math.max(...lines.map((line) => widthOf(ctx, line))) + 6;
    const tall = lines.length * (size + 2.5) + 2;
    const { x, y, r } = node.at;
    const spots = [[x, y + r + 3 + tall / 2], [x, y - r - 3 - tall / 2], [x + r + 3 + w / 2, y], [x - r - 3 - w / 2, y],
      [x + w / 2, y + r + 3 + tall / 2], [x - w / 2, y + r + 3 + tall / 2], [x + w / 2, y - r - 3 - tall / 2], [x - w / 2, y - r - 3 - tall / 2],
      [x, y + r + 12 + tall / 2]];
    const boxes = spots.map(([cx, cy]) => ({ owner: node, x: cx, y: cy, x0: cx - w / 2, x1: cx + w / 2, y0: cy - tall / 2, y1: cy + tall / 2 }));
    const free = boxes.filter((candidate) => !taken.hits(candidate, node));
    const weighty = must || node.rank < Math.min(24, view.nodes.size / 8) || (view.focus && !dim);
    const box = free.find(inFrame) // else over lesser nodes, but over no label
      || (weighty && boxes.find((candidate) => inFrame(candidate) && !labelled.hits(candidate, node))) || (must && boxes[0]);
    if (!box) return;
    taken.add({ ...box, owner: box });
    labelled.add({ ...box, owner: box });
    view.labels.push({ ...box, node });
    ctx.globalAlpha = dim ? 0.3 : 1;
    ctx.strokeStyle = ink.halo;
    ctx.fillStyle = ink.ink;
    ctx.lineWidth = 4;
    lines.forEach((line, at) => {
      const cy = box.y0 + 1 + (at + 0.5) * (size + 2.5);
      ctx.strokeText(line, box.x, cy);
      ctx.fillText(line, box.x, cy);
    });
    ctx.globalAlpha = 1;
  }

  function labelEdges(ctx, taken, scale) {
    const font = phone.matches ? 11 : 11.5;
    ctx.font = `450 ${font}px system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif`;
    for (const edge of view.edges) {
      const own = edge === state.edge || (state.node && view.focus.edges.has(edge)) || edge === state.hover;
      if (!own && (!state.edgeLabels || view.focus || scale < 0.45)) continue;
      const [from, to] = ends(edge);
      if (!from.at || !to.at || !edge.label) continue;
      const label = cut(shown(edge.label), 34);
      const w = widthOf(ctx, label) + 8;
      const span = Math.hypot(from.at.x - to.at.x, from.at.y - to.at.y);
      if (!own && span < Math.min(w, 70) && edge.from !== edge.to) continue;
      for (const t of [0.5, 0.42, 0.58, 0.34, 0.66, 0.74, 0.26]) {
        const at = pointOn(edge, t);
        if (!at) break;
        const box = { x0: at.x - w / 2, x1: at.x + w / 2, y0: at.y - 8, y1: at.y + 8 };
        if (edge === state.edge ? t !== 0.26 && taken.hits(box, null) : taken.hits(box, null)) continue;
        taken.add({ ...box, owner: box });
        view.labels.push({ ...box, edge });
        ctx.globalAlpha = 0.88;
        ctx.fillStyle = ink.halo;
        ctx.fillRect(box.x0, box.y0 + 1, w, 14);
        ctx.globalAlpha = 1;
        ctx.fillStyle = ink[edge.standing];
        ctx.fillText(label, at.x, at.y + 0.5);
        break;
      }
    }
  }

  function pointOn(edge, t) {
    const drawn = network.body.edges[edge.id];
    if (!drawn || !drawn.edgeType || !drawn.connected) return null;
    const point = drawn.edgeType.getPoint(t);
    return point && Number.isFinite(point.x) ? network.canvasToDOM(point) : null;
  }

  /* ---------- claims as cards ---------- */

  const byPlace = (a, b) => claims[a].article - claims[b].article || claims[a].begin - claims[b].begin || a - b;

  function speakerOf(claim) {
    const known = claim.speakerId ? nodeById.get(claim.speakerId) : null;
    const name = claim.speaker || "автор статьи";
    return known ? h("button", { type: "button", class: "inline", onclick: () => go({ n: known.id }) }, h("b", {}, name)) : h("b", {}, name);
  }

  function sure(value) {
    const bar = h("b", {});
    bar.style.width = `${Math.round(value * 100)}%`;
    return h("span", { class: "sure", title: "Насколько программа уверена, что верно разобрала текст. Это не уверенность говорящего." },
      h("i", {}, bar), `разбор ${Math.round(value * 100)} %`);
  }

  function claimCard(index) {
    const claim = claims[index];
    const article = articles[claim.article];
    const open = () => go({ ...current(), c: claim.id, a: null });
    return h("li", { class: `claim ${claim.standing}${index === state.claim ? " on" : ""}`, "data-claim": index },
      h("div", { class: "tags" }, h("span", { class: "tag" }, claim.modalityLabel || STANDINGS[claim.standing].label),
        claim.polarity === "negated" && h("span", {}, "с отрицанием"),
        claim.time && h("span", {}, inWords(claim.time)), sure(claim.confidence)),
      h("p", { class: "who" }, speakerOf(claim), claim.via && ` — через ${claim.via}`),
      claim.text && normal(claim.text) !== normal(claim.quote) && h("p", { class: "said" }, claim.text),
      h("button", { type: "button", class: "quote", title: "Показать в тексте статьи", onclick: open }, claim.quote),
      h("p", { class: "source" }, h("button", { type: "button", class: "inline", onclick: open }, article.title || article.file),
        article.date && ` · ${inWords(article.date)}`),
      claim.contradicts.map((other) => h("p", { class: "against" }, "Противоречит: ",
        h("button", { type: "button", onclick: () => go({ ...current(), c: claims[other].id, a: null }) },
          `${claims[other].speaker || "автор статьи"}: ${cut(claims[other].text || claims[other].quote, 90)}`))));
  }

  /** A list that shows its first rows and more of them on demand. */
  function paged(items, first, row, cls) {
    const list = h("ul", { class: cls });
    const more = h("button", { type: "button", class: "plain more" });
    let count = 0;
    const grow = (upTo) => {
      list.append(...items.slice(count, upTo).map(row));
      count = Math.min(upTo, items.length);
      more.textContent = `ещё ${items.length - count}`;
      more.hidden = count >= items.length;
    };
    more.addEventListener("click", () => {
      const next = count;
      grow(count + Math.max(30, first));
      const target = list.children[next];
      const button = target && target.querySelector("button");
      if (button) button.focus();
    });
    grow(first);
    return [list, more];
  }

  function claimSection(indexes) {
    const all = [...new Set(indexes)].sort(byPlace);
    const passing = all.filter(claimPasses);
    const at = passing.indexOf(state.claim);
    const parts = [h("h3", {}, "Утверждения", h("span", { class: "n" }, passing.length))];
    if (all.length > passing.length) {
      parts.push(h("p", { class: "hidden-note" }, `Фильтром скрыто: ${all.length - passing.length}. `,
        h("button", { type: "button", class: "inline", onclick: resetFilters }, "Показать все")));
    }
    if (!all.length) parts.push(h("p", { class: "hidden-note" }, "Отдельных утверждений нет."));
    return [...parts, ...paged(passing, Math.max(25, at + 1), claimCard, "claims")];
  }

  /* ---------- the panel ---------- */

  const section = (name, count, ...rest) => [h("h3", {}, name, h("span", { class: "n" }, count)), ...rest.flat()];

  function nodeRow(node, small, count) {
    return h("li", {}, h("button", { type: "button", onclick: () => go({ n: node.id }) }, nodeGlyph(node),
      h("span", { class: "text" }, title(node), small && h("span", { class: "small" }, small)),
      count > 0 && h("span", { class: "n", title: "связей" }, count)));
  }

  const eventTime = (node) => node.time || node.claims.map((index) => claims[index].time).filter(Boolean).sort()[0] || "";

  function home() {
    const shownNodes = ranked.filter(nodePasses);
    const entities = shownNodes.filter((node) => node.kind === "entity");
    const events = shownNodes.filter((node) => node.kind !== "entity")
      .sort((a, b) => (eventTime(a) || "9999").localeCompare(eventTime(b) || "9999") || a.index - b.index);
    const papers = articles.map((_, index) => index);
    return [
      h("h2", {}, "Кто, с кем и с чьих слов"),
      h("p", { class: "lead" }, "Выберите узел или связь на карте либо в списке: здесь появится, кто это сказал, насколько уверенно и в каком месте статьи."),
      entities.length ? section("Самые связанные", entities.length,
        paged(entities, 10, (node) => nodeRow(node, node.note || kindLabel(node), node.edges.filter(edgePasses).length), "list")) : [],
      events.length ? section("События по времени", events.length,
        paged(events, 12, (node) => nodeRow(node, eventLine(node), 0), "list")) : [],
      papers.length ? section("Статьи", papers.length, paged(papers, 10, articleRow, "list")) : [],
    ].flat();
  }

  function eventLine(node) {
    const when = eventTime(node);
    return [node.note || (when && inWords(when)), kindLabel(node)].filter(Boolean).join(" · ");
  }

  function articleRow(index) {
    const article = articles[index];
    const count = claims.filter((claim) => claim.article === index).length;
    return h("li", {}, h("button", { type: "button", onclick: () => go({ ...current(), c: null, a: article.id }) },
      h("span", { class: "text" }, article.title || article.file,
        h("span", { class: "small" }, [article.date && inWords(article.date), plural(count, "утверждение", "утверждения", "утверждений")].filter(Boolean).join(" · ")))));
  }

  const closer = () => h("button", { type: "button", class: "close", title: "Закрыть (Esc)", "aria-label": "Закрыть", onclick: () => go({}) }, "×");

  function safeLinks(links) {
    return links.filter(([, url]) => /^https?:\/\//i.test(url)).map(([label, url]) => h("a",
      { href: url, rel: "noopener noreferrer", target: "_blank" }, label || url));
  }

  function nodePanel(node) {
    const near = node.edges.filter(edgePasses)
      .sort((a, b) => otherEnd(a, node).rank - otherEnd(b, node).rank || a.index - b.index);
    const links = safeLinks(node.links);
    const names = node.names.filter((name) => name !== node.name);
    return [
      h("div", { class: "kicker" }, nodeGlyph(node), kindLabel(node), closer()),
      h("h2", {}, title(node)),
      node.note && h("p", { class: "note" }, node.note),
      names.length > 0 && h("p", { class: "names" }, `В текстах также: ${names.slice(0, 12).join(", ")}${names.length > 12 ? " …" : ""}`),
      links.length > 0 && h("p", { class: "links" }, links),
      near.length ? section("Связи", near.length, paged(near, 8, (edge) => edgeRow(edge, node), "list")) : [],
      claimSection([...node.claims, ...node.edges.flatMap((edge) => edge.claims)]),
    ].flat();
  }

  function edgeRow(edge, node) {
    const other = otherEnd(edge, node);
    const out = edge.from === node.id;
    const words = out ? [h("span", { class: "rel" }, `${edge.label} → `), title(other)]
      : [title(other), h("span", { class: "rel" }, ` — ${edge.label} →`)];
    return h("li", {}, h("button", { type: "button", title: STANDINGS[edge.standing].label, onclick: () => go({ e: edge.id }) },
      lineSample(edge.standing), h("span", { class: "text" }, words),
      edge.claims.length > 1 && h("span", { class: "n", title: "утверждений" }, edge.claims.length)));
  }

  function edgePanel(edge) {
    const [from, to] = ends(edge);
    return [
      h("div", { class: "kicker" }, lineSample(edge.standing), STANDINGS[edge.standing].label, closer()),
      h("h2", {}, edge.label),
      h("ul", { class: "list" }, nodeRow(from, kindLabel(from), 0), nodeRow(to, kindLabel(to), 0)),
      claimSection(edge.claims),
    ].flat();
  }

  function drawPanel(keepScroll) {
    const panel = $("panel");
    const inside = panel.contains(document.activeElement) || document.activeElement === document.body;
    const top = panel.scrollTop;
    const content = state.node ? nodePanel(state.node) : state.edge ? edgePanel(state.edge) : home();
    panel.replaceChildren(...content.filter((part) => part instanceof Node));
    panel.scrollTop = keepScroll ? top : 0;
    if (inside && (state.node || state.edge)) panel.focus({ preventScroll: true });
  }

  /* ---------- the reader ---------- */

  /** The sentence around [begin, end), within its line. */
  function sentenceAround(text, begin, end) {
    const startsHere = (at) => {
      if (text[at - 1] === "\n") return true;
      if (!/\s/.test(text[at - 1]) || !/[A-ZА-ЯЁ«"“—\d]/.test(text[at] || "")) return false;
      const before = text.slice(Math.max(0, at - 12), at).trimEnd();
      return /[.!?…]["»”)]*$/.test(before) && !/(^|[\s(«])[A-ZА-ЯЁа-яё]{1,2}\.$/.test(before);
    };
    let from = begin;
    while (from > 0 && begin - from < 600 && !startsHere(from)) from -= 1;
    let to = end;
    while (to < text.length && to - end < 600 && text[to] !== "\n" && !(to > begin && startsHere(to))) to += 1;
    while (to > end && /\s/.test(text[to - 1])) to -= 1;
    return [from, to];
  }

  function spansOf(articleIndex) {
    const point = units[articleIndex];
    const spans = [];
    claims.forEach((claim, index) => {
      if (claim.article !== articleIndex || claim.begin >= claim.end) return;
      spans.push({ index, standing: claim.standing, from: point(claim.begin), to: point(claim.end) });
    });
    return spans.sort((a, b) => (a.to - a.from) - (b.to - b.from));
  }

  function readerText(articleIndex) {
    const text = articles[articleIndex].text;
    const spans = spansOf(articleIndex);
    const chosen = spans.find((span) => span.index === state.claim);
    let sentence = [-1, -1];
    let cue = [-1, -1];
    if (chosen) {
      sentence = sentenceAround(text, chosen.from, chosen.to);
      const word = claims[state.claim].cue;
      const at = word ? text.slice(sentence[0], sentence[1]).indexOf(word) : -1;
      if (at >= 0) cue = [sentence[0] + at, sentence[0] + at + word.length];
    }
    const marks = new Set([0, text.length]);
    for (const span of spans) marks.add(span.from).add(span.to);
    for (const at of [...sentence, ...cue]) if (at >= 0) marks.add(at);
    const order = [...marks].sort((a, b) => a - b);
    const body = h("div", { class: "reader-text" });
    for (let at = 0; at + 1 < order.length; at += 1) {
      const [from, to] = [order[at], order[at + 1]];
      const over = spans.filter((span) => span.from <= from && span.to >= to);
      const isChosen = Boolean(chosen) && over.includes(chosen);
      const top = over.find((span) => span !== chosen) || over[0];
      const classes = [];
      if (top && !isChosen) classes.push("c", top.standing);
      if (from >= sentence[0] && to <= sentence[1]) classes.push("sentence");
      if (from >= cue[0] && to <= cue[1]) classes.push("cue");
      const piece = text.slice(from, to);
      if (isChosen) body.append(h("mark", { class: classes.join(" ") }, piece));
      else if (classes.length) {
        body.append(h("span", { class: classes.join(" "), ...(top ? { onclick: () => go({ ...current(), c: claims[top.index].id, a: null }),
          title: `${claims[top.index].speaker || "автор статьи"}: ${claims[top.index].modalityLabel}` } : {}) }, piece));
      } else body.append(shown(piece));
    }
    return body;
  }

  /** While an article is open the map is narrow: fold the legend, unfold it afterwards. */
  let folded = false;
  function makeRoom(was, is) {
    const legend = $("legend");
    if (is && !was && legend.open && $("graph").clientWidth < 760) {
      legend.open = false;
      folded = true;
    } else if (!is && was && folded) {
      legend.open = true;
      folded = false;
    }
  }

  function drawReader() {
    const reader = $("reader");
    const index = state.claim !== null ? claims[state.claim].article : state.article;
    const was = !reader.hidden;
    reader.hidden = index === null;
    $("main").classList.toggle("reading", index !== null);
    makeRoom(was, index !== null);
    if (index === null) {
      reader.replaceChildren();
      if (was && document.activeElement === document.body) $("panel").focus({ preventScroll: true });
      return;
    }
    const article = articles[index];
    const body = readerText(index);
    reader.replaceChildren(
      h("header", { class: "reader-head" },
        h("div", {}, h("h2", {}, article.title || article.file),
          h("p", { class: "small" }, [article.date && inWords(article.date), article.file].filter(Boolean).join(" · "))),
        h("button", { type: "button", class: "close", title: "Закрыть текст (Esc)", "aria-label": "Закрыть текст",
          onclick: () => go({ ...current(), c: null, a: null }) }, "×")),
      body);
    const mark = body.querySelector("mark");
    if (mark) mark.scrollIntoView({ block: "center", behavior: was && !calm.matches ? "smooth" : "auto" });
    else reader.scrollTop = 0;
  }

  /* ---------- the address ---------- */

  function current() {
    return { n: state.node && state.node.id, e: state.edge && state.edge.id,
      c: state.claim !== null ? claims[state.claim].id : null, a: state.article !== null ? articles[state.article].id : null };
  }

  function go(wanted) {
    const hash = Object.entries(wanted).filter(([, value]) => value).map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
    if (location.hash.replace(/^#/, "") === hash) return apply();
    if (hash) location.hash = hash;
    else {
      history.pushState(null, "", location.pathname + location.search);
      apply();
    }
    return undefined;
  }

  let first = true;
  function apply() {
    const asked = new URLSearchParams(location.hash.slice(1).replace(/\+/g, "%2B"));
    const before = { node: state.node, edge: state.edge };
    state.node = nodeById.get(asked.get("n")) || null;
    state.edge = state.node ? null : edgeById.get(asked.get("e")) || null;
    state.claim = claimById.has(asked.get("c")) ? claimById.get(asked.get("c")) : null;
    state.article = state.claim === null && articleById.has(asked.get("a")) ? articleById.get(asked.get("a")) : null;
    const same = !first && before.node === state.node && before.edge === state.edge;
    if (!same) draw();
    drawPanel(same);
    drawReader();
    if (first || (!same && state.near)) fit(!first);
    if (!same && !state.near) showSelected(false);
    network.redraw();
    document.title = (state.node ? `${title(state.node)} — ` : state.edge ? `${state.edge.label} — ` : "") + data.title;
    first = false;
  }

  /* ---------- the search ---------- */

  const names = nodes.map((node) => [node.name, ...node.names].map((name) => [name, normal(name)]));
  const search = $("search");
  const hints = $("hints");
  let offered = [];
  let active = -1;

  function score(pairs, query, words) {
    let best = null;
    pairs.forEach(([name, text], at) => {
      let points = 0;
      if (text === query) points = 100;
      else if (text.startsWith(query)) points = 80;
      else if (` ${text}`.includes(` ${query}`)) points = 60;
      else if (words.length > 1 && words.every((word) => ` ${text}`.includes(` ${word}`))) points = 50;
      else if (query.length > 2 && text.includes(query)) points = 30;
      if (!points) return;
      if (at) points -= 5;
      if (!best || points > best.points) best = { points, name: at ? name : "" };
    });
    return best;
  }

  function find(query) {
    const text = normal(query);
    if (!text) return [];
    const words = text.split(" ");
    return nodes.map((node, at) => ({ node, hit: score(names[at], text, words) })).filter(({ hit }) => hit)
      .sort((a, b) => b.hit.points - a.hit.points || a.node.rank - b.node.rank).slice(0, 12);
  }

  function suggest() {
    offered = find(search.value);
    active = offered.length ? 0 : -1;
    const none = !offered.length && normal(search.value);
    hints.replaceChildren(...offered.map(({ node, hit }, at) => h("li",
      { role: "option", id: `hint-${at}`, "aria-selected": at === active, onmousedown: (event) => { event.preventDefault(); pick(at); } },
      nodeGlyph(node), h("span", { class: "hint-text" }, h("span", {}, title(node)),
        h("span", { class: "small" }, [hit.name && `«${hit.name}»`, node.note || kindLabel(node)].filter(Boolean).join(" · "))),
      h("span", { class: "small" }, plural(node.edges.length, "связь", "связи", "связей")))),
    ...(none ? [h("li", { class: "none" }, "Ничего не нашлось")] : []));
    hints.hidden = !offered.length && !none;
    search.setAttribute("aria-expanded", String(!hints.hidden));
    mark();
  }

  function mark() {
    [...hints.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    if (active >= 0) {
      search.setAttribute("aria-activedescendant", `hint-${active}`);
      hints.children[active].scrollIntoView({ block: "nearest" });
    } else search.removeAttribute("aria-activedescendant");
  }

  function closeHints() {
    hints.hidden = true;
    search.setAttribute("aria-expanded", "false");
    search.removeAttribute("aria-activedescendant");
  }

  function pick(at) {
    const choice = offered[at];
    if (!choice) return;
    closeHints();
    search.value = "";
    search.blur();
    if (!nodePasses(choice.node)) resetFilters();
    go({ n: choice.node.id });
    $("panel").focus({ preventScroll: true });
  }

  search.addEventListener("input", suggest);
  search.addEventListener("focus", () => { if (search.value) suggest(); });
  search.addEventListener("blur", closeHints);
  search.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") pick(active);
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && offered.length) {
      event.preventDefault();
      if (hints.hidden) return suggest();
      active = (active + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length;
      mark();
    }
    return undefined;
  });

  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName) && document.activeElement.type !== "checkbox";
    if ((event.key === "/" || event.code === "Slash") && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "Escape") escape(event);
  });

  function escape(event) {
    if (document.activeElement === search) {
      event.preventDefault();
      if (!hints.hidden) closeHints();
      else {
        search.value = "";
        search.blur();
      }
    } else if (state.claim !== null || state.article !== null) go({ ...current(), c: null, a: null });
    else if (state.node || state.edge) go({});
  }

  /* ---------- legend and filters ---------- */

  function check(label, on, sign, count, change, given) {
    const box = h("input", { type: "checkbox", ...given });
    box.checked = on;
    box.addEventListener("change", () => change(box.checked));
    return h("label", { class: "row" }, box, sign, h("span", {}, label), h("span", { class: "n" }, count));
  }

  const toggle = (set, key, on) => { if (on) set.add(key); else set.delete(key); };

  function drawLegend() {
    $("standings").replaceChildren(...Object.keys(STANDINGS).map((key) => check(STANDINGS[key].label, state.standings.has(key),
      lineSample(key), claims.filter((claim) => claim.standing === key).length,
      (on) => { toggle(state.standings, key, on); refilter(); }, { "data-standing": key })));
    const count = (type) => nodes.filter((node) => node.group === type.type).length;
    const row = (type) => check(type.label, state.types.has(type.type), glyph(type.shape, type.fill), count(type),
      (on) => { toggle(state.types, type.type, on); refilter(); }, { "data-type": type.type });
    const happenings = data.types.filter((type) => type.event);
    $("types").replaceChildren(...data.types.filter((type) => !type.event).map(row), ...eventRows(happenings, row));
  }

  function eventRows(happenings, row) {
    if (!happenings.length) return [];
    const events = nodes.filter((node) => node.kind !== "entity");
    const all = check("События", happenings.some((type) => state.types.has(type.type)), glyph(happenings[0].shape, happenings[0].fill),
      events.length, (on) => { happenings.forEach((type) => toggle(state.types, type.type, on)); drawLegend(); refilter(); }, { "data-events": true });
    const open = $("types").querySelector("details");
    const kinds = h("details", { open: open && open.open }, h("summary", { class: "small" }, "по видам"), happenings.map(row));
    const unsure = events.some((node) => node.kind === "claimed")
      ? [h("div", { class: "row", title: "О событии только сообщают, или оно планируется" }, glyph(happenings[0].shape, happenings[0].fill, true), h("span", {}, "— не подтверждено"),
        h("span", { class: "n" }, events.filter((node) => node.kind === "claimed").length))] : [];
    return [all, h("div", { class: "nested" }, unsure, happenings.length > 1 && kinds)];
  }

  function refilter() {
    draw();
    drawPanel(true);
    network.redraw();
    $("reset").hidden = !filtered() && state.types.size === types.size;
  }

  function resetFilters() {
    state.types = new Set(types.keys());
    state.standings = new Set(Object.keys(STANDINGS));
    state.only = -1;
    $("article-filter").value = "-1";
    drawLegend();
    refilter();
  }

  function setUp() {
    $("counts").textContent = [plural(nodes.length, "узел", "узла", "узлов"), plural(edges.length, "связь", "связи", "связей"),
      plural(claims.length, "утверждение", "утверждения", "утверждений"), plural(articles.length, "статья", "статьи", "статей")].join(" · ");
    $("article-filter").append(h("option", { value: -1 }, "все статьи"),
      ...articles.map((article, index) => h("option", { value: index }, cut(article.title || article.file, 60))));
    $("article-filter").addEventListener("change", (event) => { state.only = Number(event.target.value); refilter(); });
    $("near").checked = state.near;
    $("near").addEventListener("change", (event) => { state.near = event.target.checked; refilter(); fit(false); });
    $("edge-labels").checked = state.edgeLabels;
    $("edge-labels").addEventListener("change", (event) => { state.edgeLabels = event.target.checked; network.redraw(); });
    $("reset").addEventListener("click", resetFilters);
    $("reset").hidden = true;
    $("fit").addEventListener("click", () => fit(true));
    const zoom = (factor) => network.moveTo({ scale: Math.min(4, Math.max(0.02, network.getScale() * factor)),
      animation: calm.matches ? false : { duration: 150, easingFunction: "easeOutQuad" } });
    $("zoom-in").addEventListener("click", () => zoom(1.35));
    $("zoom-out").addEventListener("click", () => zoom(1 / 1.35));
    if (phone.matches) $("legend").open = false;
    dark.addEventListener("change", () => { readColours(); draw(); network.redraw(); });
  }

  /* ---------- the mouse on the map ---------- */

  function labelAt(point) {
    return [...view.labels].reverse().find((box) => point.x >= box.x0 && point.x <= box.x1 && point.y >= box.y0 && point.y <= box.y1);
  }

  network.on("click", ({ nodes: hitNodes, edges: hitEdges, pointer }) => {
    const label = labelAt(pointer.DOM);
    const node = network.getNodeAt(pointer.DOM) || hitNodes[0] || (label && label.node && label.node.id);
    const edge = (label && label.edge && label.edge.id) || network.getEdgeAt(pointer.DOM) || hitEdges[0];
    network.unselectAll();
    if (node !== undefined && node) go({ n: node });
    else if (edge) go({ e: edge });
    else if (state.node || state.edge) go({});
  });

  function hover(thing, lines, point) {
    state.hover = thing;
    const tip = $("tip");
    tip.hidden = !thing || matchMedia("(hover: none)").matches;
    canvas.style.cursor = thing ? "pointer" : "default";
    network.redraw();
    if (tip.hidden) return;
    tip.replaceChildren(lines[0], ...lines.slice(1).filter(Boolean).map((line) => h("span", {}, line)));
    const room = $("graph").clientWidth;
    tip.style.left = `${Math.max(8, Math.min(point.x + 14, room - tip.offsetWidth - 8))}px`;
    tip.style.top = `${Math.max(8, Math.min(point.y + 16, $("graph").clientHeight - tip.offsetHeight - 8))}px`;
  }

  network.on("hoverNode", ({ node, pointer }) => {
    const item = nodeById.get(node);
    hover(item, [cut(shown(item.name), 120), [kindLabel(item), item.note && cut(item.note, 90)].filter(Boolean).join(" · "),
      plural(item.edges.length, "связь", "связи", "связей")], pointer.DOM);
  });
  network.on("hoverEdge", ({ edge, pointer }) => {
    const item = edgeById.get(edge);
    const [from, to] = ends(item);
    hover(item, [cut(shown(`${from.name} → ${item.label} → ${to.name}`), 160), `${STANDINGS[item.standing].label} · `
      + plural(item.claims.length, "утверждение", "утверждения", "утверждений")], pointer.DOM);
  });
  network.on("blurNode", () => hover(null));
  network.on("blurEdge", () => hover(null));
  network.on("dragStart", () => hover(null));
  network.on("dragEnd", ({ nodes: moved }) => {
    for (const id of moved) {
      const node = nodeById.get(id);
      const spot = network.getPosition(id);
      if (!state.near) Object.assign(node, spot);
      view.spots.set(node, spot);
    }
    network.unselectAll();
  });
  network.on("afterDrawing", drawLabels);
  let sized = null;
  network.on("resize", () => {
    clearTimeout(sized);
    sized = setTimeout(() => {
      if (state.node || state.edge) showSelected(false);
      else fit(false);
    }, 60);
  });

  readColours();
  setUp();
  drawLegend();
  addEventListener("hashchange", apply);
  addEventListener("popstate", apply);
  apply();
  document.documentElement.dataset.ready = "1";
}

unpack().then(start).catch((error) => {
  $("fatal").textContent = `Страница не открылась: ${error.message}`;
  $("fatal").hidden = false;
  throw error;
});
