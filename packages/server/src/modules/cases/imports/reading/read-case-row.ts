/** One row of a line list → what will be written, and what is wrong with it. Pure. */
import {
  type CaseField,
  type CaseValues,
  type CheckSettings,
  type Classification,
  caseFields,
  IMPORT_LIMITS,
  type ImportFault,
} from '@levee/contract';
import { checkIdentityNumber } from '@levee/protocol';
import { looksLikeFormula, undefuse } from '../../../../platform/table-files/formula.ts';
import { dayFaults } from '../../case.ts';
import { faults } from './fault.ts';
import { readAge } from './read-age.ts';
import { readDay } from './read-day.ts';
import { isEmptyCell, readBoolean, readChoice, saysUnknown } from './words.ts';

/** What the dry run keeps of a row: only what is known. */
export interface CaseValue {
  readonly id: string;
  readonly classification: Classification;
  readonly values: Partial<CaseValues>;
  /** As the file has it, before a rename: what the hospital groups are made of. */
  readonly hospital?: string;
  /** Set where the file names a person who is registered. */
  readonly personId?: string;
  /** Set where the place of residence is a division of the import's area. */
  readonly division?: string;
}

export interface ReadRow<Value> {
  readonly value: Value | null;
  readonly faults: ImportFault[];
}

export interface CaseReader {
  readonly columns: readonly string[];
  readonly settings: CheckSettings;
  /** Civil day of the dry run. */
  readonly today: string;
}

const ID_CHARACTERS = 60;
const TEXT_CHARACTERS = 300;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f␀]/;

/** Reads the row. `identityNumber` is handed back apart, for it is looked up and never kept. */
export function readCaseRow(
  { columns, settings, today }: CaseReader,
  line: number,
  cells: readonly string[],
): ReadRow<CaseValue> & { readonly identityNumber: string | null } {
  const found: ImportFault[] = generalFaults(columns, cells);
  if (found.some(({ code }) => code === 'column_count')) {
    return { value: null, faults: found, identityNumber: null };
  }
  const nameOf = new Map<string, string>();
  const values: Record<string, unknown> = {};
  // Without an id column the line is the id: the file sent twice is then known again.
  const hasIds = settings.mapping.some(({ target }) => target === 'id');
  let id = hasIds ? '' : `L${line}`;
  let classification: Classification = settings.classification;
  let identityNumber: string | null = null;

  for (const { column: index, target } of settings.mapping) {
    if (target === 'ignore') continue;
    const column = columns[index] ?? `#${index + 1}`;
    nameOf.set(target, column);
    const text = undefuse(cells[index] ?? '').trim();
    if (target === 'id') id = readId(text, column, found);
    else if (target === 'classification') {
      classification = readClassification(text, column, found) ?? classification;
    } else if (target === 'identityNumber') identityNumber = readIdentity(text, column, found);
    else if (!isEmptyCell(text)) {
      const read = readField(target, text, column, settings, found);
      if (read !== null && read !== undefined) values[target] = read;
    }
  }
  const hospital = values['hospital'] as string | undefined;
  const renamed = settings.rename.find(({ from }) => from === hospital);
  if (renamed) values['hospital'] = renamed.to;
  found.push(...orderFaults(values as Partial<CaseValues>, today, nameOf));
  return {
    value: id === '' ? null : { id, classification, values, ...(hospital !== undefined && { hospital }) },
    faults: found,
    identityNumber,
  };
}

/** Faults that do not ask what a column means. */
export function generalFaults(columns: readonly string[], cells: readonly string[]): ImportFault[] {
  // Spreadsheets add empty cells at the end of a row; that shifts nothing.
  const extra = cells.slice(columns.length).some((cell) => cell.trim() !== '');
  if (extra || cells.length < columns.length) return [faults.columnCount(cells.length, columns.length)];
  const found: ImportFault[] = [];
  for (const [index, cell] of cells.slice(0, columns.length).entries()) {
    if (cell.length > IMPORT_LIMITS.cellCharacters) found.push(faults.cellTooLong(columns[index]!, cell));
    else if (looksLikeFormula(undefuse(cell))) found.push(faults.formulaText(columns[index]!, cell));
  }
  return found;
}

