/**
 * What critical effects leave of an audit's score, step by step.
 *
 * Says what rules/scoring/verdict.py says of them in Python.
 */

import { NOTHING, capped, fixed, lower } from "./arithmetic.js";
import { scoreOf, shown } from "./score.js";
import { flat, isZeroing } from "./parts.js";

/** @typedef {import("./arithmetic.js").Ratio} Ratio */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./questions.js").Effect} Effect */
/** @typedef {import("./score.js").AppliedEffect} AppliedEffect */
/** @typedef {import("./parts.js").Assessed} Assessed */

/** @typedef {{effect: Effect, where: string}} Hung a critical effect, and what it hung on */

/**
 * @param {string} where
 * @param {Effect[]} effects
 * @returns {Hung[]}
 */
export function hungOn(where, effects) {
  return effects.map((effect) => ({ effect, where }));
}

/**
 * The section that an effect on a question, or on a section itself, is about.
 *
 * @param {Frame} known
 * @param {string} where
 * @returns {string}
 */
export function sectionOf(known, where) {
  return known.home.get(where) ?? where;
}

/**
 * The effects in their order, the zeroed sections first, and the exact score that they leave.
 *
 * @param {Frame} known
 * @param {Assessed} before
 * @param {Assessed} after
 * @param {Hung[]} hung
 * @param {Ratio | null} final
 * @returns {{steps: AppliedEffect[], final: Ratio | null}}
 */
export function applied(known, before, after, hung, final) {
  const steps = zeroings(known, before, after, hung);
  for (const { effect, where } of hung.filter((each) => !isZeroing(each.effect))) {
    const left = final && affected(final, effect);
    steps.push({
      kind: effect.kind,
      where,
      before: shown(fixed(final)),
      after: shown(fixed(left)),
      band: effect.band,
    });
    final = left;
  }
  return { steps, final };
}

/**
 * What the zeroed sections had and have.
 *
 * @param {Frame} known
 * @param {Assessed} before
 * @param {Assessed} after
 * @param {Hung[]} hung
 * @returns {AppliedEffect[]}
 */
function zeroings(known, before, after, hung) {
  const [had, left] = [before, after].map(
    (whole) => new Map(flat(whole).map((part) => [part.section.key, scoreOf(part.ratio)])),
  );
  return hung
    .filter(({ effect }) => isZeroing(effect))
    .map(({ effect, where }) => ({
      kind: effect.kind,
      where,
      before: had.get(sectionOf(known, where)) ?? null,
      after: left.get(sectionOf(known, where)) ?? null,
      band: null,
    }));
}

/**
 * What one critical effect leaves of a whole audit's score; it never raises it.
 *
 * @param {Ratio} ratio
 * @param {Effect} effect
 * @returns {Ratio}
 */
function affected(ratio, { kind, cap }) {
  if (kind === "zero_audit") {
    return lower(ratio, NOTHING);
  }
  return cap === null ? ratio : capped(ratio, cap);
}
