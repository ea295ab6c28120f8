let context: AudioContext | undefined;

/** Two short tones, low enough for a quiet duty room. Silent where the browser allows no sound yet. */
export function beep(): void {
  try {
    context ??= new AudioContext();
    for (const [start, pitch] of [
      [0, 660],
      [0.18, 880],
    ] as const) {
      const at = context.currentTime + start;
      const tone = new OscillatorNode(context, { frequency: pitch });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(0, at);
      volume.gain.linearRampToValueAtTime(0.12, at + 0.02);
      volume.gain.linearRampToValueAtTime(0, at + 0.15);
      tone.connect(volume).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.16);
    }
  } catch {
    // No sound device: the badge still says it.
  }
}
