/* The strip of time below every view: how much happens and is said when; a stretch chosen here filters everything. */

const strip = { edges: [], events: [], claims: [], from: 0, to: 0, width: 0, whole: false, early: 0, late: 0 };
const CHART = 46;
const AXIS = 16;
const SIDE = 10;

/** Days of all dated events and articles. */
function datedDays() {
  const days = [];
  for (const node of model.nodes) if (isEvent(node) && isDated(node)) days.push(node.from, node.to);
  for (const article of model.articles) if (article.day !== null) days.push(article.day);
  return days.sort((a, b) => a - b);
}

/** The stretch that the strip shows: all days, or the bulk of them where a few lie far away. */
function measureStrip() {
  const days = datedDays();
  if (!days.length) return false;
  const [first, last] = [days[0], days[days.length - 1]];
  const [low, high] = [days[Math.floor(days.length * 0.05)], days[Math.ceil(days.length * 0.95) - 1]];
  const bulk = !strip.whole && last - first > 3650 && (high - low) * 4 < last - first;
  const pad = Math.max(3, Math.round((bulk ? high - low : last - first) * 0.03));
  strip.from = (bulk ? low : first) - pad;
  strip.to = (bulk ? high : last) + pad;
  strip.early = days.filter((day) => day < strip.from).length;
  strip.late = days.filter((day) => day > strip.to).length;
  strip.edges = binEdges(strip.from, strip.to);
  return true;
}

/** Beginnings of days, weeks, months or years, so that there are at most about a hundred and fifty. */
function binEdges(from, to) {
  const span = to - from;
  if (span <= 1000) {
    const step = span <= 150 ? 1 : 7;
    return Array.from({ length: Math.ceil((span + 1) / step) + 1 }, (_, at) => from + at * step);
  }
  const months = span <= 4400 ? 1 : span <= 55000 ? 12 : 120;
  const begin = new Date(from * DAY);
  const found = [];
  for (let month = months === 1 ? begin.getUTCMonth() : 0; ; month += months) {
    found.push(Math.round(Date.UTC(months > 1 ? Math.floor(begin.getUTCFullYear() / (months / 12)) * (months / 12) : begin.getUTCFullYear(), month, 1) / DAY));
    if (found[found.length - 1] > to) return found;
  }
}

/** How many events and claims that pass the other filters fall into each bin. */
function countStrip() {
  const { edges } = strip;
  strip.events = new Array(edges.length - 1).fill(0);
  strip.claims = new Array(edges.length - 1).fill(0);
  const bin = (day) => {
    let low = 0;
    let high = edges.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (edges[middle] <= day) low = middle;
      else high = middle;
    }
    return low;
  };
  for (const node of model.nodes) {
    if (!isEvent(node) || !isDated(node) || !state.types.has(node.type.type) || node.to < edges[0] || node.from >= edges[edges.length - 1]) continue;
    for (let at = bin(Math.max(node.from, edges[0])); at < strip.events.length && edges[at] <= node.to; at += 1) strip.events[at] += 1;
  }
  for (const article of model.articles) {
    if (article.day === null || article.day < edges[0] || article.day >= edges[edges.length - 1] || (state.only >= 0 && state.only !== article.index)) continue;
    strip.claims[bin(article.day)] += article.claims.filter((index) => state.standings.has(model.claims[index].standing)).length;
  }
}

const stripX = (day) => SIDE + ((day - strip.from) / (strip.to + 1 - strip.from)) * (strip.width - 2 * SIDE);
const stripDay = (x) => Math.min(strip.to, Math.max(strip.from, Math.floor(strip.from + ((x - SIDE) / (strip.width - 2 * SIDE)) * (strip.to + 1 - strip.from))));

function bars(counts, base, tall, colour) {
  const most = Math.max(...counts, 1);
  return counts.map((count, at) => {
    if (!count) return null;
    const x = stripX(strip.edges[at]);
    const w = Math.max(2.5, stripX(strip.edges[at + 1]) - x - 1);
    const high = Math.max(3, Math.abs(tall) * Math.sqrt(count / most));
    return svg("rect", { x: x.toFixed(1), y: (tall < 0 ? base - high : base).toFixed(1), width: w.toFixed(1), height: high.toFixed(1), fill: colour, rx: 1 });
  });
}

