import { Icon, type IconName, useWords } from '@levee/ui';
import { fieldWords } from '../app/words.ts';
import type { Tone } from '../look/signal.ts';
import type { Desk } from './use-desk.ts';

const ICONS: Readonly<Record<Tone, IconName>> = { done: 'check', question: 'warning', no: 'close' };

/** The answer to what was just done: seen from an arm's length, in colour, sign and word. */
export function Said({ desk }: { desk: Desk }) {
  const t = useWords(fieldWords);
  const { said } = desk;
  if (!said) return <p className="said said--none">{t('scanHint')}</p>;
  return (
    <section className="said" data-tone={said.tone} role="alert">
      <p className="said__title">
        <Icon name={ICONS[said.tone]} size={32} />
        {said.title}
      </p>
      {said.detail && <p>{said.detail}</p>}
      {said.answers && (
        <div className="said__answers">
          {said.answers.map(({ word, act }) => (
            <button key={word} type="button" className="big" onClick={act}>
              {word}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}
