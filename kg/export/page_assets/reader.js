/* The full text of an article: what is claimed is underlined, the chosen words are marked, a click tells what a sentence gave. */

function spansIn(index) {
  const { unit, claims } = model.articles[index];
  return claims.map((at) => model.claims[at]).filter((claim) => claim.begin < claim.end)
    .map((claim) => ({ index: claim.index, standing: claim.standing, from: unit(claim.begin), to: unit(claim.end) }))
    .sort((a, b) => (a.to - a.from) - (b.to - b.from));
}

/** Where the selected node is named in the text, by the forms that are known. */
function namesIn(text) {
  const list = selectedNodes().flatMap((node) => [node.name, ...node.names]).filter((name) => name.length > 2).slice(0, 60);
  if (!list.length) return [];
  const escaped = [...new Set(list)].sort((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const found = [];
  for (const hit of text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})(?![\\p{L}\\p{N}])`, "giu"))) {
    found.push([hit.index, hit.index + hit[0].length]);
  }
  return found;
}

function readerText(index) {
  const { text } = model.articles[index];
  const claimed = spansIn(index);
  const chosen = claimed.find((span) => span.index === state.claim);
  const sentences = sentencesOf(index);
  const number = chosen ? sentenceAt(index, chosen.from) : state.sentence === null ? -1 : state.sentence;
  const lit = number >= 0 ? sentences[number] : [-1, -1];
  let cue = [-1, -1];
  if (chosen) {
    const word = model.claims[state.claim].cue;
    const at = word && number >= 0 ? text.slice(...lit).indexOf(word) : -1;
    if (at >= 0) cue = [lit[0] + at, lit[0] + at + word.length];
  }
  const body = h("div", { class: "reader-text", lang: "ru" });
  const named = namesIn(text);
  const within = (list, from, to) => list.filter((span) => span.from < to && span.to > from);
  const write = (into, from, to) => {
    const own = within(claimed, from, to);
    const marks = new Set([from, to]);
    for (const at of [...own.flatMap((span) => [span.from, span.to]), ...lit, ...cue, ...named.flat()]) if (at > from && at < to) marks.add(at);
    const order = [...marks].sort((a, b) => a - b);
    for (let at = 0; at + 1 < order.length; at += 1) {
      const [a, b] = [order[at], order[at + 1]];
      const over = own.filter((span) => span.from <= a && span.to >= b);
      const marked = Boolean(chosen) && over.includes(chosen);
      const classes = [];
      if (over.length && !marked) classes.push("c", over[0].standing);
      if (a >= lit[0] && b <= lit[1]) classes.push("sentence");
      if (a >= cue[0] && b <= cue[1]) classes.push("cue");
      if (named.some(([x, y]) => x <= a && y >= b)) classes.push("name");
      const piece = text.slice(a, b);
      into.append(classes.length || marked ? h(marked ? "mark" : "span", { class: classes.join(" ") }, piece) : shown(piece));
    }
  };
  let done = 0;
  sentences.forEach(([from, to], at) => {
    if (from > done) write(body, done, from);
    const parts = h("span", {});
    write(parts, Math.max(from, done), to);
    if (within(claimed, from, to).length) {
      const open = () => { if (!String(getSelection())) toArticle(index, at); };
      Object.entries({ class: "s", role: "button", tabindex: 0, "data-sentence": at, "aria-pressed": String(at === state.sentence), title: t("sentence_title") })
        .forEach(([key, value]) => parts.setAttribute(key, value));
      parts.addEventListener("click", open);
      parts.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        open();
      });
    }
    body.append(parts);
    done = to;
  });
  if (done < text.length) write(body, done, text.length);
  return body;
}

let legendAside = false;
/** While an article is open the picture is narrow: the legend makes room, and comes back afterwards. */
function makeRoom(reading) {
  if (reading && !legendAside && !$("legend").hidden && innerWidth < 1640) {
    legendAside = true;
    showLegend(false);
  } else if (!reading && legendAside) {
    legendAside = false;
    showLegend(true);
  }
}

function drawReader(animate) {
  const reader = $("reader");
  const index = state.article;
  const was = !reader.hidden;
  const inside = reader.contains(document.activeElement);
  const same = was && reader.dataset.article === String(index);
  const top = reader.scrollTop;
  reader.hidden = index === null;
  $("main").classList.toggle("reading", index !== null);
  if (was !== (index !== null)) makeRoom(index !== null);
  if (index === null) {
    reader.replaceChildren();
    if (was && (inside || document.activeElement === document.body)) $("panel").focus({ preventScroll: true });
    return;
  }
  const article = model.articles[index];
  const body = readerText(index);
  reader.dataset.article = index;
  reader.replaceChildren(
    h("header", { class: "reader-head" },
      h("div", {}, h("h2", { lang: "ru" }, articleName(article)),
        h("p", { class: "small" }, [articleDate(article), article.title && article.file].filter(Boolean).join(" · "))),
      closer("close_text", () => go({ c: null, a: null, s: null }))),
    body,
    article.claims.length ? h("p", { class: "small hint" }, t("reader_hint")) : "");
  const mark = body.querySelector("mark") || body.querySelector(".s[aria-pressed=true]");
  if (same) reader.scrollTop = top;
  else reader.scrollTop = 0;
  if (mark && !(state.sentence !== null && same && inView(mark, reader))) {
    const middle = mark.getBoundingClientRect().top - reader.getBoundingClientRect().top - reader.clientHeight / 2 + 40;
    reader.scrollTo({ top: reader.scrollTop + middle, behavior: animate && was && !calm.matches ? "smooth" : "auto" });
  }
  if (inside && state.sentence !== null) body.querySelector(".s[aria-pressed=true]").focus({ preventScroll: true });
}

function inView(element, frame) {
  const [a, b] = [element.getBoundingClientRect(), frame.getBoundingClientRect()];
  return a.top >= b.top + 60 && a.bottom <= b.bottom;
}
