interface Notes {
  /** What it reads, writes and asks, for who wants to know before running it. */
  about: string
  /** What its exit codes mean, beside 0 and those that every command has. */
  exits?: string
}

/** The part of a command's help that a manual page would call description and exit status. */
export const VERB_NOTES: Readonly<Record<string, Notes>> = {
  init: {
    about:
      'Looks at the changes, says which schemas, teams and projects they use, and lays out what is missing. It overwrites nothing. openspec/linear.yaml is written with --local, --workspace, --team or --yes, or when a person answers the one question; blanks of a file that is there are filled. With a key, Linear is read for ids, never written.',
  },
  new: {
    about:
      'Creates openspec/changes/<change>/ with the artifacts that the schema asks for before the work. Templates come from openspec/schemas/<schema>/templates, else from opsx. Without --schema, openspec/config.yaml names the schema, else it is spec-driven.',
  },
  bind: {
    about:
      'Writes the binding into proposal.md, and team and project into openspec/linear.yaml, then takes the first milestone as opsx sync would. Neither issue nor project is ever guessed. With --offline only files are written.',
    exits:
      '2 no such issue or key, 3 Linear could not be read, 4 the key belongs to another workspace or team',
  },
  status: {
    about:
      'Reads files only: no git, and no network without --remote. With the name of a change it also shows which artifacts its schema asks for and what is next.',
  },
  task: {
    about:
      'Changes one character per box in tasks.md. A box with open boxes below it, or with a gate that does not hold, is refused.',
    exits: '1 refused, 2 no such change or task',
  },
  figures: {
    about:
      'Values of openspec/figures.yaml and their record in openspec/figures.lock.json. Only measure runs commands, each after a person has accepted it.',
  },
  verify: {
    about:
      'Reads changes, main specs, figures and git, and writes nothing but verify.md with --write. The decision is that of a review; what fails the run depends on the phase, so a change that is being worked on is not red. No network.',
    exits: '1 findings at or above --fail-on',
  },
  sync: {
    about:
      'Plans for every bound change what Linear is behind by, shows it, does it, and records it in the proposal. Issues move forward, and back from review when a verification failed or was rejected. What did not arrive is tried again by the next run. --dry-run writes neither files nor Linear.',
    exits:
      '3 the key is refused (with --strict: Linear did not answer), 4 another workspace or team, 75 rate limit or another run',
  },
  watch: {
    about:
      'Runs until it is interrupted. On every save below openspec/ it shows the changes concerned. It writes nothing, never asks Linear, and needs no key: what sync would do is told by files, ledger and git. With --json, one document a line.',
  },
  review: {
    about: "Records a person's decision about a verification in the ledger; the next sync acts on it.",
  },
  archive: {
    about:
      'Folds the delta specs into openspec/specs without losing a line, and moves the change to openspec/changes/archive. What would lose something is refused. A run that was cut off is finished by the next one.',
    exits: '1 refused: --force with the code passes one refusal, and records it',
  },
  cancel: {
    about: 'Ends the change in files and Linear; only a person does this. opsx reopen takes it back.',
  },
  duplicate: {
    about:
      'Ends the change as a duplicate of another change or issue; only a person does this. opsx reopen takes it back.',
  },
  reopen: { about: 'Takes an archived, cancelled or duplicate change back to work, and its issue with it.' },
  ledger: {
    about: 'Reads the ledgers of all changes, archived ones included. Linear is asked only with --remote.',
    exits: '1 lint or audit found something',
  },
  doctor: {
    about:
      'Reads files, git and Linear and changes nothing. Every problem comes with its fix; opsx explain CODE says more.',
    exits: '1 a problem that keeps opsx from its work',
  },
  completion: {
    about:
      'Prints a script that asks opsx for everything, so it need not be printed again when opsx changes. Names that a shell would expand are not offered.',
  },
  local: {
    about:
      'The embedded Linear keeps its board in .opsx/, which git ignores. It speaks the part of the real API that opsx uses.',
  },
  demo: { about: 'Needs no account and no network, and touches nothing outside a temporary directory.' },
}

export const SHARED_EXITS = '0 nothing to report, 2 usage or configuration, 70 a bug in opsx, 130 interrupted'
