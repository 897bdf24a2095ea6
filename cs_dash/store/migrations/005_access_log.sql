-- Who opened, downloaded or signed in: what leaves no other record. And who undid a decision.
create table access_log (
  id integer primary key, at text not null, reader text not null, what text not null, subject text not null
);
alter table decisions add column undone_by text not null default '';
