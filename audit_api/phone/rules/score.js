/**
 * A score, fixed: what an audit, its touchpoints and its dimensions got, and what changed it.
 *
 * The same members as the server stores (rules/scoring/score.py).  Scores are hundredths of a
 * percent, or null where nothing was there to score; points are millionths (points × weight), as
 * observed: critical effects change scores, never points.
 */

import { hundredths, plain } from "./arithmetic.js";

/** @typedef {import("./arithmetic.js").Ratio} Ratio */

/** The engine whose scores these are; the server stores its own with every score. */
export const SCORING_ENGINE = 1;

/** @typedef {number | bigint} Whole a Number as far as those are exact (2⁵³), a BigInt beyond */

/**
 * @typedef {object} PartScore one touchpoint, section in one, or dimension
 * @property {string} key
 * @property {Whole | null} score hundredths of a percent
 * @property {Whole} earned millionths of a point
 * @property {Whole} possible
 * @property {boolean | null} passed
 */

/**
 * @typedef {object} AppliedEffect
 * @property {import("./questions.js").Effect["kind"]} kind
 * @property {string} where the question or section that it hung on
 * @property {Whole | null} before the score that it met: a section's for `zero_section`
 * @property {Whole | null} after the score that it left
 * @property {string | null} band the best band that a `cap_band` leaves
 */

/**
 * @typedef {object} Score an audit's score, member by member as the server stores it
 * @property {number} engine
 * @property {Whole | null} raw before critical effects, in hundredths of a percent
 * @property {Whole | null} final after them
 * @property {boolean | null} passed
 * @property {string | null} band
 * @property {Whole} earned millionths of a point
 * @property {Whole} possible
 * @property {PartScore[]} touchpoints
 * @property {PartScore[]} sections those inside touchpoints
 * @property {PartScore[]} dimensions
 * @property {string[]} failed the findings, by question
 * @property {string[]} hidden what conditions kept from being asked, by question
 * @property {AppliedEffect[]} effects
 * @property {number} answered of the `visible` scored questions
 * @property {number} visible
 * @property {boolean} valid
 * @property {number} not_applicable
 * @property {number} not_observed
 * @property {Record<string, unknown>} site what the conditions went by
 */

/**
 * A part's score: it may lie below 0 or, by a bonus, above 100 %.
 *
 * @param {Ratio | null} ratio
 * @returns {Whole | null}
 */
export function scoreOf(ratio) {
  return ratio && plain(hundredths(ratio));
}

/**
 * @param {bigint | null} held
 * @returns {Whole | null}
 */
export function shown(held) {
  return held === null ? null : plain(held);
}
