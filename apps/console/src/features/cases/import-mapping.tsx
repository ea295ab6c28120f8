import {
  type CaseImport,
  CLASSIFICATIONS,
  type Classification,
  CONTACT_TARGETS,
  type ContactTarget,
  caseFields,
  caseWords,
  IMPORT_TARGETS,
  type ImportColumn,
  type ImportTarget,
} from '@levee/contract';
import {
  ErrorState,
  FormActions,
  FormField,
  FormGrid,
  formatCount,
  Section,
  useText,
  useWords,
} from '@levee/ui';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client } from '../../app/client.ts';
import { useCaseSources } from './case-source.tsx';
import { sizeText } from './import-files.ts';
import { importWords } from './import-words.ts';

const DATE_ORDERS = ['ask', 'day_first', 'month_first'] as const;
type DateOrder = (typeof DATE_ORDERS)[number];
type Chosen = Readonly<Record<number, string>>;

const chosenOf = (columns: readonly ImportColumn[]): Chosen =>
  Object.fromEntries(columns.flatMap(({ index, target }) => (target === null ? [] : [[index, target]])));

/** Which column is what, what is dropped, and how dates are read: everything the dry run is asked. */
export function ImportMapping({
  one,
  onChecked,
}: {
  one: CaseImport;
  onChecked: (next: CaseImport) => void;
}) {
  const t = useWords(importWords);
  const text = useText();
  const [cases, setCases] = useState<Chosen>(() => chosenOf(one.cases.columns));
  const [contacts, setContacts] = useState<Chosen>(() => chosenOf(one.contacts?.columns ?? []));
  const [dateOrder, setDateOrder] = useState<DateOrder>(one.settings?.dateOrder ?? 'ask');
  const [classification, setClassification] = useState<Classification>(
    one.settings?.classification ?? 'suspected',
  );
  const [into, setInto] = useState(intoText(one));
  const check = useMutation({
    mutationFn: () =>
      client.cases.checkImport({
        purpose: 'case_investigation',
        params: { importId: one.id },
        body: {
          mapping: pairs(cases) as { column: number; target: ImportTarget }[],
          contactMapping: pairs(contacts) as { column: number; target: ContactTarget }[],
          dateOrder,
          classification,
          rename: one.settings?.rename ?? [],
          into: intoOf(into),
        },
      }),
    onSuccess: onChecked,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    check.mutate();
  };
  const labelOf = (target: string): string => {
    if (target === 'id') return t('idColumn');
    if (target === 'classification') return t('classificationColumn');
    if (target === 'identityNumber') return t('identityColumn');
    if (target === 'ignore') return t('notImported');
    if (target in caseFields) return text(caseFields[target as keyof typeof caseFields].label);
    return t(target as 'from' | 'to' | 'exposure' | 'dateExposure');
  };
  const dropped = [...one.cases.columns, ...(one.contacts?.columns ?? [])].filter(
    ({ status }) => status === 'dropped',
  );
  const chosen = Object.values(cases);
  return (
    <form onSubmit={submit}>
      {dropped.length > 0 && (
        <div className="import-dropped" role="note">
          <strong>{t('droppedTitle')}</strong>
          <p>
            {t('droppedWhy')}{' '}
            {dropped.map(({ name }) => (
              <code key={name}>{name}</code>
            ))}
          </p>
        </div>
      )}
      <Section title={one.cases.name} note={<FileNote file={one.cases} remembered={one.mappingRemembered} />}>
        <ColumnTable
          columns={one.cases.columns}
          targets={IMPORT_TARGETS}
          chosen={cases}
          onChoose={setCases}
          labelOf={labelOf}
        />
        {!chosen.includes('id') && <p className="import-warning">{t('noId')}</p>}
      </Section>
      {one.contacts && (
        <Section title={one.contacts.name} note={<FileNote file={one.contacts} remembered={false} />}>
          <ColumnTable
            columns={one.contacts.columns}
            targets={CONTACT_TARGETS}
            chosen={contacts}
            onChoose={setContacts}
            labelOf={labelOf}
          />
        </Section>
      )}
      <Section title={t('settings')}>
        <FormGrid columns={2}>
          <FormField label={t('dateOrder')}>
            {(wiring) => (
              <select
                {...wiring}
                className="lv-input"
                value={dateOrder}
                onChange={({ target }) => setDateOrder(target.value as DateOrder)}
              >
                {DATE_ORDERS.map((order) => (
                  <option key={order} value={order}>
                    {t(order)}
                  </option>
                ))}
              </select>
            )}
          </FormField>
          <FormField label={t('classificationDefault')}>
            {(wiring) => (
              <select
                {...wiring}
                className="lv-input"
                value={classification}
                onChange={({ target }) => setClassification(target.value as Classification)}
              >
                {CLASSIFICATIONS.map((choice) => (
                  <option key={choice} value={choice}>
                    {text(caseWords[choice]!)}
                  </option>
                ))}
              </select>
            )}
          </FormField>
          <IntoField value={into} onChange={setInto} />
        </FormGrid>
        {check.error && <ErrorState shape="line" error={check.error} />}
        <FormActions>
          <button type="submit" className="lv-button lv-button--primary" disabled={check.isPending}>
            {t('check')}
          </button>
          <span className="import-hint">{t('checkHint')}</span>
        </FormActions>
      </Section>
    </form>
  );
}

const pairs = (chosen: Chosen) =>
  Object.entries(chosen).map(([column, target]) => ({ column: Number(column), target }));

function intoText({ settings }: CaseImport): string {
  const into = settings?.into;
  if (!into) return '';
  return 'lineListId' in into ? `list:${into.lineListId}` : `incident:${into.incidentId}`;
}

/** The choice of the select as the contract says it; null is a new list. */
export function intoOf(value: string): { lineListId: string } | { incidentId: string } | null {
  const [kind, id] = value.split(':');
  if (!id) return null;
  return kind === 'list' ? { lineListId: id } : { incidentId: id };
}

function IntoField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useWords(importWords);
  const { incidents, lists } = useCaseSources();
  return (
    <FormField label={t('into')} hint={t('intoHint')}>
      {(wiring) => (
        <select
          {...wiring}
          className="lv-input"
          value={value}
          onChange={({ target }) => onChange(target.value)}
        >
          <option value="">{t('intoNew')}</option>
          {incidents.map(({ of, name }) => (
            <option key={of} value={of}>
              {t('intoIncident', { name })}
            </option>
          ))}
          {lists.map(({ of, name, casesCount }) => (
            <option key={of} value={of}>
              {t('intoList', { name, count: formatCount(casesCount) })}
            </option>
          ))}
        </select>
      )}
    </FormField>
  );
}

