import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { verifyText } from './scenario.ts'

/** A repository without git: `changes` verified changes, of which each modifies, adds, renames and removes on its own. */
export interface ArchiveTree {
  /** Written again by `restore`. */
  readonly directory: string
  restore(): void
  remove(): void
}

const PURPOSE = 'It says what one part of the system does, in more than fifty characters.'

function block(name: string, then = 'it is seen'): string {
  return `### Requirement: ${name}\n\nThe part SHALL do it.\n\n#### Scenario: Always\n\n- **WHEN** asked\n- **THEN** ${then}\n`
}

function mainSpec(capability: string, names: string[]): string {
  const blocks = names.map(name => block(name)).join('\n')
  return `# ${capability} Specification\n\n## Purpose\n\n${PURPOSE}\n\n## Requirements\n\n${blocks}`
}

const change = (name: string) => `openspec/changes/${name}`

/** What every change has besides its deltas. */
function artifacts(name: string): Record<string, string> {
  return {
    [`${change(name)}/.openspec.yaml`]: 'schema: spec-driven\nretire_capabilities: true\n',
    [`${change(name)}/proposal.md`]:
      '## Why\n\nThe parts have to do it in another way from now on, as was asked.\n\n## What Changes\n\n- All.\n',
    [`${change(name)}/design.md`]: '## Context\n\nNone.\n',
    [`${change(name)}/tasks.md`]: '- [x] 1.1 Do it\n',
    [`${change(name)}/verify.md`]: verifyText('PASS'),
  }
}

/** One change that touches `specs` capabilities: most are modified, every tenth is new, every tenth is retired. */
export function largeArchive(specs: number): Record<string, string> {
  const files = artifacts('large')
  for (let index = 0; index < specs; index++) {
    const capability = `part-${String(index).padStart(3, '0')}`
    const delta = `${change('large')}/specs/${capability}/spec.md`
    if (index % 10 !== 4) files[`openspec/specs/${capability}/spec.md`] = mainSpec(capability, ['One', 'Two'])
    files[delta] =
      index % 10 === 4
        ? `## Purpose\n\n${PURPOSE}\n\n## ADDED Requirements\n\n${block('One')}`
        : index % 10 === 7
          ? '## REMOVED Requirements\n\n- `### Requirement: One`\n- `### Requirement: Two`\n'
          : `## MODIFIED Requirements\n\n${block('Two', 'it is heard')}\n## ADDED Requirements\n\n${block('Three')}`
  }
  return files
}

/** `count` changes that all modify a requirement of their own in one shared spec. */
export function disjointArchives(count: number): Record<string, string> {
  const names = Array.from({ length: count }, (_, index) => `Part ${index}`)
  const files: Record<string, string> = { 'openspec/specs/shared/spec.md': mainSpec('shared', names) }
  names.forEach((name, index) => {
    Object.assign(files, artifacts(`change-${index}`))
    files[`${change(`change-${index}`)}/specs/shared/spec.md`] =
      `## MODIFIED Requirements\n\n${block(name, `change ${index} is seen`)}`
  })
  return files
}

/** A killed process loses nothing of what it wrote, so the tree may be in memory, where `fsync` costs nothing. */
const MEMORY = '/dev/shm'

export function archiveTree(files: Record<string, string>): ArchiveTree {
  const home = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'opsx-archive-'))
  const [fresh, directory] = [join(home, 'fresh'), join(home, 'tree')]
  for (const [path, text] of Object.entries({ 'openspec/config.yaml': 'schema: spec-driven\n', ...files })) {
    mkdirSync(dirname(join(fresh, path)), { recursive: true })
    writeFileSync(join(fresh, path), text)
  }
  const restore = () => {
    rmSync(directory, { recursive: true, force: true })
    execFileSync('cp', ['-R', fresh, directory])
  }
  restore()
  return { directory, restore, remove: () => rmSync(home, { recursive: true, force: true }) }
}
