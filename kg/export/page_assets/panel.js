/* The panel: what is known of the thing that is looked at, and who says so. */

let shownClaims = "all";

function home() {
  const list = passing();
  const entities = list.filter((node) => !isEvent(node));
  const events = list.filter(isEvent).sort(byTime);
  const speakers = list.filter((node) => node.says.some(claimPasses)).map((node) => [node, node.says.filter(claimPasses).length])
    .sort((a, b) => b[1] - a[1] || a[0].rank - b[0].rank);
  return [
    h("h2", {}, t("home")), h("p", { class: "lead" }, t("home_lead")),
    entities.length ? section(t("most_linked"), entities.length,
      paged(entities, 8, (node) => nodeRow(node, noteOf(node) || kindLabel(node), node.edges.filter(edgePasses).length), "list")) : [],
    speakers.length ? section(t("speakers"), speakers.length, paged(speakers, 6, ([node, count]) => nodeRow(node, kindLabel(node), count), "list")) : [],
    events.length ? section(t("events_by_time"), events.length, paged(events, 10, (node) => nodeRow(node, noteOf(node) || t("undated"), 0), "list")) : [],
    model.articles.length ? section(t("articles"), model.articles.length, paged(model.articles, 10, articleRow, "list")) : [],
  ].flat();
}

/** The dated ones by their beginning, the others behind them. */
const byTime = (a, b) => (isDated(a) ? a.from : Infinity) - (isDated(b) ? b.from : Infinity) || a.index - b.index || 0;

function nodePanel(node) {
  const links = safeLinks(node.links);
  const names = node.names.filter((name) => name !== node.name);
  const near = node.edges.filter(edgePasses).sort((a, b) => otherEnd(a, node).rank - otherEnd(b, node).rank || a.index - b.index);
  const speech = near.filter((edge) => edge.speech);
  const events = near.filter((edge) => !edge.speech && (isEvent(edge.from) || isEvent(edge.to)));
  const facts = near.filter((edge) => !edge.speech && !isEvent(edge.from) && !isEvent(edge.to));
  const voices = [[t("speaks_about"), speech.filter((edge) => edge.from === node)], [t("spoken_by"), speech.filter((edge) => edge.from !== node)]];
  const lists = [...(isEvent(node) ? [[t("roles"), [...events, ...facts]]] : [...byStanding(facts), [t("events"), events]]), ...voices];
  return [
    h("div", { class: "kicker" }, nodeGlyph(node), kindLabel(node), closer("close", toHome)),
    h("h2", { lang: "ru" }, title(node)),
    noteOf(node) && h("p", { class: "note" }, noteOf(node)),
    supportOf(node),
    isEvent(node) && !node.time && h("p", { class: "small" }, t("event_undated")),
    isEvent(node) && node.time && !isDated(node) && h("p", { class: "small" }, t("event_no_day")),
    node.values.length > 0 && h("dl", { class: "values" }, node.values.map((value) => h("div", { class: value.standing },
      h("dt", {}, either(value.ru, value.en)), h("dd", {}, button({ class: "inline", title: t(value.standing), onclick: () => toClaim(value.claims[0]) }, value.text))))),
    names.length > 0 && h("p", { class: "names" }, `${t("also")}: ${names.slice(0, 12).join(", ")}${names.length > 12 ? " …" : ""}`),
    links.length > 0 && h("p", { class: "links" }, links),
    actions(node),
    lists.map(([name, list]) => (list.length ? section(name, list.length, paged(list, 8, (edge) => edgeRow(edge, node), "list")) : [])),
    claimsOf(node),
  ].flat(3);
}

/** What an article asserts is a fact; what is told, possible or disputed stands apart from it. */
const byStanding = (list) => [[t("facts"), list.filter(isFact)], [t("not_facts"), list.filter((one) => !isFact(one))]];
const isFact = (one) => one.standing === "asserted";

/** How many independent sources affirm it; several articles of one story are one. */
const supportOf = (thing) => thing.support > 0 && h("p", { class: "small", title: t("support_title") }, many("sources", thing.support));

function actions(node) {
  const opened = isOpened(node);
  return h("div", { class: "actions" }, pathField(node),
    !(state.near && state.opened.length === 1 && opened) && button({ class: "plain", onclick: () => onlyAround(node) }, t("only_around")),
    state.near && !opened && button({ class: "plain", onclick: () => openAround(node) }, t("expand")),
    opened && state.opened.length > 1 && button({ class: "plain", onclick: () => openAround(node) }, t("collapse")),
    state.near && button({ class: "plain", onclick: () => go({ w: wholeKey(false), o: null }) }, t("whole")));
}

/** What the node says, and what is said of it. */
function claimsOf(node) {
  const says = new Set(node.says);
  const all = [...new Set([...node.claims, ...node.edges.flatMap((edge) => edge.claims), ...node.values.flatMap((value) => value.claims)])];
  const about = all.filter((index) => !says.has(index));
  if (!says.size || !about.length) return claimSection(says.size ? t("says") : t("claims_about"), all);
  const chosen = { all, says: [...says], about }[shownClaims];
  const tabs = h("div", { class: "chips", role: "group", "aria-label": t("claims_title") }, ["all", "says", "about"].map((key) => button({
    class: "chip", "aria-pressed": String(shownClaims === key), onclick: () => { shownClaims = key; drawPanel(true); $("panel").querySelector(`.chip:nth-child(${["all", "says", "about"].indexOf(key) + 1})`).focus(); },
  }, `${t(`claims_${key}`)} ${figure({ all, says: [...says], about }[key].filter(claimPasses).length)}`)));
  const [heading, ...rest] = claimSection(t("claims_title"), chosen);
  return [heading, tabs, ...rest];
}

function edgePanel(edge) {
  return [
    h("div", { class: "kicker" }, lineSample(edge.standing), t(edge.standing), closer("close", toHome)),
    h("h2", {}, edgeLabel(edge)),
    h("ul", { class: "list" }, nodeRow(edge.from, noteOf(edge.from) || kindLabel(edge.from), 0), nodeRow(edge.to, noteOf(edge.to) || kindLabel(edge.to), 0)),
    supportOf(edge),
    claimSection(t("claims_title"), edge.claims),
  ].flat();
}

function drawPanel(keepScroll, keepFocus = true) {
  const panel = $("panel");
  const inside = keepFocus && (panel.contains(document.activeElement) || document.activeElement === document.body);
  const top = panel.scrollTop;
  const content = state.sentence !== null ? sentencePanel() : state.target ? pathPanel() : state.node ? nodePanel(state.node)
    : state.edge ? edgePanel(state.edge) : home();
  panel.replaceChildren(...content.filter((part) => part instanceof Node));
  panel.scrollTop = keepScroll ? top : 0;
  if (inside && (state.node || state.edge)) panel.focus({ preventScroll: true });
}

function announce() {
  if (state.sentence !== null) say(`${t("sentence")}: ${many("claims", sentenceClaims(state.article, state.sentence).length)}`);
  else if (state.target) say(picture.route ? `${t("path")}: ${many("steps", picture.route.steps.length)}` : t("no_path"));
  else if (state.node) say([title(state.node), kindLabel(state.node), noteOf(state.node), many("links", state.node.edges.length)].filter(Boolean).join(", "));
  else if (state.edge) say(`${title(state.edge.from)} → ${edgeLabel(state.edge)} → ${title(state.edge.to)}, ${t(state.edge.standing)}`);
}
