-- One audit a transaction: its row, five touchpoints, ten totals, in one statement.  :answers is a
-- text of JSON that pgbench is given.
\set site random(1, 2000)
\set day random(0, 27)
\set f random(0, 3)
\set r1 random(0, 2147483647)
\set r2 random(0, 2147483647)
WITH a AS (
  INSERT INTO audit (id, site_id, checklist_version, auditor_id, started_at, finished_at, score,
                     answers)
  VALUES ((lpad(to_hex(:r1::int), 8, '0') || '-0000-4000-8000-'
           || lpad(to_hex(:r2::int), 12, '0'))::uuid,
          :site::int, 1, 7, now(), now(), 88.5, :answers::jsonb)
  RETURNING id
), t AS (
  INSERT INTO touchpoint_score
  SELECT a.id, t, 4.5, 5, 1 FROM a, generate_series(1, 5) t
)
INSERT INTO rollup VALUES
  (:site::int, date '2026-09-01' + :day::int, 'd', 1, 1, 1, 4.5, 5, :f::int),
  (:site::int, date '2026-09-01' + :day::int, 'd', 1, 2, 1, 4.5, 5, :f::int),
  (:site::int, date '2026-09-01' + :day::int, 'd', 1, 3, 1, 4.5, 5, :f::int),
  (:site::int, date '2026-09-01' + :day::int, 'd', 1, 4, 1, 4.5, 5, :f::int),
  (:site::int, date '2026-09-01' + :day::int, 'd', 1, 5, 1, 4.5, 5, :f::int),
  (:site::int, date '2026-09-01', 'm', 1, 1, 1, 4.5, 5, :f::int),
  (:site::int, date '2026-09-01', 'm', 1, 2, 1, 4.5, 5, :f::int),
  (:site::int, date '2026-09-01', 'm', 1, 3, 1, 4.5, 5, :f::int),
  (:site::int, date '2026-09-01', 'm', 1, 4, 1, 4.5, 5, :f::int),
  (:site::int, date '2026-09-01', 'm', 1, 5, 1, 4.5, 5, :f::int)
ON CONFLICT (site_id, period, grain, checklist_version, touchpoint) DO UPDATE SET
  n = rollup.n + excluded.n, s = rollup.s + excluded.s,
  m = rollup.m + excluded.m, f = rollup.f + excluded.f;
