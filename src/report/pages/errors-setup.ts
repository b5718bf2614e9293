import type { ChangeErrors } from './errors-changes.ts'
import type { FileErrors } from './errors-files.ts'
import type { ErrorsOf, Pages } from './page.ts'

/** Usage and configuration, exit code 2, without what is about one change or one file. */
export const SETUP_ERROR_PAGES: Pages<Exclude<ErrorsOf<2>, FileErrors | ChangeErrors>> = {
  USAGE: {
    means: 'A command, flag or argument does not exist, or does not go with the others.',
    why: 'opsx does nothing rather than something else than was asked for.',
    fix: 'Look at the help of the command; every command has an example.',
    example: `$ opsx sync --help`,
  },
  NOT_A_REPOSITORY: {
    means: 'There is no openspec/ directory here or in a directory above.',
    why: 'opsx works on the changes in openspec/changes.',
    fix: 'Lay out the directory, or point to the repository.',
    example: `$ opsx init
$ opsx -C ../dark-mode status`,
  },
  NOT_CONFIGURED: {
    means: 'openspec/linear.yaml is missing or says nothing, and the command needs a board.',
    why: 'Without it opsx does not know which workspace and teams the changes belong to.',
    fix: 'Use the embedded Linear to try things out, or name the workspace.',
    example: `$ opsx init --local
$ opsx init --workspace acme --team CAM`,
  },
  REGISTRY_UNREADABLE: {
    means: 'openspec/linear.yaml is not valid YAML, or not a mapping.',
    why: 'opsx neither reads the board nor changes the file while it cannot read it.',
    fix: 'Correct the line that the message names.',
    example: `workspace: { slug: "acme" }
teams:
  "CAM": { name: "Camera" }`,
  },
  ENV_FILE_NOT_IGNORED: {
    means: '.env at the root holds a Linear key, and git does not ignore the file.',
    why: 'The next commit could publish the key, so opsx refuses to use it.',
    fix: 'Ignore the file, and revoke the key if it was ever committed.',
    example: `$ echo .env >> .gitignore
$ git log --oneline -- .env    # any line: revoke the key`,
  },
  ENDPOINT_REFUSED: {
    means: 'LINEAR_GRAPHQL_ENDPOINT is no URL, neither https nor this machine, or holds a password.',
    why: 'The key would travel unencrypted, or a password end up in messages.',
    fix: 'Use https, or http on localhost, 127.0.0.1 or [::1]; unset the variable for Linear itself.',
    example: `$ unset LINEAR_GRAPHQL_ENDPOINT`,
  },
  KEY_MISSING: {
    means: 'The command has to talk to Linear, and there is no key in the environment or an ignored .env.',
    why: 'Linear answers nobody without a key.',
    fix: 'Create a personal API key in Linear under Settings, Security & access.',
    example: `$ export LINEAR_API_KEY=lin_api_…`,
  },
  PROMPT_REFUSED: {
    means: 'opsx has a question, and standard input is no terminal.',
    why: 'In CI a question would wait for ever.',
    fix: 'Answer it with the flag that the message names.',
    example: `$ opsx bind add-dark-mode CAM-15 --no-project`,
  },
  GIT_FAILED: {
    means:
      'git could not be started, a git command failed, or the clone lacks the history that was asked for.',
    why: 'opsx asks git which checkout may speak for a change, and does not guess.',
    fix: 'Do what the message says, then run again.',
    example: `$ git fetch --unshallow origin
$ opsx verify --all --against origin/main`,
  },
}
