/* The shortest path between two nodes over what passes the filters. */

const WEIGHT = { asserted: 0, reported: 1, possible: 2, disputed: 2 };

/** Fewest steps; among equally short ones plain facts before speech, asserted before reported. */
function routeBetween(from, to) {
  if (!nodePasses(from) || !nodePasses(to)) return null;
  const best = new Map([[from, { steps: 0, cost: 0, edge: null, before: null }]]);
  let front = [from];
  while (front.length && !best.has(to)) {
    const next = [];
    for (const node of front) {
      const here = best.get(node);
      for (const edge of node.edges) {
        if (!edgePasses(edge)) continue;
        const other = otherEnd(edge, node);
        const cost = here.cost + 1 + WEIGHT[edge.standing] + (edge.speech ? 2 : 0);
        const known = best.get(other);
        if (known && (known.steps <= here.steps || known.cost < cost || (known.cost === cost && known.edge.index <= edge.index))) continue;
        if (!known) next.push(other);
        best.set(other, { steps: here.steps + 1, cost, edge, before: node });
      }
    }
    front = next;
  }
  if (from === to || !best.has(to)) return null;
  const steps = [];
  for (let node = to; node !== from; node = best.get(node).before) steps.unshift({ edge: best.get(node).edge, node });
  return { nodes: [from, ...steps.map((step) => step.node)], steps };
}

/** A field in the panel that asks where the path leads to. */
function pathField(node) {
  const place = h("div", { class: "path-field" });
  const open = button({ class: "plain", "aria-expanded": "false", onclick: () => {
    open.setAttribute("aria-expanded", "true");
    const box = searchBox({ label: t("path_to"), placeholder: t("path_placeholder"), pick: (other) => go({ n: node.id, e: null, p: other.id, s: null }), but: node });
    place.replaceChildren(box);
    box.querySelector("input").focus();
  } }, t("path_to"));
  place.append(open);
  return place;
}

function pathPanel() {
  const { route } = picture;
  const [from, to] = [state.node, state.target];
  const back = closer("close", () => go({ p: null }));
  const head = [h("div", { class: "kicker" }, t("path"), back), h("h2", { lang: "ru" }, `${title(from)} → ${title(to)}`)];
  const turn = button({ class: "plain", onclick: () => go({ n: to.id, p: from.id }) }, t("path_turn"));
  if (!route) return [...head, h("p", { class: "lead" }, from === to ? t("path_same") : t("no_path")), h("p", { class: "actions" }, turn)];
  const list = h("ol", { class: "list route" }, nodeRow(from, noteOf(from) || kindLabel(from), 0), route.steps.flatMap(({ edge, node }) => {
    const arrow = edge.to === node ? "↓" : "↑";
    return [h("li", { class: "step" }, button({ onclick: () => toEdge(edge), title: t(edge.standing) }, lineSample(edge.standing),
      h("span", { class: "text" }, `${arrow} ${edgeLabel(edge)}`, h("span", { class: "small" }, `${t(edge.standing)} · ${many("claims", edge.claims.length)}`)))),
    nodeRow(node, noteOf(node) || kindLabel(node), 0)];
  }));
  return [...head, h("p", { class: "lead" }, many("steps", route.steps.length)), list, h("p", { class: "actions" }, turn),
    claimSection(t("claims_on_path"), route.steps.flatMap((step) => step.edge.claims))].flat();
}
