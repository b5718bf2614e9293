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
  doctor: {
    about:
      'Reads files, git and Linear and changes nothing. Every problem comes with its fix; opsx explain CODE says more.',
    exits: '1 a problem that keeps opsx from its work',
  },
  explain: { about: 'Needs no repository and no network.' },
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
