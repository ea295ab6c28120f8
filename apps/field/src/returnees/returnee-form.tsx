/** Somebody who came in: who, when, from where. The pack says at once which tests follow; the record goes up the queue. */
import { newId } from '@levee/contract';
import { checkIdentityNumber, getPackOrThrow, travelTests, words } from '@levee/protocol';
import { dayOf, formatDay, Icon, useText, useWords } from '@levee/ui';
import { type FormEvent, useState } from 'react';
import { fieldWords } from '../app/words.ts';
import { Trouble } from '../look/trouble.tsx';
import type { About, Draft } from '../offline/queue.ts';
import { HomeChoice } from '../people/home-choice.tsx';
import { PersonPick } from '../people/person-pick.tsx';
import { aboutOf, type Desk, type Visitor, whoOf } from '../sampling/use-desk.ts';
import { Journey, type Stay } from './journey.tsx';

const startOf = (day: string) => new Date(`${day}T00:00:00+08:00`).toISOString();

export default function ReturneeForm({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const t = useWords(fieldWords);
  const text = useText();
  const { list, nowMs } = desk.session;
  const today = dayOf(nowMs);
  const [who, setWho] = useState<Visitor | null>(null);
  const [isNew, setNew] = useState(false);
  const [arrived, setArrived] = useState(today);
  const [stays, setStays] = useState<readonly Stay[]>([{ key: 0, where: '', level: null, left: today }]);
  const [fault, setFault] = useState<string | null>(null);
  const arrivedAt = arrived === today ? new Date(nowMs).toISOString() : noonOf(arrived);
  const whole = stays.every(({ where, level, left }) => where.trim() && level && left && left <= arrived);
  const travel = stays.flatMap(({ where, level, left }) =>
    level && left ? [{ where: where.trim(), level, leftAt: startOf(left) }] : [],
  );
  const duty = list && travelTests(getPackOrThrow(list.manifest.packId), travel, arrivedAt);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string) => String(form.get(name) ?? '').trim();
    const check = value('identityNumber') === '' ? null : checkIdentityNumber(value('identityNumber'));
    if (isNew && check && !check.ok) return setFault(t(`badCard_${check.reason}`));
    if (isNew && (!value('nameZh') || !value('placeId'))) return setFault(t('needNameHome'));
    if (!isNew && !who) return setFault(t('needWho'));
    if (!whole) return setFault(t('needStays'));
    const personId = newId();
    const person: { draft: Draft; about: About } = {
      draft: {
        ...{ kind: 'person', personId, nameZh: value('nameZh'), placeId: value('placeId') },
        ...(check?.ok && { identityNumber: check.number }),
        ...(value('phone') && { phone: value('phone') }),
      },
      about: { name: value('nameZh') },
    };
    const visitor: Visitor = isNew ? { personId, name: value('nameZh') } : who!;
    const draft: Draft = { kind: 'returnee', who: whoOf(visitor), arrivedAt, travel };
    const written = await desk.write([...(isNew ? [person] : []), { draft, about: aboutOf(visitor) }]);
    if (!written) return;
    desk.say({
      tone: 'done',
      title: `${t('returneeSaved')} ${aboutOf(visitor).name}`,
      detail: duty
        ? t('testDays', { days: duty.testDays.map((day) => formatDay(day, nowMs)).join('、') })
        : t('noTests'),
    });
    onDone();
  };
  return (
    <form className="form new-person" onSubmit={(event) => void submit(event)}>
      <header className="door__head">
        <h1>{t('returnee')}</h1>
        <button type="button" className="small" onClick={onDone}>
          <Icon name="back" /> {t('back')}
        </button>
      </header>
      <p className="muted">{t('returneeWhy')}</p>
      {isNew ? (
        <NewPerson desk={desk} onKnown={() => setNew(false)} />
      ) : (
        <>
          <PersonPick chosen={who} onChoose={setWho} />
          {!who && (
            <button type="button" className="small" onClick={() => setNew(true)}>
              <Icon name="plus" /> {t('newPerson')}
            </button>
          )}
        </>
      )}
      <label>
        {t('arrivedOn')}
        <input
          className="lv-input"
          type="date"
          max={today}
          value={arrived}
          onChange={(event) => setArrived(event.target.value || today)}
        />
      </label>
      <h2>{t('journey')}</h2>
      <Journey stays={stays} latest={arrived} onChange={setStays} />
      {whole && (
        <section className="duty" role="status">
          <strong>
            {!list
              ? t('testsUnknown')
              : duty
                ? t('testDays', { days: duty.testDays.map((day) => formatDay(day, nowMs)).join('、') })
                : t('noTests')}
          </strong>
          {duty && list && (
            <small>
              {text(words.MANAGED_CLASS_WORDS[duty.class])} ·{' '}
              {text(getPackOrThrow(list.manifest.packId).title)}
            </small>
          )}
        </section>
      )}
      {fault && <Trouble problem={fault} next="" />}
      <button type="submit" className="big big--primary">
        {t('registerReturnee')}
      </button>
    </form>
  );
}

const noonOf = (day: string) => new Date(`${day}T12:00:00+08:00`).toISOString();

function NewPerson({ desk, onKnown }: { desk: Desk; onKnown: () => void }) {
  const t = useWords(fieldWords);
  return (
    <>
      <button type="button" className="small" onClick={onKnown}>
        <Icon name="back" /> {t('chooseFromList')}
      </button>
      <label>
        {t('name')}
        <input className="lv-input" name="nameZh" maxLength={60} autoComplete="off" />
      </label>
      <HomeChoice homes={desk.session.list?.manifest.homes ?? []} />
      <label>
        {t('cardNumber')}
        <input className="lv-input" name="identityNumber" autoComplete="off" />
      </label>
      <label>
        {t('phone')}
        <input className="lv-input" name="phone" inputMode="tel" autoComplete="off" />
      </label>
    </>
  );
}
