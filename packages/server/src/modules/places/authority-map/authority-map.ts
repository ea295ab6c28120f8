/** Loads an authority's own tree and outlines: read whole, judged whole, written in one transaction or not at all. */
import { pinyin } from 'pinyin-pro';
import type { Context } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import { placeIdOfCode } from '../divisions.ts';
import { pinyinKey } from '../places.service.ts';
import { knownAreas, writeDivision, writeOutline } from './authority-map.repository.ts';
import { readDivisionsFile } from './divisions-file.ts';
import { type Datum, readOutlinesFile } from './outlines-file.ts';
import type { Verdict } from './verdict.ts';

export interface ImportOutcome {
  /** While there is one, nothing was written. */
  readonly verdicts: readonly Verdict[];
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly ignored: readonly string[];
}

export async function importDivisions(context: Context, text: string): Promise<ImportOutcome> {
  const { trx } = context;
  const { LEVEE_JURISDICTION } = context.platform.config;
  const known = await knownAreas(trx);
  const file = readDivisionsFile(text, new Set(known.keys()), LEVEE_JURISDICTION);
  const outcome = { verdicts: file.verdicts, added: 0, changed: 0, unchanged: 0, ignored: file.ignored };
  if (file.verdicts.length > 0) return outcome;
  for (const line of file.lines) {
    const before = known.get(line.code);
    const same =
      before !== undefined &&
      before.nameZh === line.nameZh &&
      (line.nameEn ?? before.nameEn) === before.nameEn &&
      (line.lon ?? before.lon) === before.lon &&
      (line.lat ?? before.lat) === before.lat &&
      (line.headcount ?? before.headcount) === before.headcount;
    if (same) {
      outcome.unchanged += 1;
      continue;
    }
    outcome[before ? 'changed' : 'added'] += 1;
    const idOf = (code: string) => known.get(code)?.id ?? placeIdOfCode(code);
    await writeDivision(trx, {
      ...line,
      id: idOf(line.code),
      parentId: line.parentCode === null || line.code === LEVEE_JURISDICTION ? null : idOf(line.parentCode),
      nameEnOrPinyin: line.nameEn ?? pinyin(line.nameZh, { toneType: 'none' }),
      pinyin: pinyinKey(line.nameZh),
    });
  }
  await tell(context, { divisions: outcome.added + outcome.changed });
  return outcome;
}

export async function importOutlines(
  context: Context,
  text: string,
  given: { datum: Datum; source: string },
): Promise<ImportOutcome> {
  const file = readOutlinesFile(text, await knownAreas(context.trx), given.datum);
  if (file.verdicts.length > 0)
    return { verdicts: file.verdicts, added: 0, changed: 0, unchanged: 0, ignored: [] };
  for (const outline of file.outlines)
    await writeOutline(context.trx, outline, { ...given, at: context.now });
  await tell(context, { outlines: file.outlines.length });
  return { verdicts: [], added: file.outlines.length, changed: 0, unchanged: 0, ignored: [] };
}

const tell = (context: Context, data: Record<string, unknown>) => {
  const division = context.platform.config.LEVEE_JURISDICTION;
  return emit(context, {
    kind: 'place.changed',
    division,
    subject: { type: 'place', id: placeIdOfCode(division) },
    data,
  });
};
