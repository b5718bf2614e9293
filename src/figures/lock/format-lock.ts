import { type FigureLock, type FormerValue, LOCK_VERSION, type LockEntry } from './lock.ts'

/**
 * Formats `openspec/figures.lock.json`: figures by name in code-unit order, one key and one former value per line. Git can
 * then merge two branches that measured different figures. `command`, `inputs`, `stale` and `proven` are omitted when
 * they are empty.
 */
export function formatLock(lock: FigureLock): string {
  const names = [...lock.keys()].sort()
  const blocks = names.map(name => `    ${JSON.stringify(name)}: ${formatEntry(lock.get(name) as LockEntry)}`)
  const figures = blocks.length === 0 ? '{}' : `{\n${blocks.join(',\n')}\n  }`
  return `{\n  "version": ${LOCK_VERSION},\n  "figures": ${figures}\n}\n`
}

function formatEntry(entry: LockEntry): string {
  const { value, unit, raw, at, commit, dirty, platform, command, inputs, seconds, runs } = entry
  const { previous, stale, proven, more } = entry
  const keys: [string, string][] = [
    ...lines({ value, unit, raw, at, commit, dirty, platform }),
    ...(command === null ? [] : lines({ command })),
    ...(inputs === null ? [] : lines({ inputs })),
    ...lines({ seconds, runs }),
    ['previous', formatPrevious(previous)],
    ...(stale ? lines({ stale }) : []),
    ...(proven === null ? [] : lines({ proven: { at: proven.at, against: proven.against } })),
    ...lines(more),
  ]
  return `{\n${keys.map(([key, text]) => `      ${JSON.stringify(key)}: ${text}`).join(',\n')}\n    }`
}

function lines(values: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(values).map(([key, value]) => [key, JSON.stringify(value)])
}

function formatPrevious(previous: FormerValue[]): string {
  if (previous.length === 0) return '[]'
  const rows = previous.map(({ value, at, commit }) => `        ${JSON.stringify({ value, at, commit })}`)
  return `[\n${rows.join(',\n')}\n      ]`
}
