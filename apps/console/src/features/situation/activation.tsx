import { newId, type ResponseLevelCode, type Signal } from '@levee/contract';
import { listPacks, packs } from '@levee/protocol';
import {
  Dialog,
  ErrorState,
  FormField,
  FormGrid,
  formatDuration,
  StatusMark,
  Time,
  useLanguage,
  useText,
  useWords,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { LevelLines } from './level-lines.tsx';
import { LEVELS, situationWords } from './words.ts';

/** One form, one act: level, edition, jurisdiction, reason; what will start stands here before anybody confirms. */
export function Activation({
  first,
  signals,
  onClose,
}: {
  first: Signal | null;
  signals: readonly Signal[];
  onClose: () => void;
}) {
  const t = useWords(situationWords);
  const text = useText();
  const language = useLanguage();
  const queries = useQueryClient();
  const me = useMe();
  const [id] = useState(() => newId());
  const editions = useMemo(listPacks, []);
  const [level, setLevel] = useState<ResponseLevelCode | null>(null);
  const [packId, setPackId] = useState(editions[0]?.id ?? '');
  const [division, setDivision] = useState(me.division);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    new Set(first ? [first.id] : signals.map((signal) => signal.id)),
  );
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set());
  const [names, setNames] = useState<{ zh?: string; en?: string }>({});
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const outlines = useQuery({
    queryKey: ['places', 'outlines'],
    queryFn: () => client.places.outlines(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const areas = [
    ...(outlines.data?.areas ?? []),
    { division: me.division, nameZh: me.divisionName.zh, nameEn: me.divisionName.en },
  ].filter(
    (area, index, all) =>
      area.division.startsWith(me.division) &&
      all.findIndex(({ division: code }) => code === area.division) === index,
  );
  const area = areas.find(({ division: code }) => code === division);
  const english = outlines.data?.areas.find(({ division: code }) => code === division)?.nameEn;
  const disease = packs[packId]?.disease;
  const name = {
    zh: names.zh ?? `${area?.nameZh ?? ''}${disease?.zh ?? ''}疫情`,
    en: names.en ?? `${english ?? area?.nameEn ?? ''} ${disease?.en ?? ''} outbreak`.trim(),
  };
  const signalIds = [...chosen];
  const planAt = (at: ResponseLevelCode) =>
    client.incidents.plan({ query: { packId, level: at, division, signalId: signalIds } });
  // Which level the criteria of the pack give does not depend on the level asked about.
  const criteria = useQuery({
    queryKey: ['situation', 'criteria', packId, division, signalIds],
    queryFn: () => planAt('IV'),
    placeholderData: (before) => before,
  });
  const proposed = criteria.data?.proposedLevel ?? null;
  const taken = level ?? proposed;
  const plan = useQuery({
    queryKey: ['situation', 'plan', packId, taken, division, signalIds],
    queryFn: () => planAt(taken ?? 'IV'),
    placeholderData: (before) => before,
  });
  const shown = plan.data;
  const activate = useMutation({
    mutationFn: (to: ResponseLevelCode) =>
      client.incidents.activate({
        body: {
          id,
          signalIds,
          packId,
          level: to,
          division,
          name: { zh: name.zh.trim(), en: name.en.trim() },
          reason: reason.trim(),
          adopt: shown?.lines.filter((line) => !dropped.has(line.id)).map((line) => line.id) ?? [],
        },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['situation'] });
      onClose();
    },
  });
  const missing = {
    level: taken === null,
    name: name.zh.trim() === '' || name.en.trim() === '',
    reason: reason.trim() === '',
  };
  const submit = () => {
    setTried(true);
    if (taken !== null && !missing.name && !missing.reason) activate.mutate(taken);
  };
  return (
    <Dialog
      wide
      title={t('activate')}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <button type="submit" className="lv-button lv-button--primary" disabled={activate.isPending}>
            {taken === null ? t('confirm') : t('confirmAt', { level: taken })}
          </button>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('cancel')}
          </button>
          <span className="situation__quiet">{t('confirmHint')}</span>
        </>
      }
    >
      <div className="situation__form">
        <div className="situation__fields">
          {signals.length > 0 && (
            <fieldset className="situation__choices">
              <legend>{t('fromSignals')}</legend>
              {signals.map((signal) => (
                <label key={signal.id}>
                  <input
                    type="checkbox"
                    checked={chosen.has(signal.id)}
                    onChange={() => setChosen(toggled(chosen, signal.id))}
                  />
                  <span>
                    <Time at={signal.at} /> {text(signal.divisionName)}{' '}
                    {signal.siteName ? text(signal.siteName) : signal.note}
                  </span>
                </label>
              ))}
            </fieldset>
          )}
          <fieldset className="situation__levels" aria-describedby="activation-level">
            <legend>{t('level')}</legend>
            {LEVELS.map((each) => (
              <label key={each} className={each === taken ? 'situation__level--taken' : ''}>
                <input type="radio" name="level" checked={each === taken} onChange={() => setLevel(each)} />
                {each}
              </label>
            ))}
          </fieldset>
          <p id="activation-level" className="situation__quiet">
            {proposed === null
              ? t('noCriterion')
              : t('criterion', {
                  level: proposed,
                  why: criteria.data?.proposedBecause.map((each) => text(each.text)).join('；') ?? '',
                })}
            {shown && ` ${t('authority', { who: text(shown.authority) })}`}
          </p>
          {tried && missing.level && (
            <p role="alert" className="lv-field__error">
              {t('chooseLevel')}
            </p>
          )}
          <FormField label={t('pack')} hint={editionWords(editions.find((edition) => edition.id === packId))}>
            {(wiring) => (
              <select
                {...wiring}
                className="lv-input"
                value={packId}
                onChange={(event) => setPackId(event.target.value)}
              >
                {editions.map((edition) => (
                  <option key={edition.id} value={edition.id}>
                    {text(edition.title)}
                  </option>
                ))}
              </select>
            )}
          </FormField>
          <FormField label={t('jurisdiction')} hint={t('jurisdictionHint')}>
            {(wiring) => (
              <select
                {...wiring}
                className="lv-input"
                value={division}
                onChange={(event) => setDivision(event.target.value)}
              >
                {areas.map((each) => (
                  <option key={each.division} value={each.division}>
                    {text({ zh: each.nameZh, en: each.nameEn })} {each.division}
                  </option>
                ))}
              </select>
            )}
          </FormField>
          <FormGrid>
            <FormField label={t('name')} error={tried && missing.name ? t('nameNeeded') : undefined}>
              {(wiring) => (
                <input
                  {...wiring}
                  className="lv-input"
                  maxLength={80}
                  value={name.zh}
                  onChange={(event) => setNames({ ...names, zh: event.target.value })}
                />
              )}
            </FormField>
            <FormField label={t('nameEn')}>
              {(wiring) => (
                <input
                  {...wiring}
                  className="lv-input"
                  maxLength={120}
                  value={name.en}
                  onChange={(event) => setNames({ ...names, en: event.target.value })}
                />
              )}
            </FormField>
          </FormGrid>
          <FormField label={t('reason')} error={tried && missing.reason ? t('reasonNeeded') : undefined}>
            {(wiring) => (
              <textarea
                {...wiring}
                className="lv-input"
                rows={2}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </FormField>
        </div>
        <div className="situation__plan">
          <h3>{t('willStart')}</h3>
          {plan.error && <ErrorState shape="line" error={plan.error} />}
          <ul className="situation__clocks">
            {shown?.clocks.map((clock) => (
              <li key={clock.kind}>
                <strong>{text(clock.name)}</strong>
                <span className="situation__due">
                  <Time at={clock.dueAt} />
                </span>
                <small>
                  {t('clockFrom', {
                    time: formatDuration(Date.parse(clock.dueAt) - Date.parse(clock.startsAt), language),
                  })}
                  {' · '}
                  {clock.owner ? t('owner', { name: clock.owner.name }) : t('noOwner')}
                </small>
                <small>
                  {clock.source}
                  {clock.confidence === 'unverified' && (
                    <>
                      {' '}
                      <StatusMark tone="waiting">{t('unverified')}</StatusMark>
                    </>
                  )}
                </small>
              </li>
            ))}
          </ul>
          {shown && shown.lines.length > 0 && (
            <>
              <h3>{t('linesOfLevel')}</h3>
              <LevelLines
                lines={shown.lines}
                adopted={(line) => !dropped.has(line)}
                onToggle={(line) => setDropped(toggled(dropped, line))}
              />
            </>
          )}
        </div>
      </div>
      {activate.error && <ErrorState shape="line" error={activate.error} />}
    </Dialog>
  );
}

/** Which edition, whose, in force since when. */
const editionWords = (edition: ReturnType<typeof listPacks>[number] | undefined) =>
  edition && `${edition.id} · ${edition.issuer} · ${edition.effectiveFrom}`;

const toggled = (set: ReadonlySet<string>, key: string): ReadonlySet<string> => {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
};
