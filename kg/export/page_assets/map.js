/* Places on outlines of the land that lie in the file; nothing is fetched. */

const world = { outline: null, asked: null, k: 1, x: 0, y: 0, wide: 1, fitted: false };

const worldX = (lon) => lon * world.wide;
const worldY = (lat) => -lat;

/** A line of steps in parts of a degree → the data of a path. */
function lineData(flat, unit, close) {
  let [x, y] = [flat[0], flat[1]];
  let text = `M${((x / unit) * world.wide).toFixed(2)} ${(-y / unit).toFixed(2)}`;
  for (let at = 2; at < flat.length; at += 2) {
    x += flat[at];
    y += flat[at + 1];
    text += `L${((x / unit) * world.wide).toFixed(2)} ${(-y / unit).toFixed(2)}`;
  }
  return close ? `${text}Z` : text;
}

function loadOutline() {
  if (!world.asked) {
    world.asked = unpack("outline").then((lines) => {
      const lats = model.places.map((node) => node.spot[0]);
      const middle = Math.min(60, Math.abs((Math.min(...lats) + Math.max(...lats)) / 2));
      world.wide = Math.cos((middle * Math.PI) / 180);
      world.outline = { land: lines.land.map((line) => lineData(line, lines.unit, true)).join(""), borders: lines.borders.map((line) => lineData(line, lines.unit, false)).join("") };
      if (state.view === "map") drawMap();
    });
  }
}

/** Places that pass, with the events in them that pass. */
function placesShown() {
  return model.places.filter(nodePasses).map((node) => ({ node, events: node.here.filter(nodePasses) }))
    .sort((a, b) => b.events.length - a.events.length || a.node.rank - b.node.rank);
}

function fitMap() {
  const size = mapSize();
  const places = placesShown();
  const list = (places.some((place) => place.events.length) ? places.filter((place) => place.events.length || place.node.type.type !== "Country") : places).map((place) => place.node);
  if (!list.length) return;
  const xs = list.map((node) => worldX(node.spot[1]));
  const ys = list.map((node) => worldY(node.spot[0]));
  const [w, tall] = [Math.max(8, Math.max(...xs) - Math.min(...xs)), Math.max(6, Math.max(...ys) - Math.min(...ys))];
  world.k = Math.min((size.width * 0.72) / w, (size.height * 0.66) / tall);
  world.x = size.width / 2 - ((Math.max(...xs) + Math.min(...xs)) / 2) * world.k;
  world.y = size.height / 2 - ((Math.max(...ys) + Math.min(...ys)) / 2) * world.k;
  world.fitted = true;
}

const mapSize = () => ({ width: Math.max(100, $("view-map").clientWidth), height: Math.max(100, $("view-map").clientHeight) });

function drawMap() {
  const place = $("view-map");
  if (!world.outline) {
    loadOutline();
    return;
  }
  if (!world.fitted) fitMap();
  const size = mapSize();
  const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.place : null;
  const lines = svg("g", { transform: `translate(${world.x} ${world.y}) scale(${world.k})` },
    svg("path", { d: world.outline.land, fill: ink.land, stroke: ink.border, "stroke-width": 0.8, "vector-effect": "non-scaling-stroke" }),
    svg("path", { d: world.outline.borders, fill: "none", stroke: ink.border, "stroke-width": 1, "vector-effect": "non-scaling-stroke" }));
  const chart = svg("svg", { id: "map-chart", width: size.width, height: size.height, viewBox: `0 0 ${size.width} ${size.height}`, role: "group", "aria-label": t("map"), "font-family": LABEL_FONT },
    svg("rect", { width: size.width, height: size.height, fill: ink.ground }), lines, placeMarks(size));
  const zoom = (factor) => () => zoomMap(size.width / 2, size.height / 2, factor);
  const tools = h("div", { class: "tools" }, button({ title: t("zoom_in"), "aria-label": t("zoom_in"), onclick: zoom(1.5) }, "+"),
    button({ title: t("zoom_out"), "aria-label": t("zoom_out"), onclick: zoom(1 / 1.5) }, "−"),
    button({ title: t("fit"), "aria-label": t("fit"), onclick: () => { fitMap(); drawMap(); } }, "⤢"));
  const lost = passing().filter((node) => isEvent(node) && !(node.at && node.at.spot)).length;
  place.replaceChildren(chart, tools, ...(lost ? [h("p", { class: "notice low" }, t("unplaced", { events: many("events", lost) }))] : []));
  listenToMap(chart);
  const again = focused && place.querySelector(`[data-place="${focused}"]`);
  if (again) again.focus();
}

/** The place that is selected, or where the selected event happens. */
const chosenPlace = () => (state.node && state.node.spot ? state.node : state.node && state.node.at && state.node.at.spot ? state.node.at : null);

