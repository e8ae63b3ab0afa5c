/** The most recently used values by key; the oldest go first. */
export class Recent<T> {
  readonly #kept = new Map<string, T>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The value of the key, made when it is not kept. */
  get(key: string, make: () => T): T {
    const kept = this.#kept.has(key);
    const value = kept ? (this.#kept.get(key) as T) : make();
    this.#kept.delete(key); // the latest used stands last
    this.#kept.set(key, value);
    if (!kept) for (const oldest of this.#kept.keys()) if (this.#kept.size > this.#limit) this.#kept.delete(oldest);
    return value;
  }
}
