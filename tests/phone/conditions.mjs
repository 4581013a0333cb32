// Answers questions about conditions: a line of JSON in, the call's name and its arguments,
// a line of JSON out, what the phone's rules say.

import { evaluate, siteValues, visible } from "../../audit_api/phone/rules/conditions.js";
import { readFileSync } from "node:fs";

const CALLS = {
  holds: (condition, values, declared, site) =>
    evaluate(condition, values, siteValues(declared, site)),
  site: (declared, site) => siteValues(declared, site),
  visible: (checklist, answers, photos, site) => [...visible(checklist, answers, photos, site)],
};

const lines = readFileSync(0, "utf-8").split("\n").filter(Boolean);
const results = lines.map((line) => {
  const [call, ...given] = JSON.parse(line);
  return JSON.stringify(CALLS[call](...given));
});
process.stdout.write(results.map((result) => `${result}\n`).join(""));
