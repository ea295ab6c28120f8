/** space: how much room the disks have left, the alarms about it, and what is refused before there is none. */
export { type Measure, measureFolder } from './measure.ts';
export { alarmsAt, type Need, sizeText, usedProportion } from './space.ts';
export { createSpaceWatch } from './watch.ts';
