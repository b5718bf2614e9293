/** Arguments of the findings about specs and deltas. `section` is ADDED, MODIFIED, REMOVED or RENAMED. */
export interface SpecFindingArgs {
  'spec/unreadable': { reason: string }
  'spec/no-purpose': Record<never, never>
  'spec/brief-purpose': { length: number }
  'spec/placeholder-purpose': Record<never, never>
  'spec/no-requirements': Record<never, never>
  'spec/empty-requirements': Record<never, never>
  'spec/no-text': { requirement: string }
  'spec/no-keyword': { requirement: string }
  'spec/no-scenario': { requirement: string }
  'spec/duplicate': { requirement: string; first: number }
  'spec/outside-requirements': { requirement: string }
  'spec/delta-header': { header: string }
  'spec/stray-heading': { heading: string }
  'spec/odd-header': { requirement: string }
  'spec/misread-fence': Record<never, never>
  'spec/misread-comment': Record<never, never>
  'spec/unclosed-fence': Record<never, never>
  'delta/none': Record<never, never>
  'delta/no-sections': Record<never, never>
  'delta/no-entries': { sections: string }
  'delta/misplaced': { expected: string }
  'delta/metadata': { reason: string }
  'delta/skip-specs': Record<never, never>
  'delta/misspelt-section': { header: string; section: string }
  'delta/outside-section': { requirement: string; section: string }
  'delta/stray-heading': { heading: string; section: string }
  'delta/odd-header': { requirement: string }
  'delta/loose-text': { section: string }
  'delta/no-text': { requirement: string; section: string }
  'delta/no-keyword': { requirement: string; section: string }
  'delta/no-scenario': { requirement: string; section: string; empty: string }
  'delta/duplicate': { requirement: string; section: string; first: number }
  'delta/conflict': { requirement: string; one: string; other: string }
  'delta/unpaired-rename': { requirement: string; side: string; missing: string }
  'delta/capability-typo': { capability: string; meant: string }
  'delta/no-base': { capability: string; section: string }
  'delta/broken-base': { spec: string; line: number }
  'delta/not-found': { requirement: string; section: string; meant: string }
  'delta/exists': { requirement: string; section: string }
  'delta/near-name': { requirement: string; section: string; existing: string }
  'delta/other-spelling': { name: string }
  'delta/drops-scenario': { requirement: string; scenarios: string }
  'delta/unknown-scenario': { requirement: string; scenario: string }
  'delta/drops-text': { requirement: string; text: string; line: number }
  'delta/empties-spec': { capability: string }
  'delta/lost-text': { capability: string; text: string; line: number }
  'delta/base-moved': { requirement: string; part: string; collision: string }
  'delta/base-lock': { reason: string }
  'delta/overlap-new': { requirement: string; capability: string; others: string }
  'delta/overlap-scenario': { requirement: string; scenarios: string; others: string }
  'delta/overlap-requirement': { requirement: string; others: string }
  'proposal/no-why': Record<never, never>
  'proposal/why-length': { length: number; bound: string }
  'proposal/no-what-changes': Record<never, never>
  'proposal/many-deltas': { count: number; maximum: number }
}
