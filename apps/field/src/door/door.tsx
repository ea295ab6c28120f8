import type { Me } from '@levee/contract';
import { Icon, setLanguage, useLanguage, useWords } from '@levee/ui';
import { useCallback, useEffect, useState } from 'react';
import { fieldWords } from '../app/words.ts';
import { Trouble } from '../look/trouble.tsx';
import { database as db } from '../offline/database.ts';
import { type ListedProfile, listProfiles, openProfile, tryPin, type Unlocked } from '../offline/profiles.ts';
import { ForgottenPin } from './forgotten-pin.tsx';
import { PinPad } from './pin-pad.tsx';
import { SignInForm } from './sign-in-form.tsx';

type Step =
  | { at: 'people' }
  | { at: 'sign_in' }
  | { at: 'not_sampler' }
  | { at: 'pin'; who: ListedProfile; note: string }
  | { at: 'forgotten'; who: ListedProfile }
  | { at: 'set_pin'; me: Me; first: string | null; note: string };

/** Who works with this phone: PIN for who is known here, the network for who is new. */
export function Door({ onEnter }: { onEnter: (unlocked: Unlocked) => Promise<void> }) {
  const t = useWords(fieldWords);
  const language = useLanguage();
  const [known, setKnown] = useState<ListedProfile[] | null>(null);
  const [step, setStep] = useState<Step>({ at: 'people' });
  const look = useCallback(async () => {
    const found = await listProfiles(db);
    setKnown(found);
    setStep(found.length === 0 ? { at: 'sign_in' } : { at: 'people' });
  }, []);
  useEffect(() => void look(), [look]);

  const signedIn = async (me: Me) => {
    if (!me.permissions.includes('testing.sample')) return setStep({ at: 'not_sampler' });
    const who = (await listProfiles(db)).find(({ profile }) => profile.accountId === me.id);
    setStep(who ? { at: 'pin', who, note: '' } : { at: 'set_pin', me, first: null, note: '' });
  };
  const entered = useCallback(
    async (pin: string) => {
      if (step.at === 'pin') {
        const answer = await tryPin(db, step.who.profile.accountId, pin);
        if (answer.ok) return onEnter(answer);
        const seconds = Math.ceil(answer.waitMs / 1000);
        const note = seconds > 0 ? t('pinWait', { seconds }) : t('wrongPin', { count: answer.triesLeft });
        setStep({ ...step, note });
      } else if (step.at === 'set_pin') {
        if (step.first === null) setStep({ ...step, first: pin, note: '' });
        else if (step.first !== pin) setStep({ ...step, first: null, note: t('pinsDiffer') });
        else await onEnter(await openProfile(db, step.me, pin));
      }
    },
    [step, onEnter, t],
  );
  const onPin = useCallback((pin: string) => void entered(pin), [entered]);

  if (known === null) return <main className="door">{t('loading')}</main>;
  return (
    <main className="door">
      <header className="door__head">
        <h1>{t('app')}</h1>
        <button
          type="button"
          className="small"
          onClick={() => void setLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          <Icon name="globe" /> {language === 'zh' ? 'English' : '中文'}
        </button>
      </header>
      {step.at === 'people' && (
        <>
          <h2>{t('whoAreYou')}</h2>
          <ul className="choices">
            {known.map((who) => (
              <li key={who.profile.accountId}>
                <button type="button" onClick={() => setStep({ at: 'pin', who, note: '' })}>
                  <strong>{who.profile.name}</strong>
                  <small data-warn={who.unsent > 0}>
                    {who.unsent > 0 ? t('unsentOf', { count: who.unsent }) : t('nothingUnsent')}
                  </small>
                </button>
              </li>
            ))}
          </ul>
          <button type="button" className="big" onClick={() => setStep({ at: 'sign_in' })}>
            {t('otherUser')}
          </button>
        </>
      )}
      {step.at === 'sign_in' && (
        <>
          <SignInForm onIn={(me) => void signedIn(me)} />
          <p className="muted">{t('needsNetwork')}</p>
        </>
      )}
      {step.at === 'not_sampler' && <Trouble problem={t('notSampler')} next={t('notSamplerNext')} />}
      {step.at === 'set_pin' && (
        <>
          <PinPad
            key={step.first === null ? 'first' : 'again'}
            title={t(step.first === null ? 'setPin' : 'repeatPin')}
            note={step.note}
            onPin={onPin}
          />
          <p className="muted">{t('setPinWhy')}</p>
        </>
      )}
      {step.at === 'pin' && (
        <>
          <p className="door__who">{step.who.profile.name}</p>
          <PinPad title={t('enterPin')} note={step.note} onPin={onPin} />
          <button type="button" className="small" onClick={() => setStep({ at: 'forgotten', who: step.who })}>
            {t('forgotPin')}
          </button>
        </>
      )}
      {step.at === 'forgotten' && <ForgottenPin who={step.who} onGone={() => void look()} />}
      {step.at !== 'people' && known.length > 0 && (
        <button type="button" className="small" onClick={() => void look()}>
          <Icon name="back" /> {t('back')}
        </button>
      )}
    </main>
  );
}
