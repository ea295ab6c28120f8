/** The picture alone, and its size in pixels as it says itself. */
export interface Cleaned {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}
