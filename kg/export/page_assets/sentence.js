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
  const values = [...new Set(claims.flatMap((claim) => claim.holders))];
  return [
    h("div", { class: "kicker" }, t("sentence"), closer("close", () => go({ s: null }))),
    h("h2", { class: "as-quote", lang: "ru" }, article.text.slice(from, to)),
    h("p", { class: "small" }, `${articleName(article)} · ${articleDate(article)}`),
    facts.length || values.length ? section(t("facts"), facts.length + values.length, h("ul", { class: "list" },
      facts.map((edge) => h("li", {}, button({ onclick: () => toEdge(edge) }, lineSample(edge.standing),
        h("span", { class: "text" }, title(edge.from), h("span", { class: "rel" }, ` — ${edgeLabel(edge)} → `), title(edge.to))))),
      values.flatMap((node) => node.values.filter((value) => value.claims.some((index) => found.includes(index)))
        .map((value) => h("li", {}, button({ onclick: () => toNode(node) }, lineSample(value.standing),
          h("span", { class: "text" }, title(node), h("span", { class: "rel" }, ` — ${either(value.ru, value.en)}: `), value.text)))))))
      : [],
    events.length ? section(t("events"), events.length, h("ul", { class: "list" }, events.map((node) => nodeRow(node, noteOf(node), 0)))) : [],
    claimSection(t("claims_here"), found),
  ].flat();
}
