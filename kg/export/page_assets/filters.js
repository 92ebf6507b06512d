/* What passes the filters: kinds of nodes, standings, one article, a stretch of time. */

const filtered = () => state.standings.size < STANDINGS.length || state.only >= 0 || state.range !== null;
const anyFilter = () => filtered() || state.types.size < model.types.length;

/** Whether an event can have happened in the chosen stretch; one without a date is nowhere in it. */
const eventInRange = (node) => !state.range || (isDated(node) && node.from <= state.range[1] && node.to >= state.range[0]);

/** A claim belongs to the day of its article, and to the time of the events that it tells of. */
function claimInRange(claim) {
  if (!state.range) return true;
  const { day } = model.articles[claim.article];
  return (day !== null && day >= state.range[0] && day <= state.range[1]) || claim.events.some(eventInRange);
}

function claimPasses(index) {
  const claim = model.claims[index];
  return state.standings.has(claim.standing) && (state.only < 0 || claim.article === state.only) && claimInRange(claim);
}

const kindPasses = (node) => state.types.has(node.type.type) && (!isEvent(node) || eventInRange(node));

function edgePasses(edge) {
  if (!state.standings.has(edge.standing) || !kindPasses(edge.from) || !kindPasses(edge.to)) return false;
  if (state.only >= 0 && !edge.claims.some((index) => model.claims[index].article === state.only)) return false;
  return !state.range || isEvent(edge.from) || isEvent(edge.to) || edge.claims.some((index) => claimInRange(model.claims[index]));
}

function nodePasses(node) {
  return kindPasses(node) && (!filtered() || node.claims.some(claimPasses) || node.edges.some(edgePasses));
}

/** Nodes that pass, the best connected first; counted once for each change of the filters. */
const passed = { version: -1, ranked: [] };
function passing() {
  if (passed.version !== state.version) {
    passed.version = state.version;
    passed.ranked = model.ranked.filter(nodePasses);
  }
  return passed.ranked;
}

/** Nodes one step away, the best connected first. */
function neighbours(node) {
  const found = new Set();
  for (const edge of node.edges) if (edgePasses(edge)) found.add(otherEnd(edge, node));
  found.delete(node);
  return [...found].sort((a, b) => a.rank - b.rank);
}

const toggled = (set, key, on) => {
  const copy = new Set(set);
  if (on) copy.add(key);
  else copy.delete(key);
  return copy;
};
const without = (all, kept) => all.filter((key) => !kept.has(key));
const showTypes = (types) => go({ t: without(model.types.map((type) => type.type), types) });
const showStandings = (standings) => go({ k: without(STANDINGS, standings) });
const resetFilters = () => go({ t: null, k: null, f: null, r: null });
