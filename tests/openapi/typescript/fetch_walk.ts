// The whole work of the product by openapi-typescript and openapi-fetch.

import createClient from "openapi-fetch";
import { randomUUID } from "node:crypto";
import type { paths } from "./schema.js";
import { answers, check, csv, isPdf, photos, questions, told, upload, walk } from "./visit.js";

type Answered<T> = { data?: T; error?: unknown; response: Response };

function ok<T>({ data, error, response }: Answered<T>): T {
  check(response.ok && data !== undefined, `${response.url}: ${JSON.stringify(error)}`);
  return data;
}

const tag = ({ response }: { response: Response }) => response.headers.get("ETag") ?? "";

async function login(name: string) {
  const anybody = createClient<paths>({ baseUrl: walk.url });
  const email = `${name}@${walk.domain}`;
  const body = { email, password: walk.password };
  const { access_token, user } = ok(await anybody.POST("/api/v1/login", { body }));
  check(user.role === name, "the role");
  const headers = { Authorization: `Bearer ${access_token}` };
  const api = createClient<paths>({ baseUrl: walk.url, headers });
  // A scorecard is to be had as a sheet, too: this one takes JSON.
  const json = createClient<paths, "application/json">({ baseUrl: walk.url, headers });
  return { api, json, user };
}

const { api: hq } = await login("hq");
const { api: phone, user: auditor } = await login("auditor");
const { api: reviewer } = await login("reviewer");
const { api: manager, json: cards } = await login("manager");

// Headquarters: places, a checklist, a campaign, a visit.
const me = ok(await hq.GET("/api/v1/me"));
check(me.permissions.includes("checklist.write"), "what headquarters may");

const once = { header: { "Idempotency-Key": randomUUID() } };
const newRegion = { params: once, body: { code: walk.name, name: "North" } };
const region = ok(await hq.POST("/api/v1/regions", newRegion));
check(ok(await hq.POST("/api/v1/regions", newRegion)).id === region.id, "done once");
const body = { code: `${walk.name}-1`, name: "First", region_id: region.id, time_zone: "Asia/Shanghai" };
const added = await hq.POST("/api/v1/sites", { body });
const first = ok(added);
check(first.kind === "own" && first.geofence_metres > 0, "what was left out has its default");
const changed = await hq.PATCH("/api/v1/sites/{site_id}", {
  params: { path: { site_id: first.id }, header: { "If-Match": tag(added) } },
  body: { attributes: { format: "flagship", floors: 2 } },
});
check(ok(changed).version === first.version + 1, "a change");
const imported = await hq.POST("/api/v1/imports/sites", {
  params: { query: { dry_run: true } },
  body: csv,
  bodySerializer: (file) => file,
  headers: { "Content-Type": "text/csv" },
});
check(ok(imported).added === 1, "an import");
const page = await hq.GET("/api/v1/regions", { params: { query: { limit: 1 } } });
check(ok(page).length === 1 && page.response.headers.has("Link"), "a page, and the next");

const drafted = await hq.POST("/api/v1/checklists", { body: { document: walk.document } });
const draft = ok(drafted);
check(draft.state === "draft" && draft.errors.length === 0, "a draft without errors");
const published = ok(
  await hq.POST("/api/v1/checklists/{version_id}/moves", {
    params: { path: { version_id: draft.id }, header: { "If-Match": tag(drafted) } },
    body: { action: "publish" },
  }),
);
const read = ok(
  await hq.GET("/api/v1/checklists/{version_id}", { params: { path: { version_id: draft.id } } }),
);
check(read.state !== "draft", "published");
check(read.document.touchpoints.length > 0, "the document of what is published is typed");
const days = { starts_on: "2026-03-01", ends_on: "2026-03-31" };
const campaign = ok(
  await hq.POST("/api/v1/campaigns", {
    body: { name: walk.name, checklist_version_id: published.id, ...days },
  }),
);
check(campaign.review === "always", "the default of what was left out");
const [site] = ok(await hq.GET("/api/v1/sites", { params: { query: { code: "SH-001" } } }));
check(site !== undefined, "the site");
const planned = ok(
  await hq.POST("/api/v1/assignments", {
    body: { campaign_id: campaign.id, site_id: site.id, auditor_id: auditor.id, repeat: true },
  }),
);
check(planned.starts_on === days.starts_on, "the campaign's days");

