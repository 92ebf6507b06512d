/* What is looked at and which filters are set: all of it stands in the address after «#». */

const BIG = 1500; // more nodes than this: open on the neighbourhood, not on the whole
const VIEWS = ["graph", "time", "map", "disputes"];

const state = {
  node: null, edge: null, target: null, opened: [], article: null, sentence: null, claim: null, view: "graph",
  types: new Set(), standings: new Set(STANDINGS), only: -1, range: null, near: false,
  hover: null, edgeLabels: true, version: 0,
};

/** The address of what is shown now, key by key; what is as usual is left out. */
function current() {
  const hiddenTypes = model.types.filter((type) => !state.types.has(type.type)).map((type) => type.type);
  const hiddenStandings = STANDINGS.filter((standing) => !state.standings.has(standing));
  return {
    n: state.node && state.node.id, e: state.edge && state.edge.id, p: state.target && state.target.id,
    o: state.opened.length > 1 || (state.opened.length && state.opened[0] !== state.node) ? openedKey() : null,
    a: state.article !== null && state.claim === null ? model.articles[state.article].id : null,
    s: state.sentence, c: state.claim !== null ? model.claims[state.claim].id : null,
    v: state.view === "graph" ? null : state.view,
    t: hiddenTypes, k: hiddenStandings,
    f: state.only >= 0 ? model.articles[state.only].id : null,
    r: state.range && state.range.map(isoOf).join(".."),
    w: state.near === model.nodes.length > BIG ? null : state.near ? "near" : "all",
    l: language === "ru" ? null : language,
  };
}

/** Go to an address that differs from the present one in some keys. */
function go(changes, replace) {
  const wanted = { ...current(), ...changes };
  const hash = Object.entries(wanted).flatMap(([key, value]) => [value].flat().map((one) => [key, one])).filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
  if (location.hash.replace(/^#/, "") !== hash) {
    const address = hash ? `#${hash}` : location.pathname + location.search;
    if (replace) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
  }
  apply();
}

/** To one node; what is open beside it closes. */
const toNode = (node) => go({ n: node.id, e: null, p: null, s: null, ...(state.claim === null ? {} : { c: null, a: model.articles[model.claims[state.claim].article].id }), ...centre(node) });
const toEdge = (edge) => go({ n: null, e: edge.id, p: null, s: null, ...(state.near && state.opened.length ? { o: openedKey() } : {}) });
const toClaim = (index) => go({ c: model.claims[index].id, a: null, s: null });
const toArticle = (index, sentence) => go({ a: model.articles[index].id, c: null, s: sentence === undefined ? null : sentence });
const toHome = () => go({ n: null, e: null, p: null, o: null, s: null, c: null, a: null });

/** In a neighbourhood, a node that is not in it becomes the middle of a new one. */
function centre(node) {
  return state.near && state.opened.length && picture.nodes.has(node) ? { o: openedKey() } : { o: null };
}

const openedKey = () => state.opened.map((node) => node.id);

/** Read the address into the state. Returns what has changed. */
function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1).replace(/\+/g, "%2B"));
  const list = (key) => asked.getAll(key);
  const was = { ...state, key: filterKey(), language, opened: state.opened.map((node) => node.index).join() };
  state.node = model.nodeById.get(asked.get("n")) || null;
  state.edge = state.node ? null : model.edgeById.get(asked.get("e")) || null;
  state.target = state.node ? model.nodeById.get(asked.get("p")) || null : null;
  state.claim = model.claimById.has(asked.get("c")) ? model.claimById.get(asked.get("c")) : null;
  const article = model.articleById.get(asked.get("a"));
  state.article = state.claim !== null ? model.claims[state.claim].article : article === undefined ? null : article;
  const sentence = /^\d+$/.test(asked.get("s") || "") ? Number(asked.get("s")) : null;
  state.sentence = state.article !== null && sentence !== null && sentence < model.articles[state.article].sentences.length ? sentence : null;
  state.view = VIEWS.includes(asked.get("v")) && (asked.get("v") !== "map" || model.places.length) ? asked.get("v") : "graph";
  const hidden = new Set(list("t"));
  state.types = new Set(model.types.map((type) => type.type).filter((type) => !hidden.has(type)));
  const off = new Set(list("k"));
  state.standings = new Set(STANDINGS.filter((standing) => !off.has(standing)));
  const only = model.articleById.get(asked.get("f"));
  state.only = only === undefined ? -1 : only;
  const days = (asked.get("r") || "").split("..").map(dayOf);
  state.range = days.length === 2 && days[0] !== null && days[1] !== null && days[0] <= days[1] ? days : null;
  state.near = asked.get("w") === "near" || (model.nodes.length > BIG && asked.get("w") !== "all");
  const opened = list("o").map((id) => model.nodeById.get(id)).filter(Boolean);
  state.opened = opened.length ? opened : state.node ? [state.node] : [];
  language = asked.get("l") === "en" ? "en" : "ru";
  const filters = was.key !== filterKey();
  if (filters) state.version += 1;
  return { filters, language: was.language !== language, view: was.view !== state.view, near: was.near !== state.near,
    selection: was.node !== state.node || was.edge !== state.edge || was.target !== state.target,
    opened: was.opened !== state.opened.map((node) => node.index).join(),
    reading: was.claim !== state.claim || was.article !== state.article || was.sentence !== state.sentence };
}

const filterKey = () => JSON.stringify([[...state.types], [...state.standings], state.only, state.range]);
