/** The one list of routes, in the order of the modules. */
import { access } from './access.ts';
import { analysis } from './analysis.ts';
import { audit } from './audit.ts';
import { cases } from './cases.ts';
import { drills } from './drills.ts';
import { handlers } from './handlers.ts';
import { incidents } from './incidents.ts';
import { information } from './information.ts';
import { intake } from './intake.ts';
import { interchange } from './interchange.ts';
import { isolation } from './isolation.ts';
import { keyPopulations } from './key-populations.ts';
import { laboratory } from './laboratory.ts';
import { measures } from './measures.ts';
import { organisations } from './organisations.ts';
import { people } from './people.ts';
import { places } from './places.ts';
import { rounds } from './rounds.ts';
import { specimens } from './specimens.ts';
import { sync } from './sync.ts';
import { system } from './system.ts';
import { tasks } from './tasks.ts';
import { testing } from './testing.ts';
import { tracing } from './tracing.ts';

export const contract = {
  system,
  access,
  audit,
  places,
  people,
  organisations,
  tasks,
  testing,
  laboratory,
  intake,
  specimens,
  rounds,
  keyPopulations,
  incidents,
  cases,
  tracing,
  handlers,
  measures,
  isolation,
  analysis,
  information,
  drills,
  sync,
  interchange,
};
export type Contract = typeof contract;