/** Days to be named on an axis, far enough apart. */
function ticks(from, to, width) {
  const span = to - from;
  const room = Math.max(1, Math.floor(width / 90));
  const months = span / 30.4;
  const names = WORDS[language].months_short;
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200].find((one) => months / one <= room) || 1200;
  const begin = new Date(from * DAY);
  const found = [];
  if (months < 2) {
    const days = [1, 2, 5, 7, 14].find((one) => span / one <= room) || 14;
    for (let day = from + 1; day <= to; day += days) found.push([day, `${new Date(day * DAY).getUTCDate()} ${names[new Date(day * DAY).getUTCMonth()]}`]);
    return found;
  }
  const start = Math.floor((begin.getUTCFullYear() * 12 + begin.getUTCMonth()) / step) * step;
  for (let month = start; ; month += step) {
    const day = Math.round(Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY);
    if (day > to) return found;
    if (day >= from) found.push([day, step >= 12 ? String(Math.floor(month / 12)) : `${names[month % 12]} ${Math.floor(month / 12)}`]);
  }
}

function drawStrip() {
  const place = $("strip");
  const focused = document.activeElement && place.contains(document.activeElement) ? document.activeElement.dataset.handle || document.activeElement.id : null;
  if (!measureStrip()) {
    place.replaceChildren(h("p", { class: "strip-head" }, h("span", { class: "small" }, t("no_dates"))));
    return;
  }
  strip.width = Math.max(200, place.clientWidth);
  countStrip();
  const events = model.nodes.filter(isEvent);
  const undated = events.filter((node) => !isDated(node)).length;
  const silent = model.articles.filter((article) => article.day === null).length;
  const [from, to] = state.range || [strip.from, strip.to];
  place.replaceChildren(h("div", { class: "strip-head" },
    h("span", { class: "key" }, h("i", { class: "dot event" }), t("events")), h("span", { class: "key" }, h("i", { class: "dot said" }), t("claims_by_date")),
    (undated > 0 || silent > 0) && button({ class: "inline small", onclick: () => { go({ v: "time" }); const part = $("undated"); if (part) part.scrollIntoView(); } },
      `${t("undated_not_shown")}: ${[undated && many("events", undated), silent && many("articles", silent)].filter(Boolean).join(", ")}`),
    h("span", { class: "gap" }),
    (strip.early > 0 || strip.late > 0) && button({ class: "plain", onclick: () => { strip.whole = true; drawStrip(); } }, t("all_times")),
    state.range && h("span", { class: "dates" }, inWords(`${isoOf(from)}/${isoOf(to)}`)),
    state.range && button({ class: "plain", id: "strip-clear", onclick: () => go({ r: null }) }, t("all_time"))),
  stripChart(from, to));
  if (focused) {
    const again = place.querySelector(`[data-handle="${focused}"]`) || $(focused);
    if (again) again.focus();
  }
}

function setRange(from, to) {
  go({ r: from <= strip.from && to >= strip.to ? null : `${isoOf(from)}..${isoOf(to)}` });
}

function stripChart(from, to) {
  const base = 28;
  const tall = CHART + AXIS;
  const chart = svg("svg", { id: "strip-chart", width: strip.width, height: tall, viewBox: `0 0 ${strip.width} ${tall}` }, svg("title", {}, t("choose_time")));
  chart.append(...ticks(strip.from, strip.to, strip.width).flatMap(([day, text]) => [
    svg("line", { x1: stripX(day), x2: stripX(day), y1: 2, y2: CHART, stroke: ink.line }),
    svg("text", { x: Math.min(strip.width - 34, Math.max(34, stripX(day))), y: tall - 4, "text-anchor": "middle", fill: ink.soft, "font-size": 11 }, text)]));
  chart.append(svg("line", { x1: SIDE, x2: strip.width - SIDE, y1: base + 0.5, y2: base + 0.5, stroke: ink.line }),
    svg("g", {}, bars(strip.events, base, -24, eventColour())), svg("g", {}, bars(strip.claims, base + 1, 17, ink.accent)));
  const shade = [0, 1].map(() => svg("rect", { y: 0, height: CHART, fill: ink.ground, opacity: 0.72 }));
  const frame = svg("rect", { class: "brush", y: 1, height: CHART - 2, fill: "none", stroke: ink.accent, "stroke-width": state.range ? 1.5 : 0 });
  const handles = ["from", "to"].map((which) => handle(which, from, to));
  const put = (a, b) => {
    const [xa, xb] = [stripX(Math.max(a, strip.from)), stripX(Math.min(b, strip.to) + 1)];
    const set = (node, values) => Object.entries(values).forEach(([key, value]) => node.setAttribute(key, value));
    set(shade[0], { x: 0, width: Math.max(0, xa) });
    set(shade[1], { x: xb, width: Math.max(0, strip.width - xb) });
    set(frame, { x: xa, width: Math.max(1, xb - xa) });
    handles.forEach((one, at) => one.setAttribute("transform", `translate(${at ? xb : xa} 0)`));
  };
  put(from, to);
  chart.append(...(state.range ? shade : []), frame, ...handles);
  brushable(chart, put, frame, shade);
  return chart;
}

