/* The chronicle: dated events on an axis and in a list, what was published when, and what has no date. */

const ROW = 24;
const LANES = 16;
const CHARTED = 80;

function drawChronicle() {
  const events = passing().filter(isEvent).sort(byTime);
  const dated = events.filter(isDated);
  const place = $("view-time");
  place.replaceChildren(
    h("h2", {}, t("chronicle")), h("p", { class: "lead" }, t("chronicle_lead")),
    ...(dated.length ? [laneChart(dated)] : [h("p", { class: "lead" }, t("no_dated_events"))]),
    ...datedList(dated), ...publishedList(), ...undatedList());
}

/** Events as bars on an axis, each in the first lane that is free; the weightiest where there are many. */
function laneChart(dated) {
  const chosen = new Set([...dated].sort((a, b) => a.rank - b.rank).slice(0, CHARTED));
  const list = dated.filter((node) => chosen.has(node));
  const [low, high] = [Math.min(...list.map((node) => node.from)), Math.max(...list.map((node) => node.to))];
  const pad = Math.max(2, Math.round((high - low) * 0.04));
  const [from, to] = [low - pad, high + pad];
  const width = Math.max(300, $("view-time").clientWidth - 2 * parseFloat(getComputedStyle($("view-time")).paddingLeft));
  const x = (day) => 8 + ((day - from) / (to + 1 - from)) * (width - 16);
  const free = [];
  const bodies = [];
  let left = 0;
  for (const node of list) {
    const [a, b] = [x(node.from), Math.max(x(node.from) + 10, x(node.to + 1))];
    const after = width - b >= Math.min(a, 8 * node.name.length + 10);
    const text = cut(node.name, Math.min(44, Math.max(8, Math.floor((after ? width - b - 10 : a - 10) / 8))));
    const wide = 7.4 * text.length + 10;
    const [begin, end] = after ? [a, b + wide] : [Math.max(0, a - wide), b];
    let lane = free.findIndex((busy) => busy + 8 < begin);
    if (lane < 0) lane = free.length;
    if (lane >= LANES) {
      left += 1;
      continue;
    }
    free[lane] = end;
    const y = lane * ROW;
    const hollow = node.kind === "claimed";
    bodies.push(svg("g", { class: "lane", onclick: () => toNode(node), opacity: state.node && state.node !== node ? 0.45 : 1 },
      svg("title", {}, [node.name, noteOf(node)].filter(Boolean).join(" · ")),
      svg("rect", { x: begin, y, width: Math.max(1, end - begin), height: ROW - 4, fill: "transparent" }),
      svg("rect", { x: a, y: y + 5, width: b - a, height: 10, rx: 5, fill: hollow ? ink.ground : eventColour(), stroke: eventColour(), "stroke-width": 1.5, "stroke-dasharray": hollow ? "3 2" : "none" }),
      svg("text", { x: after ? b + 6 : a - 6, y: y + 14.5, "text-anchor": after ? "start" : "end", fill: ink.ink, "font-size": 12.5 }, text)));
  }
  const tall = free.length * ROW + 26;
  const axis = ticks(from, to, width).flatMap(([day, text]) => [svg("line", { x1: x(day), x2: x(day), y1: 0, y2: tall - 20, stroke: ink.line }),
    svg("text", { x: Math.min(width - 30, Math.max(30, x(day))), y: tall - 6, "text-anchor": "middle", fill: ink.soft, "font-size": 11.5 }, text)]);
  const more = dated.length - list.length + left;
  return h("figure", { class: "lanes" }, svg("svg", { id: "lane-chart", width, height: tall, viewBox: `0 0 ${width} ${tall}`, "aria-hidden": "true", "font-family": LABEL_FONT }, axis, bodies),
    more > 0 && h("figcaption", { class: "small" }, t("chart_more", { n: figure(more) })));
}

function datedList(dated) {
  if (!dated.length) return [];
  return section(t("events"), dated.length, paged(dated, 60, (node) => h("li", { class: "dated" }, h("span", { class: "when" }, inWords(node.time || isoOf(node.from))),
    nodeButton(node)), "list chronicle"));
}

const nodeButton = (node) => button({ class: node === state.node ? "on" : null, onclick: () => toNode(node), "data-node": node.index }, nodeGlyph(node), h("span", { class: "text" }, title(node),
  h("span", { class: "small" }, [node.kind === "claimed" && t("unconfirmed"), node.at && node.at.name, node.note, many("claims", node.claims.length)].filter(Boolean).join(" · "))));

function publishedList() {
  const list = model.articles.filter((article) => article.day !== null && article.claims.some(claimPasses)).sort((a, b) => a.day - b.day || a.index - b.index);
  if (!list.length) return [];
  return section(t("published"), list.length, paged(list, 30, (article) => h("li", { class: "dated" }, h("span", { class: "when" }, articleDate(article)),
    button({ onclick: () => toArticle(article.index) }, h("span", { class: "text" }, articleName(article),
      h("span", { class: "small" }, many("claims", article.claims.filter(claimPasses).length))))), "list chronicle"));
}

/** What the calendar cannot hold; a chosen stretch of time leaves it out, and this is said. */
function undatedList() {
  const events = model.ranked.filter((node) => isEvent(node) && !isDated(node) && state.types.has(node.type.type)).sort((a, b) => a.index - b.index);
  const articles = model.articles.filter((article) => article.day === null);
  if (!events.length && !articles.length) return [];
  return [h("section", { id: "undated", tabindex: -1 }, ...section(t("without_date"), events.length + articles.length,
    h("p", { class: "hidden-note" }, t(state.range ? "undated_left_out" : "undated_lead"))),
  ...paged(events, 40, (node) => h("li", { class: "dated" }, h("span", { class: "when" }, node.time ? inWords(node.time) : "—"), nodeButton(node)), "list chronicle"),
  ...(articles.length ? paged(articles, 20, (article) => h("li", { class: "dated" }, h("span", { class: "when" }, "—"), button({ onclick: () => toArticle(article.index) },
    h("span", { class: "text" }, articleName(article), h("span", { class: "small" }, `${t("article")} · ${many("claims", article.claims.length)}`)))), "list chronicle") : []))];
}
