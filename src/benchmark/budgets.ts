/** What a challenger may cost, and what it is said to cost, from options as people write them. */
import type { Budget, Quantity } from "../compare/budget.ts";
import { OptionError } from "../error.ts";

/** Limits: `200us`, `5MB`, `10m`, or a multiple of the champion such as `2x`. */
export interface BudgetOptions {
  /** Time to predict a row, half of the batches. */
  readonly maxLatencyP50?: string;
  /** Time to predict a row, 95 % of the batches. */
  readonly maxLatencyP95?: string;
  readonly maxSize?: string;
  readonly maxMemory?: string;
  readonly maxTrainingTime?: string;
  /** Costs that cannot be measured here, such as those of a predictions file: `size=3MB`, `latency-p95=4ms`. */
  readonly declare?: string | readonly string[];
}

interface LimitKind {
  readonly key: Exclude<keyof BudgetOptions, "declare">;
  readonly quantity: Quantity;
  readonly units: Readonly<Record<string, number>>;
  readonly example: string;
}

const TIME = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };
const PER_ROW = Object.fromEntries(Object.entries(TIME).map(([unit, ms]) => [unit, 1000 * ms]));
const BYTES = { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

const LIMITS: readonly LimitKind[] = [
  { key: "maxLatencyP50", quantity: "latency-p50", units: PER_ROW, example: "200us" },
  { key: "maxLatencyP95", quantity: "latency-p95", units: PER_ROW, example: "1ms" },
  { key: "maxSize", quantity: "size", units: BYTES, example: "5MB" },
  { key: "maxMemory", quantity: "memory", units: BYTES, example: "500MB" },
  { key: "maxTrainingTime", quantity: "training-time", units: TIME, example: "10m" },
];

/** The budgets among the options. @throws OptionError for a limit without a unit, or of 0. */
export function budgetsOf(options: BudgetOptions): readonly Budget[] {
  return LIMITS.flatMap(({ key, quantity, units, example }) => {
    const text = options[key];
    if (text === undefined) return [];
    const { value, unit } = amountOf(text);
    const relative = unit === "x";
    const limit = value * (relative ? 1 : factorOf(units, unit));
    if (!(limit > 0 && limit < Infinity))
      throw new OptionError(
        `${key}: wanted a limit with its unit (${Object.keys(units).join(", ")}) such as ${example}, or a multiple of the champion such as 2x, got ${text}`,
      );
    return [{ quantity, limit, relative }];
  });
}

/** Costs that were declared, by quantity. @throws OptionError for another quantity, or an amount without its unit. */
export function declaredOf({ declare = [] }: BudgetOptions): ReadonlyMap<Quantity, number> {
  const pairs = (typeof declare === "string" ? declare.split(",") : declare).map((pair) => pair.trim());
  return new Map(
    pairs.map((pair): [Quantity, number] => {
      const [name, text = ""] = pair.split("=", 2);
      const kind = LIMITS.find(({ quantity }) => quantity === name.trim());
      if (kind === undefined)
        throw new OptionError(
          `declare: wanted a quantity and its amount such as size=3MB (quantities: ${LIMITS.map(({ quantity }) => quantity).join(", ")}), got ${pair}`,
        );
      const { value, unit } = amountOf(text);
      const amount = value * factorOf(kind.units, unit);
      if (!(amount > 0 && amount < Infinity))
        throw new OptionError(
          `declare: wanted ${kind.quantity} with its unit (${Object.keys(kind.units).join(", ")}) such as ${kind.quantity}=${kind.example}, got ${pair}`,
        );
      return [kind.quantity, amount];
    }),
  );
}

function amountOf(text: string): { readonly value: number; readonly unit: string } {
  const [, digits, unit = ""] = /^\s*(\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*([a-zµ]+)\s*$/i.exec(text) ?? [];
  return { value: Number(digits), unit };
}

function factorOf(units: LimitKind["units"], unit: string): number {
  return new Map(Object.entries(units)).get(unit) ?? Number.NaN;
}
