-- Sign-ins that ended before their time, by the digest of their cookie, until it would not count any more.
create table sign_outs (sign_in text primary key, until text not null);
