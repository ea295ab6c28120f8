/** The sampling desk: what is scanned becomes records; what is doubtful becomes a question; everything is said at once. */
import { type BundlePerson, newId, type PoolCapacity } from '@levee/contract';
import { dayOf, formatHour, useWords } from '@levee/ui';
import { useCallback, useEffect, useState } from 'react';
import { useSession } from '../app/session.ts';
import { fieldWords } from '../app/words.ts';
import { signal, type Tone } from '../look/signal.ts';
import { StorageFullError } from '../offline/database.ts';
import type { About, Draft, QueueRecord } from '../offline/queue.ts';
import { checkTube } from './check-tube.ts';
import { readScan } from './read-scan.ts';
import { lastSamples, sampledHere, type TubeKey, tubesOf } from './tubes.ts';

export const CAPACITIES: readonly PoolCapacity[] = [10, 20, 5, 1];
export type FoundInHere =
  | 'community_screening'
  | 'controlled_area_screening'
  | 'key_population'
  | 'self_presented';

/** Somebody at the desk: of the list, or known by the card alone. */
export type Visitor = { readonly person: BundlePerson } | { readonly number: string } | NewVisitor;
export interface NewVisitor {
  readonly personId: string;
  readonly name: string;
}

export interface Say {
  readonly tone: Tone;
  readonly title: string;
  readonly detail: string;
  /** What the sampler may answer to a question. */
  readonly answers?: readonly { readonly word: string; readonly act: () => void }[];
}
export interface Paper {
  readonly number: string;
  /** As typed, without a zone: the prefecture's time. */
  readonly at: string;
}

/** A full tube is sealed by itself after this long: until then the last swab can still be taken back. */
const SEAL_AFTER_MS = 20_000;

export const aboutOf = (who: Visitor): About => {
  if ('person' in who) return { name: who.person.nameZh, masked: who.person.identityMasked ?? undefined };
  if ('number' in who) return { name: `••••${who.number.slice(-4)}` };
  return { name: who.name };
};
export const whoOf = (who: Visitor) => {
  if ('person' in who) return { personId: who.person.id };
  return 'number' in who ? { identityNumber: who.number } : { personId: who.personId };
};

