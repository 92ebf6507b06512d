/* Days are counted from 1970; what is written as EDTF is said in words. */

const DAY = 86400000;

/** «2025-10-09» → number of the day; null for anything else. */
function dayOf(iso) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso || "");
  return parts ? Math.round(Date.UTC(Number(parts[1]), parts[2] - 1, Number(parts[3])) / DAY) : null;
}

const isoOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** A day as a date to be read. */
const dayInWords = (day) => inWords(isoOf(day));

function inWords(time) {
  if (time.includes("/")) {
    const [from, to] = time.split("/");
    if (!from || from === "..") return t("until", { time: inWords(to) });
    if (!to || to === "..") return t("since", { time: inWords(from) });
    if (from === to) return inWords(from);
    if (/^\d{4}-\d\d-\d\d$/.test(from) && /^\d{4}-\d\d-\d\d$/.test(to) && from.slice(0, 7) === to.slice(0, 7)) {
      return `${Number(from.slice(8))}–${inWords(to)}`;
    }
    return `${inWords(from)} – ${inWords(to)}`;
  }
  const parts = /^(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?([?~%]?)$/.exec(time);
  if (!parts) return time;
  const [, year, month, day, doubt] = parts;
  const names = WORDS[language];
  let text = year;
  if (month && names.seasons[month]) text = `${names.seasons[month]} ${year}`;
  else if (month && month >= 1 && month <= 12) {
    text = day ? `${Number(day)} ${names.months_of[month - 1]} ${year}` : `${names.months[month - 1]} ${year}`;
  } else if (month) return time;
  text = text.replace("XXXX", t("year_unknown"));
  return doubt ? t("about", { time: text }) : text;
}
