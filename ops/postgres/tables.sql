-- The conflict records of a topic as tables, for reports: psql -f ops/postgres/tables.sql
-- An event or a run is told from others by dot and counter, as in the records.

create table if not exists conflicts (
  id       text primary key,             -- as in all/node-1:5; of a conflict in parts also all/node-1:5/2, …
  scope    text not null,
  key      text,                         -- scope key
  status   text not null,                -- CONCURRENT or RESOLVED
  process  text not null,                -- of the event that arrived later
  counter  bigint not null,
  at       timestamptz not null,         -- when that was published, by its publisher's clock
  complete boolean not null,
  record   jsonb not null
);

create table if not exists conflict_runs (
  id      text not null references conflicts on delete cascade,
  process text not null,
  first   bigint not null,
  last    bigint not null,
  length  bigint not null,
  primary key (id, process, first)
);
