/**
 * Settings that turn off the filters of the repository's own configuration: a repository from a stranger can name any
 * command there. A setting of the user or the machine, such as one of LFS, takes the place of the repository's.
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
    if (scope === 'local' || scope === 'worktree') untrusted.add(key)
    else trusted.set(key, value.join('\n'))
  }
  const settings = [...untrusted].map((key): [string, string] => [key, trusted.get(key) ?? ''])
  // A filter that is required and has no command would make git fail.
  const off = settings.filter(([, value]) => value === '').map(([key]) => key.slice(0, key.lastIndexOf('.')))
  return [...settings, ...off.map((filter): [string, string] => [`${filter}.required`, 'false'])]
}
