import { useWords } from '@levee/ui';
import { fieldWords } from '../app/words.ts';
import type { DeviceTube } from './tubes.ts';
import type { Desk } from './use-desk.ts';

/** The tube in the hand: its code as printed, and a place for each person. */
export function TubeCard({ desk, tube }: { desk: Desk; tube: DeviceTube }) {
  const t = useWords(fieldWords);
  const count = tube.members.length;
  return (
    <section className="tube" data-full={desk.isFull} aria-label={t('tube')}>
      <div className="tube__head">
        <span className="tube__code">{tube.tubeCode}</span>
        <span className="tube__count">{t('filled', { count, capacity: tube.capacity })}</span>
      </div>
      <div className="line">
        <p className="tube__places" aria-hidden>
          {Array.from({ length: tube.capacity }, (_, at) => at + 1).map((place) => (
            <span key={place} data-filled={place <= count} />
          ))}
        </p>
        <button
          type="button"
          className={desk.isFull ? 'big big--primary' : 'big'}
          disabled={count === 0}
          onClick={desk.seal}
        >
          {t(desk.isFull ? 'sealNow' : 'seal')}
        </button>
      </div>
      {desk.isFull && desk.sealIn !== null && <p>{t('sealIn', { seconds: desk.sealIn })}</p>}
    </section>
  );
}
