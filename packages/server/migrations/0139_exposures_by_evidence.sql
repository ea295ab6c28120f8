-- Of a meeting is kept what the pack was asked and which pack, class and rule it named. The words of its answer, the same in
-- thousands of rows, were half of what a search wrote; they are the pack's to say again.
alter table exposure add column pack_id text;
-- All areas at once: the owner stands inside the policy otherwise.
alter table exposure no force row level security;
alter table search no force row level security;
update exposure set pack_id = search.pack_id from search where search.id = exposure.search_id;
alter table exposure force row level security;
alter table search force row level security;
alter table exposure alter column pack_id set not null, drop column reasons, drop column undecided;
