/** One row of a contacts file: who is said to have infected whom. Pure. */
import type { CheckSettings, ImportFault } from '@levee/contract';
import { undefuse } from '../../../../platform/table-files/formula.ts';
import { faults } from './fault.ts';
import { generalFaults, type ReadRow } from './read-case-row.ts';
import { readDay } from './read-day.ts';
import { isEmptyCell, saysUnknown } from './words.ts';

export interface ContactValue {
  readonly from: string;
  readonly to: string;
  readonly exposure: string | null;
  readonly dateExposure: string | null;
}

const ID_CHARACTERS = 60;
const TEXT_CHARACTERS = 300;

export function readContactRow(
  columns: readonly string[],
  { contactMapping, dateOrder }: CheckSettings,
  cells: readonly string[],
): ReadRow<ContactValue> {
  const found: ImportFault[] = generalFaults(columns, cells);
  if (found.some(({ code }) => code === 'column_count')) return { value: null, faults: found };
  const cell = (target: string): { text: string; column: string } | null => {
    const mapped = contactMapping.find((one) => one.target === target);
    if (!mapped) return null;
    const text = undefuse(cells[mapped.column] ?? '').trim();
    return isEmptyCell(text) ? null : { text, column: columns[mapped.column]! };
  };
  const [from, to] = [cell('from'), cell('to')];
  if (!from || !to) return { value: null, faults: [...found, faults.linkEnd(null)] };
  for (const { text, column } of [from, to]) {
    if (text.length > ID_CHARACTERS) found.push(faults.cellTooLong(column, text));
  }
  if (from.text === to.text) found.push(faults.linkToSelf(to.column, to.text));
  const exposure = cell('exposure');
  if (exposure && exposure.text.length > TEXT_CHARACTERS) {
    found.push(faults.cellTooLong(exposure.column, exposure.text));
  }
  return {
    value: {
      from: from.text,
      to: to.text,
      exposure: exposure?.text ?? null,
      dateExposure: readExposureDay(cell('dateExposure'), dateOrder, found),
    },
    faults: found,
  };
}

function readExposureDay(
  given: { text: string; column: string } | null,
  order: CheckSettings['dateOrder'],
  found: ImportFault[],
): string | null {
  if (!given) return null;
  const { text, column } = given;
  if (saysUnknown(text)) {
    found.push(faults.dateUnknown(column, text));
    return null;
  }
  const read = readDay(text, order);
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
  found.push(fault(column, text));
  return null;
}
