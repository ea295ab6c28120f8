/** One line that is written over; on a log or a pipe, nothing until the end. */
export function progressLine(what: string): { show(done: number, total: number): void; end(): void } {
  const isTerminal = process.stderr.isTTY;
  const width = 30;
  return {
    show(done, total) {
      if (!isTerminal) return;
      const share = total === 0 ? 1 : done / total;
      const filled = Math.round(share * width);
      process.stderr.write(
        `\r${what} ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${Math.round(share * 100)} % (${done}/${total})`,
      );
    },
    end() {
      if (isTerminal) process.stderr.write('\r\x1b[K');
    },
  };
}
