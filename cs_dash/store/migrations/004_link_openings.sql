-- How often a share link was opened; by the digest of its id.
create table link_openings (
  link text primary key,
  openings integer not null default 0,
  last_at text not null
);
