import type { Context } from '../adapters/context.ts'
import { EXIT, OpsxError } from '../errors.ts'
import { formatBoard } from '../report/board.ts'
import type { Report } from '../report/report.ts'
import type { GlobalOptions, Verb, VerbGroup } from './verb.ts'

interface IssueOptions extends GlobalOptions {
  project?: string
}

interface ServeOptions extends GlobalOptions {
  port?: string
}

const serveVerb: Verb<[], ServeOptions> = {
  usage: 'serve',
  summary: 'serve it over HTTP until interrupted',
  example:
    'opsx local serve --port 4000\nLINEAR_GRAPHQL_ENDPOINT=http://127.0.0.1:4000/graphql LINEAR_API_KEY=lin_api_local opsx sync',
  flags: command => command.option('--port <port>', 'port on 127.0.0.1 (default: a free one)'),
  run: (context, _, options) => serve(context, options),
}

const issueVerb: Verb<[title: string], IssueOptions> = {
  usage: 'issue <title>',
  summary: 'create an issue',
  example: 'opsx local issue "Dark mode"\nopsx local issue "Dark mode" --project "First project"',
  flags: command => command.option('--project <name>', 'put the issue into this project'),
  run: (context, [title], { project }) => createIssue(context, title, project),
}

const boardVerb: Verb = {
  usage: 'board',
  summary: 'show its issues and comments',
  example: 'opsx local board',
  run: context => board(context),
}

export const localVerb: VerbGroup = {
  usage: 'local',
  summary: 'the embedded Linear: issues on your own machine, without an account',
  about:
    'The embedded Linear stores its issues in .opsx/, which git ignores. It offers the part of the Linear API that opsx uses.',
  example: 'opsx local issue "Dark mode"\nopsx local board\nopsx local serve --port 4000',
  verbs: [serveVerb, issueVerb, boardVerb],
}

async function open(context: Context, port = 0, keepAlive = false) {
  return context.serveLocal({ directory: context.workspace().root, port, keepAlive })
}

/** The server keeps the process alive until SIGINT. */
async function serve(context: Context, options: ServeOptions): Promise<Report> {
  const port = options.port === undefined ? 0 : Number(options.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new OpsxError('USAGE', `${options.port} is not a port number.`, {
      hint: 'Give a number from 1 to 65535.',
    })
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
