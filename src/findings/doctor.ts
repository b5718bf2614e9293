import { defineFindings } from './define-findings.ts'

export const DOCTOR = defineFindings({
  'doctor/credential': {
    message: ({ reason }: { reason: string }) => `There is no usable Linear key: ${reason}.`,
    fix: 'Set LINEAR_API_KEY in the environment or in a .env file that git ignores.',
  },
  'doctor/env-file': {
    message: ({ path }: { path: string }) => `${path} contains a Linear key, and git does not ignore it.`,
    fix: 'Add .env to .gitignore, and revoke the key if it was ever committed.',
  },
  'doctor/git': {
    message: ({ reason }: { reason: string }) => `${reason}.`,
    fix: 'Run git init. Without git, opsx cannot check which branch owns a change.',
  },
  'doctor/git-automation': {
    message: ({ team, event, state, branch, closes }: AutomationArgs) =>
      `Team ${team} sets an issue to ${state} when a pull request is ${event}${branch ? ` (${branch})` : ''}; ${
        closes === 'yes'
          ? 'only the archive of a change should close its issue'
          : 'the issue can then be ahead of the files'
      }.`,
    fix: ({ team, closes }) =>
      closes === 'yes'
        ? `In Linear, settings of team ${team}, Workflow, Pull request automation: choose no action. Or write "Part of ${team}-15" in pull requests, not "Closes ${team}-15", or set defaults.on_premature_close: restore.`
        : `In Linear, settings of team ${team}, Workflow, Pull request automation: choose no action, or leave it; opsx never moves an issue back.`,
  },
  'doctor/unreadable': {
    message: ({ reason }: { reason: string }) => `${reason.replace(/\.$/, '')}.`,
    fix: 'Make it a UTF-8 text file that you can read. Checks that need it were skipped.',
  },
  'doctor/merge-driver': {
    message: ({ driver, path, count }: { driver: string; path: string; count: number }) =>
      `.gitattributes merges ${files(path, count)} with "${driver}". This clone lacks that driver, so git merges text.`,
    fix: ({ driver }) =>
      driver.startsWith('opsx')
        ? 'Set it up in this clone: opsx init --merge-driver'
        : `Set merge.${driver}.driver with git config, or remove the line.`,
  },
  'doctor/merge-union': {
    message: ({ path, count }: { path: string; count: number }) =>
      `.gitattributes merges ${files(path, count)} as a union of lines, which duplicates keys.`,
    fix: 'Remove merge=union for these files.',
  },
})

type AutomationArgs = Record<'team' | 'event' | 'state' | 'branch' | 'closes', string>

function files(path: string, count: number): string {
  return count === 1 ? path : `${path} and ${count - 1} more`
}
