import type { Command } from 'commander'
import type { Context } from '../adapters/context.ts'
import { perform } from '../cli/global-options.ts'
import { addVerb } from '../cli/program.ts'
import { runStory, type Teller } from '../demo/demo-story.ts'
import { EXIT } from '../errors.ts'
import { formatError } from '../report/error.ts'
import type { Report } from '../report/report.ts'
import { type Style, styleOf } from '../report/style.ts'
import { ledger } from './ledger.ts'
import type { GlobalOptions } from './verb.ts'

interface DemoOptions extends GlobalOptions {
  keep?: string
}

export function addDemo(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    usage: 'demo',
    summary: 'one change from proposal to Done, in a temporary repository with an embedded Linear',
    example: 'opsx demo\nopsx demo --keep /tmp/opsx-demo\nopsx demo --json',
  })
    .option('--keep <dir>', 'tell it in this new directory and leave it there to play with')
    .action(async (_, command: Command) => {
      exit(await perform<DemoOptions>(context, command, options => demo(context, options)))
    })
}

/** Tells the story while it happens; the report is the ledger that it left behind. */
export async function demo(context: Context, options: DemoOptions): Promise<Report> {
  const quiet = options.json || options.format === 'json' || options.quiet
  const style = styleOf({ ...lookOf(context), color: context.terminal.color && options.color !== false })
  const place = await placeOf(context, options.keep)
  try {
    context.enter(place.path)
    await runStory(context, quiet ? SILENT : tellerOf(context, style))
    const report = await ledger(context, [], {})
    return quiet ? report : { ...report, text: last => closing(options.keep, last), exitCode: EXIT.ok }
  } finally {
    context.enter('/')
    place.remove()
  }
}

function lookOf({ terminal: { columns, unicode } }: Context): { columns: number; unicode: boolean } {
  return { columns, unicode }
}

async function placeOf(
  context: Context,
  kept: string | undefined,
): Promise<{ path: string; remove(): void }> {
  if (kept === undefined) return context.temporaryDirectory('opsx-demo')
  return { path: await context.emptyDirectory(kept), remove: () => {} }
}

const SILENT: Teller = { chapter: () => {}, says: () => {}, ran: () => {}, refused: () => {} }

function tellerOf({ terminal }: Context, style: Style): Teller {
  let number = 0
  return {
    chapter(title) {
      number += 1
      terminal.out(`\n${style.bold(`${number}. ${title}`)}\n`)
    },
    says: text => terminal.out(`   ${text}\n`),
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
      : `Everything is still in ${kept}: cd there and try opsx status, task, sync, ledger.\n`
  return `\n${style.green(style.ok)} The files decided, the issue followed, the ledger remembers.\n${where}`
}
