/** Every change writes one past-tense event. Live screens, timeline, audit, reactions and review read this one log. */
import * as z from 'zod';
import { accessEvents } from './access.ts';
import { analysisEvents } from './analysis.ts';
import { auditEvents } from './audit.ts';
import { casesEvents } from './cases.ts';
import { drillsEvents } from './drills.ts';
import { handlersEvents } from './handlers.ts';
import { incidentsEvents } from './incidents.ts';
import { informationEvents } from './information.ts';
import { intakeEvents } from './intake.ts';
import { interchangeEvents } from './interchange.ts';
import { isolationEvents } from './isolation.ts';
import { keyPopulationsEvents } from './key-populations.ts';
import { laboratoryEvents } from './laboratory.ts';
import { measuresEvents } from './measures.ts';
import { organisationsEvents } from './organisations.ts';
import { peopleEvents } from './people.ts';
import { placeEvents } from './places.ts';
import { roundsEvents } from './rounds.ts';
import { actorRef, division, id, instant } from './shapes.ts';
import { specimensEvents } from './specimens.ts';
import { syncEvents } from './sync.ts';
import { systemEvents } from './system.ts';
import { tasksEvents } from './tasks.ts';
import { testingEvents } from './testing.ts';
import { tracingEvents } from './tracing.ts';

/** kind → what the timeline calls it. */
export const eventKinds = {
  ...systemEvents,
  ...accessEvents,
  ...auditEvents,
  ...placeEvents,
  ...peopleEvents,
  ...organisationsEvents,
  ...tasksEvents,
  ...testingEvents,
  ...laboratoryEvents,
  ...intakeEvents,
  ...specimensEvents,
  ...roundsEvents,
  ...keyPopulationsEvents,
  ...incidentsEvents,
  ...casesEvents,
  ...tracingEvents,
  ...handlersEvents,
  ...measuresEvents,
  ...isolationEvents,
  ...analysisEvents,
  ...informationEvents,
  ...drillsEvents,
  ...syncEvents,
  ...interchangeEvents,
} as const;

export type EventKind = keyof typeof eventKinds;

/** An event as the stream and the timeline give it. `data` holds ids, codes, counts and times: never a person's values. */
export const event = z.strictObject({
  /** Position in the log, `<transaction>-<sequence>`: what `Last-Event-ID` resumes from. */
  position: z.string(),
  kind: z.enum(Object.keys(eventKinds) as [EventKind, ...EventKind[]]),
  at: instant,
  division,
  actor: actorRef.nullable(),
  subject: z.strictObject({ type: z.string(), id }),
  incidentId: id.nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type Event = z.output<typeof event>;
