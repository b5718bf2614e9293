import type { Command } from 'commander'
import type { Context } from '../adapters/context.ts'
import { perform } from '../cli/global-options.ts'
import { addVerb } from '../cli/program.ts'
import { EXIT, OpsxError } from '../errors.ts'
import { formatBoard } from '../report/board.ts'
import type { Report } from '../report/report.ts'
import type { GlobalOptions } from './verb.ts'

interface IssueOptions extends GlobalOptions {
  project?: string
}

interface ServeOptions extends GlobalOptions {
  port?: string
}

export function addLocal(program: Command, context: Context, exit: (code: number) => void): void {
  const local = addVerb(program, {
    usage: 'local',
    summary: 'the embedded Linear: a board on your own machine, without an account',
    example: 'opsx local issue "Dark mode"\nopsx local board\nopsx local serve --port 4000',
  })
  addVerb(local, {
    usage: 'serve',
    summary: 'serve it until interrupted, for other programs',
    example:
      'opsx local serve --port 4000\nLINEAR_GRAPHQL_ENDPOINT=http://127.0.0.1:4000/graphql LINEAR_API_KEY=lin_api_local opsx sync',
  })
    .option('--port <port>', 'port on 127.0.0.1; a free one without it')
    .action(async (_, command: Command) => {
      exit(await perform<ServeOptions>(context, command, options => serve(context, options)))
    })
  addVerb(local, {
    usage: 'issue <title>',
    summary: 'create an issue',
    example: 'opsx local issue "Dark mode"\nopsx local issue "Dark mode" --project "First project"',
  })
    .option('--project <name>', 'put it into this project')
    .action(async (title: string, _, command: Command) => {
      exit(
        await perform<IssueOptions>(context, command, ({ project }) => createIssue(context, title, project)),
      )
    })
  addVerb(local, {
    usage: 'board',
    summary: 'show its issues and comments',
    example: 'opsx local board',
  }).action(async (_, command: Command) => {
    exit(await perform(context, command, () => board(context)))
  })
}

async function open(context: Context, port = 0, keepAlive = false) {
  return context.serveLocal({ directory: context.workspace().root, port, keepAlive })
}

/** The process stays alive through the server; SIGINT ends it. */
export async function serve(context: Context, options: ServeOptions): Promise<Report> {
  const port = options.port === undefined ? 0 : Number(options.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new OpsxError('USAGE', `${options.port} is no port.`, { hint: 'Give a number from 1 to 65535.' })
  }
  const { url, key } = await open(context, port, true)
  context.keepOpen()
  return {
    schema: 'opsx/local@1',
    exitCode: EXIT.ok,
    document: { url, key },
    text: () => `The embedded Linear listens on ${url} (key ${key}). Ctrl-C ends it.\n`,
  }
}

export async function createIssue(context: Context, title: string, project?: string): Promise<Report> {
  if (title.trim() === '')
    throw new OpsxError('USAGE', 'The title is empty.', { hint: 'opsx local issue "Dark mode"' })
  const identifier = await (await open(context)).board.createIssue(title, project)
  return {
    schema: 'opsx/local@1',
    exitCode: EXIT.ok,
    document: { identifier, title },
    text: style =>
      `${style.green(style.ok)} ${identifier} created. Bind a change to it: opsx bind <change> ${identifier}\n`,
  }
}

export async function board(context: Context): Promise<Report> {
  const issues = (await open(context)).board.issues()
  return {
    schema: 'opsx/local@1',
    exitCode: EXIT.ok,
    document: { issues },
    text: style => formatBoard(issues, style),
  }
}
