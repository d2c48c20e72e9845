-- The tables of a new database. Frozen once released: a later change is a step in migrations/,
-- made here too; a test holds this file, the steps and models.py to the same shape.
-- Days are ISO text (2026-11-23) of days that exist: `date(x, '+0 days')` turns 2026-02-30 into
-- another day, where plain `date(x)` lets it pass. Moments are ISO text (2026-11-23T09:30:00), of Asia/Shanghai.

CREATE TABLE alembic_version (version_num TEXT NOT NULL PRIMARY KEY) STRICT;

-- One command = one operation. `hash` chains it to the one before; set when the operation ends.
CREATE TABLE operation (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  operator TEXT NOT NULL,
  command TEXT NOT NULL,
  summary TEXT NOT NULL DEFAULT '',
  undoes INTEGER REFERENCES operation (id),
  hash TEXT
) STRICT;

CREATE INDEX operation_by_undoes ON operation (undoes) WHERE undoes IS NOT NULL;

-- Before and after of each row that an operation touched, as JSON objects.
CREATE TABLE change (
  id INTEGER PRIMARY KEY,
  operation_id INTEGER NOT NULL REFERENCES operation (id),
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  case_id INTEGER,
  before TEXT,
  after TEXT,
  matter_id INTEGER
) STRICT;
CREATE INDEX change_by_row ON change (table_name, row_id);
CREATE INDEX change_by_operation ON change (operation_id);
CREATE INDEX change_by_case ON change (case_id, operation_id) WHERE case_id IS NOT NULL;
CREATE INDEX change_by_matter ON change (matter_id, operation_id) WHERE matter_id IS NOT NULL;

-- 案件
CREATE TABLE case_file (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  year INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  external_number TEXT,
  origin TEXT,
  natural_key TEXT,
  title TEXT NOT NULL CHECK (trim(title) <> ''),
  cause TEXT,
  party TEXT,
  party_id TEXT,
  phone TEXT,
  informant TEXT,
  place TEXT,
  source TEXT,
  summary TEXT,
  found_by TEXT NOT NULL,
  found_on TEXT NOT NULL CHECK (date(found_on, '+0 days') IS found_on),
  competent TEXT,
  determined_on TEXT CHECK (determined_on IS NULL OR date(determined_on, '+0 days') IS determined_on),
  disclaimed_on TEXT CHECK (disclaimed_on IS NULL OR date(disclaimed_on, '+0 days') IS disclaimed_on),
  basis TEXT,
  urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)),
  urgent_on TEXT CHECK (urgent_on IS NULL OR date(urgent_on, '+0 days') IS urgent_on),
  status TEXT NOT NULL CHECK (status IN (
    'registered', 'sent', 'received', 'declined', 'referred', 'assigned', 'accepted',
    'to_police', 'decided', 'notified', 'closed', 'void')),
  holder TEXT,
  closed_on TEXT CHECK (closed_on IS NULL OR date(closed_on, '+0 days') IS closed_on),
  voided_on TEXT CHECK (voided_on IS NULL OR date(voided_on, '+0 days') IS voided_on),
  void_reason TEXT,
  same_as INTEGER REFERENCES case_file (id),
  extra TEXT,
  action_id INTEGER REFERENCES matter (id),
  UNIQUE (year, seq),
  CHECK (determined_on IS NULL OR (competent IS NOT NULL AND determined_on >= found_on)),
  CHECK (closed_on IS NULL OR closed_on >= found_on)
) STRICT;
CREATE INDEX case_by_external_number ON case_file (external_number)
  WHERE external_number IS NOT NULL;
