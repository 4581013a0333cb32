// The whole work of the product by the client of @hey-api/openapi-ts.

import { randomUUID } from "node:crypto";
import { createClient, createConfig, type Client } from "./hey/client/index.js";
import * as call from "./hey/index.js";
import { answers, check, csv, isPdf, photos, questions, told, upload, walk } from "./visit.js";

type Answered<T> = { data?: T | undefined; error?: unknown; response?: Response };

function ok<T>({ data, error, response }: Answered<T>): T {
  check(response?.ok === true && data !== undefined, `${response?.url}: ${JSON.stringify(error)}`);
  return data;
}

const tag = ({ response }: { response?: Response }) => response?.headers.get("ETag") ?? "";

async function login(name: string): Promise<{ client: Client; user: call.User }> {
  const baseUrl = walk.url;
  const email = `${name}@${walk.domain}`;
  const client = createClient(createConfig({ baseUrl }));
  const tokens = ok(await call.logIn({ client, body: { email, password: walk.password } }));
  check(tokens.user.role === name, "the role");
  const auth = () => tokens.access_token;
  return { client: createClient(createConfig({ baseUrl, auth })), user: tokens.user };
}

const { client: hq } = await login("hq");
const { client: phone, user: auditor } = await login("auditor");
const { client: reviewer } = await login("reviewer");
const { client: manager } = await login("manager");

// Headquarters: places, a checklist, a campaign, a visit.
const me = ok(await call.getMe({ client: hq }));
check(me.permissions.includes("checklist.write"), "what headquarters may");
const headers = { "Idempotency-Key": randomUUID() };
const newRegion = { client: hq, headers, body: { code: walk.name, name: "North" } };
const region = ok(await call.addRegion(newRegion));
check(ok(await call.addRegion(newRegion)).id === region.id, "done once");
const added = await call.addSite({
  client: hq,
  body: { code: `${walk.name}-1`, name: "First", region_id: region.id, time_zone: "Asia/Shanghai" },
});
const first = ok(added);
const changed = await call.changeSite({
  client: hq,
  path: { site_id: first.id },
  headers: { "If-Match": tag(added) },
  body: { attributes: { format: "flagship", floors: 2 } },
});
check(ok(changed).version === first.version + 1, "a change");
const imported = await call.importSites({
  client: hq,
  query: { dry_run: true },
  body: new Blob([csv]),
});
check(ok(imported).added === 1, "an import");
const page = await call.listRegions({ client: hq, query: { limit: 1 } });
check(ok(page).length === 1 && page.response?.headers.has("Link") === true, "a page, and the next");

const drafted = await call.draftChecklist({ client: hq, body: { document: walk.document } });
const draft = ok(drafted);
check(draft.state === "draft" && draft.errors.length === 0, "a draft without errors");
const version = { client: hq, path: { version_id: draft.id } };
const published = ok(
  await call.moveChecklist({
    ...version,
    headers: { "If-Match": tag(drafted) },
    body: { action: "publish" },
  }),
);
const read = ok(await call.getChecklist(version));
check(read.state !== "draft", "published");
check(read.document.touchpoints.length > 0, "the document of what is published is typed");
const campaign = ok(
  await call.addCampaign({
    client: hq,
    body: {
      name: walk.name,
      checklist_version_id: published.id,
      starts_on: "2026-03-01",
      ends_on: "2026-03-31",
    },
  }),
);
const [site] = ok(await call.listSites({ client: hq, query: { code: "SH-001" } }));
check(site !== undefined, "the site");
const planned = ok(
  await call.addAssignment({
    client: hq,
    body: { campaign_id: campaign.id, site_id: site.id, auditor_id: auditor.id, repeat: true },
  }),
);

// The phone: sync, checklist, submission, photos, receipt.
const sync = ok(await call.pull({ client: phone }));
const task = sync.assignments.find(({ id }) => id === planned.id);
check(task !== undefined && task.state === "assigned", "the visit reaches the phone");
const { digest } = task.checklist;
const checklist = ok(await call.getPublished({ client: phone, path: { digest } }));
const taken = photos(checklist);
const audit_id = randomUUID();
const put = () =>
  call.putAudit({
    client: phone,
    path: { audit_id },
    headers: { "Audit-Sent-At": new Date().toISOString() },
    body: {
      assignment_id: task.id,
      site_id: task.site.id,
      checklist: digest,
      conducted_at: "2026-03-02T14:30:00+08:00",
      answers: answers(checklist),
      photos: taken.map(({ line }) => line),
    },
  });
const arrival = ok(await put());
check(arrival.uploads.length === taken.length && taken.length > 0, "a ticket for each photo");
for (const ticket of arrival.uploads) await upload(ticket, taken);
const { receipt } = ok(await put());
check(receipt.complete && receipt.state === "submitted", "the receipt says complete");

// The office: the queue, the audit, its signals and its explanation, the decision.
const query = { state: "submitted", signal: "sent_late", campaign_id: campaign.id } as const;
check(ok(await call.listAudits({ client: reviewer, query })).length === 1, "the queue");
const one = { client: reviewer, path: { audit_id } };
const seen = await call.getAudit(one);
const audit = ok(seen);
const asked = questions(checklist.touchpoints);
check(Object.keys(audit.answers).every((key) => asked.some((q) => q.key === key)), "the answers");
check((audit.signals ?? []).map(told).includes("2026-03-31"), "what a signal says");
const { steps } = ok(await call.explainAudit(one));
const last = steps.find((step) => step.kind === "final");
check(last?.kind === "final" && last.values.score === audit.final_score, "the explained score");
ok(await call.listPhotos(one));
const approved = ok(
  await call.moveAudit({ ...one, headers: { "If-Match": tag(seen) }, body: { action: "approve" } }),
);
check(approved.state === "approved", "approved");
const acts = ok(await call.listActivity(one));
check(acts.some(({ verb }) => verb === "audit.approve"), "who did what");

// The manager: the scorecard; headquarters: the reports.
const month = { client: manager, path: { site_id: site.id }, query: { period: "2026-03" } };
const card = ok(await call.siteScorecard(month));
check(card.overall.score !== null && card.audits >= 1, "the scorecard");
const report = ok(await call.auditReport({ client: hq, path: { audit_id }, query: { lang: "both" } }));
check(isPdf(await report.arrayBuffer()), "the report");
const sheet = ok(await call.siteScorecardReport(month));
check(isPdf(await sheet.arrayBuffer()), "the scorecard as a document");

// A refusal is typed, too.
const refused = await call.addRegion({ client: hq, body: { code: "", name: "Nowhere" } });
check(refused.error?.type === "/api/v1/problems/invalid", "its type");
check(refused.error.errors?.[0]?.code === "length", "its fault");
const forbidden = await call.listUsers({ client: phone });
check(forbidden.error?.type === "/api/v1/problems/forbidden", "what an auditor may not");
console.log("walked");