export function useDesk() {
  const t = useWords(fieldWords);
  const session = useSession();
  const { queue, list, loop, nowMs } = session;
  const [capacity, setCapacity] = useState<PoolCapacity>(10);
  const [foundIn, setFoundIn] = useState<FoundInHere>('community_screening');
  const [opened, setOpened] = useState<TubeKey | null>(null);
  const [said, setSaid] = useState<Say | null>(null);
  const [paper, setPaper] = useState<Paper | null>(null);
  const [newCard, setNewCard] = useState<string | null>(null);
  const [slipFor, setSlipFor] = useState<QueueRecord | null>(null);
  const [household, setHousehold] = useState<readonly BundlePerson[] | null>(null);

  const tubes = tubesOf(queue.records);
  const known = opened && tubes.find(({ poolId }) => poolId === opened.poolId);
  const fallback = opened
    ? null
    : (tubes.find(({ sealed, members }) => !sealed && members.length > 0) ?? null);
  const current =
    known ??
    (opened && { ...opened, members: [], sealed: false, boxed: null, sent: false, lastAt: '' }) ??
    fallback;
  const tube = current?.sealed ? null : current;
  const isFull = tube !== null && tube.members.length >= tube.capacity;

  const say = useCallback((next: Say) => {
    setSaid(next);
    signal(next.tone);
  }, []);
  const ask = (title: string, detail: string, answers: Say['answers']) =>
    say({
      tone: 'question',
      title,
      detail,
      answers: [...(answers ?? []), { word: t('cancel'), act: () => setSaid(null) }],
    });

  const write = useCallback(
    async (drafts: readonly { draft: Draft; about: About }[]): Promise<readonly QueueRecord[] | null> => {
      try {
        const added = await queue.add(session.profile.siteId!, drafts);
        loop.wake();
        return added;
      } catch (error) {
        const full = error instanceof StorageFullError;
        say({ tone: 'no', title: t(full ? 'full' : 'failed'), detail: t(full ? 'fullNext' : 'failedNext') });
        return null;
      }
    },
    [queue, loop, session, say, t],
  );

  const sealTube = useCallback(
    async ({ poolId, tubeCode, capacity: places }: TubeKey, count: number) => {
      const draft = { kind: 'seal', poolId, tubeCode, capacity: places } as const;
      if (!(await write([{ draft, about: { name: '', tubeCode } }]))) return;
      setOpened(null);
      say({ tone: 'done', title: t('sealed'), detail: t('sealedText', { code: tubeCode, count }) });
    },
    [write, say, t],
  );
  const sealIn = useSealWhenFull(isFull && tube ? tube.poolId : null, () => {
    if (tube) void sealTube(tube, tube.members.length);
  });

  /** A tube code as scanned: one printed for this site brings its people; a used or foreign one is asked about. */
  async function meetTube(scanned: string): Promise<void> {
    const existing = tubes.find(({ tubeCode }) => tubeCode === scanned);
    const check = existing ? null : checkTube(list?.manifest.tubes, scanned);
    const anyway = (code: string) => [{ word: t('useTube'), act: () => void openTube(code, capacity) }];
    if (check?.kind === 'used') {
      return ask(t('tubeUsed'), `${check.code} · ${t('tubeUsedNext')}`, anyway(check.code));
    }
    if (check?.kind === 'foreign') {
      return ask(t('tubeForeign'), `${scanned} · ${t('tubeForeignNext')}`, anyway(scanned));
    }
    if (check?.kind === 'own') {
      setCapacity(check.capacity);
      return openTube(check.code, check.capacity);
    }
    return openTube(scanned, capacity);
  }

  async function openTube(code: string, places: PoolCapacity): Promise<void> {
    if (tube && isFull && tube.tubeCode !== code) await sealTube(tube, tube.members.length);
    const existing = tubes.find(({ tubeCode }) => tubeCode === code);
    if (existing?.sealed)
      return say({ tone: 'no', title: t('tubeOver'), detail: `${code} · ${t('tubeOverNext')}` });
    setOpened(existing ?? { poolId: newId(), tubeCode: code, capacity: places });
    say({ tone: 'done', title: t(existing ? 'resumed' : 'opened'), detail: code });
  }

  /** Puts these into the tube, in one write. */
  async function take(
    visitors: readonly Visitor[],
    before: readonly { draft: Draft; about: About }[] = [],
    as: FoundInHere = foundIn,
  ): Promise<void> {
    if (!tube) return say({ tone: 'no', title: t('tubeFirst'), detail: t('tubeFirstNext') });
    const left = tube.capacity - tube.members.length;
    if (left === 0) return say({ tone: 'no', title: t('tubeFull'), detail: t('tubeOverNext') });
    if (visitors.length > left) {
      return say({ tone: 'no', title: t('householdTooMany', { left }), detail: t('tubeOverNext') });
    }
    if (paper && paper.number.trim() === '') {
      return say({ tone: 'no', title: t('paperNeeds'), detail: t('paperOn') });
    }
    const { poolId, tubeCode, capacity: places } = tube;
    const drafts = visitors.map((who) => ({
      draft: {
        ...{ kind: 'sample' as const, poolId, tubeCode, capacity: places, who: whoOf(who), foundIn: as },
        ...(paper && { paperNumber: paper.number.trim(), ...(paper.at && { at: fromPaper(paper.at) }) }),
      },
      about: { ...aboutOf(who), tubeCode },
    }));
    const added = await write([...before, ...drafts]);
    if (!added) return;
    setOpened({ poolId, tubeCode, capacity: places });
    setHousehold(null);
    if (paper) setPaper({ ...paper, number: nextLine(paper.number) });
    const count = tube.members.length + visitors.length;
    const names = visitors.map((who) => aboutOf(who).name).join('、');
    say({
      tone: 'done',
      title: `${t('registered')} ${names}`,
      detail: t('place', { count, capacity: places }),
    });
    if (places === 1) setOpened(null);
  }

  /** Asks before what a sampler would regret; takes at once otherwise. */
  async function meet(who: Visitor, as?: FoundInHere): Promise<void> {
    const yes = { word: t('anyway'), act: () => void take([who], [], as) };
    const here = sampledHere(queue.records, whoOf(who) as { personId?: string; number?: string });
    if (here?.command.kind === 'sample') {
      const { poolId, tubeCode, at } = here.command;
      const before = tubes.find((one) => one.poolId === poolId);
      if (before && !before.sealed) {
        const title = poolId === tube?.poolId ? t('sameTube') : t('openTube', { tube: tubeCode });
        return say({ tone: 'no', title: `${aboutOf(who).name} ${title}`, detail: t('nextPerson') });
      }
      if (sameDay(at, nowMs)) {
        return ask(
          `${aboutOf(who).name} ${t('already')}`,
          t('alreadyIn', { time: formatHour(at), tube: tubeCode }),
          [yes],
        );
      }
    }
    if ('person' in who) {
      const { lastSampledAt, resampleWanted, nameZh } = who.person;
      if (resampleWanted && tube && tube.capacity > 1) {
        return ask(`${nameZh} ${t('wantsSingle')}`, t('wantsSingleNext'), [{ ...yes, word: t('inPool') }]);
      }
      if (!resampleWanted && lastSampledAt && sameDay(lastSampledAt, nowMs)) {
        return ask(`${nameZh} ${t('already')}`, t('alreadyElsewhere', { time: formatHour(lastSampledAt) }), [
          yes,
        ]);
      }
    }
    return take([who], [], as);
  }

  async function meetCard(number: string): Promise<void> {
    const person = list?.byCard.get(await list.markOf(number));
    if (person) return meet({ person });
    const byCard = { word: t('byCard'), act: () => void meet({ number }) };
    const create = { word: t('newPerson'), act: () => setNewCard(number) };
    ask(
      t(list ? 'notInList' : 'noList'),
      t(list ? 'notInListText' : 'noListNext', { last: number.slice(-4) }),
      [byCard, create],
    );
  }

  /** A card, a household or a tube; a name is not a scan and is chosen among its candidates. */
  async function scan(raw: string): Promise<void> {
    const read = readScan(raw);
    setHousehold(null);
    if (read.kind === 'tube') await meetTube(read.code);
    if (read.kind === 'time') {
      if (!paper) return say({ tone: 'no', title: t('paperFirst'), detail: read.text });
      setPaper({ ...paper, at: `${paper.at.slice(0, 10) || dayOf(nowMs)}T${read.text}` });
      say({ tone: 'done', title: `${t('paperAt')} ${read.text}`, detail: t('paperOn') });
    }
    if (read.kind === 'card') await meetCard(read.number);
    if (read.kind === 'bad_card') {
      say({ tone: 'no', title: t(`badCard_${read.reason}`), detail: t('badCardNext') });
    }
    if (read.kind === 'household') {
      const members = list?.byHousehold.get(read.householdId);
      if (members) setHousehold(members);
      else say({ tone: 'no', title: t('noHousehold'), detail: t('noHouseholdNext') });
    }
  }

  async function undo(record: QueueRecord): Promise<void> {
    if (record.command.kind !== 'sample') return;
    const { poolId, capacity: places } = record.command;
    const of = tubes.find((one) => one.poolId === poolId);
    const seals = queue.records.filter(({ command }) => command.kind === 'seal' && command.poolId === poolId);
    const together = [record, ...seals.filter(({ state }) => state !== 'undone')].map(({ id }) => id);
    const done = () =>
      say({ tone: 'done', title: t('undone'), detail: t('undoneText', { name: record.about.name }) });
    if (await queue.takeBack(together)) return done();
    if (of?.sealed && places > 1) {
      return say({ tone: 'no', title: t('undoSealed'), detail: t('undoSealedNext') });
    }
    const draft = { kind: 'withdraw' as const, sampleId: record.id, reason: t('undoReason') };
    if (await write([{ draft, about: record.about }])) done();
  }

  /** Somebody written down here: the record and, where a tube is open, the swab. */
  async function register(
    values: { nameZh: string; identityNumber?: string; phone?: string; placeId: string },
    sampled: boolean,
  ): Promise<void> {
    const personId = newId();
    const person = {
      draft: { kind: 'person' as const, personId, ...values },
      about: { name: values.nameZh },
    };
    setNewCard(null);
    if (sampled) return take([{ personId, name: values.nameZh }], [person]);
    if (await write([person]))
      say({ tone: 'done', title: `${t('registered')} ${values.nameZh}`, detail: '' });
  }

  return {
    ...{
      session,
      tube,
      isFull,
      sealIn,
      capacity,
      setCapacity,
      foundIn,
      setFoundIn,
      said,
      say,
      setSaid,
      write,
    },
    ...{
      paper,
      setPaper,
      newCard,
      setNewCard,
      slipFor,
      setSlipFor,
      household,
      setHousehold,
      last: lastSamples(queue.records, 5),
    },
    ...{ scan, meet, take, undo, register, seal: () => tube && void sealTube(tube, tube.members.length) },
  };
}
export type Desk = ReturnType<typeof useDesk>;

/** Seconds until the full tube is sealed, or null. */
function useSealWhenFull(poolId: string | null, seal: () => void): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    if (poolId === null) return setLeft(null);
    const due = Date.now() + SEAL_AFTER_MS;
    const tick = () => setLeft(Math.max(0, Math.ceil((due - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [poolId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, at zero
  useEffect(() => {
    if (left === 0) seal();
  }, [left]);
  return left;
}

const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });
const sameDay = (at: string, nowMs: number) => DAY.format(Date.parse(at)) === DAY.format(nowMs);
/** Paper is written in Beijing time. */
const fromPaper = (local: string) => new Date(`${local}:00+08:00`).toISOString();
/** `A-07` → `A-08`: the next line of the same sheet. */
const nextLine = (line: string) =>
  line.replace(/\d+$/, (digits) => String(Number(digits) + 1).padStart(digits.length, '0'));
