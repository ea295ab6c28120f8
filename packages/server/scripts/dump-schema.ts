/** The shape of the database as text, in a fixed order: what `schema.sql` holds and the check compares. */
import pg from 'pg';

const SECTIONS: readonly [title: string, query: string][] = [
  [
    'domains and functions',
    `select format('domain %s %s %s', t.typname, format_type(t.typbasetype, t.typtypmod),
              coalesce((select string_agg(pg_get_constraintdef(c.oid), ' ') from pg_constraint c where c.contypid = t.oid), ''))
       from pg_type t where t.typtype = 'd' and t.typnamespace = 'public'::regnamespace
     union all
     select pg_get_functiondef(p.oid) from pg_proc p
      where p.pronamespace = 'public'::regnamespace
        and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
        and p.prokind = 'f'`,
  ],
  [
    'columns',
    `select format('%s.%s.%s %s%s%s', n.nspname, c.relname, a.attname,
              format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
              coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') ||
              case a.attidentity when 'a' then ' identity always' when 'd' then ' identity default' else '' end)
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relkind in ('r', 'p', 'v') and not c.relispartition and n.nspname in ('public', 'auth')`,
  ],
  [
    'constraints',
    `select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint
      where connamespace in ('public'::regnamespace, 'auth'::regnamespace) and conrelid <> 0
        and contype <> 'n' and not exists (select from pg_class c where c.oid = conrelid and c.relispartition)`,
  ],
  [
    'indexes',
    `select pg_get_indexdef(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indrelid
      where c.relnamespace in ('public'::regnamespace, 'auth'::regnamespace) and not c.relispartition`,
  ],
  [
    'policies',
    `select format('%s %s %s using (%s) check (%s)', tablename, policyname, cmd, qual, with_check) from pg_policies
     union all
     select format('%s row level security %s forced %s', oid::regclass, relrowsecurity, relforcerowsecurity)
       from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and not relispartition`,
  ],
  [
    'triggers and views',
    `select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
     union all
     select format('%s %s', oid::regclass, pg_get_viewdef(oid)) from pg_class
      where relkind = 'v' and relnamespace = 'public'::regnamespace`,
  ],
  [
    'grants to levee_app',
    `select format('%s.%s %s', table_schema, table_name, string_agg(privilege_type, ', ' order by privilege_type))
       from information_schema.role_table_grants where grantee = 'levee_app' group by table_schema, table_name`,
  ],
];

export async function dumpSchema(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const parts: string[] = [];
    for (const [title, query] of SECTIONS) {
      const { rows } = await client.query<[string]>({ text: query, rowMode: 'array' });
      parts.push(`-- ${title}`, ...rows.map(([line]) => line.trimEnd()).sort(), '');
    }
    return parts.join('\n');
  } finally {
    await client.end();
  }
}
