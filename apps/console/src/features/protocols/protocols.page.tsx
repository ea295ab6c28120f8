import {
  comparePacks,
  describePack,
  listPacks,
  type PackRow,
  type ProtocolPack,
  packs,
} from '@levee/protocol';
import {
  EmptyState,
  Facts,
  FormField,
  Page as PageFrame,
  Section,
  StatusMark,
  useText,
  useWords,
} from '@levee/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import './protocols.css';
import { protocolWords } from './words.ts';

/** One pack, rule by rule with its source and how far to trust it; beside it, if asked, another edition. */
export function Page() {
  const t = useWords(protocolWords);
  const text = useText();
  const search: { pack?: string; against?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const summaries = useMemo(listPacks, []);
  const packId = search.pack ?? summaries[0]?.id ?? '';
  const pack = packs[packId];
  const against = search.against === undefined ? undefined : packs[search.against];
  const choose = (next: { pack?: string; against?: string }) =>
    void navigate({ to: '/protocols', search: { pack: packId, ...search, ...next } as never, replace: true });
  const choices = (without?: string) =>
    summaries
      .filter(({ id }) => id !== without)
      .map(({ id, title }) => (
        <option key={id} value={id}>
          {text(title)}
        </option>
      ));
  return (
    <PageFrame
      title={t('title')}
      toolbar={
        <div className="protocols__choose">
          <FormField label={t('pack')}>
            {(wiring) => (
              <select
                {...wiring}
                className="lv-input"
                value={packId}
                onChange={(event) => choose({ pack: event.target.value })}
              >
                {choices()}
              </select>
            )}
          </FormField>
          <FormField label={t('against')} optional>
            {(wiring) => (
              <select
                {...wiring}
                className="lv-input"
                value={against?.id ?? ''}
                onChange={(event) =>
                  void navigate({
                    to: '/protocols',
                    search: {
                      pack: packId,
                      ...(event.target.value && { against: event.target.value }),
                    } as never,
                    replace: true,
                  })
                }
              >
                <option value="">{t('none')}</option>
                {choices(packId)}
              </select>
            )}
          </FormField>
        </div>
      }
    >
      {!pack && <EmptyState why="none" title={t('unknown')} />}
      {pack && !against && <PackText pack={pack} />}
      {pack && against && <Differences pack={pack} against={against} />}
    </PageFrame>
  );
}

function PackText({ pack }: { pack: ProtocolPack }) {
  const t = useWords(protocolWords);
  const text = useText();
  const [onlyUnverified, setOnlyUnverified] = useState(false);
  const sections = useMemo(() => describePack(pack), [pack]);
  const rows = sections.flatMap((section) => section.rows);
  const unverified = rows.filter(({ confidence }) => confidence === 'unverified').length;
  const shown = sections
    .map((section) => ({
      ...section,
      rows: section.rows.filter((row) => !onlyUnverified || row.confidence === 'unverified'),
    }))
    .filter((section) => section.rows.length > 0);
  return (
    <>
      <Facts
        rows={[
          [t('issuer'), text(pack.issuer)],
          [t('edition'), pack.edition],
          [t('inForce'), `${pack.effectiveFrom} – ${pack.effectiveTo ?? t('open')}`],
        ]}
      />
      <p className="protocols__trust">
        <StatusMark tone="waiting">{t('unverifiedNote', { unverified, total: rows.length })}</StatusMark>{' '}
        <label>
          <input
            type="checkbox"
            checked={onlyUnverified}
            onChange={(event) => setOnlyUnverified(event.target.checked)}
          />{' '}
          {t('onlyUnverified')}
        </label>
      </p>
      {shown.map((section) => (
        <Section key={section.section} title={text(section.title)}>
          <RuleTable rows={section.rows} />
        </Section>
      ))}
    </>
  );
}

function RuleTable({ rows }: { rows: readonly PackRow[] }) {
  const t = useWords(protocolWords);
  const text = useText();
  return (
    <table className="protocols__table">
      <thead>
        <tr>
          <th scope="col">{t('rule')}</th>
          <th scope="col">{t('value')}</th>
          <th scope="col">{t('counting')}</th>
          <th scope="col">{t('source')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.path}>
            <th scope="row" title={row.path}>
              {text(row.label)}
            </th>
            <td>{text(row.value)}</td>
            <td>{row.counting ? text(row.counting) : '–'}</td>
            <td>
              <StatusMark tone={row.confidence === 'sourced' ? 'good' : 'waiting'}>
                {t(row.confidence)}
              </StatusMark>
              <small>
                {row.source.title}
                {row.source.address && ` · ${row.source.address}`}
                {row.note && ` · ${row.note}`}
              </small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Differences({ pack, against }: { pack: ProtocolPack; against: ProtocolPack }) {
  const t = useWords(protocolWords);
  const text = useText();
  const changes = useMemo(() => comparePacks(pack, against), [pack, against]);
  if (changes.length === 0) return <EmptyState why="none" title={t('same')} />;
  return (
    <Section title={t('changes', { count: changes.length })}>
      <table className="protocols__table">
        <thead>
          <tr>
            <th scope="col">{t('rule')}</th>
            <th scope="col">
              {t('before')} · {text(pack.title)}
            </th>
            <th scope="col">
              {t('after')} · {text(against.title)}
            </th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.path}>
              <th scope="row" title={change.path}>
                {text(change.label)}
                <small>{t(change.change)}</small>
              </th>
              {[change.before, change.after].map((side, index) => (
                <td key={index === 0 ? 'before' : 'after'}>
                  {side ? text(side.text) : '–'}
                  {side?.counting && <small>{text(side.counting)}</small>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
