-- What the records of one batch have in common comes once for all of them, and an area is checked once, not with every row.
-- Bodies are kept as they came until they are applied: nobody looks into one before, and taking it apart cost as much as the row.
alter table intake alter column body type json using body::json;

create function intake_append(
  scope text, devices uuid[], divisions text[], sites uuid[], kinds text[], aheads integer[], actors uuid[],
  ids uuid[], runs integer[], orders integer[], bodies text, ats timestamptz[], received timestamptz
) returns void language plpgsql as $$
declare
  areas division_code[] := divisions::division_code[];
begin
  perform set_config('levee.scope', scope, true);
  insert into intake (id, device_id, device_order, division, site_id, kind, body, at, received_at, ahead_seconds, actor_id)
  select id, devices[run], "order", areas[run], sites[run], kinds[run], body::json, at, received, aheads[run], actors[run]
    from unnest(ids, runs, orders, string_to_array(bodies, chr(10)), ats) as row (id, run, "order", body, at);
end $$;
drop function intake_append(text, uuid[], uuid[], integer[], text[], uuid[], text[], text, timestamptz[], timestamptz, integer[], uuid[]);
grant execute on function intake_append(text, uuid[], text[], uuid[], text[], integer[], uuid[], uuid[], integer[], integer[], text, timestamptz[], timestamptz) to levee_app;
