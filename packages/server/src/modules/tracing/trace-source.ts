/** What is known about the person of a case, as the pack asks for it. */
import { refuse } from '@levee/contract';
import {
  addDays,
  getPackOrThrow,
  ProtocolError,
  type ProtocolPack,
  startOfDay,
  type TraceWindow,
  traceWindow,
} from '@levee/protocol';
import type { CaseFile } from '../cases/index.ts';

export function packOrRefuse(packId: string): ProtocolPack {
  try {
    return getPackOrThrow(packId);
  } catch {
    throw refuse(
      { zh: `没有方案“${packId}”`, en: `there is no pack "${packId}"` },
      { zh: '从方案目录中选择。', en: 'Choose one of the catalogue.' },
    );
  }
}

/**
 * The window of a case. The line list knows days: a sample counts from the start of its day, and admission ends the
 * window when its day is over, so that nobody met on that day is missed.
 */
export function windowOf(pack: ProtocolPack, caseFile: CaseFile, now: string): TraceWindow {
  const { dateOnset, dateSample, dateAdmission, classification } = caseFile;
  const isolatedAt = dateAdmission && startOfDay(addDays(dateAdmission, 1), pack.tz);
  try {
    return traceWindow(
      pack,
      {
        kind: classification === 'asymptomatic' ? 'asymptomatic' : 'case',
        dateOnset: dateOnset ?? undefined,
        firstPositiveSampledAt: dateSample ? startOfDay(dateSample, pack.tz) : undefined,
        isolatedAt: isolatedAt && Date.parse(isolatedAt) <= Date.parse(now) ? isolatedAt : undefined,
      },
      now,
    );
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw refuse(
      { zh: `无法按方案计算追踪时段：${error.message}`, en: `the pack gives no window: ${error.message}` },
      {
        zh: '在病例中补录发病日期或采样日期，或自行指定时段。',
        en: 'Enter onset or sampling day in the case, or choose a window yourself.',
      },
    );
  }
}
