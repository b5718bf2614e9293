import type { Workspace } from '../ports/workspace.ts'

const ATTRIBUTES = '.gitattributes'

/** Lines of `.gitattributes` for the files that two branches often change at the same place. */
const LINES = [
  'openspec/changes/**/proposal.md merge=opsx',
  'openspec/changes/**/base.lock.json merge=opsx',
  'openspec/figures.lock.json merge=opsx',
]

/** Uses git's own merge when opsx is missing or fails. Otherwise git would keep only `ours`. */
const DRIVER =
  'opsx merge-driver %O %A %B %P %X %Y; case $? in 0) exit 0;; 1) exit 1;; esac; git merge-file %A %O %B'

const SETTINGS: [string, string][] = [
  ['merge.opsx.name', 'opsx: both sides of ledgers and lock files'],
  ['merge.opsx.driver', DRIVER],
]

export interface DriverPorts {
  runGit(directory: string, args: string[]): Promise<string>
  workspaceAt(directory: string): Workspace
}

/** The lines to add to .gitattributes and the settings to add to the git configuration of this clone. */
export interface PlannedDriver {
  files: string[]
  /** Keys of git's configuration. */
  keys: string[]
  note: string
  write(): Promise<void>
}

/** Throws GIT_FAILED outside a git repository. */
export async function planMergeDriver(ports: DriverPorts, root: string): Promise<PlannedDriver> {
  const workspace = ports.workspaceAt(root)
  const before = workspace.read(ATTRIBUTES) ?? ''
  const there = new Set(before.split(/\r?\n/).map(line => line.trim()))
  const lines = LINES.filter(line => !there.has(line))
  const settings: [string, string][] = []
  for (const [key, value] of SETTINGS) {
    const set = await ports.runGit(root, ['config', '--local', '--default', '', '--get', key])
    if (set !== value) settings.push([key, value])
  }
  return {
    files: lines.length > 0 ? [ATTRIBUTES] : [],
    keys: settings.map(([key]) => key),
    note: NOTE,
    async write() {
      if (lines.length > 0)
        workspace.write(ATTRIBUTES, withLines(before, lines), before === '' ? undefined : before)
      for (const [key, value] of settings) await ports.runGit(root, ['config', '--local', key, value])
    },
  }
}

const NOTE =
  'git configuration applies to this clone only: run opsx init --merge-driver in every other clone too. In a clone without it, opsx ledger lint --fix resolves a conflict.'

function withLines(text: string, lines: string[]): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const gap = text === '' || text.endsWith('\n') ? '' : end
  return `${text}${gap}${lines.map(line => line + end).join('')}`
}