CREATE INDEX case_by_natural_key ON case_file (natural_key) WHERE natural_key IS NOT NULL;
CREATE INDEX case_by_status ON case_file (status, year, seq);
CREATE INDEX case_by_found_on ON case_file (found_on, year, seq);
CREATE INDEX case_by_finder ON case_file (found_by, year, seq);
CREATE INDEX case_by_holder ON case_file (holder, year, seq);
CREATE INDEX case_by_same_as ON case_file (same_as) WHERE same_as IS NOT NULL;
CREATE INDEX case_by_action ON case_file (action_id) WHERE action_id IS NOT NULL;

-- 初步调查, 二（二）1
CREATE TABLE inquiry (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  inquired_on TEXT NOT NULL CHECK (date(inquired_on, '+0 days') IS inquired_on),
  is_ongoing INTEGER NOT NULL CHECK (is_ongoing IN (0, 1)),
  text TEXT NOT NULL,
  measures TEXT
) STRICT;
CREATE INDEX inquiry_by_case ON inquiry (case_id);

-- 移送: one leg. Leg n+1 comes only from an assignment by 区政府 and names its predecessor.
CREATE TABLE transfer (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  leg INTEGER NOT NULL,
  predecessor_id INTEGER REFERENCES transfer (id),
  sender TEXT NOT NULL,
  receiver TEXT NOT NULL,
  sent_on TEXT CHECK (sent_on IS NULL OR date(sent_on, '+0 days') IS sent_on),
  assigned_on TEXT CHECK (assigned_on IS NULL OR date(assigned_on, '+0 days') IS assigned_on),
  number TEXT,
  document TEXT,
  reason TEXT,
  basis TEXT,
  received_on TEXT CHECK (received_on IS NULL OR date(received_on, '+0 days') IS received_on),
  received_by TEXT,
  answered_on TEXT CHECK (answered_on IS NULL OR date(answered_on, '+0 days') IS answered_on),
  answer TEXT CHECK (answer IN ('accepted', 'declined')),
  answer_reason TEXT,
  referred_on TEXT CHECK (referred_on IS NULL OR date(referred_on, '+0 days') IS referred_on),
  withdrawn_on TEXT CHECK (withdrawn_on IS NULL OR date(withdrawn_on, '+0 days') IS withdrawn_on),
  withdraw_reason TEXT,
  replaced_on TEXT CHECK (replaced_on IS NULL OR date(replaced_on, '+0 days') IS replaced_on),
  UNIQUE (case_id, leg),
  CHECK ((sent_on IS NULL) <> (assigned_on IS NULL)),
  CHECK ((assigned_on IS NULL) = (predecessor_id IS NULL)),
  CHECK (sent_on IS NULL OR sender <> receiver),
  CHECK (received_on IS NULL OR received_on >= coalesce(sent_on, assigned_on)),
  CHECK ((answered_on IS NULL) = (answer IS NULL)),
  CHECK (answered_on IS NULL OR answered_on >= coalesce(received_on, sent_on, assigned_on)),
  CHECK (answer IS NOT 'declined' OR trim(coalesce(answer_reason, '')) <> ''),
  CHECK (answer IS NOT 'declined' OR assigned_on IS NULL),
  CHECK (replaced_on IS NULL OR answer IS NOT 'accepted'),
  CHECK (referred_on IS NULL OR (answer IS 'declined' AND referred_on >= answered_on)),
  CHECK (withdrawn_on IS NULL OR (
    answer IS NULL AND assigned_on IS NULL AND withdrawn_on >= sent_on
    AND trim(coalesce(withdraw_reason, '')) <> ''))
) STRICT;
CREATE UNIQUE INDEX one_open_transfer ON transfer (case_id)
  WHERE withdrawn_on IS NULL AND replaced_on IS NULL AND answer IS NOT 'accepted';
CREATE INDEX transfer_by_predecessor ON transfer (predecessor_id)
  WHERE predecessor_id IS NOT NULL;
CREATE INDEX transfer_by_receiver ON transfer (receiver, id);
CREATE INDEX transfer_by_sender ON transfer (sender, id);
CREATE INDEX transfer_by_number ON transfer (number) WHERE number IS NOT NULL;

