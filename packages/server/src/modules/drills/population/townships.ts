/** The town that seats the county: township number 100. */
export function isSeat(code: string): boolean {
  return code.slice(6, 9) === '100';
}

/** 倒淌河镇 → 倒淌河 in a name such as 倒淌河卫生院. */
export function shortName(township: { nameZh: string }): string {
  return township.nameZh.replace(/^海南州|回族乡$|[镇乡]$|管理区委员会$/g, '');
}
