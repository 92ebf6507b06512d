/* From a sentence to everything that was read out of it. */

const spans = new Map();

/** Sentences of an article as UTF-16 offsets. */
function sentencesOf(index) {
  if (!spans.has(index)) {
    const { unit, sentences } = model.articles[index];
    spans.set(index, sentences.map(([from, to]) => [unit(from), unit(to)]));
  }
  return spans.get(index);
}

/** The sentence that holds an offset, -1 if none does. */
function sentenceAt(index, offset) {
  const list = sentencesOf(index);
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle][1] <= offset) low = middle + 1;
    else high = middle;
  }
  return low < list.length && list[low][0] <= offset ? low : -1;
}

/** Claims that lie in a sentence, or share a part of it. */
function sentenceClaims(article, number) {
  const [from, to] = model.articles[article].sentences[number];
  return model.articles[article].claims.filter((index) => {
    const claim = model.claims[index];
    return claim.begin < to && claim.end > from;
  }).sort(byPlace);
}

function sentencePanel() {
  const article = model.articles[state.article];
  const [from, to] = sentencesOf(state.article)[state.sentence];
  const found = sentenceClaims(state.article, state.sentence);
  const claims = found.map((index) => model.claims[index]);
  const facts = [...new Set(claims.flatMap((claim) => claim.edges))].filter((edge) => !isEvent(edge.from) && !isEvent(edge.to) && !edge.speech);
  const events = [...new Set(claims.flatMap((claim) => claim.events))];
  const values = [...new Set(claims.flatMap((claim) => claim.holders))]
    .flatMap((node) => node.values.filter((value) => value.claims.some((index) => found.includes(index))).map((value) => ({ node, ...value })));
  return [
    h("div", { class: "kicker" }, t("sentence"), closer("close", () => go({ s: null }))),
    h("h2", { class: "as-quote", lang: "ru" }, article.text.slice(from, to)),
    h("p", { class: "small" }, `${articleName(article)} · ${articleDate(article)}`),
    byStanding([...facts, ...values]).map(([name, list]) => (list.length ? section(name, list.length, h("ul", { class: "list" }, list.map(saidRow))) : [])),
    events.length ? section(t("events"), events.length, h("ul", { class: "list" }, events.map((node) => nodeRow(node, noteOf(node), 0)))) : [],
    claimSection(t("claims_here"), found),
  ].flat(2);
}

/** An edge, or a value of a node, in words. */
function saidRow(said) {
  const [from, words, to] = said.node ? [said.node, `${either(said.ru, said.en)}: `, said.text] : [said.from, `${edgeLabel(said)} → `, title(said.to)];
  return h("li", {}, button({ onclick: () => (said.node ? toNode(said.node) : toEdge(said)) }, lineSample(said.standing),
    h("span", { class: "text" }, title(from), h("span", { class: "rel" }, ` — ${words}`), to)));
}