-- 处理决定
CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  ordinal INTEGER NOT NULL,
  decided_by TEXT NOT NULL,
  decided_on TEXT NOT NULL CHECK (date(decided_on, '+0 days') IS decided_on),
  outcome TEXT NOT NULL,
  text TEXT,
  party TEXT,
  number TEXT,
  no_copy_reason TEXT,
  notified_on TEXT CHECK (
    notified_on IS NULL OR (date(notified_on, '+0 days') IS notified_on AND notified_on >= decided_on)),
  UNIQUE (case_id, ordinal)
) STRICT;

-- Whom a decision goes to besides the first sender: the penalty copy 三（四）, the letter 四（三）.
CREATE TABLE decision_addressee (
  id INTEGER PRIMARY KEY,
  decision_id INTEGER NOT NULL REFERENCES decision (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('copy', 'execution')),
  unit TEXT NOT NULL,
  done_on TEXT CHECK (done_on IS NULL OR date(done_on, '+0 days') IS done_on),
  UNIQUE (decision_id, purpose, unit)
) STRICT;

-- 移送的案件材料, 二（三）
CREATE TABLE material (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES case_file (id),
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  copies INTEGER NOT NULL CHECK (copies > 0),
  pages INTEGER CHECK (pages > 0),
  listed_on TEXT NOT NULL CHECK (date(listed_on, '+0 days') IS listed_on),
  file_hash TEXT,
  file_name TEXT,
  file_size INTEGER
) STRICT;
CREATE INDEX material_by_case ON material (case_id);
CREATE INDEX material_by_file ON material (file_hash) WHERE file_hash IS NOT NULL;

-- 时限: what is owed, by whom, until when. Its status is derived, never stored.
CREATE TABLE duty (
  id INTEGER PRIMARY KEY,
  rule TEXT NOT NULL,
  rule_version TEXT NOT NULL,
  kind TEXT NOT NULL,
  days INTEGER,
  roll TEXT NOT NULL,
  case_id INTEGER REFERENCES case_file (id),
  subject TEXT NOT NULL,
  owed_by TEXT NOT NULL,
  owed_to TEXT,
  started_on TEXT NOT NULL CHECK (date(started_on, '+0 days') IS started_on),
  started_at TEXT,
  start_event TEXT NOT NULL,
  assumed_start INTEGER NOT NULL DEFAULT 0 CHECK (assumed_start IN (0, 1)),
  due_on TEXT CHECK (due_on IS NULL OR date(due_on, '+0 days') IS due_on),
  due_at TEXT,
  original_due_on TEXT,
  provisional INTEGER NOT NULL DEFAULT 0 CHECK (provisional IN (0, 1)),
  urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)),
  urgent_on TEXT,
  met_on TEXT CHECK (met_on IS NULL OR date(met_on, '+0 days') IS met_on),
  cancelled_on TEXT,
  cancel_reason TEXT,
  is_waived INTEGER NOT NULL DEFAULT 0 CHECK (is_waived IN (0, 1)),
  matter_id INTEGER REFERENCES matter (id),
  extended_by INTEGER,
  met_at TEXT
) STRICT;
CREATE UNIQUE INDEX duty_by_subject ON duty (case_id, subject, rule);
CREATE UNIQUE INDEX duty_by_matter ON duty (matter_id, subject, rule) WHERE matter_id IS NOT NULL;
CREATE INDEX duty_open_dated ON duty (due_on, id)
  WHERE met_on IS NULL AND cancelled_on IS NULL AND due_on IS NOT NULL;
CREATE INDEX duty_open_undated ON duty (started_on, id)
  WHERE met_on IS NULL AND cancelled_on IS NULL AND due_on IS NULL;
CREATE INDEX duty_open_provisional ON duty (provisional, id)
  WHERE met_on IS NULL AND cancelled_on IS NULL;

