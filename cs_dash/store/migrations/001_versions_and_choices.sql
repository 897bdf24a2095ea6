-- The tables of the first releases, which numbered no migration: a workspace of theirs has them already.
create table if not exists versions (
  number integer primary key, parent integer, created_at text not null, newest_day text,
  undone integer not null default 0, summary text not null
);
create table if not exists uploads (
  id text primary key, name text not null, bytes integer not null, kept_at text not null
);
create table if not exists watched (digest text primary key, name text not null, loaded_at text not null);
create table if not exists settings (name text primary key, value text not null, changed_at text not null);
create table if not exists setting_changes (
  id integer primary key, name text not null, before text, after text, changed_at text not null
);
create table if not exists layouts (signature text primary key, decided text not null, changed_at text not null);
create table if not exists account_decisions (
  id integer primary key, version integer not null, decided_at text not null, verdict text not null, account_id text,
  account_ref text, account_name text, mail text, subscription_id text
);
create table if not exists labels (
  id integer primary key, batch integer not null, ticket_id text not null, kind text,
  person text not null, said_at text not null, undone_at text
);
create table if not exists audits (
  number integer primary key, drawn_at text not null, seed text not null, first_day text, end_day text not null,
  tickets integer not null
);
create table if not exists audit_draws (
  audit integer not null, place integer not null, ticket_id text not null, primary key (audit, ticket_id)
);
create table if not exists audit_labels (
  id integer primary key, audit integer not null, ticket_id text not null, person text not null, kind text,
  said_at text not null
);
