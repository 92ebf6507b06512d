/* The legend, which is the filters too. */

function check(label, sign, count, change, given, only) {
  const box = h("input", { type: "checkbox", ...given });
  box.addEventListener("change", () => change(box.checked));
  return h("div", { class: "row" }, h("label", {}, box, sign, h("span", {}, label), count === null ? null : h("span", { class: "n" }, figure(count))),
    only && button({ class: "only", title: t("only_this", { name: label }), "aria-label": t("only_this", { name: label }), onclick: only }, t("only")));
}

function drawLegend() {
  const counts = Object.fromEntries(STANDINGS.map((standing) => [standing, 0]));
  for (const claim of model.claims) counts[claim.standing] += 1;
  const standings = STANDINGS.map((key) => check(t(key), lineSample(key), counts[key], (on) => showStandings(toggled(state.standings, key, on)), { "data-standing": key },
    () => showStandings(new Set([key]))));
  const row = (type) => check(typeLabel(type), glyph(type.shape, type.fill), type.count, (on) => showTypes(toggled(state.types, type.type, on)), { "data-type": type.type },
    () => showTypes(new Set([type.type])));
  const select = h("select", { id: "article-filter", "aria-label": t("article_filter"), onchange: (event) => go({ f: event.target.value || null }) },
    h("option", { value: "" }, t("all_articles")), model.articles.map((article) => h("option", { value: article.id }, cut(articleName(article), 60))));
  const group = (key, ...rest) => h("fieldset", {}, h("legend", {}, t(key)), ...rest);
  $("legend").replaceChildren(
    group("legend_standings", h("div", { id: "standings" }, standings)),
    group("legend_types", h("div", { id: "types" }, model.types.filter((type) => !type.event).map(row), eventRows(row))),
    model.articles.length ? group("legend_article", select) : "",
    group("legend_look",
      check(model.nodes.length > BIG ? t("near_big", { n: figure(model.nodes.length) }) : t("near"), null, null, (on) => go({ w: wholeKey(on), o: null }), { id: "near" }),
      check(t("edge_labels"), null, null, (on) => { state.edgeLabels = on; repaint(false); }, { id: "edge-labels" })),
    button({ id: "reset", class: "plain", onclick: resetFilters }, t("reset")));
  syncLegend();
}

function eventRows(row) {
  const kinds = model.types.filter((type) => type.event);
  if (!kinds.length) return [];
  const events = model.nodes.filter(isEvent);
  const unsure = events.filter((node) => node.kind === "claimed").length;
  const change = (on) => {
    const types = new Set(state.types);
    for (const type of kinds) types[on ? "add" : "delete"](type.type);
    showTypes(types);
  };
  const all = check(t("events"), glyph(kinds[0].shape, kinds[0].fill), events.length, change, { "data-events": true }, () => showTypes(new Set(kinds.map((type) => type.type))));
  return [all, h("div", { class: "nested-rows" },
    unsure > 0 && h("div", { class: "row", title: t("unconfirmed_title") }, glyph(kinds[0].shape, kinds[0].fill, true), h("span", {}, `— ${t("unconfirmed")}`), h("span", { class: "n" }, figure(unsure))),
    kinds.length > 1 && h("details", {}, h("summary", { class: "small" }, t("by_kinds")), kinds.map(row)))];
}

/** Set the boxes as the state is. */
function syncLegend() {
  for (const box of $("legend").querySelectorAll("input[data-standing]")) box.checked = state.standings.has(box.dataset.standing);
  for (const box of $("legend").querySelectorAll("input[data-type]")) box.checked = state.types.has(box.dataset.type);
  const events = $("legend").querySelector("input[data-events]");
  const kinds = model.types.filter((type) => type.event);
  if (events) {
    events.checked = kinds.some((type) => state.types.has(type.type));
    events.indeterminate = events.checked && kinds.some((type) => !state.types.has(type.type));
  }
  if ($("article-filter")) $("article-filter").value = state.only < 0 ? "" : model.articles[state.only].id;
  $("near").checked = state.near;
  $("edge-labels").checked = state.edgeLabels;
  $("reset").hidden = !anyFilter();
  $("filters-toggle").classList.toggle("active", anyFilter());
}

/** The legend stands beside the picture where there is room, over it where there is none. */
function showLegend(on) {
  $("main").classList.toggle("with-legend", on);
  $("legend").hidden = !on;
  $("filters-toggle").setAttribute("aria-expanded", String(on));
}
