/**
 * Arguments of the findings about figures and gates (FIGURES "Findings"). Values are as they are told: a number with
 * its unit, or what a set has or lacks.
 */
export interface FigureFindingArgs {
  /** `invariant`: the word by which the line says that the value stays, or empty. `fixedBy`: an active change that already carries it, or empty. */
  'figure/drift': Told & { source: string; invariant: string; fixedBy: string }
  'figure/budget': Told & { source: string }
  'figure/near-budget': Told
  'figure/unknown': { figure: string; meant: string }
  'figure/mismatch': { figure: string; bound: string; text: string }
  'figure/former-value': Told
  'figure/stale': { figure: string; reason: string }
  'figure/unmeasured': { figure: string }
  'figure/header': { figure: string }
  'figure/conflict': { figure: string; asserted: string; other: string; place: string }
  'figure/no-inputs': { figure: string }
  'figure/claim': { figure: string; pattern: string; matches: number }
  'figure/malformed': { reason: string }
  'figure/none-defined': Record<never, never>
  'figure/definition': { reason: string }
  'figure/lock': { reason: string }
  'gate/unmet': { task: string; condition: string; measured: string }
  'gate/unjudged': { task: string; condition: string; reason: string }
  'gate/malformed': { task: string; reason: string }
}

/** What a text says of a figure, and what was measured. */
export type Told = {
  figure: string
  asserted: string
  measured: string
}
