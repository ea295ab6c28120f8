import { match } from 'pinyin-pro';
import type { Text } from '../i18n/words.ts';

export interface Command {
  readonly id: string;
  readonly title: Text;
  readonly group: Text;
  /** More words it is found by: codes, abbreviations, older names. */
  readonly keywords?: readonly string[];
  /** Keys shown beside it, as typed: `G C`. */
  readonly keys?: string;
  readonly permission?: string;
  /** Where it leads; or what it does. */
  readonly to?: string;
  readonly run?: () => void;
}

/** Lower is better; null is no match. Chinese is found by its characters, full pinyin, or initials (`mqjc` = 密切接触). */
export function rankCommand(query: string, command: Command): number | null {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return 0;
  const texts = [command.title.zh, command.title.en, ...(command.keywords ?? [])];
  const plain = texts.map((text) => text.toLowerCase());
  if (plain.some((text) => text.startsWith(wanted))) return 1;
  if (plain.some((text) => text.split(/[\s/-]+/).some((word) => word.startsWith(wanted)))) return 2;
  if (plain.some((text) => text.includes(wanted))) return 3;
  const letters = wanted.replaceAll(/[\s']/g, '');
  const hits = texts.map((text) => match(text, letters, { precision: 'start', continuous: true }));
  const starts = hits.some((hit) => hit?.[0] === 0);
  if (starts) return 4;
  return hits.some((hit) => hit !== null) ? 5 : null;
}

/** The commands that match, best first; equals keep their order. */
export function searchCommands(query: string, commands: readonly Command[]): readonly Command[] {
  return commands
    .map((command) => ({ command, rank: rankCommand(query, command) }))
    .filter((found): found is { command: Command; rank: number } => found.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map(({ command }) => command);
}
