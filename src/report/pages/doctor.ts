import type { CodesOf, Pages } from './page.ts'

export const DOCTOR_PAGES: Pages<CodesOf<'doctor'>> = {
  'doctor/credential': {
    means: 'opsx found no Linear key, or one that Linear does not accept.',
    why: 'Commands that only read files work; sync and bind cannot talk to Linear.',
    fix: 'Create a personal API key in Linear, and set it in the environment or in an ignored .env.',
    example: `$ export LINEAR_API_KEY=lin_api_…
$ opsx doctor`,
  },
  'doctor/env-file': {
    means: '.env at the root holds a Linear key, and git does not ignore the file.',
    why: 'The next commit could publish the key, so opsx refuses to use it.',
    fix: 'Ignore the file, and revoke the key if it was ever committed.',
    example: `$ echo .env >> .gitignore
$ git log --oneline -- .env    # any line: revoke the key`,
  },
  'doctor/git': {
    means: 'The directory is in no git repository.',
    why: 'opsx works all the same, but cannot tell which checkout may speak for a change, nor publish the ledger.',
    fix: 'Run git init if the directory is meant to be a repository.',
    example: `$ git init && git add . && git commit -m "Start"`,
  },
  'doctor/git-automation': {
    means: "The team's settings move an issue when a pull request that is linked to it changes.",
    why: 'An issue that a merge closes is Done before the change is archived; one that is moved ahead is reported, not moved back.',
    fix: 'Choose "no action" for that event in Linear, or link pull requests with words that do not close the issue.',
    example: `Part of CAM-15      # also: Ref, Related to, Contributes to; not: Closes, Fixes, Resolves

defaults: { on_premature_close: restore }    # sync reopens what a merge closed`,
  },
  'doctor/unreadable': {
    means: 'A file below openspec/ cannot be read: no permission, no UTF-8, or something that is no file.',
    why: 'Whatever it says does not count, and other findings may only follow from that.',
    fix: 'Give yourself the right to read it, or save it as UTF-8.',
    example: `$ chmod u+r openspec/specs/login/spec.md`,
  },
  'doctor/merge-driver': {
    means: '.gitattributes names a merge driver that the configuration of this clone does not have.',
    why: 'Git then merges the files as text, and conflicts in ledgers and lock files are yours to settle.',
    fix: 'Set the driver up in this clone; the setting is not part of the repository.',
    example: `$ git config --get-regexp '^merge\\.'`,
  },
  'doctor/merge-union': {
    means: '.gitattributes has files that opsx writes merged as a union of lines.',
    why: 'Both sides of a key or of an entry stay, so front matter has a key twice and a lock file is no JSON.',
    fix: 'Remove the attribute for these files.',
    example: `# .gitattributes
openspec/changes/**/proposal.md  merge=union    # remove this line`,
  },
}
