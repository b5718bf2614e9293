import { parseBindings } from '../figures/bindings/parse-bindings.ts'
import { formatValue } from '../figures/comparison/format-value.ts'
import type { FigureLock } from '../figures/lock/lock.ts'
import { readLock } from '../figures/lock/read-lock.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { Workspace } from '../ports/workspace.ts'
import { readSpecTexts, requirementNamesIn } from '../specs/requirement-names.ts'
import { formatSection } from './description.ts'

/** The sections of the descriptions that a sync may have to send, by change name; `always`: also for issues that opsx never described. */
export function readDescriptionSections(
  workspace: Workspace,
  changes: TrackedChange[],
  always: boolean,
): Map<string, string> {
  const sections = new Map<string, string>()
  let lock: FigureLock | undefined
  for (const change of changes) {
    if (!change.proposal?.hasContent || change.archived) continue
    if (!always && !change.ledger.descriptionDigest) continue
    const specs = readSpecTexts(workspace, change.directory)
    const requirements = requirementNamesIn(specs)
    lock ??= readLock(workspace).lock
    const measured = boundValues([change.proposal.text, ...specs], lock)
    sections.set(change.name, formatSection(change, { requirements, measured }))
  }
  return sections
}

/**
 * What was last measured of the figures that these texts bind, a line each, by name (LIFECYCLE §5). What opsx counts
 * itself is left out: the issue would be described anew with every tick.
 */
function boundValues(texts: string[], lock: FigureLock): string[] {
  if (lock.size === 0) return []
  const bound = texts.flatMap(text => parseBindings({ text, kind: 'prose', file: '' }).bindings)
  const names = [...new Set(bound.map(({ figure }) => figure))].sort()
  return names.flatMap(name => {
    const entry = lock.get(name)
    return entry ? [`\`${name}\`: ${formatValue(entry.value, entry.unit)}`] : []
  })
}
