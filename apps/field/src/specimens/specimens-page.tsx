import { SPECIMEN_KINDS } from '@levee/contract';
import { Icon, type IconName, useText, useWords } from '@levee/ui';
import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { Tone } from '../look/signal.ts';
import { CameraSign } from '../sampling/scan-field.tsx';
import { LastSpecimens } from './last-specimens.tsx';
import { PlacePick } from './place-pick.tsx';
import { type Specimens, useSpecimens } from './use-specimens.ts';
import { KIND_NAMES, specimenWords, USUAL } from './words.ts';

const Camera = lazy(() => import('../scan/camera.tsx'));
const ICONS: Readonly<Record<Tone, IconName>> = { done: 'check', question: 'warning', no: 'close' };

/** What it is of, chosen once; then tube after tube under the scanner. */
export function SpecimensPage() {
  const t = useWords(specimenWords);
  const text = useText();
  const desk = useSpecimens();
  const { kind, goods, setGoods } = desk;
  return (
    <div className="sampling specimens">
      <h1 className="specimens__title">{t('title')}</h1>
      <fieldset className="segments" aria-label={t('kind')}>
        {SPECIMEN_KINDS.map((one) => (
          <button key={one} type="button" aria-pressed={kind === one} onClick={() => desk.setKind(one)}>
            {text(KIND_NAMES[one])}
          </button>
        ))}
      </fieldset>
      <div className="form">
        <PlacePick desk={desk} />
        {kind === 'goods' && (
          <>
            <div className="line">
              <Line
                label={t('product')}
                value={goods.product}
                onChange={(product) => setGoods({ ...goods, product })}
              />
              <Line
                label={t('batch')}
                value={goods.batchNumber}
                onChange={(batchNumber) => setGoods({ ...goods, batchNumber })}
              />
            </div>
            <div className="line">
              <Line
                label={t('supplier')}
                value={goods.supplier}
                onChange={(supplier) => setGoods({ ...goods, supplier })}
              />
              <button
                type="button"
                className="small"
                aria-pressed={goods.coldChain}
                onClick={() => setGoods({ ...goods, coldChain: !goods.coldChain })}
              >
                {goods.coldChain && <Icon name="check" />} {t('coldChain')}
              </button>
            </div>
          </>
        )}
        <div>
          <fieldset className="usual" aria-label={t('what')}>
            {USUAL[kind].map((one) => (
              <button
                key={one.zh}
                type="button"
                className="small"
                aria-pressed={desk.description === text(one)}
                onClick={() => desk.setDescription(text(one))}
              >
                {text(one)}
              </button>
            ))}
          </fieldset>
          <Line
            label={t('what')}
            value={desk.description}
            placeholder={t('whatHint')}
            maxLength={120}
            onChange={desk.setDescription}
          />
        </div>
      </div>
      <LastSpecimens desk={desk} />
      <div className="specimens__dock">
        <Answer desk={desk} />
        <TubeScan desk={desk} />
      </div>
    </div>
  );
}

function Line({
  label,
  value,
  onChange,
  placeholder,
  maxLength = 80,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  maxLength?: number;
}) {
  return (
    <label>
      {label}
      <input
        className="lv-input"
        value={value}
        maxLength={maxLength}
        autoComplete="off"
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

/** The tube is scanned last and its Enter saves; the screen keyboard comes on demand. */
function TubeScan({ desk }: { desk: Specimens }) {
  const t = useWords(specimenWords);
  const field = useRef<HTMLInputElement>(null);
  const [camera, setCamera] = useState(false);
  // After every answer the scanner finds the field again.
  useEffect(() => {
    if (desk.said) field.current?.focus();
  }, [desk.said]);
  const latest = useRef(desk);
  latest.current = desk;
  const turn = useRef(Promise.resolve());
  const read = (code: string) => {
    turn.current = turn.current.then(() => latest.current.scan(code));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    read(desk.waiting);
  };
  return (
    <div className="scan">
      <form className="scan__form" onSubmit={submit}>
        <input
          ref={field}
          className="lv-input scan__field"
          aria-label={t('scan')}
          placeholder={t('scan')}
          value={desk.waiting}
          enterKeyHint="done"
          autoCapitalize="none"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          onChange={(event) => desk.setWaiting(event.target.value)}
        />
        <button
          type="button"
          className="square"
          aria-label={t('camera')}
          aria-pressed={camera}
          onClick={() => setCamera(!camera)}
        >
          <CameraSign />
        </button>
        <button type="submit" className="small specimens__register" disabled={desk.waiting.trim() === ''}>
          {t('register')}
        </button>
      </form>
      {camera && (
        <Suspense fallback={null}>
          <Camera onRead={read} />
        </Suspense>
      )}
    </div>
  );
}

function Answer({ desk: { said } }: { desk: Specimens }) {
  if (!said) return null;
  return (
    <section className="said" data-tone={said.tone} role="alert">
      <p className="said__title">
        <Icon name={ICONS[said.tone]} size={32} />
        {said.title}
      </p>
      <p>{said.detail}</p>
    </section>
  );
}
