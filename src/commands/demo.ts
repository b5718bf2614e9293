import type { Context } from '../adapters/context.ts'
import { EXIT, type OpsxError } from '../errors.ts'
import { formatError } from '../report/error.ts'
import type { Report } from '../report/report.ts'
import { type Style, styleOf } from '../report/style.ts'
import { ledger } from './ledger.ts'
import type { GlobalOptions, Verb } from './verb.ts'

/** Receives the steps of the story while they happen. */
export interface Teller {
  chapter(title: string): void
  explain(text: string): void
  /** A command and its output. */
  ran(command: string, report: Report): void
  /** A command and the error that ended it. */
  refused(command: string, error: OpsxError): void
}

/** Runs the commands of the demo in the directory of the context. */
export type Story = (context: Context, teller: Teller) => Promise<void>

interface DemoOptions extends GlobalOptions {
  keep?: string
}

export function demoVerb(story: Story): Verb<[], DemoOptions> {
  return {
    usage: 'demo',
    summary: 'play one change from proposal to Done, in a temporary repository with an embedded Linear',
    about: 'Needs no account and no network, and changes nothing outside a temporary directory.',
    example: 'opsx demo\nopsx demo --keep /tmp/opsx-demo\nopsx demo --json',
    flags: command => command.option('--keep <dir>', 'run in this new directory and keep it afterwards'),
    run: (context, _, options) => demo(context, story, options),
  }
}

/** Prints the story while it happens. The report is the ledger that the story wrote. */
async function demo(context: Context, story: Story, options: DemoOptions): Promise<Report> {
  const { terminal } = context
  const quiet = options.json || options.format === 'json' || options.quiet
  const { columns, unicode } = terminal
  const style = styleOf({ columns, unicode, color: terminal.color && options.color !== false })
  const place = await placeOf(context, options.keep)
  try {
    context.enter(place.path)
    await story(context, quiet ? SILENT : tellerOf(context, style))
    const report = await ledger(context, [], {})
    return quiet ? report : { ...report, text: last => closing(options.keep, last), exitCode: EXIT.ok }
  } finally {
    context.enter('/')
    place.remove()
  }
}

async function placeOf(
  context: Context,
  kept: string | undefined,
): Promise<{ path: string; remove(): void }> {
  if (kept === undefined) return context.temporaryDirectory('opsx-demo')
  return { path: await context.emptyDirectory(kept), remove: () => {} }
}

const SILENT: Teller = { chapter: () => {}, explain: () => {}, ran: () => {}, refused: () => {} }

function tellerOf({ terminal }: Context, style: Style): Teller {
  let number = 0
  return {
    chapter(title) {
      number += 1
      terminal.out(`\n${style.bold(`${number}. ${title}`)}\n`)
    },
    explain: text => terminal.out(`   ${text}\n`),
    ran(command, report) {
      const output = report.text({ ...style, columns: style.columns - 3 }).replace(/^(?=.)/gm, '   ')
      terminal.out(`   ${style.dim(`$ ${command}`)}\n${output}`)
    },
    refused(command, error) {
      const output = formatError(error, style).replace(/^(?=.)/gm, '   ')
      terminal.out(`   ${style.dim(`$ ${command}`)}\n${output}`)
    },
  }
}

function closing(kept: string | undefined, style: Style): string {
  const where =
    kept === undefined
      ? ''
      : `The repository is still in ${kept}: cd there and try opsx status, task, sync, ledger.\n`
  return `\n${style.green(style.ok)} opsx moved the issue as the files changed, and recorded each step in the ledger.\n${where}`
}
