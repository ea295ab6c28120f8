/** `levee estimate`: the estimators of @levee/epi on CSV files. Needs no server and no database. */
import type { Command } from 'commander';
import { addAberration } from './aberration.ts';
import { addChains } from './chains.ts';
import { addDelay } from './delay.ts';
import { addForecast } from './forecast.ts';
import { addGrowth } from './growth.ts';
import { addNowcast } from './nowcast.ts';
import { addOffspring } from './offspring.ts';
import { addRt } from './rt.ts';
import { addSecondaryAttackRate } from './secondary-attack-rate.ts';
import { addSeverity } from './severity.ts';

export function addEstimate(program: Command): void {
  const estimate = program
    .command('estimate')
    .description(
      'Epidemiology on CSV files: rt, growth, severity, offspring, chains and more; needs no server',
    )
    .addHelpText(
      'after',
      '\nColumns carry the names of R package linelist (id, date_onset, date_reporting, outcome, …); days are YYYY-MM-DD.',
    );
  for (const add of [
    addRt,
    addGrowth,
    addSeverity,
    addOffspring,
    addChains,
    addSecondaryAttackRate,
    addDelay,
    addNowcast,
    addForecast,
    addAberration,
  ])
    add(estimate);
}
