/**
 * A checklist tried out: the phone's own rules say what is asked and what the answers come to, as
 * they are given.  Without this module the whole checklist is one form, which the server scores.
 */

import { compileScorer } from "/phone/rules/scoring.js";
import { stepsOf } from "./steps.js";
import { visitOf } from "./visit.js";

/** @typedef {import("/phone/rules/score.js").Score} Score */
/** @typedef {import("/phone/rules/score.js").Whole} Whole */

const form = /** @type {HTMLFormElement} */ (document.getElementById("visit"));
const checklist = JSON.parse(document.getElementById("document")?.textContent ?? "");
const live = /** @type {HTMLElement} */ (document.getElementById("live"));
const scorer = compileScorer(checklist);
const questions = questionsIn(checklist.touchpoints);
const attributes = checklist.site_attributes.map((/** @type {{key: string}} */ each) => each.key);
const steps = stepsOf(form);

live.hidden = false;
form.addEventListener("input", show);
form.addEventListener("submit", askServer);
show();

/**
 * Show what is asked after the answers given so far, and what they come to.
 *
 * @returns {void}
 */
function show() {
  const visit = visitOf(questions, attributes, new FormData(form));
  const score = scorer.trial(visit);
  const hidden = new Set(score.hidden);
  for (const { key } of questions) {
    const asked = form.querySelector(`[data-question="${key}"]`);
    if (asked instanceof HTMLElement) asked.hidden = hidden.has(key);
  }
  steps.show();
  write(score, scorer.faults(visit).length);
}

/**
 * @param {Score} score
 * @param {number} faults
 * @returns {void}
 */
function write(score, faults) {
  const { passed: yes = "", failed: no = "" } = live.dataset;
  /** @type {Record<string, string>} */
  const figures = {
    final: percent(score.final),
    raw: percent(score.raw),
    passed: score.passed === null ? "" : score.passed ? yes : no,
    band: bandTitle(score.band),
    answered: `${score.answered}`,
    visible: `${score.visible}`,
    faults: `${faults}`,
  };
  for (const [name, said] of Object.entries(figures)) {
    for (const place of form.querySelectorAll(`#live [data-figure=${name}], #ways [data-figure=${name}]`)) {
      place.textContent = said;
    }
  }
  for (const part of score.touchpoints) {
    const place = live.querySelector(`[data-part="${part.key}"]`);
    if (place !== null) place.textContent = percent(part.score);
  }
}

/**
 * Have the server score the same answers, and put what it says in its place.
 *
 * @param {SubmitEvent} event
 * @returns {Promise<void>}
 */
async function askServer(event) {
  // A button that leads elsewhere, to the other languages, loads a page.
  if (event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = page.getElementById("server");
    if (!answer.ok || said === null) throw new Error("no score");
    document.getElementById("server")?.replaceChildren(...said.childNodes);
  } catch {
    form.submit();
  }
}

/**
 * The title of a score band, in the language of the phone where it has one.
 *
 * @param {string | null} key
 * @returns {string}
 */
function bandTitle(key) {
  const band = checklist.scoring.bands.find((/** @type {{key: string}} */ each) => each.key === key);
  const titles = /** @type {Record<string, string>} */ (band?.title ?? {});
  return titles[form.dataset.language ?? ""] ?? titles[checklist.locales[0]] ?? "";
}

/**
 * A score as the server writes it.
 *
 * @param {Whole | null} hundredths
 * @returns {string}
 */
function percent(hundredths) {
  return hundredths === null ? "–" : `${(Number(hundredths) / 100).toFixed(2)}%`;
}

/**
 * Every question in these sections and inside them, in the order in which it is asked.
 *
 * @param {any[]} sections
 * @returns {import("./visit.js").Question[]}
 */
function questionsIn(sections) {
  return sections.flatMap((section) => section.questions ?? questionsIn(section.sections ?? []));
}
