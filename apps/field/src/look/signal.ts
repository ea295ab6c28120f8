/** What a sampler hears and feels without looking: once high is done, twice is a question, low is no. */
export type Tone = 'done' | 'question' | 'no';

const NOTES: Readonly<Record<Tone, { hertz: number; times: number; shake: number | number[] }>> = {
  done: { hertz: 1320, times: 1, shake: 60 },
  question: { hertz: 880, times: 2, shake: [60, 80, 60] },
  no: { hertz: 220, times: 1, shake: 400 },
};
let audio: AudioContext | undefined;

export function signal(tone: Tone): void {
  const { hertz, times, shake } = NOTES[tone];
  navigator.vibrate?.(shake);
  try {
    audio ??= new AudioContext();
    for (let n = 0; n < times; n += 1)
      beep(audio, hertz, audio.currentTime + n * 0.16, tone === 'no' ? 0.35 : 0.1);
  } catch {
    // A phone without sound still shows and shakes.
  }
}

function beep(context: AudioContext, hertz: number, from: number, seconds: number): void {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0.25, from);
  volume.gain.exponentialRampToValueAtTime(0.001, from + seconds);
  tone.connect(volume).connect(context.destination);
  tone.start(from);
  tone.stop(from + seconds);
}