-- The State Council's notices and the office's own days, over the base calendar.
CREATE TABLE calendar_notice (
  id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL,
  papers TEXT NOT NULL,
  applied_on TEXT NOT NULL
) STRICT;
CREATE TABLE calendar_day (
  id INTEGER PRIMARY KEY,
  notice_id INTEGER REFERENCES calendar_notice (id),
  day TEXT NOT NULL CHECK (date(day, '+0 days') IS day),
  is_workday INTEGER NOT NULL CHECK (is_workday IN (0, 1)),
  name TEXT NOT NULL
) STRICT;
CREATE INDEX calendar_day_by_notice ON calendar_day (notice_id);

-- 单位: what became of a unit since a day, over the pack's units.toml. Each row says all of it.
-- `short_names` and `aliases` are JSON lists. The earliest row of a code that the pack lacks adds it.
CREATE TABLE unit_edition (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  since TEXT NOT NULL CHECK (date(since, '+0 days') IS since),
  name TEXT NOT NULL CHECK (trim(name) <> ''),
  full_name TEXT NOT NULL CHECK (trim(full_name) <> ''),
  kind TEXT NOT NULL,
  is_member INTEGER NOT NULL CHECK (is_member IN (0, 1)),
  short_names TEXT NOT NULL,
  aliases TEXT NOT NULL,
  note TEXT,
  is_closed INTEGER NOT NULL CHECK (is_closed IN (0, 1)),
  successor TEXT,
  reason TEXT,
  UNIQUE (code, since)
) STRICT;

-- 联络人, 三（二）, 四（五）, 附件: who holds a role in a unit, from a day until the day before another.
CREATE TABLE contact (
  id INTEGER PRIMARY KEY,
  unit TEXT NOT NULL,
  role TEXT NOT NULL,
  name TEXT NOT NULL CHECK (trim(name) <> ''),
  post TEXT,
  phone TEXT,
  since TEXT NOT NULL CHECK (date(since, '+0 days') IS since),
  until TEXT CHECK (until IS NULL OR (date(until, '+0 days') IS until AND until > since)),
  UNIQUE (unit, role, since)
) STRICT;

-- 事项: what duties hang on besides cases: 信息 I, 请求 R, 隐患 H, 争议 Q, 行动 A, 会议 M, 议题 T, 决议 S.
-- `letter` and `number` are its reference (I18); `kind` is what sort of it; `details` a JSON object.
-- `meeting_id`: the meeting that a T is for, or that an S was resolved at.
CREATE TABLE matter (
  id INTEGER PRIMARY KEY,
  letter TEXT NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL CHECK (trim(title) <> ''),
  owner TEXT,
  case_id INTEGER REFERENCES case_file (id),
  category INTEGER CHECK (category BETWEEN 1 AND 7),
  document TEXT,
  text TEXT,
  urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
  urgent_on TEXT CHECK (urgent_on IS NULL OR date(urgent_on, '+0 days') IS urgent_on),
  secrecy TEXT NOT NULL CHECK (secrecy IN ('none', 'commercial', 'privacy')),
  meeting_id INTEGER REFERENCES matter (id),
  details TEXT,
  UNIQUE (letter, number)
) STRICT;
CREATE INDEX matter_by_case ON matter (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX matter_by_meeting ON matter (meeting_id) WHERE meeting_id IS NOT NULL;
CREATE INDEX matter_by_details ON matter (details) WHERE details IS NOT NULL;

-- Who has a part in it, as what: a unit, or a person of one.
CREATE TABLE matter_party (
  id INTEGER PRIMARY KEY,
  matter_id INTEGER NOT NULL REFERENCES matter (id),
  role TEXT NOT NULL,
  unit TEXT NOT NULL,
  UNIQUE (matter_id, role, unit)
) STRICT;
CREATE INDEX matter_party_by_unit ON matter_party (unit, matter_id);

-- 经过: what happened to it, as an event of the policy pack; `unit` = to or by whom, where that differs.
CREATE TABLE happening (
  id INTEGER PRIMARY KEY,
  matter_id INTEGER NOT NULL REFERENCES matter (id),
  event TEXT NOT NULL,
  unit TEXT,
  happened_on TEXT NOT NULL CHECK (date(happened_on, '+0 days') IS happened_on),
  happened_at TEXT,
  medium TEXT,
  document TEXT,
  text TEXT,
  details TEXT
) STRICT;
CREATE INDEX happening_by_matter ON happening (matter_id, id);
CREATE INDEX happening_by_document ON happening (document) WHERE document IS NOT NULL;

-- 参会: who came to a meeting for a unit, asked for leave, or sat in. Who is absent is not stored.
CREATE TABLE attendance (
  id INTEGER PRIMARY KEY,
  matter_id INTEGER NOT NULL REFERENCES matter (id),
  unit TEXT NOT NULL,
  name TEXT NOT NULL CHECK (trim(name) <> ''),
  post TEXT,
  status TEXT NOT NULL CHECK (status IN ('present', 'leave', 'guest')),
  reason TEXT,
  UNIQUE (matter_id, unit, name)
) STRICT;

-- 催办: a letter of the office to a unit about what it owes: 1 催办函, 2 督办通知.
CREATE TABLE reminder (
  id INTEGER PRIMARY KEY,
  unit TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level IN (1, 2)),
  reminded_on TEXT NOT NULL CHECK (date(reminded_on, '+0 days') IS reminded_on)
) STRICT;
CREATE INDEX reminder_by_unit ON reminder (unit, id);

