/**
 * What is known of every audit under a checklist before the first answer.
 */

import { exact } from "./arithmetic.js";
import { flat, readWhole } from "./parts.js";

/** @typedef {import("./questions.js").Question} Question */
/** @typedef {import("./parts.js").Section} Section */

/**
 * @typedef {object} Frame
 * @property {string} method
 * @property {bigint} start thousandths of a point
 * @property {boolean} bonusOver100
 * @property {bigint | null} passMark hundredths of a percent
 * @property {boolean} everySectionMustPass
 * @property {[number, number]} validity the share to answer: part, of
 * @property {{key: string, start: bigint}[]} bands lowest first
 * @property {string[]} dimensions
 * @property {Section} whole
 * @property {Question[]} questions in asking order
 * @property {Map<string, string>} home the section that holds each question
 */

/**
 * @param {any} written a checklist's document
 * @returns {Frame}
 */
export function frame({ scoring, dimensions, touchpoints }) {
  const whole = readWhole(touchpoints);
  const sections = flat(whole);
  return {
    method: scoring.method,
    start: exact(scoring.start),
    bonusOver100: scoring.bonus_over_100,
    passMark: scoring.pass_mark === null ? null : exact(scoring.pass_mark, 100),
    everySectionMustPass: scoring.every_section_must_pass,
    validity: scoring.validity.split("/").map(Number),
    bands: scoring.bands.map((/** @type {any} */ { key, from }) => ({
      key,
      start: exact(from, 100),
    })),
    dimensions: dimensions.map((/** @type {any} */ dimension) => dimension.key),
    whole,
    questions: sections.flatMap((section) => section.questions),
    home: new Map(
      sections.flatMap(({ key, questions }) => questions.map((question) => [question.key, key])),
    ),
  };
}
