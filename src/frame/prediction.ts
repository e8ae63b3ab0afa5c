/** What a model says of rows, in the order asked for. */
export type Prediction =
  | { readonly kind: "value"; readonly values: Float64Array } // in the target's unit
  | { readonly kind: "probability"; readonly values: Float64Array; readonly classes: number }; // rows x classes, row by row; rows sum to 1
