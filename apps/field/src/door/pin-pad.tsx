import { Icon, useWords } from '@levee/ui';
import { useEffect, useLayoutEffect, useState } from 'react';
import { fieldWords } from '../app/words.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
const LENGTH = 6;

/** Six digits by thumb or by keyboard; answers by itself at the sixth. */
export function PinPad({
  title,
  note,
  onPin,
}: {
  title: string;
  note?: string;
  onPin: (pin: string) => void;
}) {
  const t = useWords(fieldWords);
  const [pin, setPin] = useState('');
  const type = (digit: string) => setPin((typed) => (typed.length < LENGTH ? typed + digit : typed));
  const erase = () => setPin((typed) => typed.slice(0, -1));
  useEffect(() => {
    if (pin.length < LENGTH) return;
    setPin('');
    onPin(pin);
  }, [pin, onPin]);
  useLayoutEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => {
      if (/^\d$/.test(key)) type(key);
      if (key === 'Backspace') erase();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
  return (
    <section className="pin" aria-label={title}>
      <h2>{title}</h2>
      <p className="pin__dots" role="status" aria-label={`${pin.length} / ${LENGTH}`}>
        {Array.from({ length: LENGTH }, (_, at) => at + 1).map((place) => (
          <span key={place} data-filled={place <= pin.length} />
        ))}
      </p>
      <p className="pin__note" role="alert">
        {note}
      </p>
      <div className="pin__keys">
        {KEYS.map((digit) => (
          <button key={digit} type="button" onClick={() => type(digit)}>
            {digit}
          </button>
        ))}
        <span />
        <button type="button" onClick={() => type('0')}>
          0
        </button>
        <button type="button" aria-label={t('erase')} onClick={erase}>
          <Icon name="back" size={24} />
        </button>
      </div>
    </section>
  );
}
