-- One log of everything people decide, in place of a table, or a prefix of a setting's name, for each kind of decision.
create table decisions (
  id integer primary key,
  batch integer not null,
  kind text not null,
  subject text not null,
  value text,
  person text not null,
  at text not null,
  undone_at text,
  version integer
);
create index decisions_of_a_subject on decisions (kind, subject, id);

-- What holds now: of each subject the newest decision that nobody undid, unless it says that nothing holds any more.
-- A decision that was made with a version counts only while that version does.
create view decisions_in_force as
select id, batch, kind, subject, value, person, at
from (
  -- SQLite takes the other columns from the row that has the maximum.
  select max(id) as id, batch, kind, subject, value, person, at
  from decisions
  where undone_at is null and (version is null or version in (select number from versions where not undone))
  group by kind, subject
)
where value is not null;

-- Labels keep their ids and batches: the names of the files that were derived with them contain the newest id.
insert into decisions (id, batch, kind, subject, value, person, at, undone_at)
select id, batch, 'label', ticket_id, iif(kind is null, null, json_quote(kind)), person, said_at, undone_at
from labels order by id;

create temp table earlier (source text, place integer, kind text, subject text, value text, person text, at text,
  version integer, together text);

-- Settings: every change, and last what a setting holds where no change tells of it.
insert into earlier (source, place, kind, subject, value, person, at, together)
select 'setting', id, 'setting', name, after, '', changed_at, changed_at from setting_changes;
insert into earlier (source, place, kind, subject, value, person, at, together)
select 'setting', (select coalesce(max(id), 0) from setting_changes) + s.rowid, 'setting', s.name, s.value, '',
  s.changed_at, s.changed_at
from settings s
where s.value is not (select after from setting_changes c where c.name = s.name order by c.id desc limit 1);

-- The names of some settings said what they were about.
update earlier set kind = 'lexicon', subject = substr(subject, length('lexicon.') + 1)
where source = 'setting' and subject glob 'lexicon.*';
update earlier set kind = substr(subject, 1, instr(subject, ': ') - 1), subject = substr(subject, instr(subject, ': ') + 2)
where source = 'setting' and kind = 'setting' and substr(subject, 1, instr(subject, ': ') - 1) in (
  'topic name', 'topic into', 'topic split', 'topic ignored', 'ticket type', 'churn category', 'churn reason'
);
update earlier set value = 'true' where kind in ('topic split', 'topic ignored') and value is not null;
-- A category was kept as a text that is JSON itself.
update earlier set value = json(value ->> '$')
where kind = 'churn category' and json_type(value) = 'text' and json_valid(value ->> '$');

insert into earlier (source, place, kind, subject, value, person, at, together)
select 'layout', row_number() over (order by changed_at, rowid), 'layout', signature, decided, '', changed_at, signature
from layouts;
insert into earlier (source, place, kind, subject, value, person, at, version, together)
select 'account', id, 'account', json_array(account_ref, account_name, mail, subscription_id),
  json_object('verdict', verdict, 'account_id', account_id), '', decided_at, version, version
from account_decisions;
insert into earlier (source, place, kind, subject, value, person, at, together)
select 'audit', number, 'audit', number,
  json_object('seed', seed, 'start', first_day, 'end', end_day, 'tickets', tickets, 'drawn', (
    select json_group_array(ticket_id) from (select ticket_id from audit_draws where audit = number order by place)
  )), '', drawn_at, number
from audits;
insert into earlier (source, place, kind, subject, value, person, at, together)
select 'audit answer', id, 'audit answer', json_array(audit, ticket_id, person), json_object('kind', kind), person,
  said_at, id
from audit_labels;

insert into decisions (batch, kind, subject, value, person, at, version)
select (select coalesce(max(batch), 0) from decisions) + dense_rank() over (order by source, together), kind, subject,
  value, person, at, version
from earlier order by source, place;

drop table earlier;
drop table labels;
drop table settings;
drop table setting_changes;
drop table layouts;
drop table account_decisions;
drop table audits;
drop table audit_draws;
drop table audit_labels;