function readId(text: string, column: string, found: ImportFault[]): string {
  if (text === '') found.push(faults.idMissing(column));
  else if (text.length > ID_CHARACTERS) {
    found.push(faults.cellTooLong(column, text));
    return '';
  }
  return text;
}

function readClassification(text: string, column: string, found: ImportFault[]): Classification | null {
  if (isEmptyCell(text)) return null;
  const choice = readChoice('classification', text);
  if (choice === undefined) found.push(faults.unknownWord(column, text));
  return (choice ?? null) as Classification | null;
}

function readIdentity(text: string, column: string, found: ImportFault[]): string | null {
  if (isEmptyCell(text)) return null;
  if (checkIdentityNumber(text).ok) return text.toUpperCase();
  found.push(faults.identityWrong(column));
  return null;
}

function readField(
  field: CaseField,
  text: string,
  column: string,
  { dateOrder }: CheckSettings,
  found: ImportFault[],
): unknown {
  switch (caseFields[field].kind) {
    case 'day': {
      if (saysUnknown(text)) return void found.push(faults.dateUnknown(column, text));
      const read = readDay(text, dateOrder);
      if ('day' in read) {
        if (read.isOtherOrder) found.push(faults.dateReadAs(column, text, read.day));
        return read.day;
      }
      const fault = {
        unreadable: faults.dateUnreadable,
        impossible: faults.dateImpossible,
        ambiguous: faults.dateAmbiguous,
        two_digit_year: faults.dateTwoDigitYear,
      }[read.problem];
      return void found.push(fault(column, text));
    }
    case 'choice': {
      const choice = readChoice(field, text);
      return choice === undefined ? void found.push(faults.unknownWord(column, text)) : choice;
    }
    case 'boolean': {
      const answer = readBoolean(text);
      return answer === undefined ? void found.push(faults.unknownWord(column, text)) : answer;
    }
    case 'integer': {
      if (saysUnknown(text)) return null;
      const age = readAge(text);
      if (age === undefined) return void found.push(faults.ageUnreadable(column, text));
      return age === null ? void found.push(faults.ageImpossible(column, text)) : age;
    }
    case 'text': {
      if (saysUnknown(text)) return null;
      if (CONTROL.test(text.replaceAll(/\r?\n/g, ' ')))
        return void found.push(faults.controlCharacter(column, text));
      const oneLine = text.replaceAll(/\s*\r?\n\s*/g, ' ');
      return oneLine.length > TEXT_CHARACTERS ? void found.push(faults.cellTooLong(column, text)) : oneLine;
    }
  }
}

/** Days in an order no disease takes. The column named is the later day's, as the file calls it. */
function orderFaults(
  values: Partial<CaseValues>,
  today: string,
  nameOf: ReadonlyMap<string, string>,
): ImportFault[] {
  const found: ImportFault[] = dayFaults(values, today).map(({ field, earlier, code, problem }) => ({
    column: nameOf.get(field) ?? null,
    code: code === 'date_order' ? orderCode(field, earlier!) : code,
    severity: 'error',
    problem,
  }));
  const { dateOnset, dateReporting } = values;
  if (dateOnset && dateReporting && dateReporting < dateOnset) {
    found.push(faults.earlyReport(nameOf.get('dateReporting')!));
  }
  return found;
}

const wordOf = (field: CaseField): string => caseFields[field].tag.replace('date_', '');

/** `onset_not_after_infection`, `outcome_before_onset`, … */
function orderCode(later: CaseField, earlier: CaseField): string {
  const between = earlier === 'dateInfection' && later === 'dateOnset' ? 'not_after' : 'before';
  return `${wordOf(later)}_${between}_${wordOf(earlier)}`;
}
