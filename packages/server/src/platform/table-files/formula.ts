/** Text that a spreadsheet would run. It is kept as text on the way in, and defused on the way out (T49). */

// Also the full-width forms, which some spreadsheets take for the same, and what may stand before them unseen.
const LEADS = /^[\s␀\0]*[=+\-@＝＋－＠]|^[\t\r\n\0␀]/u;
const NUMBER = /^\s*[+-]?(\d[\d\s,.]*|\.\d+)(e[+-]?\d+)?\s*%?\s*$/i;
const DASHES = /^[\s\-－–—]*$/;

/** True for text that begins like a formula and is no plain number and no dash for "nothing". */
export const looksLikeFormula = (text: string): boolean =>
  LEADS.test(text) && !NUMBER.test(text) && !DASHES.test(text);

/** For CSV: an apostrophe in front, which a spreadsheet shows as text. OWASP, CSV injection. */
export const defuse = (text: string): string => (looksLikeFormula(text) ? `'${text}` : text);

/** Takes off the apostrophe that `defuse` put there, so that an exported file comes back as it was. */
export const undefuse = (text: string): string =>
  text.startsWith("'") && looksLikeFormula(text.slice(1)) ? text.slice(1) : text;
