/* The data as the page uses it: objects that know each other. */

const STANDINGS = ["asserted", "reported", "possible", "disputed"];
const KINDS = ["entity", "event", "claimed"];
let model = null;

async function unpack(id) {
  if (typeof DecompressionStream === "undefined") throw new Error("DecompressionStream");
  const bytes = Uint8Array.from(atob($(id).textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const data = JSON.parse(await new Response(stream).text());
  $(id).remove();
  return data;
}

/** A table that is kept field by field, as rows. */
function rows(table) {
  const fields = Object.keys(table);
  const count = fields.length ? table[fields[0]].length : 0;
  const found = new Array(count);
  for (let at = 0; at < count; at += 1) {
    const row = { index: at };
    for (const field of fields) row[field] = table[field][at];
    found[at] = row;
  }
  return found;
}

function modelOf(data) {
  const nodes = rows(data.nodes);
  const claims = rows(data.claims);
  const articles = rows(data.articles);
  const edges = rows(data.edges);
  const types = data.types.map((type) => ({ ...type, count: 0 }));
  for (const article of articles) Object.assign(article, { day: dayOf(article.date), unit: unitsOf(article.text), claims: [] });
  for (const claim of claims) {
    const [modality, modeRu, modeEn] = data.modes[claim.mode];
    Object.assign(claim, { modality, modeRu, modeEn, standing: STANDINGS[claim.standing], events: [], about: [], edges: [], holders: [], outer: [] });
    articles[claim.article].claims.push(claim.index);
  }
  for (const claim of claims) for (const inner of claim.inner) claims[inner].outer.push(claim.index);
  for (const node of nodes) {
    const type = types[node.type];
    type.count += 1;
    const from = dayOf(node.earliest);
    const to = dayOf(node.latest);
    Object.assign(node, { type, kind: KINDS[node.kind], label: folded(node.name), edges: [], says: [],
      at: node.at >= 0 ? nodes[node.at] : null, here: [],
      from: from === null ? to : from, to: to === null ? from : to,
      values: node.values.map(([ru, en, text, standing, used]) => ({ ru, en, text, standing: STANDINGS[standing], claims: used })) });
    for (const index of node.claims) claims[index][node.kind === "entity" ? "about" : "events"].push(node);
    for (const value of node.values) for (const index of value.claims) claims[index].holders.push(node);
  }
  for (const node of nodes) if (node.at) node.at.here.push(node);
  for (const edge of edges) {
    const [ru, en] = data.words[edge.word];
    Object.assign(edge, { ru, en, from: nodes[edge.from], to: nodes[edge.to], standing: STANDINGS[edge.standing] });
    edge.from.edges.push(edge);
    if (edge.from !== edge.to) edge.to.edges.push(edge);
    for (const index of edge.claims) claims[index].edges.push(edge);
  }
  const nodeById = new Map(nodes.map((node) => [node.id, node]));
  for (const claim of claims) {
    claim.by = claim.speakerId === null ? null : nodeById.get(claim.speakerId) || null;
    if (claim.by) claim.by.says.push(claim.index);
  }
  const ranked = [...nodes].sort((a, b) => b.edges.length - a.edges.length || b.weight - a.weight || a.index - b.index);
  ranked.forEach((node, rank) => { node.rank = rank; });
  return { title: data.title, types, nodes, edges, claims, articles, ranked, nodeById,
    typeByName: new Map(types.map((type) => [type.type, type])),
    edgeById: new Map(edges.map((edge) => [edge.id, edge])),
    claimById: new Map(claims.map((claim) => [claim.id, claim.index])),
    articleById: new Map(articles.map((article) => [article.id, article.index])),
    places: nodes.filter((node) => node.spot) };
}

/** At most two lines of about twenty letters. */
function folded(name) {
  const words = Array.from(cut(name, 400).split(" "));
  const lines = [""];
  for (const word of words) {
    const last = lines[lines.length - 1];
    const longer = last ? `${last} ${word}` : word;
    if (longer.length <= 20 || !last) lines[lines.length - 1] = cut(longer, 20);
    else if (lines.length < 2) lines.push(cut(word, 20));
    else {
      lines[1] = `${cut(last, 19)}…`.replace("……", "…");
      break;
    }
  }
  return lines.join("\n");
}

/** Code points counted in Python → UTF-16 units counted here (they differ after an emoji). */
function unitsOf(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (point) => point;
  const wide = [];
  let point = 0;
  for (const letter of text) {
    if (letter.length === 2) wide.push(point);
    point += 1;
  }
  return (wanted) => {
    let low = 0;
    let high = wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (wide[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return wanted + low;
  };
}

const title = (node) => node.name;
const typeLabel = (type) => either(type.label, type.en);
const kindLabel = (node) => typeLabel(node.type) + (node.kind === "claimed" ? ` · ${t("unconfirmed")}` : "");
const edgeLabel = (edge) => either(edge.ru, edge.en);
const modeLabel = (claim) => either(claim.modeRu, claim.modeEn) || t(claim.standing);
const speakerName = (claim) => claim.speaker || t("author");
const articleName = (article) => article.title || article.file;
const articleDate = (article) => (article.date ? inWords(article.date) : t("undated"));
const ends = (edge) => [edge.from, edge.to];
const otherEnd = (edge, node) => (edge.from === node ? edge.to : edge.from);
const isEvent = (node) => node.kind !== "entity";
const isDated = (node) => node.from !== null;

/** What stands beside a name in a list. */
function noteOf(node) {
  if (!isEvent(node)) return node.note;
  return [node.time && inWords(node.time), node.at && node.at.name, node.note].filter(Boolean).join(" · ");
}
