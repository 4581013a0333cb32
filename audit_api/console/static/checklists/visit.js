/**
 * A visit as far as it is filled in on the page that tries a checklist out.
 *
 * Reads the form as console/checklists/visits.py does on the server.
 */

/**
 * @typedef {object} Question of a checklist's document
 * @property {string} key
 * @property {string} type
 *
 * @typedef {object} Visit
 * @property {Record<string, any>} answers
 * @property {Record<string, number>} photos
 * @property {Record<string, string>} siteAttributes
 */

const NUMERIC = ["number", "duration", "count", "scale"];
const PICTURES = ["photo", "signature"];
const STATES = ["not_applicable", "not_observed"];
const WHOLE = /^[0-9]+$/;
const MOST_PHOTOS = 99;

/**
 * @param {Question[]} questions
 * @param {string[]} attributes the site's, by key
 * @param {FormData} filled
 * @returns {Visit}
 */
export function visitOf(questions, attributes, filled) {
  const answers = questions.map((question) => [question.key, answerTo(question, filled)]);
  const photos = questions.map(({ key }) => [key, whole(text(filled, `p.${key}`))]);
  const site = ["kind", ...attributes].map((key) => [key, text(filled, `site.${key}`)]);
  return {
    answers: Object.fromEntries(answers.filter(([, answer]) => Object.keys(answer).length > 0)),
    photos: Object.fromEntries(photos.filter(([, count]) => count)),
    siteAttributes: Object.fromEntries(site.filter(([, value]) => value)),
  };
}

/**
 * @param {Question} question
 * @param {FormData} filled
 * @returns {Record<string, any>}
 */
function answerTo(question, filled) {
  const given = filled.getAll(`s.${question.key}`);
  const stated = STATES.filter((state) => given.includes(state));
  const comment = text(filled, `c.${question.key}`).trim();
  return {
    ...(stated.length > 0
      ? Object.fromEntries(stated.map((state) => [state, true]))
      : valueOf(question, filled)),
    ...(comment ? { comment } : {}),
  };
}

/**
 * @param {Question} question
 * @param {FormData} filled
 * @returns {{value?: any}}
 */
function valueOf({ key, type }, filled) {
  const name = `a.${key}`;
  if (PICTURES.includes(type)) return {};
  if (type === "several") {
    const chosen = filled.getAll(name);
    return chosen.length > 0 ? { value: chosen } : {};
  }
  if (type === "place") return placeOf(name, filled);
  const given = text(filled, name);
  if (!given) return {};
  return { value: NUMERIC.includes(type) ? number(given) : given };
}

/**
 * @param {string} name
 * @param {FormData} filled
 * @returns {{value?: Record<string, number | string>}}
 */
function placeOf(name, filled) {
  const degrees = ["latitude", "longitude"]
    .map((axis) => /** @type {const} */ ([axis, text(filled, `${name}.${axis}`)]))
    .filter(([, given]) => given)
    .map(([axis, given]) => [axis, number(given)]);
  return degrees.length > 0 ? { value: Object.fromEntries(degrees) } : {};
}

/**
 * @param {FormData} filled
 * @param {string} name
 * @returns {string}
 */
function text(filled, name) {
  const value = filled.get(name);
  return typeof value === "string" ? value.replace(/\r\n/g, "\n") : "";
}

/**
 * A number; what is none stays as it was typed, and is refused as the answer.
 *
 * @param {string} given
 * @returns {number | string}
 */
function number(given) {
  const value = Number(given);
  return Number.isNaN(value) ? given : value;
}

/**
 * @param {string} given
 * @returns {number}
 */
function whole(given) {
  return WHOLE.test(given) ? Math.min(Number(given), MOST_PHOTOS) : 0;
}
