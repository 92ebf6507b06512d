/* Search by name: case, ё and quotation marks do not matter, nor do the endings of Russian words. */

const fold = (text) => text.normalize("NFC").toLowerCase().replace(/ё/g, "е").replace(/[«»„“”"'’`]/g, "").replace(/[\s\u00a0–—-]+/g, " ").trim();
const LONGEST_ENDING = 3;
const HINTS = 12;
let index = null;

/** Folded names of all nodes; made when the search is first used. */
function names() {
  index = index || model.nodes.map((node) => {
    const folds = [node.name, ...node.names].map(fold);
    return { node, folds, all: ` ${folds.join(" ")}` };
  });
  return index;
}

/** «павел» → «павл»: what is left of a word whose last vowel comes and goes; the word itself otherwise. */
const withoutFleeting = (word) => word.replace(/(?<=[^аеиоуыэюя])[ео](?=[^аеиоуыэюя]$)/, "");

/** «мехтиеву» and «мехтиев», «павлу» and «павел»: the same but for an ending. */
function sameButEnding(a, b) {
  return endingApart(a, b) || (withoutFleeting(b) !== b && b.length > 3 && a.startsWith(withoutFleeting(b)) && a.length - b.length < LONGEST_ENDING);
}

function endingApart(a, b) {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const [x, y] = [a.length - same, b.length - same];
  return x <= LONGEST_ENDING && y <= LONGEST_ENDING && (same >= 4 || (same === 3 && x + y <= 2));
}

function score({ folds }, query, words) {
  let best = null;
  folds.forEach((text, at) => {
    let points = 0;
    if (text === query) points = 100;
    else if (text.startsWith(query)) points = 80;
    else if (` ${text}`.includes(` ${query}`)) points = 60;
    else if (words.length > 1 && words.every((word) => ` ${text}`.includes(` ${word}`))) points = 50;
    else if (words.every((word) => text.split(" ").some((one) => one.startsWith(word) || sameButEnding(word, one)))) points = words.length === text.split(" ").length ? 45 : 40;
    else if (query.length > 2 && text.includes(query)) points = 30;
    if (!points) return;
    if (at) points -= 3;
    if (!best || points > best.points) best = { points, at };
  });
  return best;
}

function find(query, but) {
  const text = fold(query);
  if (!text) return [];
  const words = text.split(" ");
  const starts = words.map((word) => (word.length > 3 ? word.slice(0, Math.max(2, word.length - LONGEST_ENDING - 1)) : word));
  return names().filter(({ node, all }) => node !== but && starts.every((start) => all.includes(start)))
    .map((entry) => ({ node: entry.node, hit: score(entry, text, words) })).filter(({ hit }) => hit)
    .sort((a, b) => b.hit.points - a.hit.points || a.node.rank - b.node.rank).slice(0, HINTS);
}

let boxes = 0;
/** A field with suggestions below it; `pick` gets the chosen node. */
function searchBox({ id, label, placeholder, pick, but }) {
  boxes += 1;
  const own = id || `search-${boxes}`;
  const hints = h("ul", { id: `${own}-hints`, class: "hints", role: "listbox", "aria-label": t("hints"), hidden: true });
  const input = h("input", { id: own, type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder, "aria-label": label,
    "aria-expanded": "false", "aria-controls": hints.id, "aria-autocomplete": "list" });
  const none = h("p", { class: "hints none", hidden: true }, t("nothing_found"));
  let offered = [];
  let active = -1;
  const mark = () => {
    [...hints.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", `${own}-${active}`);
      hints.children[active].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    hints.hidden = true;
    none.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (at) => {
    if (!offered[at]) return;
    const { node } = offered[at];
    close();
    input.value = "";
    input.blur();
    pick(node);
  };
  const suggest = () => {
    offered = find(input.value, but);
    active = offered.length ? 0 : -1;
    hints.replaceChildren(...offered.map(({ node, hit }, at) => h("li", { role: "option", id: `${own}-${at}`, "aria-selected": at === active,
      onmousedown: (event) => { event.preventDefault(); choose(at); } },
    nodeGlyph(node), h("span", { class: "hint-text" }, h("span", {}, title(node)),
      h("span", { class: "small" }, [hit.at && `«${node.names[hit.at - 1]}»`, noteOf(node) || kindLabel(node)].filter(Boolean).join(" · "))),
    h("span", { class: "small" }, many("links", node.edges.length)))));
    hints.hidden = !offered.length;
    none.hidden = offered.length > 0 || !fold(input.value);
    input.setAttribute("aria-expanded", String(!hints.hidden));
    mark();
    if (!none.hidden) say(t("nothing_found"));
  };
  input.addEventListener("input", suggest);
  input.addEventListener("focus", () => { if (input.value) suggest(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") choose(active);
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && offered.length) {
      event.preventDefault();
      if (hints.hidden) suggest();
      else {
        active = (active + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length;
        mark();
      }
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (!hints.hidden || !none.hidden) close();
      else {
        input.value = "";
        input.blur();
      }
    }
  });
  return h("div", { class: "box" }, input, id && h("kbd", { "aria-hidden": "true" }, "/"), hints, none);
}

/** The chosen node must be seen: filters that hide it are taken off. */
function pickFound(node) {
  const hidden = !nodePasses(node);
  go({ n: node.id, e: null, p: null, s: null, c: null, a: null, o: null, ...(hidden ? { t: null, k: null, f: null, r: null } : {}),
    ...(state.view === "disputes" ? { v: null } : {}) });
  $("panel").focus({ preventScroll: true });
}
