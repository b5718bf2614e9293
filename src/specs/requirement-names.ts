import type { DeltaFile } from './read-specs.ts'

/** Names of the requirements that delta specs add or modify, in file order, without doubles and comments. */
export function requirementNamesIn(deltas: readonly Pick<DeltaFile, 'delta'>[]): string[] {
  const names = deltas.flatMap(({ delta: { added, modified } }) =>
    [...added, ...modified]
      .sort((one, other) => one.line - other.line)
      .map(({ name }) => name.replace(/<!--.*?-->/g, '').trim()),
  )
  return [...new Set(names)]
}
