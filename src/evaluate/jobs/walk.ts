import type { Follower } from "../../baselines/contract.ts";
import type { Model } from "../../models/contract.ts";
import { measured, sumOf, type Effort, type Measured } from "../../numeric/effort.ts";
import type { Point } from "../../search/space.ts";

/** The models of a path, fitted as far as they are asked for: the same ones, whatever was asked before. */
export class Walk {
  readonly #along: readonly Point[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #follower: Follower;
  readonly #models: Model[] = [];
  /** By model: what all of them up to it took. */
  readonly #effort: Effort[] = [];
  readonly #begun: Effort;

  /** @param along The path. @param begin Makes what fits its points one after the other. */
  constructor(along: readonly Point[], begin: () => Follower) {
    const { value, effort } = measured(begin);
    this.#along = along;
    this.#places = new Map(along.map((point, i) => [JSON.stringify(point), i]));
    this.#follower = value;
    this.#begun = effort;
  }

  /** The model of a point of the path. @throws RangeError for any other point. */
  at(point: Point): Measured<Model> {
    const key = JSON.stringify(point);
    const place = this.#places.get(key);
    if (place === undefined) throw new RangeError(`walk: the path does not pass ${key}`);
    for (let i = this.#models.length; i <= place; i++) {
      const { value, effort } = measured(() => this.#follower.next(this.#along[i]));
      this.#models.push(value);
      this.#effort.push(sumOf([this.#effort[i - 1] ?? this.#begun, effort]));
    }
    return { value: this.#models[place], effort: this.#effort[place] };
  }
}
