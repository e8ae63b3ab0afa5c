/** What changes call a model: a challenger may bear the name of a rung. */
const CHALLENGER = "challenger ";

export function challengerModel(name: string): string {
  return `${CHALLENGER}${name}`;
}

/** The challenger that a change is of; undefined: it is of a rung. */
export function challengerOf(model: string): string | undefined {
  return model.startsWith(CHALLENGER) ? model.slice(CHALLENGER.length) : undefined;
}
