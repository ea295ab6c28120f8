import { newId, SPECIMEN_KINDS, type SpecimenKind } from '@levee/contract';
import {
  ChoiceTabs,
  ErrorState,
  FormActions,
  FormField,
  FormGrid,
  Page as PageFrame,
  useServerClock,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { client } from '../../app/client.ts';
import { type FoundPlace, PlaceFinder } from '../places/place-finder.tsx';
import { PlaceChoice } from './place-choice.tsx';
import { KIND_NAMES, specimenWords } from './specimen-words.ts';
import './testing.css';

/** Registering at a desk: the place and kind stay, the tube is scanned last and its Enter saves. */
export function Page() {
  const t = useWords(specimenWords);
  const text = useText();
  const queries = useQueryClient();
  const clock = useServerClock();
  const [siteId, setSite] = useUrlText('site');
  const [kindText, setKind] = useUrlText('kind');
  const kind = SPECIMEN_KINDS.find((one) => one === kindText) ?? 'goods';
  const [place, setPlace] = useState<FoundPlace | null>(null);
  const [description, setDescription] = useState('');
  const [product, setProduct] = useState('');
  const [batchNumber, setBatch] = useState('');
  const [supplier, setSupplier] = useState('');
  const [coldChain, setColdChain] = useState(true);
  const [tubeCode, setTube] = useState('');
  const tubeField = useRef<HTMLInputElement>(null);
  const save = useMutation({
    mutationFn: () =>
      client.specimens.register({
        body: {
          ...{ id: newId(), poolId: newId(), tubeCode, siteId, kind, description },
          placeId: place?.id ?? siteId,
          takenAt: new Date(clock.snapshot()).toISOString(),
          ...(kind === 'goods' && {
            goods: { product, batchNumber: batchNumber || null, supplier: supplier || null, coldChain },
          }),
        },
      }),
    onSuccess: () => {
      setTube('');
      tubeField.current?.focus();
      void queries.invalidateQueries({ queryKey: ['testing'] });
    },
  });
  const input =
    (value: string, set: (value: string) => void, more: object = {}) =>
    (wiring: object) => (
      <input
        {...wiring}
        className="lv-input"
        value={value}
        onChange={(event) => set(event.target.value)}
        {...more}
      />
    );
  return (
    <PageFrame
      title={t('new')}
      breadcrumbs={[{ title: t('title'), href: '/specimens' }]}
      toolbar={
        <div className="testing-line">
          <PlaceChoice of="test_site" value={siteId} onChange={setSite} />
          <ChoiceTabs<SpecimenKind>
            label={t('kind')}
            value={kind}
            choices={SPECIMEN_KINDS.map((one) => [one, text(KIND_NAMES[one])] as const)}
            onChoose={setKind}
          />
        </div>
      }
    >
      <form
        className="testing-form testing-narrow"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <FormField label={t('place')} hint={t('placeHint')} optional>
          {(wiring) => <PlaceFinder wiring={wiring} chosen={place?.name ?? null} onChoose={setPlace} />}
        </FormField>
        <FormField label={t('what')} hint={t('whatHint')}>
          {input(description, setDescription, { required: true, maxLength: 120 })}
        </FormField>
        {kind === 'goods' && (
          <FormGrid columns={2}>
            <FormField label={t('product')}>
              {input(product, setProduct, { required: true, maxLength: 80 })}
            </FormField>
            <FormField label={t('batch')} hint={t('kindHint')} optional>
              {input(batchNumber, setBatch, { maxLength: 60 })}
            </FormField>
            <FormField label={t('supplier')} optional>
              {input(supplier, setSupplier, { maxLength: 80 })}
            </FormField>
            <FormField label={t('coldChain')}>
              {(wiring) => (
                <input
                  {...wiring}
                  type="checkbox"
                  checked={coldChain}
                  onChange={(event) => setColdChain(event.target.checked)}
                />
              )}
            </FormField>
          </FormGrid>
        )}
        <FormField label={t('scanTube')}>
          {(wiring) => (
            <input
              {...wiring}
              ref={tubeField}
              className="lv-input testing-scan"
              required
              pattern="[0-9A-Za-z\-]{4,32}"
              autoComplete="off"
              value={tubeCode}
              onChange={(event) => setTube(event.target.value.toUpperCase())}
            />
          )}
        </FormField>
        {save.error && <ErrorState error={save.error} shape="line" />}
        {save.data && !save.isPending && !save.error && (
          <p className="testing-say testing-say--good" role="status">
            {t('saved', { tube: save.data.tubeCode })}
          </p>
        )}
        <FormActions>
          <button
            type="submit"
            className="lv-button lv-button--primary"
            disabled={save.isPending || siteId === ''}
          >
            {t('register')}
          </button>
          {siteId === '' && <span className="testing-quiet">{t('chooseSite')}</span>}
        </FormActions>
      </form>
    </PageFrame>
  );
}
