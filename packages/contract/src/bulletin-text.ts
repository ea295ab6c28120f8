/**
 * Text of a bulletin: free words around locked figures. A figure stands in the text as `{positives}` or
 * `{positives:632521}`; its number comes from the lock and from nowhere else.
 */
export const BULLETIN_FIGURES = [
  'positives',
  'confirmed',
  'asymptomatic',
  'close_contacts',
  'contacts_of_contacts',
  'under_isolation',
  'tests_today',
  'high_risk_areas',
  'medium_risk_areas',
] as const;
export type BulletinFigureName = (typeof BULLETIN_FIGURES)[number];

export interface FigureToken {
  readonly name: BulletinFigureName;
  /** A county's own number; null = the whole area of the bulletin. */
  readonly division: string | null;
}

/** The number a token stands for, as far as the lock holds one. */
export interface FigureValue {
  readonly name: BulletinFigureName;
  readonly value: number | null;
  readonly areas: readonly { readonly division: string; readonly value: number | null }[];
}

const TOKEN = /\{([a-z_]{1,40})(?::(\d{4,12}))?\}/g;

export const tokenText = ({ name, division }: FigureToken): string =>
  division === null ? `{${name}}` : `{${name}:${division}}`;

/** Words and tokens in the order of the text. A brace that names no figure stays words. */
export function splitBulletinText(text: string): (string | FigureToken)[] {
  const parts: (string | FigureToken)[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const name = match[1] as BulletinFigureName;
    if (!BULLETIN_FIGURES.includes(name)) continue;
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push({ name, division: match[2] ?? null });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

/** What the lock says for a token: null where it has no number. */
export function valueOfToken(token: FigureToken, figures: readonly FigureValue[]): number | null {
  const figure = figures.find(({ name }) => name === token.name);
  if (!figure) return null;
  if (token.division === null) return figure.value;
  return figure.areas.find(({ division }) => division === token.division)?.value ?? null;
}

/** The text as read: every token replaced by its number, `—` where the lock has none. */
export function fillBulletinText(text: string, figures: readonly FigureValue[]): string {
  return splitBulletinText(text)
    .map((part) => (typeof part === 'string' ? part : String(valueOfToken(part, figures) ?? '—')))
    .join('');
}
