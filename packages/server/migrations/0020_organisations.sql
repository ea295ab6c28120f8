-- Headquarters at prefecture and county with named posts. A post has a holder and a deputy; names are kept with
-- it because a county may know who holds a post above it without reading the accounts above it.

-- True for the areas the reader's own area lies in (itself included): what concerns the whole concerns its parts.
create function above_scope(division text) returns boolean
  language sql stable parallel safe
  return starts_with(levee_scope(), division collate "C");

create table headquarters (
  id uuid primary key,
  division division_code not null unique,
  name_zh text not null,
  name_en text not null,
  set_up_at timestamptz not null
);
alter table headquarters enable row level security;
alter table headquarters force row level security;
create policy seen on headquarters for select using (in_scope(division) or above_scope(division));
create policy scope on headquarters using (in_scope(division)) with check (in_scope(division));

create table post (
  id uuid primary key,
  headquarters_id uuid not null references headquarters,
  division division_code not null,
  rank integer not null,
  title_zh text not null,
  title_en text not null,
  role text not null,
  holder_id uuid references account,
  holder_name text,
  deputy_id uuid references account,
  deputy_name text,
  version integer not null default 1,
  unique (headquarters_id, rank),
  check ((holder_id is null) = (holder_name is null)),
  check ((deputy_id is null) = (deputy_name is null)),
  check (holder_id <> deputy_id)
);
create index post_division on post (division, rank);
create index post_holder on post (holder_id);
create index post_deputy on post (deputy_id);
alter table post enable row level security;
alter table post force row level security;
create policy seen on post for select using (in_scope(division) or above_scope(division));
create policy scope on post using (in_scope(division)) with check (in_scope(division));

-- The act of handing a post over: what is open, what may go wrong, signed by the session that did it.
create table post_handover (
  id uuid primary key,
  post_id uuid not null references post,
  division division_code not null,
  from_id uuid references account,
  from_name text,
  to_id uuid not null references account,
  to_name text not null,
  open_items text not null,
  risks text not null,
  at timestamptz not null
);
create index post_handover_post on post_handover (post_id, at desc);
alter table post_handover enable row level security;
alter table post_handover force row level security;
create policy scope on post_handover using (in_scope(division)) with check (in_scope(division));

grant select, insert on headquarters, post_handover to levee_app;
grant select, insert, update on post to levee_app;
