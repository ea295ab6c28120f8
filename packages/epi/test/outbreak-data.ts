import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDER = findFolder(import.meta.dirname);

/**
 * The rows of a real outbreak's file, or null (with the reason printed) where the shared data are not on this machine.
 * They are looked for as `shared/data/outbreaks` in every folder above the checkout.
 */
export function readOutbreak(file: string): Record<string, string>[] | null {
  if (FOLDER === null) {
    console.warn(`skipped: ${file} is not here (no shared/data/outbreaks folder above the checkout)`);
    return null;
  }
  const [header, ...lines] = readFileSync(join(FOLDER, file), 'utf8').trim().split(/\r?\n/).map(splitLine);
  return lines.map((cells) => Object.fromEntries(header!.map((name, i) => [name, cells[i] ?? ''])));
}

function findFolder(start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, 'shared/data/outbreaks');
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return null;
  }
}

/** Cells of one line; quoted cells may hold commas, none of these files has a quote or line break inside a cell. */
function splitLine(line: string): string[] {
  return Array.from(
    line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g),
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
}
