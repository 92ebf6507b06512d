/* Claims as cards: who says it, how, in which words, where. */

const byPlace = (a, b) => model.claims[a].article - model.claims[b].article || model.claims[a].begin - model.claims[b].begin || a - b;

function speakerOf(claim) {
  const likely = claim.speakerConfidence;
  const name = h("b", likely === null ? {} : { title: t("speaker_title", { n: Math.round(likely * 100) }) }, speakerName(claim));
  return claim.by ? button({ class: "inline", onclick: () => toNode(claim.by) }, name) : name;
}

/** Speakers below this chance are marked. */
const LIKELY = 0.6;

function speakerDoubt(claim) {
  const likely = claim.speakerConfidence;
  return likely !== null && likely < LIKELY && h("span", { class: "doubt" }, t("speaker_unsure", { n: Math.round(likely * 100) }));
}

function sure(value) {
  const bar = h("b", {});
  bar.style.width = `${Math.round(value * 100)}%`;
  return h("span", { class: "sure", title: t("sure_title") }, h("i", {}, bar), t("sure", { n: Math.round(value * 100) }));
}

/** A claim; `plain` leaves out its ties to other claims, which stand beside it. */
function claimCard(index, plain) {
  const claim = model.claims[index];
  const article = model.articles[claim.article];
  const open = () => toClaim(index);
  return h("li", { class: `claim ${claim.standing}${index === state.claim ? " on" : ""}`, "data-claim": index },
    h("div", { class: "tags" }, h("span", { class: "tag" }, [claim, ...(plain ? sameWords(claim) : [])].map(modeLabel).join(", ")),
      claim.polarity === "negated" && h("span", {}, t("negated")),
      claim.time && h("span", {}, inWords(claim.time)), sure(claim.confidence)),
    h("p", { class: "who" }, speakerOf(claim), claim.via && ` — ${t("via", { name: claim.via })}`, speakerDoubt(claim)),
    claim.text && fold(claim.text) !== fold(claim.quote) && h("p", { class: "said", lang: "ru" }, claim.text),
    button({ class: "quote", lang: "ru", title: t("show_in_text"), onclick: open }, claim.quote),
    h("p", { class: "source" }, button({ class: "inline", onclick: open }, articleName(article)), ` · ${articleDate(article)}`),
    !plain && claim.outer.map((outer) => nested("told_by", outer)),
    !plain && claim.inner.map((inner) => nested("tells_of", inner)),
    !plain && claim.contradicts.map((other) => nested("contradicts", other, "against")));
}

/** Claims inside a claim that have its speaker and its words: «передано, якобы». */
const sameWords = (claim) => claim.inner.map((at) => model.claims[at]).filter((inner) => inner.speaker === claim.speaker && inner.quote === claim.quote);

function nested(key, index, cls) {
  const claim = model.claims[index];
  return h("p", { class: cls || "nested" }, `${t(key)}: `, button({ onclick: () => toClaim(index) },
    `${speakerName(claim)}: ${cut(claim.text || claim.quote, 90)}`));
}

/** Claims in the order of the articles, those that the filters hide counted. */
function claimSection(name, indexes, plain) {
  const all = [...new Set(indexes)].sort(byPlace);
  const passed = all.filter(claimPasses);
  const parts = [h("h3", {}, name, h("span", { class: "n" }, figure(passed.length)))];
  if (all.length > passed.length) {
    parts.push(h("p", { class: "hidden-note" }, `${t("hidden", { n: figure(all.length - passed.length) })} `,
      button({ class: "inline", onclick: resetFilters }, t("show_all"))));
  }
  if (!all.length) parts.push(h("p", { class: "hidden-note" }, t("no_claims")));
  return [...parts, ...paged(passed, Math.max(25, passed.indexOf(state.claim) + 1), (at) => claimCard(at, plain), "claims")];
}
