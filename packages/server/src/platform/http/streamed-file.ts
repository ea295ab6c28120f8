/**
 * A file written while it is sent: the answer of the contract (`{ fileName, mediaType, base64, rowsCount }`), letter by letter,
 * never as a whole in memory. One that breaks off half-way is no JSON, so nobody can take a part for the whole.
 */
import { PassThrough, Readable, type Writable } from 'node:stream';
import { setTimeout as rest } from 'node:timers/promises';
import type { Context } from '../context.ts';

/** A use case that answers with a file of any length. */
export interface Streamed<Input> {
  readonly streamed: (context: StreamContext, input: Input) => Promise<StreamedFile>;
}

export type StreamContext = Pick<Context, 'actor' | 'now' | 'purpose' | 'platform'> & {
  /**
   * One short transaction, so that a slow reader holds none. What it opened is on record before any of it leaves.
   */
  page<T>(work: (context: Context) => Promise<T>): Promise<T>;
};

export interface StreamedFile {
  readonly fileName: string;
  readonly mediaType: string;
  /** Writes everything and ends `out`, waiting where it is full; returns how many rows. Rejects when `out` is closed. */
  readonly write: (out: Writable) => Promise<number>;
}

/** Bytes made ahead of the reader. */
const AHEAD = 64 * 1024;
/** A reader that takes nothing for so long is cut: others wait for its place. */
const STALLED_MS = 30_000;
const LONGEST_MS = 15 * 60_000;

/** The answer as text; `ended` is told once, however it ends. */
export function streamFile(file: StreamedFile, ended: () => void): Readable {
  const stream = Readable.from(
    jsonOf(file, () => watchdog.refresh()),
    {
      objectMode: false,
      highWaterMark: AHEAD,
    },
  );
  const cut = () => stream.destroy(new Error('the reader of a file took nothing, or too long'));
  const watchdog = setTimeout(cut, STALLED_MS).unref();
  const end = setTimeout(cut, LONGEST_MS).unref();
  stream.once('close', () => {
    clearTimeout(watchdog);
    clearTimeout(end);
    ended();
  });
  return stream;
}

async function* jsonOf(file: StreamedFile, pulled: () => void): AsyncGenerator<string> {
  const out = new PassThrough({ highWaterMark: AHEAD });
  const writing = file.write(out);
  writing.catch((error: unknown) => out.destroy(error as Error));
  try {
    yield `{"fileName":${JSON.stringify(file.fileName)},"mediaType":${JSON.stringify(file.mediaType)},"base64":"`;
    let left: Buffer = Buffer.alloc(0);
    for await (const chunk of out as AsyncIterable<Buffer>) {
      pulled();
      const bytes = left.length > 0 ? Buffer.concat([left, chunk]) : chunk;
      // Three bytes are four letters; what is over goes with the next.
      const whole = bytes.length - (bytes.length % 3);
      yield bytes.toString('base64', 0, whole);
      left = bytes.subarray(whole);
    }
    yield `${left.toString('base64')}","rowsCount":${await writing}}`;
  } finally {
    out.destroy();
  }
}

/** The same for a caller at the machine, who has room for it. */
export async function collectFile({ fileName, mediaType, write }: StreamedFile) {
  const out = new PassThrough();
  const chunks: Buffer[] = [];
  out.on('data', (chunk: Buffer) => chunks.push(chunk));
  const rowsCount = await write(out);
  return { fileName, mediaType, base64: Buffer.concat(chunks).toString('base64'), rowsCount };
}

/**
 * Between two pages, so many times what the last one took from reading to writing: two files at once leave five sixths of the
 * thread to what is being sampled, and forty thousand rows are still there in a quarter of a minute.
 */
const REST = 12;
/** A page that was slow because the machine is busy, or its reader is, need not be paid for twelve times. */
const LONGEST_REST_MS = 100;

/** Runs the pages of one file, each after its rest. */
export function createPace(): <T>(work: () => Promise<T>) => Promise<T> {
  let began: number | null = null;
  return async (work) => {
    if (began !== null) await rest(Math.min(LONGEST_REST_MS, REST * (performance.now() - began)));
    began = performance.now();
    return work();
  };
}

/** Writes and waits where the other side is slower. @throws when the other side is gone */
export async function give(out: Writable, text: string | Buffer): Promise<void> {
  if (out.destroyed) throw new Error('nobody reads the file any more');
  if (!out.write(text)) await untilDrained(out);
}

export async function untilDrained(out: Writable): Promise<void> {
  if (!out.writableNeedDrain) {
    if (out.destroyed) throw new Error('nobody reads the file any more');
    return;
  }
  await new Promise<void>((resolve, reject) => {
    const over = () => {
      out.off('drain', over);
      out.off('close', over);
      if (out.destroyed) reject(out.errored ?? new Error('nobody reads the file any more'));
      else resolve();
    };
    out.once('drain', over);
    out.once('close', over);
  });
}
