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
}
