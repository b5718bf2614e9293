/** Arguments of the findings about archives and the documents that mirror the specs. */
export interface ArchiveFindingArgs {
  'archive/not-verified': Record<never, never>
  'archive/verify-failed': { file: string }
  'archive/rejected': { file: string }
  'archive/target-exists': { path: string }
  'archive/figure-definition': { reason: string }
  'archive/interrupted': { change: string; outcome: string }
  'archive/superseded': { requirement: string; capability: string; by: string }
  'archive/spec-drift': { capability: string; archive: string; requirements: string }
  'mirror/foreign-edit': { title: string; who: string }
  'mirror/unresolved-comments': { title: string; count: number }
  'mirror/not-written': { reason: string }
  'mirror/behind': { outcome: string }
}
