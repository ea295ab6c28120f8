/** What an archive says it holds, read from its directory before a byte of it is unpacked (T53). */
import { createInflateRaw } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly offset: number;
}

export const ZIP_LIMITS = {
  entries: 1_000,
  /** All entries together. A sheet of 300,000 rows of 15 columns is some 200 MB of XML. */
  unpackedBytes: 400 * 1024 * 1024,
  /** Sheets pack 5 to 50 fold; a bomb a thousandfold. Small entries may pack as well as they like. */
  ratio: 200,
  ratioFromBytes: 4 * 1024 * 1024,
} as const;

export class ZipRefusal extends Error {
  override readonly name = 'ZipRefusal';
  readonly zh: string;
  constructor(zh: string, en: string) {
    super(en);
    this.zh = zh;
  }
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/**
 * The entries of an archive, or a refusal: broken, of 64-bit size, encrypted, too many, too large, packed too well,
 * with a path that leads out, or holding another archive.
 */
export function readZipDirectory(bytes: Buffer): ZipEntry[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END) {
    throw new ZipRefusal('压缩包不完整，文件可能被截断', 'the archive is broken or was cut off');
  }
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count > ZIP_LIMITS.entries) {
    throw new ZipRefusal(`压缩包内有 ${count} 个文件，过多`, `the archive holds ${count} files, too many`);
  }
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) {
      throw new ZipRefusal('压缩包目录损坏', 'the directory of the archive is broken');
    }
    const nameBytes = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameBytes),
      method: bytes.readUInt16LE(at + 10),
      packedBytes: bytes.readUInt32LE(at + 20),
      unpackedBytes: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    if (bytes.readUInt16LE(at + 8) & 1) {
      throw new ZipRefusal('工作簿设有密码', 'the workbook is locked with a password');
    }
    at += 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  refuseDangerous(entries);
  return entries;
}

function refuseDangerous(entries: readonly ZipEntry[]): void {
  const total = entries.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
  if (total > ZIP_LIMITS.unpackedBytes) {
    const megabytes = Math.round(total / 1024 / 1024);
    throw new ZipRefusal(`解压后有 ${megabytes} MB，过大`, `unpacks to ${megabytes} MB, too large`);
  }
  for (const { name, method, packedBytes, unpackedBytes } of entries) {
    if (/(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[a-z]:/i.test(name)) {
      throw new ZipRefusal('压缩包内有越界路径', 'the archive holds a path that leads out of it');
    }
    if (/\.(zip|xlsx|xlsm|docx|jar|7z|rar|gz)$/i.test(name)) {
      throw new ZipRefusal('压缩包内还有压缩包', 'the archive holds another archive');
    }
    if (method !== 0 && method !== 8) {
      throw new ZipRefusal('压缩方式不受支持', 'the archive is packed in a way not supported');
    }
    if (unpackedBytes > ZIP_LIMITS.ratioFromBytes && unpackedBytes > packedBytes * ZIP_LIMITS.ratio) {
      throw new ZipRefusal('压缩比异常，拒绝解压', 'the archive is packed suspiciously well');
    }
  }
}

/** The directory may lie: each entry is unpacked once, counting and keeping nothing, and may not exceed what it said. */
export async function refuseForgedSizes(bytes: Buffer, entries: readonly ZipEntry[]): Promise<void> {
  for (const entry of entries) {
    if (entry.method === 0) {
      if (entry.packedBytes !== entry.unpackedBytes) throw forged();
      continue;
    }
    const local = entry.offset;
    if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL) throw forged();
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + entry.packedBytes);
    if ((await unpackedSize(packed, entry.unpackedBytes)) !== entry.unpackedBytes) throw forged();
  }
}

const forged = () =>
  new ZipRefusal('压缩包目录与内容不符', 'the directory of the archive does not tell the truth');

/** Bytes `packed` unpacks to; stops counting one past `most`. */
async function unpackedSize(packed: Buffer, most: number): Promise<number> {
  const inflate = createInflateRaw();
  inflate.end(packed);
  let size = 0;
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) break;
    }
  } catch {
    return -1;
  } finally {
    inflate.destroy();
  }
  return size;
}
