-- An area's name as both languages say it: from the township down, with the area above it, for there are several
-- 城北社区 in a prefecture. Read as the reader, so that a name outside one's scope stays unknown.
create view division_name with (security_invoker = true) as
select area.code,
       case when length(area.code) > 6 then concat(above.name_zh, area.name_zh) else area.name_zh end as zh,
       case when length(area.code) > 6 then concat_ws(', ', area.name_en, above.name_en) else area.name_en end as en
  from place as area
  left join place as above on above.id = area.parent_id
 where area.level in ('prefecture', 'county', 'township', 'community');
grant select on division_name to levee_app;
