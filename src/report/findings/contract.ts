/** Something the program noticed that a reader may have to act on. */
export interface Finding {
  /** Stable for ever: what people mute and search for. */
  readonly id: `B${number}`;
  /** Its name in artifacts, unique too. */
  readonly code: string;
  readonly means: string;
  readonly todo: string;
}

export interface FindingGroup {
  readonly title: string;
  readonly findings: readonly Finding[];
}
