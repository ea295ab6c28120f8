/** A bulletin and its editions: who may do what when. */
import {
  type ActorRef,
  type Bilingual,
  type EditionState,
  type LockedFigure,
  refuse,
  refuseState,
  type TextFinding,
} from '@levee/contract';

export interface Tibetan {
  readonly title: string;
  readonly body: string;
  readonly writer: string;
}

export interface Written {
  readonly title: Bilingual;
  readonly body: Bilingual;
  readonly tibetan: Tibetan | null;
}

export interface Edition extends Written {
  readonly number: number;
  readonly state: EditionState;
  readonly figures: LockedFigure[];
  readonly lockedAt: string;
  readonly author: ActorRef;
  readonly checker: ActorRef | null;
  readonly checkedAt: string | null;
  readonly approver: ActorRef | null;
  readonly publishedAt: string | null;
  readonly correction: { what: Bilingual; why: Bilingual } | null;
  readonly sentBack: { by: ActorRef; at: string; reason: string } | null;
  readonly findings: TextFinding[];
}

export interface Bulletin {
  readonly id: string;
  readonly incidentId: string;
  readonly division: string;
  readonly issue: number | null;
  readonly changedAt: string;
  readonly withdrawn: { at: string; by: ActorRef; reason: Bilingual } | null;
  readonly version: number;
  /** Newest first; never empty. */
  readonly editions: readonly Edition[];
}

/** The edition being worked on or in force: the newest. */
export const latestOf = (bulletin: Bulletin): Edition => bulletin.editions[0]!;

export function requireState(bulletin: Bulletin, wanted: EditionState): Edition {
  const edition = latestOf(bulletin);
  if (edition.state === wanted) return edition;
  throw refuseState(stateWords[edition.state], nextWords[wanted]);
}

const stateWords: Readonly<Record<EditionState, Bilingual>> = {
  draft: { zh: '通报尚在起草', en: 'the bulletin is a draft' },
  checked: { zh: '通报已送审', en: 'the bulletin waits for approval' },
  published: { zh: '通报已发布', en: 'the bulletin is published' },
  corrected: { zh: '该版已被更正', en: 'this edition has been corrected' },
  withdrawn: { zh: '通报已撤回', en: 'the bulletin is withdrawn' },
};

const nextWords: Readonly<Record<EditionState, Bilingual>> = {
  draft: {
    zh: '只有草稿可以修改；已发布的请用“更正”另立一版。',
    en: 'Only a draft is written; a published one is corrected.',
  },
  checked: { zh: '请先核对送审。', en: 'Check it first.' },
  published: {
    zh: '只有已发布的通报可以更正或撤回。',
    en: 'Only a published bulletin is corrected or withdrawn.',
  },
  corrected: { zh: '请打开最新一版。', en: 'Open the newest edition.' },
  withdrawn: { zh: '请另行起草。', en: 'Draft a new one.' },
};

/** Two persons stand behind every word made public (T64). */
export function requireSecondPerson(edition: Edition, approverId: string): void {
  if (edition.author.id !== approverId) return;
  throw refuse(
    { zh: '起草人不能签发自己的通报', en: 'the author of a bulletin may not approve it' },
    { zh: '请由另一位有签发权限的人员签发。', en: 'Ask another person who may approve.' },
  );
}

/** Nothing that points at a person goes out; the findings say what and where. */
export function requireClean(findings: readonly TextFinding[]): void {
  const blocking = findings.filter(({ severity }) => severity === 'blocking');
  if (blocking.length === 0) return;
  throw refuse(
    {
      zh: `文稿中有 ${blocking.length} 处不得公开或不成立的内容：${blocking[0]!.problem.zh}`,
      en: `${blocking.length} places in the text may not be made public: ${blocking[0]!.problem.en}`,
    },
    { zh: '按提示逐处修改后再送审。', en: 'Change each place named and check again.' },
    blocking.map(({ where, problem }) => ({ where, problem })),
  );
}
