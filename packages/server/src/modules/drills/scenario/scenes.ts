/** The model case in its order (11–14 August 2022). */
import * as response from './response-scenes.ts';
import type { Scene } from './scene.ts';
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
  response.traced,
  response.areasDrafted,
  response.areasApproved,
  response.firstBulletin,
  testing.laterPositives,
  response.laterJoined,
  response.secondBulletin,
];
