-- Bodies come as lines of one text instead of an array: the driver escaped every quote of every body, which took as
-- much of the server's time as everything else it does to a record. JSON holds no bare line feed.
create function intake_append(
  scope text, ids uuid[], devices uuid[], orders integer[], divisions text[], sites uuid[], kinds text[],
  bodies text, ats timestamptz[], received timestamptz, aheads integer[], actors uuid[]
) returns void language plpgsql as $$
begin
  perform set_config('levee.scope', scope, true);
  insert into intake (id, device_id, device_order, division, site_id, kind, body, at, received_at, ahead_seconds, actor_id)
  select id, device, device_order, division, site, kind, body::jsonb, at, received, ahead, actor
    from unnest(ids, devices, orders, divisions, sites, kinds, string_to_array(bodies, chr(10)), ats, aheads, actors)
      as row (id, device, device_order, division, site, kind, body, at, ahead, actor);
end $$;
drop function intake_append(text, uuid[], uuid[], integer[], text[], uuid[], text[], text[], timestamptz[], timestamptz, integer[], uuid[]);
grant execute on function intake_append(text, uuid[], uuid[], integer[], text[], uuid[], text[], text, timestamptz[], timestamptz, integer[], uuid[]) to levee_app;
