import type { Step } from "../../baselines/contract.ts";
import type { Prediction } from "../../frame/prediction.ts";
import { measured, NO_EFFORT, sumOf, type Effort } from "../../numeric/effort.ts";
import type { Point } from "../../search/space.ts";

/** One iterative fit that is asked for more and more steps. Asked for fewer, it begins anew: answers do not depend on what was asked before. */
export class SteppedRun {
  readonly #begin: (point: Point) => Iterable<Step>;
  readonly #parameter: string;
  #steps: Iterator<Step> | undefined;
  #last: Step | undefined;
  #effort = NO_EFFORT;

  /**
   * @param begin The fit of a point, ending at its number of steps or later.
   * @param parameter The one that counts steps.
   */
  constructor(begin: (point: Point) => Iterable<Step>, parameter: string) {
    this.#begin = begin;
    this.#parameter = parameter;
  }

  /** What the steps up to the last one took, however many of them were still at hand. */
  get effort(): Effort {
    return this.#effort;
  }

  /** What the fit says of its watched rows after the steps of each point (ascending); each is good until the next one is asked for. */
  *at(points: readonly Point[]): Generator<Prediction> {
    for (const point of points) {
      const wanted = point[this.#parameter] as number;
      if (this.#steps === undefined || (this.#last?.step ?? 0) > wanted) {
        // however many steps will be asked for: those after `wanted` are not run before they are
        const fit = { ...point, [this.#parameter]: Number.MAX_SAFE_INTEGER };
        const begun = measured(() => this.#begin(fit)[Symbol.iterator]());
        this.#steps = begun.value;
        this.#effort = begun.effort;
        this.#last = undefined;
      }
      while ((this.#last?.step ?? 0) < wanted) {
        const steps = this.#steps;
        const { value: next, effort } = measured(() => steps.next());
        this.#effort = sumOf([this.#effort, effort]);
        if (next.done === true) break; // a learner may find that it has enough
        this.#last = next.value;
      }
      if (this.#last === undefined) throw new RangeError(`steps: the fit ended before its first step`);
      yield this.#last.watched;
    }
  }
}
