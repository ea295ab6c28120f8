import { defineFeature } from '../../app/feature.ts';
import { DrillControls } from './drill-controls.tsx';

/** The demonstration's controls, in the strip of every screen. */
export const drills = defineFeature({ slots: { drill: DrillControls }, live: [['drill.*', ['drills']]] });
