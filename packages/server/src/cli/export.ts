/** `levee export`: the line list or the links as a file, of any length and in constant memory. */
import { createWriteStream, rmSync, writeFileSync } from 'node:fs';
import { EXPORT_FORMATS, type ExportFormat } from '@levee/contract';
import type { Command } from 'commander';
import { writeCasesTo, writeLinksTo } from '../modules/cases/index.ts';
import { addDoorOptions, type CaseDoor, type DoorOptions, openDoor, PURPOSE } from './case-door.ts';

interface ExportOptions extends DoorOptions {
  readonly lineList?: string;
  readonly incident?: string;
  readonly contacts?: true;
  readonly format?: ExportFormat;
  readonly output: string;
}

export function addExport(program: Command): void {
  const command = program
    .command('export')
    .description('Write the line list, or its links, under the tags of the linelist standard')
    .option('--line-list <id>', 'one list; levee export without it takes every case')
    .option('--incident <id>', 'one incident')
    .option('--contacts', 'the links instead of the cases')
    .option('--format <format>', `${EXPORT_FORMATS.join(' or ')} [by the name of the file]`)
    .requiredOption('-o, --output <file>', 'where to; readable by this account only');
  addDoorOptions(command)
    .showHelpAfterError('levee export --help shows every option, with examples')
    .addHelpText(
      'after',
      `
The file holds personal data; the act is on record. Over --url a file holds at most 50,000 rows, at the machine any number.

Exit codes:
  0  written      1  refused or failed, no file left (said why)      2  called wrongly

Examples:
  levee export --incident 0198… -o linelist.csv
  levee export --line-list 0198… --contacts -o contacts.xlsx`,
    )
    .action(async (options: ExportOptions) => {
      const format = options.format ?? (/\.xlsx$/i.test(options.output) ? 'xlsx' : 'csv');
      if (!EXPORT_FORMATS.includes(format))
        command.error(`--format ${format}: one of ${EXPORT_FORMATS.join(', ')}`);
      const door = await openDoor(options, command);
      try {
        const rowsCount = await write(door, options, format);
        console.log(`${rowsCount} 行 rows: ${options.output}`);
      } finally {
        await door.close();
      }
    });
}

async function write(door: CaseDoor, options: ExportOptions, format: ExportFormat): Promise<number> {
  const filter = {
    ...(options.lineList !== undefined && { lineListId: options.lineList }),
    ...(options.incident !== undefined && { incidentId: options.incident }),
  };
  if (!door.act) {
    const ask = options.contacts ? door.cases.exportContacts : door.cases.exportCases;
    const file = await ask({ purpose: PURPOSE, query: { ...filter, format } });
    writeFileSync(options.output, Buffer.from(file.base64, 'base64'), { mode: 0o600 });
    return file.rowsCount;
  }
  const out = createWriteStream(options.output, { mode: 0o600 });
  const tell = (count: number) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${count} 行 rows`);
  };
  try {
    return await door.act(options.contacts ? 'cases.exportContacts' : 'cases.exportCases', (context) =>
      (options.contacts ? writeLinksTo : writeCasesTo)(context, filter, format, out, tell),
    );
  } catch (error) {
    out.destroy();
    rmSync(options.output, { force: true });
    throw error;
  } finally {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
}
