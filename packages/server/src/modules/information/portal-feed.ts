/** The public store as RSS 2.0 and as JSON, for newsrooms, sites and people who build on it. */
import type { Bilingual, PublicArea, PublicBulletin } from '@levee/contract';

interface Published {
  readonly bulletins: readonly PublicBulletin[];
  readonly jurisdiction: Bilingual;
  readonly at: string;
}

const xml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');

const link = (origin: string, { id }: PublicBulletin) => `${origin}/portal/zh/bulletins/${id}`;

/** RSS 2.0, newest first. A corrected bulletin comes again under a new guid; a withdrawn one says so. */
export function feedXml({ bulletins, origin, jurisdiction, at }: Published & { origin: string }): string {
  const items = bulletins.map((bulletin) => {
    const mark = bulletin.withdrawn ? '【已撤回】' : bulletin.correction ? '【更正】' : '';
    const text = bulletin.withdrawn ? bulletin.withdrawn.reason.zh : bulletin.body.zh;
    return [
      '    <item>',
      `      <title>${xml(mark + bulletin.title.zh)}</title>`,
      `      <link>${xml(link(origin, bulletin))}</link>`,
      `      <guid isPermaLink="false">${bulletin.id}-${bulletin.edition}</guid>`,
      `      <pubDate>${new Date(bulletin.withdrawn?.at ?? bulletin.publishedAt).toUTCString()}</pubDate>`,
      `      <source url="${xml(`${origin}/portal/feed.xml`)}">${xml(bulletin.issuingBody.zh)}</source>`,
      `      <description>${xml(text)}</description>`,
      '    </item>',
    ].join('\n');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0">',
    '  <channel>',
    `    <title>${xml(jurisdiction.zh)}疫情通报</title>`,
    `    <link>${xml(origin)}/portal/zh</link>`,
    `    <description>${xml(jurisdiction.zh)}疫情防控通报与更正</description>`,
    '    <language>zh-CN</language>',
    `    <lastBuildDate>${new Date(at).toUTCString()}</lastBuildDate>`,
    ...items,
    '  </channel>',
    '</rss>',
    '',
  ].join('\n');
}

/** The same as data. `schema` changes when a reader would have to change. */
export function openData({
  bulletins,
  areas,
  jurisdiction,
  at,
}: Published & { areas: readonly PublicArea[] }) {
  return { schema: 1, licence: 'CC-BY-4.0', asOf: at, jurisdiction, areas, bulletins };
}