// The phone: sync, checklist, submission, photos, receipt.
const sync = ok(await phone.GET("/api/v1/sync"));
const task = sync.assignments.find(({ id }) => id === planned.id);
check(task !== undefined && task.state === "assigned", "the visit reaches the phone");
const { digest } = task.checklist;
const checklist = ok(
  await phone.GET("/api/v1/checklist-versions/{digest}", { params: { path: { digest } } }),
);
const taken = photos(checklist);
const audit_id = randomUUID();
const put = () =>
  phone.PUT("/api/v1/audits/{audit_id}", {
    params: { path: { audit_id }, header: { "Audit-Sent-At": new Date().toISOString() } },
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
const queue = ok(
  await reviewer.GET("/api/v1/audits", {
    params: { query: { state: "submitted", signal: "sent_late", campaign_id: campaign.id } },
  }),
);
check(queue.length === 1, "the queue");
const path = { audit_id };
const seen = await reviewer.GET("/api/v1/audits/{audit_id}", { params: { path } });
const audit = ok(seen);
const asked = questions(checklist.touchpoints);
for (const [key, given] of Object.entries(audit.answers)) {
  check(asked.some((question) => question.key === key), "an answer to a question");
  check(given.comment === "Seen.", "what was remarked");
  if ("value" in given) check(given.value !== null, "what was answered");
}
check((audit.signals ?? []).map(told).includes("2026-03-31"), "what a signal says");
const { steps } = ok(
  await reviewer.GET("/api/v1/audits/{audit_id}/explanation", { params: { path } }),
);
const last = steps.find((step) => step.kind === "final");
check(last?.kind === "final" && last.values.score === audit.final_score, "the explained score");
ok(await reviewer.GET("/api/v1/audits/{audit_id}/photos", { params: { path } }));
const approved = ok(
  await reviewer.POST("/api/v1/audits/{audit_id}/moves", {
    params: { path, header: { "If-Match": tag(seen) } },
    body: { action: "approve" },
  }),
);
check(approved.state === "approved", "approved");
const acts = ok(await reviewer.GET("/api/v1/audits/{audit_id}/activity", { params: { path } }));
check(acts.some(({ verb }) => verb === "audit.approve"), "who did what");

// The manager: the scorecard; headquarters: the reports.
const month = { site_id: site.id };
const card = ok(
  await cards.GET("/api/v1/sites/{site_id}/scorecard", {
    params: { path: month, query: { period: "2026-03" } },
  }),
);
check(card.overall.score !== null && card.audits >= 1, "the scorecard");
const report = await hq.GET("/api/v1/audits/{audit_id}/report.pdf", {
  params: { path, query: { lang: "both" } },
  parseAs: "arrayBuffer",
});
check(isPdf(ok(report)), "the report");
const sheet = await manager.GET("/api/v1/sites/{site_id}/scorecard.pdf", {
  params: { path: month, query: { period: "2026-03" } },
  parseAs: "arrayBuffer",
});
check(isPdf(ok(sheet)), "the scorecard as a document");

// A refusal is typed, too.
const refused = await hq.POST("/api/v1/regions", { body: { code: "", name: "Nowhere" } });
check(refused.error !== undefined, "a refusal");
check(refused.error.type === "/api/v1/problems/invalid", "its type");
check(refused.error.errors?.[0]?.code === "length", "its fault");
const forbidden = await phone.GET("/api/v1/users");
check(forbidden.error?.type === "/api/v1/problems/forbidden", "what an auditor may not");
console.log("walked");
