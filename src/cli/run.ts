import type { CommanderError } from 'commander'
import { type Context, createContext, type ProcessLike } from '../adapters/context.ts'
import { EXIT, OpsxError } from '../errors.ts'
import { formatBug, formatError } from '../report/error.ts'
import { safeOutput } from '../report/safe-output.ts'
import { styleOf } from '../report/style.ts'

/**
 * Runs opsx on a process: the only place that turns errors into text and exit codes. Resolves to the exit code;
 * never rejects.
 */
export async function run(
  process: ProcessLike,
  wrap: (context: Context) => Context = context => context,
): Promise<number> {
  const context = wrap(createContext(process))
  try {
    if (process.argv[2] === '__complete') return await runCompletion(context, process.argv.slice(3))
    return await runProgram(context, process.argv)
  } catch (error) {
    return reportError(error, context, process.argv)
  } finally {
    context.terminal.progress('')
    await context.close()
  }
}

async function runProgram(context: Context, argv: string[]): Promise<number> {
  const { createProgram } = await import('./program.ts')
  let exitCode: number = EXIT.ok
  const program = await createProgram(context, argv, code => {
    exitCode = code
  })
  await program.parseAsync(argv)
  return exitCode
}

/** For the completion script of a shell. */
async function runCompletion(context: Context, words: string[]): Promise<number> {
  const { complete, formatCandidates } = await import('./completion/complete.ts')
  context.terminal.out(formatCandidates(await complete(context, words)))
  return EXIT.ok
}

function reportError(error: unknown, context: Context, argv: string[]): number {
  if (isRefusal(error) && (error.exitCode === 0 || !wantsJson(argv))) {
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  }
  const known = knownError(error)
  if (wantsJson(argv)) {
    const code = known?.code ?? 'BUG'
    const message = known?.message ?? String(error)
    const document = {
      schema: 'opsx/error@1',
      ok: false,
      error: { code, message, hint: known?.hint ?? null },
    }
    context.terminal.out(safeOutput(`${JSON.stringify(document, null, 2)}\n`, 'json'))
    if (!known) context.terminal.err(formatBug(error))
  } else {
    const text = known ? formatError(known, styleOf(context.terminal)) : formatBug(error)
    context.terminal.err(safeOutput(text, 'text'))
  }
  return known?.exitCode ?? EXIT.bug
}

/** An error of commander is a usage error; commander has printed it on standard error. */
function knownError(error: unknown): OpsxError | undefined {
  if (error instanceof OpsxError) return error
  if (!isRefusal(error)) return undefined
  return new OpsxError('USAGE', error.message.replace(/^error: /, ''), {
    hint: 'opsx help shows the commands and flags.',
  })
}

/** Checks the code of the error, because commander is not loaded here. */
function isRefusal(error: unknown): error is CommanderError {
  return error instanceof Error && String((error as CommanderError).code).startsWith('commander.')
}

function wantsJson(argv: string[]): boolean {
  return argv.some((word, index) => {
    if (word === '--json' || word === '--format=json') return true
    return word === '--format' && argv[index + 1] === 'json'
  })
}
