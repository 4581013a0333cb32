// What both walks share: where they go, the checklist's answers, the photos of a visit.

import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { components } from "./schema.js";

type Schemas = components["schemas"];
type Question = Schemas["Question"];
type Section = Schemas["Section"];

interface Walk {
  url: string;
  domain: string;
  password: string;
  photo: string;
  document: Record<string, unknown>;
  name: string;
}

export const walk = JSON.parse(readFileSync(process.argv[2] ?? "", "utf-8")) as Walk;

export interface Photo {
  line: Schemas["Manifest"];
  file: Buffer;
}

export function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

export function questions(sections: readonly Section[]): Question[] {
  return sections.flatMap((section) => [
    ...(section.questions ?? []),
    ...questions(section.sections ?? []),
  ]);
}

/** A good answer to a question; the compiler knows which members each type has. */
export function answer(question: Question): Schemas["Answer"] {
  switch (question.type) {
    case "single":
      return { value: question.options[0]?.key ?? "" };
    case "several":
      return { value: question.options.filter((o) => !o.failed).map((o) => o.key) };
    case "yes_no":
      return { value: question.reverse ? "no" : "yes" };
    case "scale":
      return { value: question.reverse ? question.min : question.max };
    case "number":
      return { value: question.min ?? 0 };
    case "count":
    case "duration":
      return { value: Math.max(0, Math.ceil(question.bands[0]?.from ?? 0)) };
    case "text":
      return { value: "All was well." };
    case "date":
      return { value: "2026-03-02" };
    case "time":
      return { value: "14:30" };
    case "barcode":
      return { value: "6901234567892" };
    case "place":
      return { value: { latitude: 31.2346, longitude: 121.4747 } };
    case "photo":
    case "signature":
      return {};
    default:
      return question satisfies never;
  }
}

function wantsPhoto(question: Question): boolean {
  const demanded = question.evidence.photo;
  return question.type === "photo" || question.type === "signature" || demanded === "always";
}

export function answers(checklist: Schemas["Checklist"]): Record<string, Schemas["Answer"]> {
  const asked = questions(checklist.touchpoints);
  return Object.fromEntries(asked.map((q) => [q.key, { ...answer(q), comment: "Seen." }]));
}

export function photos(checklist: Schemas["Checklist"]): Photo[] {
  const jpeg = readFileSync(walk.photo);
  return questions(checklist.touchpoints).filter(wantsPhoto).map((question, number) => {
    const file = Buffer.concat([jpeg, Buffer.from(`${walk.name} ${number}`)]);
    const sha256 = createHash("sha256").update(file).digest("hex");
    const line = { id: randomUUID(), question: question.key, sha256, size: file.length };
    return { line: { ...line, media_type: "image/jpeg" }, file };
  });
}

export async function upload(ticket: Schemas["Upload"], all: readonly Photo[]): Promise<void> {
  const photo = all.find(({ line }) => line.id === ticket.photo_id);
  check(photo !== undefined, "a ticket for a photo of ours");
  const { method, url, headers } = ticket;
  const stored = await fetch(url, { method, headers, body: new Uint8Array(photo.file) });
  check(stored.status === 200, `the store takes the photo: ${stored.status}`);
}

/** What a signal says, by its kind: values of one kind are not those of another. */
export function told(signal: Schemas["Signal"]): string {
  switch (signal.kind) {
    case "too_fast":
      return `${signal.values.seconds} s of ${signal.values.least ?? signal.values.median}`;
    case "late":
    case "sent_late":
      return signal.values.ends_on;
    case "photo_time":
    case "unreadable_photo":
    case "waived_photo":
      return signal.values.photos.join();
    default:
      return signal.text.en;
  }
}

export function isPdf(bytes: ArrayBuffer): boolean {
  return Buffer.from(bytes).subarray(0, 5).toString() === "%PDF-" && bytes.byteLength > 10_000;
}

export const csv = `code,name,region_code,time_zone\n${walk.name}-2,Second,${walk.name},Asia/Shanghai\n`;
