/**
 * Locks a bulletin's figures: every number counted now, with its moment and where it was counted. The records are
 * counted by the modules that own them, and not read from live counters: what is published must be found again there.
 */
import type { Bilingual, BulletinFigureName, LockedFigure } from '@levee/contract';
import { civilDayOf } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import type { Trx } from '../../platform/db/pool.ts';
import { countCasesByCounty } from '../cases/index.ts';
import { currentIncidents } from '../incidents/index.ts';
import { countIsolatedByCounty, countRiskAreasByCounty } from '../measures/index.ts';
import { type CountyCount, findPlaceByCode } from '../places/index.ts';
import { countSamplesByCounty } from '../testing/index.ts';
import { countContactsByCounty } from '../tracing/index.ts';

interface Asked {
  readonly incidentId: string;
  /** The bulletin's area: everything whose code starts with it. */
  readonly within: string;
  readonly at: string;
  readonly dayStart: string;
  /** The incident is the only one running: limits that name none are counted with it. */
  readonly withUnnamed: boolean;
}

interface FigureDefinition {
  readonly name: BulletinFigureName;
  readonly title: Bilingual;
  readonly source: Bilingual;
  readonly counted: (trx: Trx, asked: Asked) => Promise<CountyCount[]>;
}

const lineList: Bilingual = { zh: '病例库', en: 'Line list' };
const contacts: Bilingual = { zh: '密接判定记录', en: 'Contacts decided' };
const ledger: Bilingual = { zh: '管控措施台账', en: 'Ledger of measures' };

const definitions: readonly FigureDefinition[] = [
  {
    name: 'positives',
    title: { zh: '累计阳性感染者', en: 'Infections in total' },
    source: lineList,
    counted: (trx, asked) =>
      countCasesByCounty(trx, {
        ...asked,
        classifications: ['suspected', 'probable', 'confirmed', 'asymptomatic'],
      }),
  },
  {
    name: 'confirmed',
    title: { zh: '确诊病例', en: 'Confirmed with symptoms' },
    source: lineList,
    counted: (trx, asked) => countCasesByCounty(trx, { ...asked, classifications: ['confirmed'] }),
  },
  {
    name: 'asymptomatic',
    title: { zh: '无症状感染者', en: 'Without symptoms' },
    source: lineList,
    counted: (trx, asked) => countCasesByCounty(trx, { ...asked, classifications: ['asymptomatic'] }),
  },
  {
    name: 'close_contacts',
    title: { zh: '密切接触者', en: 'Close contacts' },
    source: contacts,
    counted: (trx, asked) => countContactsByCounty(trx, { ...asked, contactClass: 'close' }),
  },
  {
    name: 'contacts_of_contacts',
    title: { zh: '密切接触者的密切接触者', en: 'Contacts of contacts' },
    source: contacts,
    counted: (trx, asked) => countContactsByCounty(trx, { ...asked, contactClass: 'contact_of_contact' }),
  },
  {
    name: 'under_isolation',
    title: { zh: '在管隔离人员', en: 'Under isolation' },
    source: ledger,
    counted: countIsolatedByCounty,
  },
  {
    name: 'tests_today',
    title: { zh: '今日采样人次', en: 'Samples today' },
    source: { zh: '采样登记', en: 'Samples registered' },
    counted: (trx, { within, dayStart, at }) =>
      countSamplesByCounty(trx, { within, from: dayStart, until: at }),
  },
  {
    name: 'high_risk_areas',
    title: { zh: '高风险区', en: 'High-risk areas' },
    source: ledger,
    counted: (trx, asked) => countRiskAreasByCounty(trx, { ...asked, level: 'high' }),
  },
  {
    name: 'medium_risk_areas',
    title: { zh: '中风险区', en: 'Medium-risk areas' },
    source: ledger,
    counted: (trx, asked) => countRiskAreasByCounty(trx, { ...asked, level: 'medium' }),
  },
];

/** All figures of an incident in an area as of now. Numbers by county only: never below (R9). */
export async function lockFigures(
  context: Context,
  { incidentId, division }: { incidentId: string; division: string },
): Promise<LockedFigure[]> {
  const { trx, now } = context;
  const day = civilDayOf(now, context.platform.config.LEVEE_TIME_ZONE);
  const asked: Asked = {
    incidentId,
    within: division,
    at: now,
    dayStart: `${day}T00:00:00+08:00`,
    withUnnamed: (await currentIncidents(trx)).every(({ id }) => id === incidentId),
  };
  const figures: LockedFigure[] = [];
  for (const { name, title, source, counted } of definitions) {
    const counts = await counted(trx, asked);
    figures.push({
      name,
      title,
      source,
      asOf: now,
      value: counts.reduce((sum, { value }) => sum + value, 0),
      areas: await byCounty(trx, counts),
    });
  }
  return figures;
}

async function byCounty(trx: Trx, counts: readonly CountyCount[]): Promise<LockedFigure['areas']> {
  const areas: LockedFigure['areas'] = [];
  for (const { county, value } of counts) {
    const place = county.length === 6 ? await findPlaceByCode(trx, county) : undefined;
    if (place) areas.push({ division: county, name: { zh: place.nameZh, en: place.nameEn }, value });
  }
  return areas;
}