const eventColour = () => (isDark() ? "#d98fb8" : "#b0588a");

function handle(which, from, to) {
  const day = which === "from" ? from : to;
  return svg("g", { class: "handle", tabindex: 0, role: "slider", "data-handle": which, "aria-label": t(which === "from" ? "from_day" : "to_day"),
    "aria-valuemin": strip.from, "aria-valuemax": strip.to, "aria-valuenow": Math.min(strip.to, Math.max(strip.from, day)), "aria-valuetext": state.range ? dayInWords(day) : t("all_time"),
    onkeydown: (event) => steerHandle(event, which, from, to) },
  svg("rect", { x: -6, y: 0, width: 12, height: CHART, fill: "transparent" }), svg("rect", { x: -2.5, y: 12, width: 5, height: 22, rx: 2.5, fill: ink.accent, stroke: ink.paper }));
}

/** An arrow moves a handle by one bin, a page key by ten; Home and End go to the ends, Escape takes the choice back. */
function steerHandle(event, which, from, to) {
  const { edges } = strip;
  const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -Infinity, End: Infinity }[event.key];
  if (event.key === "Escape" && state.range) {
    event.stopPropagation();
    go({ r: null });
  } else if (step) {
    const day = which === "from" ? from : to + 1;
    const at = edges.findIndex((edge) => edge >= day);
    const next = edges[Math.min(edges.length - 1, Math.max(0, (at < 0 ? edges.length - 1 : at) + step))];
    if (which === "from") setRange(Math.min(next, to), to);
    else setRange(from, Math.max(Math.min(strip.to, next - 1), from));
  } else return;
  event.preventDefault();
}

/** Drag to choose a stretch, drag the chosen one to move it, click to choose one bin. */
function brushable(chart, put, frame, shade) {
  let begin = null;
  const xOf = (event) => event.clientX - chart.getBoundingClientRect().left;
  const chosen = (event) => {
    const day = stripDay(xOf(event));
    if (begin.mode === "move") {
      const by = Math.min(strip.to - state.range[1], Math.max(strip.from - state.range[0], day - begin.day));
      return [state.range[0] + by, state.range[1] + by];
    }
    return begin.fixed === undefined ? [Math.min(begin.day, day), Math.max(begin.day, day)] : [Math.min(begin.fixed, day), Math.max(begin.fixed, day)];
  };
  chart.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    const day = stripDay(xOf(event));
    const grip = event.target.closest(".handle");
    begin = { day, x: xOf(event), far: false, mode: "new" };
    if (grip) begin.fixed = grip.dataset.handle === "from" ? (state.range || [0, strip.to])[1] : (state.range || [strip.from])[0];
    else if (state.range && day > state.range[0] && day < state.range[1]) begin.mode = "move";
    chart.setPointerCapture(event.pointerId);
  });
  chart.addEventListener("pointermove", (event) => {
    if (!begin) return;
    if (!begin.far && Math.abs(xOf(event) - begin.x) < 4) return;
    begin.far = true;
    frame.setAttribute("stroke-width", 1.5);
    shade.forEach((one) => { if (!one.isConnected) chart.insertBefore(one, frame); });
    put(...chosen(event));
  });
  chart.addEventListener("pointerup", (event) => {
    if (!begin) return;
    const range = chosen(event);
    const { far, day } = begin;
    begin = null;
    if (far) setRange(...range);
    else if (!event.target.closest(".handle")) {
      const at = strip.edges.findIndex((edge) => edge > day) - 1;
      if (at >= 0) setRange(strip.edges[at], strip.edges[at + 1] - 1);
    }
  });
  chart.addEventListener("pointercancel", () => { begin = null; drawStrip(); });
}
