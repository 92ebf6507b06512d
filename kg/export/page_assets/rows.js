/* Pieces that lists are made of. */

const section = (name, count, ...rest) => [h("h3", {}, name, count === null ? null : h("span", { class: "n" }, figure(count))), ...rest.flat()];

/** A list that shows its first rows and more of them on demand. */
function paged(items, first, row, cls) {
  const list = h("ul", { class: cls });
  const more = button({ class: "plain more" });
  let count = 0;
  const grow = (upTo) => {
    list.append(...items.slice(count, upTo).map(row));
    count = Math.min(upTo, items.length);
    more.textContent = t("more", { n: figure(items.length - count) });
    more.hidden = count >= items.length;
  };
  more.addEventListener("click", () => {
    const next = count;
    grow(count + Math.max(30, first));
    const target = list.children[next] && list.children[next].querySelector("button");
    if (target) target.focus();
  });
  grow(first);
  return [list, more];
}

function nodeRow(node, small, count) {
  return h("li", {}, button({ onclick: () => toNode(node), "data-node": node.index }, nodeGlyph(node),
    h("span", { class: "text" }, title(node), small && h("span", { class: "small" }, small)),
    count > 0 && h("span", { class: "n" }, figure(count))));
}

/** An edge as it is seen from one of its ends: to the evidence of a fact, to the other one in an event. */
function edgeRow(edge, node) {
  const other = otherEnd(edge, node);
  const label = edgeLabel(edge);
  const out = edge.from === node;
  const role = isEvent(edge.from) || isEvent(edge.to) ? [title(other), h("span", { class: "small" }, [label, !isEvent(node) && noteOf(other)].filter(Boolean).join(" · "))] : null;
  const words = edge.speech ? title(other) : role || (out ? [h("span", { class: "rel" }, `${label} → `), title(other)] : [title(other), h("span", { class: "rel" }, ` — ${label} → `), title(node)]);
  return h("li", {}, button({ title: t(edge.standing), ...(role ? { onclick: () => toNode(other), "data-node": other.index } : { onclick: () => toEdge(edge) }) },
    lineSample(edge.standing), h("span", { class: "text" }, words, h("span", { class: "unseen" }, `, ${t(edge.standing)}`)),
    edge.claims.length > 1 && h("span", { class: "n", title: many("claims", edge.claims.length) }, figure(edge.claims.length))));
}

function articleRow(article) {
  return h("li", {}, button({ onclick: () => toArticle(article.index) }, h("span", { class: "text" }, articleName(article),
    h("span", { class: "small" }, `${articleDate(article)} · ${many("claims", article.claims.length)}`))));
}

const closer = (label, onclick) => button({ class: "close", title: t(label), "aria-label": t(label), onclick }, "×");

function safeLinks(links) {
  return links.filter(([, url]) => /^https?:\/\//i.test(url)).map(([label, url]) => h("a",
    { href: url, rel: "noopener noreferrer", target: "_blank" }, label || url));
}
