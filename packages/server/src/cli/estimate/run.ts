/** The quick way in: `levee estimate` without loading the server. Exit codes as everywhere: 1 refused, 2 called wrongly. */
import { Command, CommanderError } from 'commander';
import { addEstimate } from './index.ts';
import { InputError } from './input-error.ts';

export async function runEstimate(argv: readonly string[]): Promise<number> {
  const program = new Command('levee')
    .exitOverride()
    .showHelpAfterError('(levee estimate --help shows the options)');
  addEstimate(program);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    console.error(explain(error));
    return 1;
  }
}

/** The library refuses values with a RangeError that names them; anything else keeps its stack, for it is our fault. */
function explain(error: unknown): string {
  if (error instanceof InputError || error instanceof RangeError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
