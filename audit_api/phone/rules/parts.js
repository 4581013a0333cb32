/**
 * The touchpoints and sections, and what each gets from its questions' points.
 *
 * Says what rules/scoring/parts.py says in Python.
 */

import { NOTHING, exact, hundredths, lower, pooled, sum, weighted } from "./arithmetic.js";
import { readEffect, readQuestion } from "./questions.js";

/** @typedef {import("./answer_values.js").Row} Row */
/** @typedef {import("./arithmetic.js").Ratio} Ratio */
/** @typedef {import("./questions.js").Effect} Effect */
/** @typedef {import("./questions.js").Question} Question */

/**
 * @typedef {object} Section a touchpoint, a part of one, or the whole
 * @property {string} key
 * @property {bigint} weight thousandths
 * @property {bigint | null} passMark hundredths of a percent
 * @property {Effect[]} onFail what a missed pass mark does
 * @property {Question[]} questions
 * @property {Section[]} sections
 */

/**
 * @typedef {object} Assessed a section's result
 * @property {Section} section
 * @property {bigint} weight the section's
 * @property {bigint} earned millionths observed
 * @property {bigint} possible
 * @property {bigint} counted millionths counted after zeroing
 * @property {Ratio | null} ratio the exact score; null where nothing was possible
 * @property {Assessed[]} inner
 */

/**
 * @typedef {object} Manner how sections are assessed
 * @property {boolean} byWeight
 * @property {Set<string>} zeroed the sections that an answer zeroes
 * @property {boolean} critical whether a missed pass mark zeroes where its author says so
 */

/**
 * The touchpoints of a document inside the whole, whose key is empty.
 *
 * @param {any[]} touchpoints
 * @returns {Section}
 */
export function readWhole(touchpoints) {
  return readSection({ key: "", weight: 0, pass_mark: null, on_fail: [], sections: touchpoints });
}

/**
 * @param {any} written
 * @returns {Section}
 */
function readSection(written) {
  return {
    key: written.key,
    weight: exact(written.weight),
    passMark: written.pass_mark === null ? null : exact(written.pass_mark, 100),
    onFail: written.on_fail.map(readEffect),
    questions: (written.questions ?? []).map(readQuestion),
    sections: (written.sections ?? []).map(readSection),
  };
}

/**
 * A section and all inside it, each before those inside it.
 *
 * @template {{inner?: T[], sections?: T[]}} T
 * @param {T} section
 * @returns {T[]}
 */
export function flat(section) {
  return [section, ...(section.inner ?? section.sections ?? []).flatMap(flat)];
}

/**
 * What a section gets, and what those inside it get.
 *
 * @param {Section} section
 * @param {Map<string, Row>} rows by question
 * @param {Manner} manner
 * @returns {Assessed}
 */
export function assess(section, rows, manner) {
  const inner = section.sections.map((each) => assess(each, rows, manner));
  const own = section.questions.map((question) => /** @type {Row} */ (rows.get(question.key)));
  const earned = sum([...inner, ...own].map((each) => each.earned));
  const possible = sum([
    ...inner.map((each) => each.possible),
    ...own.map((row) => row.question.possible - row.dropped),
  ]);
  const counted = inner.length > 0 ? sum(inner.map((each) => each.counted)) : earned;
  const ratio = inner.length > 0 && manner.byWeight ? weighted(inner) : pooled(counted, possible);
  const found = { section, weight: section.weight, earned, possible, counted, ratio, inner };
  const zeroed =
    manner.zeroed.has(section.key) || (manner.critical && missed(found).some(isZeroing));
  return zeroed ? zeroedOf(found) : found;
}

/**
 * Whether the rounded score reaches the pass mark; null without one, or without a score.
 *
 * @param {Assessed} result
 * @returns {boolean | null}
 */
export function passed({ section, ratio }) {
  return section.passMark === null || ratio === null ? null : hundredths(ratio) >= section.passMark;
}

/**
 * The critical effects of having missed the pass mark.
 *
 * @param {Assessed} result
 * @returns {Effect[]}
 */
export function missed(result) {
  return passed(result) === false ? result.section.onFail : [];
}

/**
 * @param {Effect} effect
 * @returns {boolean}
 */
export function isZeroing(effect) {
  return effect.kind === "zero_section";
}

/**
 * @param {Assessed} result
 * @returns {Assessed} without anything above zero
 */
function zeroedOf(result) {
  return {
    ...result,
    counted: result.counted < 0n ? result.counted : 0n,
    ratio: result.ratio && lower(result.ratio, NOTHING),
  };
}
