/* Disagreements side by side: claims that contradict each other, what is disputed, what is denied. */

let groups = null;

/** Claims joined by `contradicts`, in two sides where that is possible. */
function disagreements() {
  if (groups) return groups;
  const against = model.claims.map(() => new Set());
  for (const claim of model.claims) for (const other of claim.contradicts) {
    against[claim.index].add(other);
    against[other].add(claim.index);
  }
  const side = new Map();
  groups = [];
  for (const claim of [...model.claims].sort((a, b) => byPlace(a.index, b.index))) {
    if (side.has(claim.index) || !against[claim.index].size) continue;
    const members = [claim.index];
    side.set(claim.index, 0);
    for (let at = 0; at < members.length; at += 1) {
      for (const other of [...against[members[at]]].sort(byPlace)) {
        if (side.has(other)) continue;
        side.set(other, 1 - side.get(members[at]));
        members.push(other);
      }
    }
    const sides = [0, 1].map((wanted) => members.filter((index) => side.get(index) === wanted).sort(byPlace));
    groups.push({ sides: objects(sides[0]) > objects(sides[1]) ? sides.reverse() : sides, about: aboutOf(members) });
  }
  return groups;
}

const objects = (indexes) => indexes.filter((index) => {
  const claim = model.claims[index];
  return claim.polarity === "negated" || claim.modality === "denied" || claim.modality === "opinion";
}).length / indexes.length;

/** Whom or what all the members speak of. */
function aboutOf(members) {
  const sets = members.map((index) => {
    const claim = model.claims[index];
    return new Set([...claim.about, ...claim.edges.flatMap(ends), ...claim.events].filter((node) => node !== claim.by));
  });
  return [...sets[0]].filter((node) => sets.every((set) => set.has(node))).sort((a, b) => a.rank - b.rank).slice(0, 4);
}

/** Edges and events of which no one knows whether they are so, beside the pairs of claims. */
function disputedThings() {
  const used = new Set(disagreements().flatMap((group) => group.sides.flat()));
  const edges = model.edges.filter((edge) => edge.standing === "disputed" && !edge.speech && !isEvent(edge.from)
    && !edge.claims.some((index) => used.has(index)));
  const denied = model.claims.filter((claim) => claim.standing === "disputed" && !used.has(claim.index)).map((claim) => claim.index);
  return { edges, denied };
}

const disputeCount = () => disagreements().length + disputedThings().edges.length + disputedThings().denied.length;

function drawDisputes() {
  const { edges, denied } = disputedThings();
  const passed = disagreements().filter((group) => group.sides.every((one) => one.some(claimPasses)));
  const hiddenNote = disagreements().length > passed.length
    && h("p", { class: "hidden-note" }, `${t("hidden", { n: figure(disagreements().length - passed.length) })} `, button({ class: "inline", onclick: resetFilters }, t("show_all")));
  $("view-disputes").replaceChildren(...[
    h("h2", {}, t("disputes")), h("p", { class: "lead" }, t("disputes_lead")), hiddenNote,
    ...passed.slice(0, 200).map((group, at) => h("section", { class: "dispute", "aria-label": t("dispute_n", { n: at + 1 }) },
      h("h3", {}, group.about.length ? t("dispute_about") : t("dispute_n", { n: at + 1 }),
        group.about.length > 0 && h("span", { class: "about-nodes" }, group.about.map((node) => button({ class: "plain", onclick: () => toNode(node) }, nodeGlyph(node), ` ${cut(title(node), 60)}`)))),
      h("div", { class: "sides" }, group.sides.map((one, which) => h("div", { class: "side" },
        h("h4", {}, which ? t("side_other") : t("side_one")),
        h("ul", { class: "claims" }, one.filter((index) => claimPasses(index) && !model.claims[index].outer.some((outer) => one.includes(outer) && sameWords(model.claims[outer]).length)).map((index) => claimCard(index, true)))))))),
    ...(edges.length ? section(t("disputed_facts"), edges.length, paged(edges.filter(edgePasses), 30, (edge) => h("li", {}, button({ onclick: () => toEdge(edge) },
      lineSample(edge.standing), h("span", { class: "text" }, title(edge.from), h("span", { class: "rel" }, ` — ${edgeLabel(edge)} → `), title(edge.to)))), "list")) : []),
    ...(denied.length ? claimSection(t("denied_alone"), denied, true) : []),
    !passed.length && !edges.length && !denied.length && h("p", { class: "lead" }, t("no_disputes")),
  ].filter((part) => part instanceof Node));
}
