/** A panel's data as CSV: what it is, of which cases, up to when and how, then one line a row. Pure but for `download`. */
import type { AnalysisAbout } from '@levee/contract';

export interface Column {
  /** In the file, the same in every language. */
  readonly key: string;
  /** On the screen. */
  readonly title: string;
  /** Decimals on the screen; the file has them all. */
  readonly digits?: number;
}
export type Cell = string | number | null;
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

const cell = (value: Cell): string => {
  const text = value === null ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export function tableCsv(
  { columns, rows }: Table,
  told: {
    readonly title: string;
    readonly method: string;
    readonly about: AnalysisAbout;
    readonly note: string;
  },
): string {
  const { about } = told;
  return [
    [`# ${told.title}`],
    [`# ${about.source.nameZh} · ${about.within} · cut-off ${about.cutoffDay} · n = ${about.casesCount}`],
    [`# as of ${about.asOf} · ${told.method} · ${about.methodVersion}`],
    [`# ${told.note}`],
    columns.map(({ key }) => key),
    ...rows,
  ]
    .map((line) => line.map(cell).join(','))
    .join('\n');
}

/** With a byte order mark so that Excel reads the Chinese. */
export function download(name: string, csv: string): void {
  const url = URL.createObjectURL(new Blob(['\ufeff', csv], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
