/** An import as the house keeps it. */
import type {
  Bilingual,
  CaseImport,
  CheckSettings,
  ImportColumn,
  ImportFault,
  NameGroup,
  Verdict,
} from '@levee/contract';

export type ImportState = CaseImport['state'];
export type ImportFile = CaseImport['cases'];
export type FileKind = 'cases' | 'contacts';
export type FileCounts = CaseImport['counts']['cases'];
export interface ImportCounts {
  readonly cases: FileCounts;
  readonly contacts: FileCounts | null;
}

export interface Import {
  readonly id: string;
  readonly division: string;
  readonly state: ImportState;
  readonly casesFile: ImportFile;
  readonly contactsFile: ImportFile | null;
  readonly mappingRemembered: boolean;
  readonly settings: CheckSettings | null;
  readonly hospitalGroups: readonly NameGroup[];
  readonly withWarnings: boolean;
  readonly lineListId: string | null;
  readonly incidentId: string | null;
  readonly madeList: boolean;
  readonly keptCount: number;
  readonly counts: ImportCounts;
  readonly faultCounts: CaseImport['faults'];
  readonly problem: Bilingual | null;
  readonly createdAt: string;
  readonly createdBy: { readonly id: string; readonly name: string };
  readonly committedAt: string | null;
}

export interface StoredRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface ReadLine {
  readonly line: number;
  readonly verdict: Verdict;
  readonly faults: readonly ImportFault[];
  readonly value: unknown;
}

export const noCounts = (rows: number): FileCounts => ({
  rows,
  ok: 0,
  warning: 0,
  error: 0,
  duplicate: 0,
  accepted: 0,
  rejected: 0,
  left: 0,
});

/** The verdict a row has by its own faults. */
export const verdictOf = (faults: readonly ImportFault[]): Verdict =>
  faults.some(({ severity }) => severity === 'error') ? 'error' : faults.length > 0 ? 'warning' : 'ok';

/** Columns of a file whose cells are not stored, and those whose cells are stored sealed. */
export const droppedColumns = (columns: readonly ImportColumn[]): Set<number> =>
  new Set(columns.filter(({ status }) => status === 'dropped').map(({ index }) => index));
export const sealedColumns = (columns: readonly ImportColumn[]): Set<number> =>
  new Set(columns.filter(({ sealed }) => sealed).map(({ index }) => index));
