/** How a positive was found, from what stood in the ledger when the swab was taken. Pure. */
import type { FoundIn } from '@levee/protocol';

export interface KnownThen {
  readonly stated: FoundIn;
  readonly control: { readonly id: string; readonly kind: string } | null;
  /** A decision on the person as a contact, taken before the swab. */
  readonly contact: { readonly id: string; readonly class: string } | null;
}

export interface Said {
  readonly foundIn: FoundIn;
  readonly basis: 'measure' | 'contact' | 'statement';
  readonly recordId: string | null;
  readonly recordKind: string | null;
}

const OF_MEASURE: Readonly<Record<string, FoundIn>> = {
  centralised_isolation: 'centralised_isolation',
  home_isolation: 'home_isolation',
  risk_area: 'controlled_area_screening',
};

/**
 * A measure in force decides, then a contact decided before the swab, then what the desk stated. A desk's word that
 * somebody is under control stands where the ledger knows of none, and is shown to rest on the word alone.
 */
export function foundInBy({ stated, control, contact }: KnownThen): Said {
  const byMeasure = control && OF_MEASURE[control.kind];
  if (control && byMeasure) {
    return { foundIn: byMeasure, basis: 'measure', recordId: control.id, recordKind: control.kind };
  }
  const isolated = stated === 'centralised_isolation' || stated === 'home_isolation';
  if (contact && !isolated) {
    return { foundIn: 'contact_tracing', basis: 'contact', recordId: contact.id, recordKind: contact.class };
  }
  return { foundIn: stated, basis: 'statement', recordId: null, recordKind: null };
}
