/** What git runs for a filter of .gitattributes. */
const COMMANDS = ['clean', 'smudge', 'process'] as const

/**
 * Settings that turn off the filters of the repository's own configuration: a repository from a stranger can name any
 * command there. A filter of the same name in the configuration of the user or the machine, such as LFS, is kept.
 *
 * @param output of `git config --show-scope -z --get-regexp ^filter\.`: scope, NUL, key, line feed, value, NUL
 */
export function filterSettings(output: string): [key: string, value: string][] {
  const trusted = new Map<string, string>()
  const untrusted = new Set<string>()
  const fields = output.split('\0')
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [scope = '', entry = ''] = fields.slice(at, at + 2)
    const [key = '', ...value] = entry.split('\n')
    if (scope === 'local' || scope === 'worktree') untrusted.add(key.slice(0, key.lastIndexOf('.')))
    else trusted.set(key, value.join('\n'))
  }
  return [...untrusted].flatMap((filter): [string, string][] => [
    ...COMMANDS.map((name): [string, string] => {
      const key = `${filter}.${name}`
      return [key, trusted.get(key) ?? '']
    }),
    [`${filter}.required`, trusted.get(`${filter}.required`) ?? 'false'],
  ])
}