function FileNote({ file, remembered }: { file: CaseImport['cases']; remembered: boolean }) {
  const t = useWords(importWords);
  const parts = [
    t('readAs', {
      rows: formatCount(file.rowsCount),
      columns: file.columns.length,
      encoding: file.format === 'csv' ? file.encoding.toUpperCase() : file.encoding,
      size: sizeText(file.bytes),
    }),
    ...(file.formulaCellsCount > 0 ? [t('formulas', { count: formatCount(file.formulaCellsCount) })] : []),
    ...(file.sheetsLeftOut.length > 0 ? [t('sheetsLeftOut', { names: file.sheetsLeftOut.join('、') })] : []),
    ...(remembered ? [t('remembered')] : []),
  ];
  return <span className="import-hint">{parts.join(' · ')}</span>;
}

function ColumnTable({
  columns,
  targets,
  chosen,
  onChoose,
  labelOf,
}: {
  columns: readonly ImportColumn[];
  targets: readonly string[];
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
  labelOf: (target: string) => string;
}) {
  const t = useWords(importWords);
  const taken = new Set(Object.values(chosen));
  const choose = (index: number, target: string) => {
    const { [index]: _, ...rest } = chosen;
    onChoose(target === '' ? rest : { ...rest, [index]: target });
  };
  return (
    <table className="import-table">
      <thead>
        <tr>
          <th scope="col">{t('column')}</th>
          <th scope="col">{t('samples')}</th>
          <th scope="col">{t('target')}</th>
        </tr>
      </thead>
      <tbody>
        {columns
          .filter(({ status }) => status !== 'dropped')
          .map(({ index, name, samples, sealed }) => {
            const target = chosen[index] ?? '';
            const offered = sealed
              ? targets.filter((one) => ['identityNumber', 'ignore'].includes(one))
              : targets;
            return (
              <tr key={index} data-unmapped={target === '' || target === 'ignore'}>
                <th scope="row">{name}</th>
                <td className="import-table__samples">
                  {sealed ? t('sealedNote') : samples.slice(0, 3).join(' · ')}
                </td>
                <td>
                  <select
                    className="lv-input"
                    aria-label={`${name} → ${t('target')}`}
                    value={target}
                    onChange={(event) => choose(index, event.target.value)}
                  >
                    <option value="">{t('unknownColumn')}</option>
                    {offered.map((one) => (
                      <option
                        key={one}
                        value={one}
                        disabled={one !== 'ignore' && one !== target && taken.has(one)}
                      >
                        {labelOf(one)}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            );
          })}
      </tbody>
    </table>
  );
}
