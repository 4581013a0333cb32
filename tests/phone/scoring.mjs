// Scores visits with the phone's rules: a line of JSON in, a checklist's document and its visits,
// a line of JSON out, what the rules say of each visit, or of the document.

import { RefusedAnswers, compileScorer } from "../../audit_api/phone/rules/scoring.js";
import { createInterface } from "node:readline";

// JSON has no big integers: they go as {"big": "…"}.
const written = (value) =>
  JSON.stringify(value, (_, held) => (typeof held === "bigint" ? { big: `${held}` } : held));

const scored = (scorer, visit) => {
  try {
    return { score: scorer.score(visit), refused: [] };
  } catch (error) {
    if (error instanceof RefusedAnswers) {
      return { score: null, refused: error.faults };
    }
    throw error;
  }
};

const answered = ({ document, visits }) => {
  try {
    const scorer = compileScorer(document);
    return visits.map((visit) => ({
      ...scored(scorer, visit),
      trial: scorer.trial(visit),
      faults: scorer.faults(visit),
    }));
  } catch (error) {
    return { error: `${error}` };
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${written(answered(JSON.parse(line)))}\n`);
}
