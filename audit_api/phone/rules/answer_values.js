/**
 * What an answered value is worth; a value that is not accepted is worth nothing at all: null.
 *
 * Says what rules/scoring/answer_values.py says in Python.
 */

import { MAX_NUMBER, larger, sum, thousandths } from "./arithmetic.js";
import {
  MAX_BARCODE_LENGTH,
  MAX_TEXT_LENGTH,
  isDate,
  isPlace,
  isText,
  isTime,
} from "./evidence_values.js";

/** @typedef {import("./questions.js").Effect} Effect */
/** @typedef {import("./questions.js").Question} Question */
/** @typedef {import("./questions.js").Worth} Worth */

/** The largest count, and the longest duration in seconds. */
const MAX_COUNT = 1_000_000;

/** One answer earns or costs at most 100,000 points, in millionths. */
const MAX_WORTH = 100_000_000_000n;

/**
 * @typedef {object} Row what a question brought to an audit
 * @property {Question} question
 * @property {bigint} earned millionths
 * @property {boolean} failed
 * @property {Effect[]} effects
 * @property {bigint} demerit thousandths
 * @property {boolean} photo whether a photo has to come with it
 * @property {boolean} comment
 * @property {"not_applicable" | "not_observed" | "unanswered" | "hidden" | null} leftOut
 * @property {bigint} dropped what the points possible lose, in millionths
 */

/** @type {Record<string, (question: Question, value: any) => Row | null>} */
const READERS = {
  single: listed,
  yes_no: listed,
  scale: listed,
  several,
  number: measured,
  count: counted,
  duration: counted,
  text: (question, value) => (isText(value, MAX_TEXT_LENGTH) ? evidence(question) : null),
  barcode: (question, value) => (isText(value, MAX_BARCODE_LENGTH) ? evidence(question) : null),
  date: (question, value) => (isDate(value) ? evidence(question) : null),
  time: (question, value) => (isTime(value) ? evidence(question) : null),
  place: (question, value) => (isPlace(value) ? evidence(question) : null),
  photo: () => null,
  signature: () => null,
};

/**
 * The row of a question's value; null where the value is not accepted.
 *
 * @param {Question} question
 * @param {unknown} value
 * @returns {Row | null}
 */
export function readValue(question, value) {
  return READERS[question.type](question, value);
}

/**
 * The row of a question without a value.
 *
 * @param {Question} question
 * @param {Row["leftOut"]} leftOut
 * @returns {Row}
 */
export function leftOutRow(question, leftOut) {
  return {
    question,
    earned: 0n,
    failed: false,
    effects: [],
    demerit: 0n,
    photo: false,
    comment: false,
    leftOut,
    dropped: question.possible,
  };
}

/**
 * The row of an answer that holds so many findings; `given` are the listed answers that it names.
 *
 * @param {Question} question
 * @param {Worth} worth
 * @param {(string | number)[]} [given]
 * @param {bigint} [findings]
 * @returns {Row}
 */
function valueRow(question, { points, failed, effects }, given = [], findings = 1n) {
  return {
    question,
    earned: question.weight * points,
    failed,
    effects: once(failed ? [...effects, ...question.effects] : effects),
    demerit: failed ? question.demerit * findings : 0n,
    photo: demanded(question.photo, failed, given),
    comment: demanded(question.comment, failed, given),
    leftOut: null,
    dropped: 0n,
  };
}

/**
 * The effects without those that are there already: what several chosen options do alike happens
 * once.
 *
 * @param {Effect[]} effects
 * @returns {Effect[]}
 */
function once(effects) {
  const alike = (/** @type {Effect} */ one, /** @type {Effect} */ other) =>
    one.kind === other.kind && one.cap === other.cap && one.band === other.band;
  return effects.filter(
    (effect, place) => effects.findIndex((each) => alike(each, effect)) === place,
  );
}

/**
 * @param {Question["photo"]} demand
 * @param {boolean} failed
 * @param {(string | number)[]} given
 * @returns {boolean}
 */
function demanded(demand, failed, given) {
  return Array.isArray(demand)
    ? given.some((answer) => demand.includes(answer))
    : demand === "always" || (failed && demand === "when_failed");
}

/**
 * @param {Question} question
 * @param {unknown} value
 * @returns {Row | null}
 */
function listed(question, value) {
  const option = question.options.get(value);
  return option ? valueRow(question, option, [option.key]) : null;
}

/**
 * @param {Question} question
 * @param {unknown} value
 * @returns {Row | null}
 */
function several(question, value) {
  if (!Array.isArray(value) || new Set(value).size !== value.length) {
    return null;
  }
  const chosen = value.flatMap((key) => question.options.get(key) ?? []);
  if (chosen.length !== value.length) {
    return null;
  }
  const points = larger(sum(chosen.map((option) => option.points)), 0n);
  const nothing = question.possible > 0n && points === 0n;
  const failed = nothing || chosen.some((option) => option.failed);
  const effects = chosen.flatMap((option) => option.effects);
  return valueRow(question, { points, failed, effects }, value);
}

/**
 * @param {Question} question
 * @param {unknown} value
 * @returns {Row | null}
 */
function measured(question, value) {
  const held = thousandths(value);
  const { low, high } = bounds(question);
  return held === null || Number(value) < low || Number(value) > high
    ? null
    : bandRow(question, held);
}

/**
 * The least and the greatest number that is accepted.
 *
 * @param {Question} question
 * @returns {{low: number, high: number}}
 */
export function bounds(question) {
  return { low: question.minimum ?? -MAX_NUMBER, high: question.maximum ?? MAX_NUMBER };
}

/**
 * The largest count, or number of seconds, that is accepted.
 *
 * @param {Question} question
 * @returns {number}
 */
export function mostCounted(question) {
  const worth = question.weight * question.perUnit;
  const each = worth < 0n ? -worth : worth;
  const most = each === 0n ? MAX_COUNT : Number(MAX_WORTH / each);
  return Math.min(MAX_COUNT, most);
}

/**
 * @param {Question} question
 * @param {unknown} value
 * @returns {Row | null}
 */
function counted(question, value) {
  if (typeof value !== "number" || !Number.isInteger(value)) {
    return null;
  }
  if (value < 0 || value > mostCounted(question)) {
    return null;
  }
  if (question.bands.length > 0) {
    return bandRow(question, value * 1000);
  }
  const failed = question.failsByCounting && value > 0;
  const findings = question.type === "count" ? BigInt(value) : 1n;
  const points = question.perUnit * BigInt(value);
  return valueRow(question, { points, failed, effects: [] }, [], findings);
}

/**
 * @param {Question} question
 * @param {number} held thousandths
 * @returns {Row}
 */
function bandRow(question, held) {
  const [lowest, ...higher] = question.bands;
  if (lowest === undefined) {
    return evidence(question);
  }
  const reached = higher.filter((band) => band.start <= held);
  return valueRow(question, reached[reached.length - 1] ?? lowest);
}

/**
 * The row of a value that brings no points.
 *
 * @param {Question} question
 * @returns {Row}
 */
function evidence(question) {
  return valueRow(question, { points: 0n, failed: false, effects: [] });
}
