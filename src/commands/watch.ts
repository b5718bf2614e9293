import type { Context } from '../adapters/context.ts'
import { changeDirectories } from '../change/change-directories.ts'
import { namedChanges, nameIn } from '../change/named-changes.ts'
import { OpsxError } from '../errors.ts'
import { timestampOf } from '../ledger/timestamp.ts'
import { watchedDirectories } from '../overview/watched-changes.ts'
import { formatError } from '../report/error.ts'
import { type Style, styleOf } from '../report/style.ts'
import { formatWatched, formatWatchedLine, type WatchedChange } from '../report/watch.ts'
import type { GlobalOptions, Verb } from './verb.ts'
import { readWatched } from './watched.ts'

export const watchVerb: Verb<[changes: string[]]> = {
  usage: 'watch [change...]',
  summary: 'show phase, findings and what sync would do, after every save',
  about:
    'Runs until it is interrupted. After every save below openspec/ it shows the changes that were saved. It reads files, ledger and git, writes nothing, and needs neither Linear nor a key. --json prints one document per line.',
  example: 'opsx watch\nopsx watch add-dark-mode\nopsx watch --json | jq .changes',
  run: (context, [names], options) => watch(context, names, options),
}

/**
 * Prints the open changes, and from then on those that a save concerns, until it is interrupted; with `json` one
 * document a line. It writes nothing, and neither asks Linear nor needs a key. Throws USAGE for other formats,
 * CHANGE_NOT_FOUND, NOT_A_REPOSITORY when `openspec/` goes away, and FILE_UNREADABLE when nothing can be watched.
 */
export async function watch(context: Context, given: string[], options: GlobalOptions): Promise<never> {
  checkOptions(options)
  const names = namesOf(context, given)
  const print = printerOf(context, options)
  const watcher = await context.watcher()
  let shown = new Map<string, string>()
  let saved: string[] | null = null
  for (;;) {
    watcher.follow(watchedDirectories(context.workspace(), names))
    const changes = await readOrReport(context, names)
    if (changes) {
      const paths = saved
      const news = changes.filter(change => isNews(change, { paths, shown }))
      if (news.length > 0) print(news)
      shown = new Map(changes.map(change => [change.change, JSON.stringify(change)]))
    }
    saved = await watcher.next()
  }
}

function checkOptions({ json, format, output }: GlobalOptions): void {
  const other = format !== undefined && format !== 'text' && format !== 'json'
  if (!other && output === undefined) return
  const flag = other ? `--format ${format}` : '--output'
  throw new OpsxError(
    'USAGE',
    `opsx watch runs until it is interrupted, so it does not support ${flag}${json ? ' with --json' : ''}.`,
    {
      hint: 'Use text or json, and redirect standard output into a file.',
    },
  )
}

function namesOf(context: Context, given: string[]): string[] {
  const known = changeDirectories(context.workspace(), { archived: 'none' })
  const names = given.map(name => nameIn(known, name))
  namedChanges(
    known.map(({ name, path }) => ({ name, directory: path })),
    names,
  )
  return names
}

function printerOf(
  context: Context,
  { json, format, color }: GlobalOptions,
): (changes: WatchedChange[]) => void {
  const { terminal } = context
  const look = { columns: terminal.columns, unicode: terminal.unicode }
  const style: Style = styleOf({ ...look, color: terminal.color && color !== false })
  return changes => {
    const at = timestampOf(context.clock.now())
    const asJson = json || format === 'json'
    terminal.out(asJson ? formatWatchedLine(at, changes) : formatWatched(at, changes, style))
  }
}

/** A half-written file does not end the watch: the next save follows in a moment. */
async function readOrReport(context: Context, names: string[]): Promise<WatchedChange[] | null> {
  try {
    return await readWatched(context, names)
  } catch (error) {
    if (!(error instanceof OpsxError) || error.code === 'NOT_A_REPOSITORY') throw error
    context.terminal.err(formatError(error, styleOf(context.terminal)))
    return null
  }
}

/** All of them at the beginning, then those that were saved, and those that something else changed. */
function isNews(
  change: WatchedChange,
  { paths, shown }: { paths: string[] | null; shown: ReadonlyMap<string, string> },
): boolean {
  if (paths === null || shown.get(change.change) !== JSON.stringify(change)) return true
  return paths.some(path => path.startsWith(`${change.directory}/`))
}
