/* Elements are made here. Data goes in through text nodes and attributes only, never as markup. */

const $ = (id) => document.getElementById(id);

/** Make an element; strings among the children become text nodes. */
function h(tag, given, ...children) {
  return fill(document.createElement(tag), given, children);
}

function svg(tag, given, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), given, children);
}

function fill(node, given, children) {
  for (const [key, value] of Object.entries(given || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child instanceof Node ? child : shown(String(child)));
  }
  return node;
}

/** Characters that turn or hide text are shown by their number. */
function shown(text) {
  return text.replace(/(\p{M}{4})\p{M}+/gu, "$1").replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g,
    (c) => `⟨U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

function cut(text, length) {
  const letters = Array.from(text);
  return letters.length > length ? letters.slice(0, length - 1).join("").trimEnd() + "…" : text;
}

const button = (given, ...children) => h("button", { type: "button", ...given }, ...children);

/** Tell it to those who listen to the page. */
function say(text) {
  $("said").textContent = text;
}
