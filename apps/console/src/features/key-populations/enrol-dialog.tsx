import type { keyPopulations, RouteOutput } from '@levee/contract';
import { KEY_POPULATIONS, type KeyPopulation } from '@levee/protocol';
import { ChoiceTabs, Dialog, ErrorState, FormField, useText, useWords } from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { type ChosenFile, readChosen } from '../cases/import-files.ts';
import { type ChosenPerson, PersonFinder } from '../people/person-finder.tsx';
import { type FoundPlace, PlaceFinder } from '../places/place-finder.tsx';
import { keyPopulationWords, VERDICT_NAMES } from './words.ts';

const HOWS = ['workers', 'one', 'list'] as const;
type How = (typeof HOWS)[number];
type Tried = RouteOutput<typeof keyPopulations.enrolList>;

/** Everybody of a place of work, one person, or the employer's list with a dry run first. */
export function EnrolDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(keyPopulationWords);
  const queries = useQueryClient();
  const [how, setHow] = useState<How>('workers');
  const [population, setPopulation] = useState<KeyPopulation>('crowded_service_posts');
  const [employer, setEmployer] = useState<FoundPlace | null>(null);
  const [occupations, setOccupations] = useState('');
  const [person, setPerson] = useState<ChosenPerson | null>(null);
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [tried, setTried] = useState<Tried | null>(null);
  const enrol = useMutation({
    mutationFn: async (dryRun: boolean): Promise<{ enrolled: number; known: number } | null> => {
      const body = { population, employerId: employer!.id };
      const purpose = 'testing' as const;
      if (how === 'workers') {
        const classes = occupations.split(/[,，、\s]+/).filter(Boolean);
        return client.keyPopulations.enrol({
          purpose,
          body: { ...body, ...(classes.length > 0 && { occupations: classes }) },
        });
      }
      if (how === 'one') {
        return client.keyPopulations.enrolPerson({ purpose, body: { ...body, personId: person!.id } });
      }
      const { name, base64 } = file!;
      const answer = await client.keyPopulations.enrolList({
        purpose,
        body: { ...body, file: { name, base64 }, dryRun },
      });
      setTried(answer);
      return dryRun ? null : answer;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keyPopulations'] }),
  });
  const fresh = tried?.lines.filter(({ verdict }) => verdict === 'new').length ?? 0;
  const dry = how === 'list' && tried === null;
  const ready =
    employer !== null &&
    !enrol.isPending &&
    (how === 'workers' || (how === 'one' ? person !== null : file !== null && (dry || fresh > 0)));
  const again = () => {
    setTried(null);
    enrol.reset();
  };
  return (
    <Dialog
      title={t('enrolTitle')}
      wide
      onClose={onClose}
      onSubmit={() => ready && !enrol.data && enrol.mutate(dry)}
      footer={
        enrol.data ? (
          <button type="button" className="lv-button lv-button--primary" onClick={onClose}>
            {t('close')}
          </button>
        ) : (
          <>
            <button type="submit" className="lv-button lv-button--primary" disabled={!ready}>
              {enrol.isPending
                ? t('trying')
                : dry
                  ? t('tryIt')
                  : how === 'list'
                    ? t('enrolCount', { count: fresh })
                    : t('enrol').replace('…', '')}
            </button>
            <button type="button" className="lv-button" onClick={onClose}>
              {t('cancel')}
            </button>
          </>
        )
      }
    >
      <ChoiceTabs
        label={t('how')}
        value={how}
        choices={HOWS.map((one) => [one, t(`how_${one}`)] as const)}
        onChoose={(one) => {
          setHow(one);
          again();
        }}
      />
      <FormField label={t('population')}>
        {(wiring) => (
          <select
            {...wiring}
            className="lv-input"
            value={population}
            onChange={({ target }) => {
              setPopulation(target.value as KeyPopulation);
              again();
            }}
          >
            {KEY_POPULATIONS.map((one) => (
              <option key={one} value={one}>
                {t(one)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField label={t('employer')}>
        {(wiring) => (
          <PlaceFinder
            wiring={wiring}
            levels={['venue']}
            chosen={employer?.name ?? null}
            onChoose={(one) => {
              setEmployer(one);
              again();
            }}
          />
        )}
      </FormField>
      {how === 'workers' && (
        <FormField label={t('occupations')} hint={t('occupationsHint')} optional>
          {(wiring) => (
            <input
              {...wiring}
              className="lv-input"
              value={occupations}
              onChange={({ target }) => setOccupations(target.value)}
            />
          )}
        </FormField>
      )}
      {how === 'one' && <PersonFinder chosen={person} onChoose={setPerson} />}
      {how === 'list' && (
        <FormField label={t('file')} hint={t('fileHint')}>
          {(wiring) => (
            <input
              {...wiring}
              className="lv-input"
              type="file"
              accept=".csv,.xlsx,text/csv"
              onChange={async ({ target }) => {
                const [chosen] = target.files ?? [];
                again();
                setFile(chosen ? await readChosen(chosen) : null);
              }}
            />
          )}
        </FormField>
      )}
      {tried && <Verdicts tried={tried} />}
      {enrol.data && <p role="status">{t('enrolled', enrol.data)}</p>}
      {enrol.error && <ErrorState error={enrol.error} shape="line" />}
    </Dialog>
  );
}

function Verdicts({ tried }: { tried: Tried }) {
  const t = useWords(keyPopulationWords);
  const text = useText();
  const count = (of: (verdict: Tried['lines'][number]['verdict']) => boolean) =>
    tried.lines.filter(({ verdict }) => of(verdict)).length;
  const fresh = count((verdict) => verdict === 'new');
  const plain = count((verdict) => VERDICT_NAMES[verdict].tone !== 'over');
  // What needs somebody first; the rest is counted above.
  const shown = [...tried.lines].sort(
    (a, b) =>
      Number(VERDICT_NAMES[b.verdict].tone === 'over') - Number(VERDICT_NAMES[a.verdict].tone === 'over'),
  );
  return (
    <section>
      <p>
        <strong>{t('tried', { fresh, known: tried.known, wrong: tried.lines.length - plain })}</strong>
        {tried.ignored.length > 0 && (
          <span className="keypop-quiet"> {t('ignored', { columns: tried.ignored.join('、') })}</span>
        )}
      </p>
      <div className="keypop-verdicts">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('line')}</th>
              <th scope="col">{t('person')}</th>
              <th scope="col">{t('number')}</th>
              <th scope="col">{t('verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, MOST_SHOWN).map(({ line, nameZh, identityMasked, verdict }) => (
              <tr key={line}>
                <td>{line}</td>
                <td>{nameZh}</td>
                <td>{identityMasked}</td>
                <td>
                  {text(VERDICT_NAMES[verdict])}{' '}
                  <span className="keypop-quiet">{text(VERDICT_NAMES[verdict].next)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Rows in the dialog; those with a problem stand first. */
const MOST_SHOWN = 300;
