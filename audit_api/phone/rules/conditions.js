/**
 * Which questions an audit asks: conditions on earlier answers and on the site's attributes.
 *
 * Says exactly what rules/checklist/conditions.py says in Python, and is tested against it.  Where
 * no value is given every test is false, except `answered: false`.  Numbers are compared as doubles
 * and texts code point by code point, but for a clock time without seconds, which means the full
 * minute.  A value of the wrong kind satisfies nothing but `answered: true`.
 *
 * Whatever comes from a document is looked up with `own`: a key may be called `constructor`.
 */

const CLOCK = /^[0-9]{2}:[0-9]{2}$/;
const ORDERED_TEXTS = [/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, /^[0-9]{2}:[0-9]{2}:[0-9]{2}$/];
const WRITTEN_NUMBER = /^-?[0-9]{1,9}(\.[0-9]{1,3})?$/;

/** @typedef {Record<string, any>} Members an object of a document or an audit */

/** @type {ReadonlyMap<unknown, boolean>} */
const WRITTEN_FLAGS = new Map(/** @type {[unknown, boolean][]} */ ([
  [true, true],
  ["true", true],
  [false, false],
  ["false", false],
]));
const PICTURES = ["photo", "signature"];
const KIND = { key: "kind", type: "word" };

/** @type {Record<string, (value: unknown, operand: any) => boolean>} */
const TESTS = {
  equals: (value, operand) => same(value, operand),
  one_of: (value, operands) => operands.some((/** @type {unknown} */ operand) => same(value, operand)),
  contains: (value, operand) => Array.isArray(value) && value.includes(operand),
  answered: (value, operand) => (value !== undefined) === operand,
  less_than: (value, operand) => ordered(value, operand, (a, b) => a < b),
  at_most: (value, operand) => ordered(value, operand, (a, b) => a <= b),
  more_than: (value, operand) => ordered(value, operand, (a, b) => a > b),
  at_least: (value, operand) => ordered(value, operand, (a, b) => a >= b),
};

/** @type {Record<string, (value: unknown) => unknown>} */
const READERS = {
  word: (value) => (typeof value === "string" ? value : undefined),
  number: (value) => numberOf(typeof value === "string" ? written(value) : value),
  flag: (value) => WRITTEN_FLAGS.get(value),
};

/**
 * Whether a condition of a checklist's document holds.
 *
 * @param {Members} condition as the document writes it
 * @param {Members} values the values of visible answered questions by key; a picture's is true
 * @param {Members} site the site's values by attribute, from `siteValues`
 * @returns {boolean}
 * @throws {TypeError} on a form or test that is not known: it comes of a newer format
 */
export function evaluate(condition, values, site) {
  if (has(condition, "all")) {
    return condition.all.every((/** @type {Members} */ part) => evaluate(part, values, site));
  }
  if (has(condition, "any")) {
    return condition.any.some((/** @type {Members} */ part) => evaluate(part, values, site));
  }
  if (has(condition, "not")) {
    return !evaluate(condition.not, values, site);
  }
  const value = has(condition, "question")
    ? own(values, condition.question)
    : own(site, condition.site);
  const name = Object.keys(TESTS).find((test) => has(condition, test));
  if (name === undefined) {
    throw new TypeError("a condition that is not known");
  }
  return TESTS[name](value, condition[name]);
}

/**
 * The site's values by attribute, each read by its declared type, and its `kind`.
 *
 * @param {readonly {key: string, type: string}[]} declared the document's `site_attributes`
 * @param {Members} attributes the site's as the server sends them, with its kind under "kind"
 * @returns {Members} without what cannot be read by its type
 */
export function siteValues(declared, attributes) {
  const values = Object.create(null);
  for (const { key, type } of [...declared, KIND]) {
    const value = READERS[type](own(attributes, key));
    if (value !== undefined) {
      values[key] = value;
    }
  }
  return values;
}

/**
 * The questions that are asked, in asking order.  Answers to hidden questions have no value.
 *
 * @param {Members} checklist the checklist's document
 * @param {Members} answers by question: {value}, {not_applicable: true}, {not_observed: true}
 * @param {Members} photoCounts how many photos there are by question
 * @param {Members} attributes the site's as the server sends them, with its kind under "kind"
 * @returns {Set<string>} the keys of the visible questions
 */
export function visible(checklist, answers, photoCounts, attributes) {
  const site = siteValues(checklist.site_attributes ?? [], attributes);
  const values = Object.create(null);
  /** @type {Set<string>} */
  const found = new Set();
  const asked = (/** @type {Members} */ item) => {
    const condition = own(item, "condition");
    return condition === undefined || evaluate(condition, values, site);
  };
  const walk = (/** @type {Members} */ section) => {
    if (!asked(section)) {
      return;
    }
    for (const question of section.questions ?? []) {
      if (asked(question)) {
        found.add(question.key);
        values[question.key] = valueOf(question, answers, photoCounts);
      }
    }
    (section.sections ?? []).forEach(walk);
  };
  checklist.touchpoints.forEach(walk);
  return found;
}

/**
 * @param {Members} question
 * @param {Members} answers
 * @param {Members} photoCounts
 * @returns {unknown} what an answer counts as; a picture's is true
 */
function valueOf(question, answers, photoCounts) {
  const answer = own(answers, question.key);
  if (PICTURES.includes(question.type)) {
    const leftOut = has(answer, "not_applicable") || has(answer, "not_observed");
    return own(photoCounts, question.key) > 0 && !leftOut ? true : undefined;
  }
  return own(answer, "value");
}

/**
 * @param {unknown} value
 * @param {unknown} operand
 * @returns {boolean}
 */
function same(value, operand) {
  if (typeof operand === "boolean") {
    return value === operand;
  }
  const held = comparable(value);
  return held !== undefined && held === comparable(operand);
}

/**
 * @param {unknown} value
 * @param {unknown} operand
 * @param {(held: number | string, bound: number | string) => boolean} compare
 * @returns {boolean}
 */
function ordered(value, operand, compare) {
  const [held, bound] = [comparable(value), comparable(operand)];
  if (held === undefined || bound === undefined) {
    return false;
  }
  const ordering = orderingOf(bound);
  return ordering !== undefined && orderingOf(held) === ordering && compare(held, bound);
}

/**
 * What stands in one order: numbers, dates, and clock times; nothing else has an order.
 *
 * @param {number | string} held
 * @returns {"number" | RegExp | undefined}
 */
function orderingOf(held) {
  return typeof held === "number" ? "number" : ORDERED_TEXTS.find((shape) => shape.test(held));
}

/**
 * What is compared of a value: a text with its clock time completed, a finite number.
 *
 * @param {unknown} value
 * @returns {number | string | undefined}
 */
function comparable(value) {
  if (typeof value === "string") {
    return CLOCK.test(value) ? `${value}:00` : value;
  }
  return numberOf(value);
}

/**
 * @param {string} text
 * @returns {number | undefined}
 */
function written(text) {
  return WRITTEN_NUMBER.test(text) ? Number(text) : undefined;
}

/**
 * @param {unknown} value
 * @returns {number | undefined}
 */
function numberOf(value) {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/**
 * An object's own member; undefined where it has none, where that is null, or it is no object.
 *
 * @param {any} object
 * @param {string} key
 * @returns {any}
 */
function own(object, key) {
  return has(object, key) ? (object[key] ?? undefined) : undefined;
}

/**
 * @param {unknown} object
 * @param {string} key
 * @returns {boolean}
 */
function has(object, key) {
  return (
    typeof object === "object" &&
    object !== null &&
    Object.prototype.hasOwnProperty.call(object, key)
  );
}
