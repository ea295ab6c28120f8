import type { Bulletin, Headquarters } from '@levee/contract';
import { ErrorState, FormActions, FormField, FormGrid, useText, useWords } from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { Findings } from './findings.tsx';
import { informationWords } from './words.ts';

type Act = 'approve' | 'sendBack' | 'correct' | 'withdraw';

/** What may be done with a bulletin that is not being written: a second person approves, everything else has a reason. */
export function Acts({ bulletin }: { bulletin: Bulletin }) {
  const t = useWords(informationWords);
  const me = useMe();
  const [act, setAct] = useState<Act | null>(null);
  const edition = bulletin.editions[0]!;
  const may = (permission: 'information.approve' | 'information.draft') =>
    me.permissions.includes(permission);
  const choices: Act[] =
    edition.state === 'checked'
      ? may('information.approve')
        ? ['approve', 'sendBack']
        : []
      : edition.state === 'published'
        ? [
            ...(may('information.draft') ? (['correct'] as const) : []),
            ...(may('information.approve') ? (['withdraw'] as const) : []),
          ]
        : [];
  const own = edition.state === 'checked' && edition.author.id === me.id;
  return (
    <section className="information-panel lv-no-print" aria-label={t('step3')}>
      {edition.state === 'checked' && (own || !may('information.approve')) && (
        <WaitsFor bulletin={bulletin} own={own} />
      )}
      {edition.state === 'checked' && <Findings findings={edition.findings} />}
      {choices.length > 0 && act === null && (
        <div className="information-acts">
          {choices.map((each, index) => (
            <button
              key={each}
              type="button"
              className={index === 0 && each === 'approve' ? 'lv-button lv-button--primary' : 'lv-button'}
              disabled={own && each === 'approve'}
              onClick={() => setAct(each)}
            >
              {t(each)}
            </button>
          ))}
        </div>
      )}
      {act !== null && <ActForm act={act} bulletin={bulletin} onClose={() => setAct(null)} />}
    </section>
  );
}

/** Why the reader cannot approve, and who can. */
function WaitsFor({ bulletin, own }: { bulletin: Bulletin; own: boolean }) {
  const t = useWords(informationWords);
  const text = useText();
  const headquarters = useQuery({
    queryKey: ['organisations', 'headquarters'],
    queryFn: () => client.organisations.headquarters(),
    staleTime: 60_000,
  });
  const names = commandersOver(bulletin.division, headquarters.data?.items ?? []).map(({ title, name }) =>
    t('post', { title: text(title), name }),
  );
  return (
    <p className="information-why">
      {t(own ? 'ownNo' : 'roleNo')}{' '}
      {headquarters.data &&
        (names.length > 0 ? t('waitsFor', { names: names.join('、') }) : t('waitsForNobody'))}
    </p>
  );
}

function commandersOver(division: string, all: readonly Headquarters[]) {
  return all
    .filter((each) => division.startsWith(each.division))
    .sort((a, b) => b.division.length - a.division.length)
    .flatMap(({ name, posts }) =>
      posts
        .filter(({ role }) => role === 'commander')
        .flatMap(({ title, holder, deputy }) =>
          [holder, deputy].flatMap((person) =>
            person
              ? [{ title: { zh: `${name.zh}${title.zh}`, en: `${title.en}, ${name.en}` }, name: person.name }]
              : [],
          ),
        ),
    );
}

function ActForm({ act, bulletin, onClose }: { act: Act; bulletin: Bulletin; onClose: () => void }) {
  const t = useWords(informationWords);
  const text = useText();
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: (field: (name: string) => string) => perform(act, bulletin, field),
    onSuccess: (next) => {
      queries.setQueryData(['information', 'bulletin', next.id], next);
      void queries.invalidateQueries({ queryKey: ['information'] });
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run.mutate((name) => String(form.get(name) ?? '').trim());
  };
  const says = {
    approve: t('approveWhat', { name: text(bulletin.issuingBody) }),
    sendBack: null,
    correct: t('correctWhat'),
    withdraw: t('withdrawWhat'),
  }[act];
  const confirm = {
    approve: t('confirmApprove'),
    sendBack: t('sendBack'),
    correct: t('startCorrection'),
    withdraw: t('confirmWithdraw'),
  }[act];
  return (
    <form onSubmit={submit} aria-label={t(act)}>
      {says && <p>{says}</p>}
      <FormGrid columns={act === 'sendBack' ? 1 : 2}>
        {FIELDS[act].map(({ name, label, max }) => (
          <FormField key={name} label={t(label)}>
            {(wiring) => (
              <textarea {...wiring} className="lv-input" name={name} rows={2} maxLength={max} required />
            )}
          </FormField>
        ))}
      </FormGrid>
      {run.error && <ErrorState error={run.error} shape="line" />}
      <FormActions>
        <button type="submit" className="lv-button lv-button--primary" disabled={run.isPending}>
          {confirm}
        </button>
        <button type="button" className="lv-button" onClick={onClose}>
          {t('cancel')}
        </button>
      </FormActions>
    </form>
  );
}

const FIELDS = {
  approve: [],
  sendBack: [{ name: 'reason', label: 'reason', max: 500 }],
  correct: [
    { name: 'whatZh', label: 'whatZh', max: 400 },
    { name: 'whatEn', label: 'whatEn', max: 600 },
    { name: 'whyZh', label: 'whyZh', max: 400 },
    { name: 'whyEn', label: 'whyEn', max: 600 },
  ],
  withdraw: [
    { name: 'reasonZh', label: 'reasonZh', max: 400 },
    { name: 'reasonEn', label: 'reasonEn', max: 600 },
  ],
} as const;

function perform(act: Act, { id, version }: Bulletin, field: (name: string) => string): Promise<Bulletin> {
  const params = { bulletinId: id };
  switch (act) {
    case 'approve':
      return client.information.approve({ params, body: { version } });
    case 'sendBack':
      return client.information.sendBack({ params, body: { version, reason: field('reason') } });
    case 'correct':
      return client.information.correct({
        params,
        body: {
          version,
          what: { zh: field('whatZh'), en: field('whatEn') },
          why: { zh: field('whyZh'), en: field('whyEn') },
        },
      });
    case 'withdraw':
      return client.information.withdraw({
        params,
        body: { version, reason: { zh: field('reasonZh'), en: field('reasonEn') } },
      });
  }
}
