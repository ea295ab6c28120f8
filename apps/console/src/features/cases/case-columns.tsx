import {
  CASE_FOUND_IN,
  CASE_OUTCOMES,
  type CaseFile,
  CLASSIFICATIONS,
  caseWords as fieldWords,
  occupationText,
  SEVERITIES,
} from '@levee/contract';
import { type Column, Time, useText, useWords } from '@levee/ui';
import { useMemo } from 'react';
import { ClassificationMark, FieldWord, FoundIn } from './marks.tsx';
import { caseWords } from './words.ts';

/** The columns of the line list; what is hidden is one press away. */
export function useCaseColumns(): Column<CaseFile>[] {
  const t = useWords(caseWords);
  const text = useText();
  return useMemo(() => {
    const choices = (values: readonly string[]) =>
      values.map((value) => ({ value, label: text(fieldWords[value] ?? { zh: value, en: value }) }));
    const day = (
      key: string,
      title: string,
      of: (row: CaseFile) => string | null,
      more: Partial<Column<CaseFile>> = {},
    ): Column<CaseFile> => ({ key, title, width: 100, render: (row) => of(row) ?? '–', ...more });
    return [
      {
        key: 'id',
        title: t('number'),
        width: 112,
        render: (row) => <span className="case-number">{row.externalId}</span>,
        sortBy: (row) => row.externalId,
        // The server searches, names and pinyin too; this only asks for the field.
        searchText: (row) => row.externalId,
      },
      { key: 'person', title: t('person'), width: 84, render: (row) => row.person?.nameZh ?? '–' },
      {
        key: 'classification',
        title: t('classification'),
        width: 124,
        render: (row) => <ClassificationMark value={row.classification} />,
        sortBy: (row) => row.classification,
        choices: choices(CLASSIFICATIONS),
        choiceOf: (row) => row.classification,
      },
      {
        key: 'foundIn',
        title: t('foundIn'),
        width: 228,
        render: (row) => <FoundIn of={row} />,
        choices: choices(CASE_FOUND_IN),
        choiceOf: (row) => row.foundIn ?? '',
      },
      day('onset', t('onset'), (row) => row.dateOnset, { sortBy: (row) => row.dateOnset }),
      day('reporting', t('reported'), (row) => row.dateReporting, { sortBy: (row) => row.dateReporting }),
      {
        key: 'severity',
        title: t('severity'),
        width: 88,
        render: (row) => <FieldWord value={row.severity} />,
        choices: choices(SEVERITIES),
        choiceOf: (row) => row.severity ?? '',
      },
      {
        key: 'outcome',
        title: t('outcome'),
        width: 80,
        render: (row) => <FieldWord value={row.outcome} />,
        choices: choices(CASE_OUTCOMES),
        choiceOf: (row) => row.outcome ?? '',
      },
      { key: 'area', title: t('area'), render: (row) => text(row.divisionName) },
      {
        key: 'opened',
        title: t('opened'),
        width: 104,
        align: 'end',
        render: (row) => <Time at={row.openedAt} />,
        sortBy: (row) => row.openedAt,
      },
      {
        key: 'gender',
        title: t('gender'),
        width: 64,
        hidden: true,
        render: (row) => <FieldWord value={row.gender} />,
      },
      {
        key: 'age',
        title: t('age'),
        width: 64,
        align: 'end',
        hidden: true,
        render: (row) => row.age ?? '–',
        sortBy: (row) => row.age,
      },
      {
        key: 'occupation',
        title: t('occupation'),
        width: 120,
        hidden: true,
        render: (row) => (row.occupation ? text(occupationText(row.occupation)) : '–'),
      },
      {
        key: 'hospital',
        title: t('hospital'),
        width: 150,
        hidden: true,
        render: (row) => row.hospital ?? '–',
        sortBy: (row) => row.hospital,
      },
      day('sample', t('sampled'), (row) => row.dateSample, { hidden: true }),
      day('infected', t('infected'), (row) => row.dateInfection, { hidden: true }),
      day('admitted', t('admitted'), (row) => row.dateAdmission, { hidden: true }),
    ];
  }, [t, text]);
}

/** Columns the server can sort by, by the table's names. */
export const SERVER_SORTS = {
  id: 'id',
  classification: 'classification',
  onset: 'onset',
  reporting: 'reporting',
  opened: 'opened',
  age: 'age',
  hospital: 'hospital',
} as const;
