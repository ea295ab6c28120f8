import { buildChains, type Chains } from '@levee/epi';
import { badRow, dateCell, neededTextCell } from './cells.ts';
import { readTable } from './read-table.ts';

/** A line list (`id` and, if there, `date_onset`) and contacts (`from`,`to`). @throws InputError on an id given twice */
export function readChains(linelist: string, contacts: string, toleranceDays: number): Chains {
  const cases = readTable(linelist, ['id']);
  const pairs = readTable(contacts, ['from', 'to']);
  const hasOnset = cases.columns.includes('date_onset');
  const rowOf = new Map<string, number>();
  const list = cases.rows.map((row) => {
    const id = neededTextCell(cases, row, 'id');
    const known = rowOf.get(id);
    if (known !== undefined) throw badRow(cases, row, `id: "${id}" was given before, in row ${known}`);
    rowOf.set(id, row.number);
    return { id, dateOnset: hasOnset ? dateCell(cases, row, 'date_onset') : null };
  });
  const links = pairs.rows.map((row) => ({
    from: neededTextCell(pairs, row, 'from'),
    to: neededTextCell(pairs, row, 'to'),
  }));
  return buildChains(list, links, { toleranceDays });
}
