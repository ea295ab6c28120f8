/** The notice a person gets: what, why, from, until, how to be released early, how to appeal, what help (R5). */
import { type Evidence, type MeasureKind, measureKindWords, type Notice } from '@levee/contract';
import { type ProtocolPack, words } from '@levee/protocol';

export interface NoticeFacts {
  readonly kind: MeasureKind;
  readonly level: 'high' | 'medium' | 'low' | null;
  /** The place limited; null for a measure on one person. */
  readonly place: { readonly nameZh: string; readonly nameEn: string } | null;
  readonly ground: readonly Evidence[];
  readonly legalBasis: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly pack: ProtocolPack;
}

const evidenceWords: Readonly<Record<Evidence['type'], { zh: string; en: string }>> = {
  result: { zh: '检测结果', en: 'test result' },
  pool: { zh: '混管检测结果', en: 'pooled test result' },
  case: { zh: '病例判定', en: 'case record' },
  contact: { zh: '接触者判定', en: 'contact determination' },
  exposure: { zh: '暴露记录', en: 'exposure record' },
  stay: { zh: '病例停留记录', en: 'record of a case’s stay' },
};

const asks: Readonly<Record<MeasureKind, { zh: string; en: string }>> = {
  pool_hold: {
    zh: '请在原地或家中等候单采复核结果，尽量不与他人接触。',
    en: 'Please wait where you are or at home for your single re-test and keep apart from others.',
  },
  checkpoint_hold: {
    zh: '请在卡点等候区等候查验，可选择点对点转运或检测后通行。',
    en: 'Please wait at the checkpoint; point-to-point transfer or testing before passing is open to you.',
  },
  centralised_isolation: {
    zh: '请在集中隔离点单人单间居住，按日程接受检测和健康监测。',
    en: 'Please stay in a room of your own at the isolation site, with the tests and health checks listed.',
  },
  home_isolation: {
    zh: '请在家中单独房间居住，不外出，按日程接受上门检测。',
    en: 'Please stay in a separate room at home; tests are done at your door.',
  },
  home_monitoring: {
    zh: '请居家监测健康状况，非必要不外出，按日程检测。',
    en: 'Please watch your health at home, go out only when necessary, and take the tests listed.',
  },
  self_monitoring: {
    zh: '可以正常出行；请自我监测健康状况，按日程检测，不参加聚集活动。',
    en: 'You may go out; watch your health, take the tests listed, and avoid gatherings.',
  },
  risk_area: { zh: '', en: '' },
  venue_limit: { zh: '该场所暂停或限量开放。', en: 'This venue is closed or opens to limited numbers.' },
};

/** `08-18 00:00`, with the year, in the pack's zone. */
export function localTime(instant: string, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(instant),
  );
}

/** Writes the notice from the facts, in Chinese and English. The Tibetan version is a person's to write: null. */
export function writeNotice(facts: NoticeFacts): Notice {
  const { kind, level, place, pack, startsAt, endsAt, legalBasis } = facts;
  const from = localTime(startsAt, pack.tz);
  const until = localTime(endsAt, pack.tz);
  const name = level ? words.RISK_LEVEL_WORDS[level] : measureKindWords[kind];
  const ask = level ? (pack.areas.measures[level]?.value ?? asks[kind]) : asks[kind];
  const counts = new Map<Evidence['type'], number>();
  for (const { type } of facts.ground) counts.set(type, (counts.get(type) ?? 0) + 1);
  const inWords = (language: 'zh' | 'en') =>
    [...counts]
      .map(([type, count]) =>
        language === 'zh' ? `${evidenceWords[type].zh} ${count} 项` : `${evidenceWords[type].en} (${count})`,
      )
      .join(language === 'zh' ? '、' : ', ');
  const hours = (minutes: number) => Math.round(minutes / 60);
  const { appealAcknowledged, appealDecided, libertyAppealDecided, libertySuspended, medicine, necessities } =
    pack.service;
  const decided = hours((place ? appealDecided : libertyAppealDecided).value.minutes);
  const suspended = hours(libertySuspended.value.minutes);
  const text = (zh: string, en: string) => ({ zh, en, bo: null });
  return {
    what: text(
      `${place ? `${place.nameZh}：` : ''}${name.zh}。${ask.zh}`,
      `${place ? `${place.nameEn}: ` : ''}${name.en}. ${ask.en}`,
    ),
    why: text(
      `依据：${inWords('zh')}（${pack.disease.zh}）。法律依据：${legalBasis}`,
      `Ground: ${inWords('en')} (${pack.disease.en}). Legal basis: ${legalBasis}`,
    ),
    from: text(`自 ${from} 起`, `From ${from}`),
    until: text(
      `至 ${until} 止。到期自动解除，无需办理手续；延长须另行决定并另行告知。`,
      `Until ${until}. It ends by itself; going on needs a new decision and a new notice.`,
    ),
    release: text(...earlyRelease(kind)),
    appeal: text(
      `可随时通过电话、书面或当面向任何工作人员提出申诉，${appealAcknowledged.value.minutes} 分钟内受理，${decided} 小时内由未参与本决定的人员答复` +
        `${place ? '。' : `；${suspended} 小时未答复的，措施暂停执行。`}`,
      `Appeal at any time by phone, on paper or to any member of staff: acknowledged within ${appealAcknowledged.value.minutes} minutes, ` +
        `answered within ${decided} hours by someone who took no part in this decision${place ? '.' : `; unanswered at ${suspended} hours, the measure is suspended.`}`,
    ),
    help: text(
      `突发急症随时拨打 120，任何措施不影响就医；药品 ${hours(medicine.value.minutes)} 小时内、食品饮水 ${hours(necessities.value.minutes)} 小时内送达。老年人、孕产妇、慢性病患者和婴幼儿请说明需要。`,
      `In an emergency call 120: no measure stands in the way of care. Medicine within ${hours(medicine.value.minutes)} hours, food and water within ${hours(necessities.value.minutes)} hours. Tell us what older people, pregnant women, the chronically ill and infants need.`,
    ),
  };
}

function earlyRelease(kind: MeasureKind): [string, string] {
  if (kind === 'pool_hold') {
    return ['单采复核结果为阴性，立即解除。', 'Released as soon as the single re-test is negative.'];
  }
  if (kind === 'checkpoint_hold') {
    return [
      '选择点对点转运、专人引导或检测阴性后即可通行。',
      'Released on point-to-point transfer, escort, or a negative test.',
    ];
  }
  if (kind === 'risk_area' || kind === 'venue_limit') {
    return [
      '依据检测和排查结果，满足降级条件的当日调整；条件和进展公开。',
      'Stepped down on the day the conditions are met; the conditions and the progress are shown.',
    ];
  }
  return [
    '接触判定或病例诊断更正、排除的，当日解除；特殊情况可申请改为居家隔离。',
    'Released the same day when the contact or case is corrected; home isolation can be asked for on special grounds.',
  ];
}