-- What the letter is about, and the clock that it was sent for: counted anew, it may be sent again.
CREATE TABLE reminder_item (
  id INTEGER PRIMARY KEY,
  reminder_id INTEGER NOT NULL REFERENCES reminder (id),
  duty_id INTEGER NOT NULL REFERENCES duty (id),
  due_on TEXT NOT NULL CHECK (date(due_on, '+0 days') IS due_on),
  due_at TEXT,
  assumed_start INTEGER NOT NULL CHECK (assumed_start IN (0, 1)),
  UNIQUE (reminder_id, duty_id)
) STRICT;
CREATE INDEX reminder_item_by_duty ON reminder_item (duty_id);

-- 发文字号: how the numbers of a unit's papers read (`kind` '*': all kinds that have no series of
-- their own), and where they began; `form` is the number with {年} and {号} in it.
CREATE TABLE number_series (
  id INTEGER PRIMARY KEY,
  unit TEXT NOT NULL,
  kind TEXT NOT NULL,
  form TEXT NOT NULL,
  first_year INTEGER NOT NULL,
  first_seq INTEGER NOT NULL CHECK (first_seq > 0),
  UNIQUE (unit, kind)
) STRICT;

-- Every number that was given out; none twice. `form`, `year`, `seq` where it is of that shape.
CREATE TABLE paper_number (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  unit TEXT NOT NULL,
  kind TEXT NOT NULL,
  case_id INTEGER REFERENCES case_file (id),
  addressee TEXT,
  form TEXT,
  year INTEGER,
  seq INTEGER,
  dated_on TEXT NOT NULL CHECK (date(dated_on, '+0 days') IS dated_on),
  matter_id INTEGER REFERENCES matter (id),
  reminder_id INTEGER REFERENCES reminder (id)
) STRICT;
CREATE INDEX paper_number_by_reminder ON paper_number (reminder_id) WHERE reminder_id IS NOT NULL;
CREATE INDEX paper_number_by_matter ON paper_number (matter_id) WHERE matter_id IS NOT NULL;
CREATE INDEX paper_number_by_case ON paper_number (case_id, kind);
CREATE INDEX paper_number_by_form ON paper_number (form, year, seq) WHERE form IS NOT NULL;
CREATE INDEX paper_number_by_unit ON paper_number (unit, id);
