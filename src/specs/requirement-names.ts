import { posix } from 'node:path'
import { headingsOf } from '../markdown/sections.ts'
import type { Workspace } from '../ports/workspace.ts'

/** Texts of a change's delta specs, in file order. */
export function readSpecTexts(workspace: Workspace, directory: string): string[] {
  return specFiles(workspace, posix.join(directory, 'specs')).map(path => workspace.read(path) ?? '')
}

/** Names of the requirements that delta specs add or modify, in order, without doubles and comments. */
export function requirementNamesIn(texts: string[]): string[] {
  const names = texts.flatMap(requirementNames).map(name => name.replace(/<!--.*?-->/g, '').trim())
  return [...new Set(names)]
}

/** Requirements under `## ADDED` and `## MODIFIED Requirements` of one delta spec (OPENSPEC "Delta parsing"). */
export function requirementNames(text: string): string[] {
  const names: string[] = []
  let promised = false
  for (const heading of headingsOf(text)) {
    if (heading.depth <= 2) promised = /^(?:ADDED|MODIFIED)\s+Requirements$/i.test(heading.text)
    const name = heading.depth === 3 ? /^Requirement:\s*(.+)$/.exec(heading.text)?.[1] : undefined
    if (promised && name) names.push(name.trim())
  }
  return names
}

function specFiles(workspace: Workspace, directory: string): string[] {
  return workspace.list(directory).flatMap(entry => {
    const path = posix.join(directory, entry.name)
    if (entry.directory) return specFiles(workspace, path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}
