-- Who made a version, and who undid it when.
alter table versions add column person text not null default '';
alter table versions add column undone_at text;
alter table versions add column undone_by text not null default '';
