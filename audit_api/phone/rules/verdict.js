/**
 * From what every question brought to the fixed score of an audit.
 *
 * Says what rules/scoring/verdict.py says in Python.
 */

import { FULL, demerited, fixed, lower, plain, pooled, sum } from "./arithmetic.js";
import { applied, hungOn, sectionOf } from "./critical.js";
import { SCORING_ENGINE, scoreOf, shown } from "./score.js";
import { assess, flat, isZeroing, missed, passed } from "./parts.js";

/** @typedef {import("./answer_values.js").Row} Row */
/** @typedef {import("./arithmetic.js").Ratio} Ratio */
/** @typedef {import("./critical.js").Hung} Hung */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./score.js").PartScore} PartScore */
/** @typedef {import("./score.js").Score} Score */
/** @typedef {import("./parts.js").Assessed} Assessed */

/**
 * The score, from the rows of all questions in asking order.
 *
 * @param {Frame} known
 * @param {Row[]} rows
 * @param {Record<string, unknown>} site what conditions went by of the site
 * @returns {Score}
 */
export function judge(known, rows, site) {
  const { before, after, hung } = assessed(known, rows);
  const completeness = completenessOf(known, rows);
  const [raw, critical] = [before, after].map((each) => wholeOf(known, each, rows));
  const { steps, final } = applied(known, before, after, hung, critical);
  const score = fixed(final);
  return {
    engine: SCORING_ENGINE,
    raw: shown(fixed(raw)),
    final: shown(score),
    passed: verdict(known, flat(after), score, hung),
    band: bandOf(known.bands, score, hung),
    earned: plain(before.earned),
    possible: plain(before.possible),
    touchpoints: after.inner.map(partScore),
    sections: after.inner.flatMap((touchpoint) => flat(touchpoint).slice(1)).map(partScore),
    dimensions: known.dimensions.map((key) => dimensionScore(key, rows)),
    failed: keysWhere(rows, (row) => row.failed),
    hidden: keysWhere(rows, (row) => row.leftOut === "hidden"),
    effects: steps,
    ...completeness,
    site,
  };
}

/**
 * What every section gets before critical effects and after them, and all effects in their order.
 *
 * @param {Frame} known
 * @param {Row[]} rows
 * @returns {{before: Assessed, after: Assessed, hung: Hung[]}}
 */
function assessed(known, rows) {
  const byKey = new Map(rows.map((row) => [row.question.key, row]));
  const byWeight = known.method === "weighted";
  const ofAnswers = rows.flatMap((row) => hungOn(row.question.key, row.effects));
  const zeroing = ofAnswers.filter(({ effect }) => isZeroing(effect));
  const zeroed = new Set(zeroing.map(({ where }) => sectionOf(known, where)));
  const before = assess(known.whole, byKey, { byWeight, zeroed: new Set(), critical: false });
  const after = assess(known.whole, byKey, { byWeight, zeroed, critical: true });
  const ofSections = flat(after).flatMap((part) => hungOn(part.section.key, missed(part)));
  return { before, after, hung: [...ofAnswers, ...ofSections] };
}

/**
 * How many of the scored questions have a value, and whether that is enough.
 *
 * @param {Frame} known
 * @param {Row[]} rows
 * @returns {Pick<Score, "answered" | "visible" | "valid" | "not_applicable" | "not_observed">}
 */
function completenessOf({ validity: [part, of] }, rows) {
  const scored = rows.filter((row) => row.question.scored);
  const visible = keysWhere(scored, (row) => row.leftOut !== "hidden").length;
  const answered = keysWhere(scored, (row) => row.leftOut === null).length;
  return {
    answered,
    visible,
    valid: answered * of >= part * visible,
    not_applicable: keysWhere(rows, (row) => row.leftOut === "not_applicable").length,
    not_observed: keysWhere(rows, (row) => row.leftOut === "not_observed").length,
  };
}

/**
 * @param {Row[]} rows
 * @param {(row: Row) => boolean} holds
 * @returns {string[]} the keys of the questions of which it holds
 */
function keysWhere(rows, holds) {
  return rows.filter(holds).map((row) => row.question.key);
}

/**
 * The whole audit's exact score with the bonus capped.
 *
 * @param {Frame} known
 * @param {Assessed} assessed
 * @param {Row[]} rows
 * @returns {Ratio | null}
 */
function wholeOf(known, assessed, rows) {
  const ratio = known.method === "demerit" ? demeritedOf(known, rows) : assessed.ratio;
  return ratio === null || known.bonusOver100 ? ratio : lower(ratio, FULL);
}

/**
 * The start less the demerits; null where no question that could cost any has a value.
 *
 * @param {Frame} known
 * @param {Row[]} rows
 * @returns {Ratio | null}
 */
function demeritedOf({ start }, rows) {
  const costly = rows.filter((row) => row.leftOut === null && row.question.demerit > 0n);
  return costly.length > 0 ? demerited(start, sum(costly.map((row) => row.demerit))) : null;
}

/**
 * Failed by an effect, by a section or by the mark; null where nothing decides it, and where there
 * is no score: nothing passes unscored.
 *
 * @param {Frame} known
 * @param {Assessed[]} parts
 * @param {bigint | null} score
 * @param {Hung[]} hung
 * @returns {boolean | null}
 */
function verdict(known, parts, score, hung) {
  if (hung.some(({ effect }) => effect.kind === "fail" || effect.kind === "zero_audit")) {
    return false;
  }
  const results = known.everySectionMustPass
    ? parts.map(passed).filter((result) => result !== null)
    : [];
  const sections = results.length > 0 ? results.every(Boolean) : null;
  if (sections === false) return false;
  if (score === null) return null;
  return known.passMark === null ? sections : score >= known.passMark;
}

/**
 * The band of the score, or the lowest that an effect leaves.
 *
 * The lowest band takes everything below its start too, so that no score falls in a gap.
 *
 * @param {Frame["bands"]} bands
 * @param {bigint | null} score
 * @param {Hung[]} hung
 * @returns {string | null}
 */
function bandOf(bands, score, hung) {
  if (score === null || bands.length === 0) {
    return null;
  }
  const [lowest, ...higher] = bands;
  const reached = [lowest, ...higher.filter((band) => score >= band.start)];
  const caps = hung.map(({ effect }) => effect.band);
  const best = reached.findIndex((band) => caps.includes(band.key));
  return reached[best < 0 ? reached.length - 1 : best].key;
}

/**
 * @param {Assessed} part
 * @returns {PartScore}
 */
function partScore(part) {
  return {
    key: part.section.key,
    score: scoreOf(part.ratio),
    earned: plain(part.earned),
    possible: plain(part.possible),
    passed: passed(part),
  };
}

/**
 * @param {string} key
 * @param {Row[]} rows
 * @returns {PartScore}
 */
function dimensionScore(key, rows) {
  const own = rows.filter((row) => row.question.dimensions.includes(key));
  const earned = sum(own.map((row) => row.earned));
  const possible = sum(own.map((row) => row.question.possible - row.dropped));
  return {
    key,
    score: scoreOf(pooled(earned, possible)),
    earned: plain(earned),
    possible: plain(possible),
    passed: null,
  };
}
