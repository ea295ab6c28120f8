import { type CaseImport, type ImportRow, VERDICTS, type Verdict } from '@levee/contract';
import {
  type Column,
  DataTable,
  EmptyState,
  formatCount,
  Section,
  useNavigation,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { VerdictMark } from './import-state.tsx';
import { importWords } from './import-words.ts';

const LIMIT = 200;

/** Every row with its verdict and faults, by file, verdict and kind of fault. */
export function ImportVerdicts({ one }: { one: CaseImport }) {
  const t = useWords(importWords);
  const text = useText();
  const { Link } = useNavigation();
  const [fileText, setFile] = useUrlText('file');
  const [verdictText, setVerdict] = useUrlText('verdict');
  const [code, setCode] = useUrlText('fault');
  const file = fileText === 'contacts' && one.contacts ? 'contacts' : 'cases';
  const verdict = (VERDICTS as readonly string[]).includes(verdictText) ? (verdictText as Verdict) : null;
  const columns = (file === 'cases' ? one.cases : one.contacts)!.columns;
  const rows = useInfiniteQuery({
    queryKey: ['cases', 'imports', one.id, 'rows', one.state, file, verdict, code],
    queryFn: ({ pageParam }) =>
      client.cases.importRows({
        purpose: 'case_investigation',
        params: { importId: one.id },
        query: {
          file,
          limit: LIMIT,
          ...(verdict && { verdict: [verdict] }),
          ...(code && { code }),
          ...(pageParam && { cursor: pageParam }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const faults = one.faults.filter((fault) => fault.file === file);
  const counts = file === 'cases' ? one.counts.cases : one.counts.contacts!;
  const table = useMemo<Column<ImportRow>[]>(
    () => [
      { key: 'line', title: t('line'), width: 70, align: 'end', render: (row) => row.line },
      {
        key: 'verdict',
        title: t('verdict'),
        width: 130,
        render: (row) => row.verdict && <VerdictMark verdict={row.verdict} />,
      },
      {
        key: 'faults',
        title: t('problems'),
        render: (row) => {
          const said = row.faults
            .map(({ column, problem }) => `${column === null ? '' : `${column}: `}${text(problem)}`)
            .join('；');
          return <span title={said}>{said}</span>;
        },
      },
      {
        key: 'cells',
        title: t('cells'),
        render: (row) => {
          const cells = columns
            .flatMap(({ index, name }) => (row.cells[index] ? [`${name}=${row.cells[index]}`] : []))
            .join(' · ');
          return (
            <span className="import-cells" title={cells}>
              {row.caseId ? <Link href={`/cases/${row.caseId}`}>{t('openCase')}</Link> : null} {cells}
            </span>
          );
        },
      },
    ],
    [t, text, columns, Link],
  );
  const choose = (next: string | null) => {
    setCode(null, { replace: true });
    setVerdict(null, { replace: true });
    setFile(next);
  };
  const items = rows.data?.pages.flatMap((page) => page.items);
  return (
    <Section
      title={t('verdictsOf')}
      actions={
        one.contacts && (
          <fieldset className="import-choice">
            <legend className="lv-hidden">{t('file')}</legend>
            <Choice on={file === 'cases'} onPress={() => choose(null)}>
              {one.cases.name}
            </Choice>
            <Choice on={file === 'contacts'} onPress={() => choose('contacts')}>
              {one.contacts.name}
            </Choice>
          </fieldset>
        )
      }
    >
      <div className="import-filter">
        <fieldset className="import-choice">
          <legend className="lv-hidden">{t('verdict')}</legend>
          <Choice on={verdict === null} onPress={() => setVerdict(null)}>
            {t('all')} <b>{formatCount(counts.rows)}</b>
          </Choice>
          {VERDICTS.map((each) => (
            <Choice
              key={each}
              on={verdict === each}
              onPress={() => setVerdict(verdict === each ? null : each)}
            >
              <VerdictMark verdict={each} /> <b>{formatCount(counts[each])}</b>
            </Choice>
          ))}
        </fieldset>
        {faults.length > 0 && (
          <ul className="import-faults" aria-label={t('faultKinds')}>
            {faults.map((fault) => (
              <li key={`${fault.code}-${fault.severity}`}>
                <button
                  type="button"
                  className="import-fault"
                  data-severity={fault.severity}
                  aria-pressed={code === fault.code}
                  onClick={() => setCode(code === fault.code ? null : fault.code)}
                  title={text(fault.problem)}
                >
                  {text(FAULT_NAMES[fault.code] ?? fault.problem)} <b>{formatCount(fault.rowsCount)}</b>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="import-rows">
        <DataTable
          name="import-rows"
          label={t('verdictsOf')}
          rows={items}
          columns={table}
          rowKey={(row) => `${row.file}-${row.line}`}
          {...pagedBy(rows)}
          empty={<EmptyState why={verdict || code ? 'filter' : 'none'} title={t('noRows')} />}
        />
      </div>
    </Section>
  );
}

function Choice({ on, onPress, children }: { on: boolean; onPress: () => void; children: React.ReactNode }) {
  return (
    <button type="button" className="import-choice__one" aria-pressed={on} onClick={onPress}>
      {children}
    </button>
  );
}

/** What each kind of fault is called where many of it are counted. */
const FAULT_NAMES: Readonly<Record<string, { zh: string; en: string }>> = {
  column_count: { zh: '列数不对', en: 'wrong number of cells' },
  cell_too_long: { zh: '内容过长', en: 'too long' },
  control_character: { zh: '控制字符', en: 'control characters' },
  formula_text: { zh: '公式样文本', en: 'looks like a formula' },
  id_missing: { zh: '缺编号', en: 'no case id' },
  date_unreadable: { zh: '不是日期', en: 'no date' },
  date_impossible: { zh: '日期不存在', en: 'no such day' },
  date_ambiguous: { zh: '日月两读', en: 'day or month first?' },
  date_two_digit_year: { zh: '两位年份', en: 'two-digit year' },
  date_read_as: { zh: '日期换序读取', en: 'date in another order' },
  date_future: { zh: '日期在未来', en: 'day in the future' },
  date_implausible: { zh: '日期过早', en: 'too long ago' },
  age_impossible: { zh: '年龄不可能', en: 'impossible age' },
  age_unreadable: { zh: '年龄不是数字', en: 'age is no number' },
  unknown_word: { zh: '不认识的取值', en: 'unknown word' },
  identity_wrong: { zh: '身份证号有误', en: 'wrong identity number' },
  identity_unknown: { zh: '身份证号未登记', en: 'nobody registered' },
  location_outside: { zh: '区划在辖区外', en: 'outside the area' },
  report_before_onset: { zh: '报告早于发病', en: 'reported before onset' },
  onset_not_after_infection: { zh: '发病不晚于感染', en: 'onset not after infection' },
  admission_before_onset: { zh: '入院早于发病', en: 'admitted before onset' },
  outcome_before_onset: { zh: '转归早于发病', en: 'outcome before onset' },
  outcome_before_admission: { zh: '转归早于入院', en: 'outcome before admission' },
  outcome_before_infection: { zh: '转归早于感染', en: 'outcome before infection' },
  discharge_before_admission: { zh: '出院早于入院', en: 'discharged before admission' },
  reporting_before_sample: { zh: '报告早于采样', en: 'reported before sampling' },
  duplicate_row: { zh: '整行重复', en: 'repeated row' },
  duplicate_id: { zh: '编号重复', en: 'id used twice' },
  on_record: { zh: '名单中已有', en: 'on record already' },
  hospital_variant: { zh: '医院疑似错写', en: 'hospital misspelt?' },
  unknown_case: { zh: '查无此例', en: 'case unknown' },
  rejected_case: { zh: '所指病例有错', en: 'case has an error' },
  several_sources: { zh: '多个传染源', en: 'several sources' },
  self_link: { zh: '指向自己', en: 'points to itself' },
  link_end_missing: { zh: '缺一端', en: 'an end is missing' },
};
