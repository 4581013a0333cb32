-- The least that holds an audit: its row, the scores of its touchpoints, totals by day and month.
CREATE TABLE audit (
  id uuid PRIMARY KEY,
  site_id int NOT NULL,
  checklist_version int NOT NULL,
  auditor_id int NOT NULL,
  started_at timestamptz,
  finished_at timestamptz,
  received_at timestamptz NOT NULL DEFAULT now(),
  score numeric(7, 3),
  answers jsonb NOT NULL
);
CREATE INDEX audit_site ON audit (site_id, finished_at);

CREATE TABLE touchpoint_score (
  audit_id uuid NOT NULL,
  touchpoint smallint NOT NULL,
  score real,
  max_score real,
  n_fail smallint,
  PRIMARY KEY (audit_id, touchpoint)
);

CREATE TABLE rollup (
  site_id int NOT NULL,
  period date NOT NULL,
  grain "char" NOT NULL,
  checklist_version int NOT NULL,
  touchpoint smallint NOT NULL,
  n bigint NOT NULL,
  s double precision NOT NULL,
  m double precision NOT NULL,
  f bigint NOT NULL,
  PRIMARY KEY (site_id, period, grain, checklist_version, touchpoint)
) WITH (fillfactor = 70);
