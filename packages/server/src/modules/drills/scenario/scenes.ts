/** The model case in its order (11–14 August 2022). */
import * as isolation from './isolation-scenes.ts';
import * as response from './response-scenes.ts';
import type { Scene } from './scene.ts';
import * as specimens from './specimen-scenes.ts';
import * as testing from './testing-scenes.ts';

export const STARTS_AT = '2022-08-11T20:00:00+08:00';
export const ENDS_AT = '2022-08-14T17:00:00+08:00';

export const scenes: readonly Scene[] = [
  testing.firstTube,
  testing.positivePool,
  testing.singleSamples,
  testing.screeningPositive,
  response.activate,
  response.reported,
  response.trajectory,
  isolation.roomsReady,
  response.traced,
  isolation.ordersApproved,
  isolation.contactsTold,
  isolation.contactsMoved,
  isolation.contactsAdmitted,
  response.areasDrafted,
  response.areasApproved,
  isolation.followUp12,
  response.investigated,
  isolation.samples12,
  specimens.specimensTaken,
  specimens.specimensClean,
  isolation.results12,
  response.firstBulletin,
  isolation.followUp13,
  isolation.samples13,
  isolation.results13,
  isolation.followUp14,
  isolation.samples14,
  isolation.results14,
  testing.laterPositives,
  response.laterJoined,
  response.secondBulletin,
];
