/* Words of the interface, from words.json. What the articles say stays in their language. */

let language = "ru";
const LOCALES = { ru: "ru", en: "en-GB" };

function t(key, values) {
  const text = WORDS[language][key];
  if (typeof text !== "string") throw new Error(`words.json: no ${language} text for ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** 1 узел, 2 узла, 5 узлов */
function many(key, count) {
  const forms = WORDS[language].counts[key];
  const form = forms[new Intl.PluralRules(LOCALES[language]).select(count)] || forms.other;
  return form.replace("{n}", figure(count));
}

const figure = (count) => count.toLocaleString(LOCALES[language]);

/** A word of the ontology, which comes with the data in both languages. */
const either = (ru, en) => (language === "en" && en ? en : ru);

/** Put words into what stands in page.html. */
function translate() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = t(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", t(node.dataset.label));
    if (node.matches("button, summary")) node.title = t(node.dataset.label);
  }
}
