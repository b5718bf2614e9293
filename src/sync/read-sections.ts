import { parseBindings } from '../figures/bindings/parse-bindings.ts'
import { formatValue } from '../figures/comparison/format-value.ts'
import type { FigureLock } from '../figures/lock/lock.ts'
import { readLock } from '../figures/lock/read-lock.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { firstBlock, listItems } from '../markdown/excerpts.ts'
import { sectionText } from '../markdown/sections.ts'
import type { Workspace } from '../ports/workspace.ts'
import { requirementNamesIn } from '../specs/parse-delta.ts'
import { readDeltas } from '../specs/read-specs.ts'
import { wordDigest } from './description.ts'

/** The section of each of these changes, by name. */
export function readSections(workspace: Workspace, changes: TrackedChange[]): Map<string, string> {
  if (changes.length === 0) return new Map()
  const { lock } = readLock(workspace)
  return new Map(
    changes.map(change => {
      const deltas = readDeltas(workspace, change.directory).deltas.map(({ delta }) => delta)
      const measured = boundValues([change.proposal?.text ?? '', ...deltas.map(({ text }) => text)], lock)
      return [change.name, formatSection(change, { requirements: requirementNamesIn(deltas), measured })]
    }),
  )
}

/**
 * The section of an issue's description that opsx owns, distilled from the proposal: Why → TL;DR,
 * What Changes → deliverables, Capabilities → scope, requirement names of the delta → acceptance, bound
 * figures → their measured values. Ends with a line that
 * carries a digest of the section's words, so that an edit inside it shows even after Linear re-serialised the Markdown.
 */
export function formatSection(
  change: TrackedChange,
  { requirements, measured }: { requirements: string[]; measured: string[] },
): string {
  const body = change.proposal?.text.slice(change.proposal.frontmatter.bodyOffset) ?? ''
  const parts = [
    startLine(change.name),
    part('TL;DR', firstBlock(sectionText(body, 'Why'))),
    part('Deliverables', listItems(sectionText(body, 'What Changes'))),
    part('Scope', listItems(sectionText(body, 'Capabilities'))),
    part('Acceptance', requirements.map(name => `- ${name}`).join('\n')),
    part('Measured', measured.map(line => `- ${line}`).join('\n')),
  ].filter(text => text !== '')
  const words = parts.join('\n\n')
  return `${words}\n\n${endLine(change.name, wordDigest(words))}`
}

function startLine(name: string): string {
  return `### OpenSpec change ${name}`
}

function endLine(name: string, digest: string): string {
  return `*End of OpenSpec change ${name}, kept by opsx (${digest}). Edits inside this section are replaced.*`
}

function part(title: string, text: string): string {
  return text === '' ? '' : `**${title}**\n\n${text}`
}

/**
 * What was last measured of the figures that these texts bind, a line each, by name. What opsx counts
 * itself is left out: otherwise every checked task would change the description.
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
