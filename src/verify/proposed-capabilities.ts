import { headingsOf } from '../markdown/sections.ts'

export interface ProposedCapability {
  name: string
  /** 1-based line of proposal.md. */
  line: number
}

/**
 * Capabilities that a proposal names under `## Capabilities`: one `` `kebab-name`: sentence `` per list item. Null when
 * it has no such section.
 */
export function proposedCapabilities(text: string): ProposedCapability[] | null {
  const headings = headingsOf(text)
  const index = headings.findIndex(heading => heading.text.trim().toLowerCase() === 'capabilities')
  const heading = headings[index]
  if (!heading) return null
  const end = headings.slice(index + 1).find(other => other.depth <= heading.depth)?.offset ?? text.length
  const section = text
    .slice(heading.end, end)
    .replace(/<!--[\s\S]*?-->/g, comment => comment.replace(/[^\n]/g, ' '))
  return section.split('\n').flatMap((line, at) => {
    const name = /^\s{0,3}[-*+]\s+(?:\*\*)?`([a-z0-9][a-z0-9/-]*)`/.exec(line)?.[1]
    return name ? [{ name, line: heading.line + at }] : []
  })
}
