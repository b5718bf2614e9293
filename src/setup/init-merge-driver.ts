import type { Context } from '../adapters/context.ts'

const ATTRIBUTES = '.gitattributes'

/** Files in which two branches write at the same place, below the directory that holds `openspec/`. */
const LINES = [
  'openspec/changes/**/proposal.md merge=opsx',
  'openspec/changes/**/base.lock.json merge=opsx',
  'openspec/figures.lock.json merge=opsx',
]

/** Where opsx is not on the PATH, or fails, git merges as ever: it would take ours alone for the merge otherwise. */
const DRIVER =
  'opsx merge-driver %O %A %B %P %X %Y; case $? in 0) exit 0;; 1) exit 1;; esac; git merge-file %A %O %B'

const SETTINGS: [string, string][] = [
  ['merge.opsx.name', 'opsx: both sides of ledgers and lock files'],
  ['merge.opsx.driver', DRIVER],
]

/** What is missing, of a file for everyone and of the configuration of this clone. */
export interface PlannedDriver {
  files: string[]
  /** Of git's configuration. */
  keys: string[]
  note: string
  write(): Promise<void>
}

/** Throws GIT_FAILED outside a git repository. */
export async function planMergeDriver(context: Context, root: string): Promise<PlannedDriver> {
  const workspace = context.workspaceAt(root)
  const before = workspace.read(ATTRIBUTES) ?? ''
  const there = new Set(before.split(/\r?\n/).map(line => line.trim()))
  const lines = LINES.filter(line => !there.has(line))
  const settings: [string, string][] = []
  for (const [key, value] of SETTINGS) {
    const set = await context.runGit(root, ['config', '--local', '--default', '', '--get', key])
    if (set !== value) settings.push([key, value])
  }
  return {
    files: lines.length > 0 ? [ATTRIBUTES] : [],
    keys: settings.map(([key]) => key),
    note: NOTE,
    async write() {
      if (lines.length > 0) workspace.write(ATTRIBUTES, withLines(before, lines))
      for (const [key, value] of settings) await context.runGit(root, ['config', '--local', key, value])
    },
  }
}

const NOTE =
  'The configuration of git belongs to this clone alone: every other one needs opsx init --merge-driver too. Where it is missing, opsx ledger lint --fix mends a conflict.'

function withLines(text: string, lines: string[]): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const gap = text === '' || text.endsWith('\n') ? '' : end
  return `${text}${gap}${lines.map(line => line + end).join('')}`
}
