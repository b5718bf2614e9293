interface Notes {
  /** What it reads, writes and asks, for who wants to know before running it. */
  about: string
  /** What its exit codes mean, beside 0 and those that every command has. */
  exits?: string
}

/** The part of a command's help that a manual page would call description and exit status. */
export const VERB_NOTES: Readonly<Record<string, Notes>> = {
  figures: {
    about:
      'Values of openspec/figures.yaml and their record in openspec/figures.lock.json. Only measure runs commands, each after a person has accepted it.',
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
  explain: { about: 'Needs no repository and no network.' },
}
