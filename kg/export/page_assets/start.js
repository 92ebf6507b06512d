/* The page starts: what is asked for in the address is shown, and the page listens. */

function drawViews() {
  const disputes = disputeCount();
  const tab = (view, count) => button({ class: "tab", "data-view": view, onclick: () => go({ v: view === "graph" ? null : view }) }, t(`view_${view}`),
    count > 0 && h("span", { class: "n" }, figure(count)));
  $("views").replaceChildren(...["graph", "time", ...(model.places.length ? ["map"] : []), "disputes"].map((view) => tab(view, view === "disputes" ? disputes : 0)));
  syncViews();
}

function syncViews() {
  for (const tab of $("views").children) {
    if (tab.dataset.view === state.view) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  for (const view of VIEWS) $(`view-${view}`).hidden = view !== state.view;
}

function drawStage() {
  if (state.view === "time") drawChronicle();
  else if (state.view === "map") drawMap();
  else if (state.view === "disputes") drawDisputes();
}

/** Everything that holds words. */
function drawWords() {
  translate();
  $("language").textContent = language === "ru" ? "EN" : "RU";
  $("language").setAttribute("aria-label", t("other_language"));
  $("language").title = t("other_language");
  $("search-box").replaceChildren(searchBox({ id: "search", label: t("search"), placeholder: t("search_placeholder"), pick: pickFound }));
  drawViews();
  drawLegend();
  drawSaveMenu();
}

let first = true;
function apply() {
  const changed = readAddress();
  if (first || changed.language) drawWords();
  const moved = first || changed.selection || changed.filters || changed.near || changed.opened;
  if (changed.view || first) syncViews();
  if (moved) arrange();
  else if (changed.reading) refocus();
  if (changed.filters || changed.near) syncLegend();
  const nothing = !state.node && !state.edge && state.sentence === null;
  $("main").classList.toggle("telling", state.sentence !== null);
  $("main").classList.toggle("listed", nothing && (state.view === "time" || state.view === "disputes"));
  if (first || moved || changed.reading || changed.language || changed.view) {
    drawPanel(!first && !changed.selection && !(changed.reading && state.sentence !== null), !first);
    drawReader(!first);
    drawStage();
  }
  if (first || changed.filters || changed.language) drawStrip();
  syncSaveMenu();
  if (first || changed.near || changed.opened || (changed.selection && (state.target || (state.near && !state.opened.length)))) fit(!first);
  else if (changed.selection) showSelected();
  repaint(false);
  document.title = (state.target ? `${title(state.node)} → ${title(state.target)} — ` : state.node ? `${title(state.node)} — ` : state.edge ? `${edgeLabel(state.edge)} — ` : "") + model.title;
  if (!first && (changed.selection || changed.reading)) announce();
  first = false;
}

function keyPressed(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName) && document.activeElement.type !== "checkbox";
  if ((event.key === "/" || event.code === "Slash") && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    $("search").focus();
    $("search").select();
  } else if (event.key === "Escape" && !typing) stepBack();
}

/** Escape closes what was opened last. */
function stepBack() {
  if ($("save").open) $("save").open = false;
  else if (state.sentence !== null) go({ s: null });
  else if (state.article !== null) go({ c: null, a: null });
  else if (state.target) go({ p: null });
  else if (state.node || state.edge) toHome();
  else if (state.view !== "graph") go({ v: null });
}

function listen() {
  addEventListener("hashchange", apply);
  addEventListener("popstate", apply);
  document.addEventListener("keydown", keyPressed);
  $("skip").addEventListener("click", (event) => {
    event.preventDefault();
    $("panel").focus();
  });
  $("filters-toggle").addEventListener("click", () => {
    showLegend($("legend").hidden);
    if (!$("legend").hidden && phone.matches) $("legend").focus({ preventScroll: true });
  });
  $("language").addEventListener("click", () => go({ l: language === "ru" ? "en" : null }));
  $("theme").addEventListener("click", () => {
    setTheme(isDark() ? "light" : "dark");
    recolour();
  });
  prefersDark.addEventListener("change", recolour);
  document.addEventListener("click", (event) => { if (!event.target.closest("#save")) $("save").open = false; });
  addEventListener("beforeprint", () => { if (state.view === "graph") paintBoard(false); });
  let wide = 0;
  new ResizeObserver(([entry]) => {
    if (Math.abs(entry.contentRect.width - wide) < 1) return;
    wide = entry.contentRect.width;
    drawStrip();
    if (state.view === "map") redrawMap();
    if (state.view === "time") drawChronicle();
  }).observe($("strip"));
  listenToBoard();
}

function recolour() {
  readColours();
  drawStrip();
  drawStage();
  repaint(false);
}

function start(data) {
  model = modelOf(data);
  state.near = false;
  state.edgeLabels = model.edges.length <= 400;
  recallTheme();
  readColours();
  showLegend(innerWidth > 1180);
  apply();
  listen();
  document.documentElement.dataset.ready = "1";
}

unpack("data").then(start).catch((error) => {
  $("fatal").textContent = `${WORDS.ru.fatal}: ${error.message}`;
  $("fatal").hidden = false;
  throw error;
});
