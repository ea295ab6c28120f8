import type { ReturneeDeclaration } from '@levee/contract';
import { Dialog, dayOf, ErrorState, Facts, FormField, PeekPanel, Section, Time, useWords } from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { usePlaceName } from '../places/place-name.ts';
import { JourneyFields, type StayDraft, travelOf } from './journey-fields.tsx';
import { keyPopulationWords } from './words.ts';

/** One declaration: whom to call, the journey as it is now known, and the two ways it ends. */
export function DeclarationPeek({
  declaration,
  onClose,
  onPrevious,
  onNext,
}: {
  declaration: ReturneeDeclaration;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}) {
  const t = useWords(keyPopulationWords);
  const nameOf = usePlaceName();
  const queries = useQueryClient();
  const [stays, setStays] = useState<readonly StayDraft[]>(() =>
    declaration.travel.map(({ where, level, leftAt }, key) => ({ key, where, level, left: dayOf(leftAt) })),
  );
  const [setting, setAside] = useState(false);
  const travel = travelOf(stays);
  const params = { declarationId: declaration.id };
  const phone = useMutation({
    mutationFn: () => client.keyPopulations.declarationPhone({ purpose: 'testing', params, body: {} }),
  });
  const confirm = useMutation({
    mutationFn: () =>
      client.keyPopulations.confirmDeclaration({
        purpose: 'testing',
        params,
        body: { arrivedAt: declaration.arrivedAt, travel: travel! },
      }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['keyPopulations'] });
    },
  });
  return (
    <PeekPanel
      title={declaration.nameZh}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
      footer={
        <>
          <button
            type="button"
            className="lv-button lv-button--primary"
            disabled={!travel || confirm.isPending}
            title={travel ? '' : t('needLevels')}
            onClick={() => confirm.mutate()}
          >
            {t('confirm')}
          </button>
          <button type="button" className="lv-button" onClick={() => setAside(true)}>
            {t('setAside')}
          </button>
        </>
      }
    >
      <Facts
        rows={[
          [t('number'), declaration.identityMasked],
          [
            t('phone'),
            phone.data ? (
              phone.data.value
            ) : (
              <button
                key="phone"
                type="button"
                className="lv-button lv-button--quiet"
                onClick={() => phone.mutate()}
              >
                {declaration.phoneMasked} {t('showPhone')}
              </button>
            ),
          ],
          [t('home'), declaration.home && nameOf(declaration.home)],
          [t('arrived'), <Time key="arrived" at={declaration.arrivedAt} />],
          [t('declaredAt'), <Time key="declared" at={declaration.declaredAt} />],
          [t('state'), t(declaration.person ? 'onRecord' : 'notOnRecord')],
        ]}
      />
      <Section title={t('journey')}>
        <div className="keypop-narrow">
          <JourneyFields stays={stays} onChange={setStays} />
        </div>
        {!travel && <p className="keypop-quiet">{t('needLevels')}</p>}
      </Section>
      {phone.error && <ErrorState error={phone.error} shape="line" />}
      {confirm.error && <ErrorState error={confirm.error} shape="line" />}
      {setting && <SetAside declaration={declaration} onClose={() => setAside(false)} onDone={onClose} />}
    </PeekPanel>
  );
}

function SetAside({
  declaration,
  onClose,
  onDone,
}: {
  declaration: ReturneeDeclaration;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useWords(keyPopulationWords);
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const act = useMutation({
    mutationFn: () =>
      client.keyPopulations.setAsideDeclaration({
        purpose: 'testing',
        params: { declarationId: declaration.id },
        body: { reason: reason.trim() },
      }),
    onSuccess: async () => {
      onDone();
      await queries.invalidateQueries({ queryKey: ['keyPopulations'] });
    },
  });
  return (
    <Dialog
      title={t('setAsideTitle', { name: declaration.nameZh })}
      onClose={onClose}
      onSubmit={() => reason.trim() && act.mutate()}
      footer={
        <>
          <button
            type="submit"
            className="lv-button lv-button--primary"
            disabled={reason.trim() === '' || act.isPending}
          >
            {t('setAside').replace('…', '')}
          </button>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('cancel')}
          </button>
        </>
      }
    >
      <FormField label={t('reason')}>
        {(wiring) => (
          <input
            {...wiring}
            className="lv-input"
            maxLength={300}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
      </FormField>
      {act.error && <ErrorState error={act.error} shape="line" />}
    </Dialog>
  );
}
