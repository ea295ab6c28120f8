import { checkIdentityNumber } from '@levee/protocol';
import { Icon, useWords } from '@levee/ui';
import { type FormEvent, useState } from 'react';
import { fieldWords } from '../app/words.ts';
import { Trouble } from '../look/trouble.tsx';
import { HomeChoice } from '../people/home-choice.tsx';
import type { Desk } from './use-desk.ts';

/** Somebody nobody has on record: name and home; never anything about what they believe or where their people come from. */
export function NewPersonForm({ desk }: { desk: Desk }) {
  const t = useWords(fieldWords);
  const homes = desk.session.list?.manifest.homes ?? [];
  const [fault, setFault] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string) => String(form.get(name) ?? '').trim();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const number = value('identityNumber');
    const check = number === '' ? null : checkIdentityNumber(number);
    if (check && !check.ok) return setFault(t(`badCard_${check.reason}`));
    if (!value('nameZh') || !value('placeId')) return setFault(t('needNameHome'));
    const phone = value('phone');
    void desk.register(
      {
        ...{ nameZh: value('nameZh'), placeId: value('placeId') },
        ...(check?.ok && { identityNumber: check.number }),
        ...(phone && { phone }),
      },
      submitter?.getAttribute('value') === 'sample',
    );
  };
  return (
    <form className="form new-person" onSubmit={submit}>
      <header className="door__head">
        <h1>{t('newPerson')}</h1>
        <button type="button" className="small" onClick={() => desk.setNewCard(null)}>
          <Icon name="back" /> {t('back')}
        </button>
      </header>
      <label>
        {t('name')}
        <input className="lv-input" name="nameZh" maxLength={60} autoComplete="off" />
      </label>
      <HomeChoice homes={homes} />
      <label>
        {t('cardNumber')}
        <input
          className="lv-input"
          name="identityNumber"
          defaultValue={desk.newCard ?? ''}
          autoComplete="off"
        />
      </label>
      <label>
        {t('phone')}
        <input className="lv-input" name="phone" inputMode="tel" autoComplete="off" />
      </label>
      {fault && <Trouble problem={fault} next={t('badCardNext')} />}
      {homes.length === 0 && <Trouble problem={t('noList')} next={t('noListNext')} />}
      <div className="line">
        <button type="submit" className="big" value="only">
          {t('savePerson')}
        </button>
        <button type="submit" className="big big--primary" value="sample" disabled={!desk.tube}>
          {t('register')}
        </button>
      </div>
    </form>
  );
}