function placeMarks(size) {
  const taken = crowd();
  const shownPlaces = placesShown().map((place) => ({ ...place, x: worldX(place.node.spot[1]) * world.k + world.x, y: worldY(place.node.spot[0]) * world.k + world.y,
    r: 6 + 3.2 * Math.sqrt(place.events.length) })).filter((place) => seen(place, size));
  taken.add({ owner: "tools", x0: size.width - 64, x1: size.width + 400, y0: size.height - 140, y1: size.height });
  taken.add({ owner: "frame", x0: size.width, x1: size.width + 400, y0: 0, y1: size.height });
  for (const { x, y, r, node } of shownPlaces) taken.add({ owner: node, x0: x - r, x1: x + r, y0: y - r, y1: y + r });
  const drawn = shownPlaces.map(({ node, events, x, y, r }) => {
    const on = node === chosenPlace();
    const area = node.type.type === "Country";
    const text = cut(node.name, 28);
    const letter = area ? 12 : 13;
    const w = text.length * letter * 0.58 + 6;
    const spots = [[x + r + 4, y, "start"], [x - r - 4, y, "end"], [x, y + r + 11, "middle"], [x, y - r - 9, "middle"]];
    const box = ([cx, cy, anchor]) => ({ owner: node, x0: anchor === "start" ? cx : anchor === "end" ? cx - w : cx - w / 2, x1: anchor === "start" ? cx + w : anchor === "end" ? cx : cx + w / 2, y0: cy - 8, y1: cy + 8 });
    const spot = spots.find((one) => !taken.hits(box(one), node)) || (on && spots[0]);
    if (spot) taken.add({ ...box(spot), owner: spot });
    const corners = cornersOf(node.type.shape, x, y, r);
    const paint = { fill: events.length ? eventColour() : node.type.fill, stroke: on ? ink.ink : ink.paper, "stroke-width": on ? 3 : 1.5 };
    return svg("g", { class: "place", tabindex: 0, role: "button", "data-place": node.index, "aria-label": [node.name, kindLabel(node), many("events", events.length)].join(", "), "aria-pressed": String(on),
      onclick: () => toNode(node), onkeydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        toNode(node);
      } },
    svg("title", {}, [node.name, ...events.slice(0, 8).map((event) => `• ${cut(event.name, 70)}`)].join("\n")),
    events.length ? svg("circle", { cx: x, cy: y, r, ...paint }) : corners ? svg("polygon", { points: corners.map((corner) => corner.join()).join(" "), ...paint }) : svg("circle", { cx: x, cy: y, r, ...paint }),
    events.length > 0 && svg("text", { x, y: y + 4.2, "text-anchor": "middle", "font-size": 12, "font-weight": 700, fill: isDark() ? "#14171a" : "#fff" }, String(events.length)),
    spot && svg("text", { x: spot[0], y: spot[1] + 4.5, "text-anchor": spot[2], "font-size": letter, "font-weight": on ? 700 : area ? 400 : 550, fill: area && !events.length ? ink.soft : ink.ink, stroke: ink.land, "stroke-width": 3, "paint-order": "stroke" }, text));
  });
  return svg("g", {}, drawn.reverse());
}

function zoomMap(x, y, factor) {
  const k = Math.min(400, Math.max(1.2, world.k * factor));
  world.x = x - ((x - world.x) * k) / world.k;
  world.y = y - ((y - world.y) * k) / world.k;
  world.k = k;
  redrawMap();
}

let mapFrame = 0;
function redrawMap() {
  cancelAnimationFrame(mapFrame);
  mapFrame = requestAnimationFrame(drawMap);
}

function listenToMap(chart) {
  let last = null;
  chart.addEventListener("wheel", (event) => {
    event.preventDefault();
    const frame = chart.getBoundingClientRect();
    zoomMap(event.clientX - frame.left, event.clientY - frame.top, Math.exp(-event.deltaY * 0.0016));
  }, { passive: false });
  chart.addEventListener("pointerdown", (event) => { if (!event.target.closest(".place")) last = [event.clientX, event.clientY]; });
  chart.addEventListener("pointermove", (event) => {
    if (!last || !event.buttons) return;
    world.x += event.clientX - last[0];
    world.y += event.clientY - last[1];
    last = [event.clientX, event.clientY];
    chart.querySelectorAll("g")[0].setAttribute("transform", `translate(${world.x} ${world.y}) scale(${world.k})`);
    world.dragged = true;
  });
  const end = () => {
    last = null;
    if (world.dragged) redrawMap();
    world.dragged = false;
  };
  chart.addEventListener("pointerup", end);
  chart.addEventListener("pointerleave", end);
}
