/* Colours of the theme, shapes of the nodes and dashes of the lines, for the canvas and for elements. */

const DASHES = { asserted: [], reported: [8, 5], possible: [2, 5], disputed: [10, 3, 2, 3] };
const ink = {};

function readColours() {
  const probe = h("i", { class: "unseen" });
  document.body.append(probe);
  for (const name of ["ground", "paper", "ink", "soft", "line", "accent", "rim", "land", "border", ...STANDINGS]) {
    probe.style.color = `var(--${name})`;
    ink[name] = getComputedStyle(probe).color;
  }
  probe.remove();
}

const CORNERS = {
  square: [[-0.86, -0.86], [0.86, -0.86], [0.86, 0.86], [-0.86, 0.86]],
  diamond: [[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]],
  triangle: [[0, -1.1], [1.1, 0.85], [-1.1, 0.85]],
  triangleDown: [[0, 1.1], [1.1, -0.85], [-1.1, -0.85]],
  hexagon: [[-0.5, -0.9], [0.5, -0.9], [1.05, 0], [0.5, 0.9], [-0.5, 0.9], [-1.05, 0]],
  star: Array.from({ length: 10 }, (_, at) => {
    const far = at % 2 ? 0.5 : 1.15;
    return [far * Math.sin((at * Math.PI) / 5), -far * Math.cos((at * Math.PI) / 5)];
  }),
};

/** Corners of a shape around a point; null for a circle. */
function cornersOf(shape, x, y, r) {
  return CORNERS[shape] ? CORNERS[shape].map(([dx, dy]) => [x + dx * r, y + dy * r]) : null;
}

function glyph(shape, colour, hollow) {
  const paint = { fill: hollow ? "none" : colour, stroke: hollow ? colour : "#0007", "stroke-width": hollow ? 2 : 1, "stroke-linejoin": "round" };
  if (hollow) paint["stroke-dasharray"] = "3 2";
  const corners = cornersOf(shape, 9, 9, 7);
  const figureOf = corners ? svg("polygon", { points: corners.map((corner) => corner.map((c) => c.toFixed(1)).join()).join(" "), ...paint })
    : svg("circle", { cx: 9, cy: 9, r: 7, ...paint });
  return svg("svg", { class: "glyph", viewBox: "0 0 18 18", "aria-hidden": "true" }, figureOf);
}

const nodeGlyph = (node) => glyph(node.type.shape, node.type.fill, node.kind === "claimed");

function lineSample(standing) {
  const line = svg("line", { x1: 0, x2: 30, y1: 6, y2: 6, "stroke-width": 2.5,
    "stroke-dasharray": DASHES[standing].length ? DASHES[standing].map((d) => d * 0.7).join(" ") : "none" });
  line.style.stroke = `var(--${standing})`;
  return svg("svg", { class: "line", viewBox: "0 0 30 12", "aria-hidden": "true" }, line);
}

/* ---------- light and dark ---------- */

const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.theme || (prefersDark.matches ? "dark" : "light")) === "dark";

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("kg-theme", theme);
  } catch { /* a browser that keeps nothing for local files */ }
}

function recallTheme() {
  try {
    const theme = localStorage.getItem("kg-theme");
    if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  } catch { /* as above */ }
}
