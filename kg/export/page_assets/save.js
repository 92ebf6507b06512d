/* What is seen now as a picture file, or on paper. */

/** A pen that draws into an SVG element; the same strokes as `canvasPen`. */
function svgPen(into) {
  const ctx = document.createElement("canvas").getContext("2d");
  const dashes = (style) => (style.dashes && style.dashes.length ? style.dashes.join(" ") : null);
  const at = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return {
    measure: (text, font) => { ctx.font = font; return ctx.measureText(text).width; },
    curves: (list, style) => into.append(svg("path", { d: list.map((points) => `M${at(points[0])}Q${at(points[1])} ${at(points[2])}`).join(""), fill: "none", stroke: style.stroke,
      "stroke-width": style.width, "stroke-dasharray": dashes(style), opacity: style.alpha })),
    arrows: (list, style) => into.append(svg("path", { d: list.map((corners) => `M${corners.map(at).join("L")}Z`).join(""), fill: style.stroke, opacity: style.alpha })),
    shape(corners, circle, style) {
      const paint = { fill: style.fill || "none", stroke: style.stroke || "none", "stroke-width": style.width, "stroke-dasharray": dashes(style), opacity: style.alpha };
      into.append(corners ? svg("polygon", { points: corners.map(at).join(" "), ...paint }) : svg("circle", { cx: circle.x.toFixed(1), cy: circle.y.toFixed(1), r: circle.r.toFixed(1), ...paint }));
    },
    box: (x, y, width, height, colour, alpha) => into.append(svg("rect", { x: x.toFixed(1), y: y.toFixed(1), width: width.toFixed(1), height, fill: colour, opacity: alpha })),
    text(text, x, y, style) {
      const [, weight, size] = /^(\d+) ([\d.]+)px/.exec(style.font);
      into.append(svg("text", { x: x.toFixed(1), y: (y + size * 0.35).toFixed(1), "text-anchor": "middle", "font-size": size, "font-weight": weight, fill: style.fill, opacity: style.alpha,
        ...(style.halo ? { stroke: style.halo, "stroke-width": 4, "stroke-linejoin": "round", "paint-order": "stroke" } : {}) }, text));
    },
  };
}

const xmlText = (node) => new XMLSerializer().serializeToString(node).replace(/[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");

/** The view as an SVG element with a line that says what it is; null for views that are text. */
function viewAsSvg() {
  const chart = { map: $("map-chart"), time: $("lane-chart") }[state.view];
  const size = state.view === "graph" ? boardSize() : chart && { width: Number(chart.getAttribute("width")), height: Number(chart.getAttribute("height")) };
  if (!size) return null;
  const whole = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width: size.width, height: size.height + 26, viewBox: `0 0 ${size.width} ${size.height + 26}`, "font-family": LABEL_FONT },
    svg("title", {}, document.title), svg("rect", { width: size.width, height: size.height + 26, fill: ink.ground }));
  if (state.view === "graph") {
    const part = svg("g", {});
    paint(svgPen(part), size, false);
    repaint(false);
    whole.append(part);
  } else {
    const copy = chart.cloneNode(true);
    for (const node of copy.querySelectorAll("[tabindex]")) for (const key of ["tabindex", "role", "aria-pressed"]) node.removeAttribute(key);
    copy.removeAttribute("id");
    whole.append(copy);
  }
  whole.append(svg("text", { x: 10, y: size.height + 17, "font-size": 12, fill: ink.soft }, caption()));
  return whole;
}

function caption() {
  return [document.title, state.range && `${dayInWords(state.range[0])} – ${dayInWords(state.range[1])}`,
    state.standings.size < STANDINGS.length && [...state.standings].map((standing) => t(standing)).join(", "), state.only >= 0 && cut(articleName(model.articles[state.only]), 60)].filter(Boolean).join(" · ");
}

function download(blob, name) {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const saveSvg = () => download(new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${xmlText(viewAsSvg())}`], { type: "image/svg+xml" }), `kg-${state.view}.svg`);

/** Twice as fine as the screen. A graph is painted once more, the other views through their SVG. */
async function savePng() {
  const drawn = viewAsSvg();
  const [width, height] = [Number(drawn.getAttribute("width")), Number(drawn.getAttribute("height"))];
  const canvas = h("canvas", { width: width * 2, height: height * 2 });
  const ctx = canvas.getContext("2d");
  ctx.scale(2, 2);
  ctx.fillStyle = ink.ground;
  ctx.fillRect(0, 0, width, height);
  if (state.view === "graph") {
    paint(crowdPen(ctx), boardSize(), false);
    ctx.globalAlpha = 1;
    ctx.fillStyle = ink.soft;
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    ctx.font = `12px ${LABEL_FONT}`;
    ctx.fillText(caption(), 10, height - 9);
  } else {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(xmlText(drawn))}`;
    await image.decode();
    ctx.drawImage(image, 0, 0);
  }
  canvas.toBlob((blob) => download(blob, `kg-${state.view}.png`), "image/png");
}

function drawSaveMenu() {
  const item = (key, what) => button({ class: "menu-item", "data-save": key, onclick: () => { $("save").open = false; what(); } }, t(key));
  $("save-body").replaceChildren(item("save_png", savePng), item("save_svg", saveSvg), item("save_print", () => window.print()), h("p", { class: "small" }, t("save_link")));
  syncSaveMenu();
}

/** A list is no picture: it can be printed. */
function syncSaveMenu() {
  const picture = state.view === "graph" || state.view === "map" || (state.view === "time" && $("lane-chart"));
  for (const key of ["save_png", "save_svg"]) $("save-body").querySelector(`[data-save=${key}]`).disabled = !picture;
}
