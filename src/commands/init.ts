import { Option } from 'commander'
import type { Context } from '../adapters/context.ts'
import { EXIT } from '../errors.ts'
import { formatInit, formatQuestion, initDocument } from '../report/init.ts'
import type { Report } from '../report/report.ts'
import { styleOf } from '../report/style.ts'
import { type InitRequest, runInit } from '../setup/run-init.ts'
import type { GlobalOptions, Verb } from './verb.ts'

type InitOptions = InitRequest & GlobalOptions

export const initVerb: Verb<[], InitOptions> = {
  usage: 'init',
  summary: 'create openspec/ and linear.yaml, and list what the existing changes use; overwrites nothing',
  about:
    'Reads the changes, lists the schemas, teams and projects that they use, and creates what is missing. openspec/linear.yaml is written with --local, --workspace, --team or --yes, or after you answer one question. In an existing linear.yaml, opsx fills in missing values and keeps the others. With an API key it reads ids from Linear. It changes nothing there.',
  example: [
    'opsx init                                  show what was found, and ask one question',
    'opsx init --local                          issues on your own machine: no account, no network',
    'opsx init --workspace acme --team CAM      a Linear workspace and one of its teams',
    'opsx init --yes                            write the registry that the proposals describe',
    'opsx init --ci                             add a GitHub workflow',
    'opsx init --merge-driver                   let git merge ledgers and lock files with opsx in this clone',
    'opsx init --here -C apps/web --local       an openspec/ for one part of a larger repository',
  ].join('\n'),
  flags: command =>
    command
      .option('--local', 'use the embedded Linear: no account, no network')
      .option('--workspace <slug>', 'pin the Linear workspace: SLUG in linear.app/SLUG')
      .option('--team <key>', 'register a team, such as CAM')
      .option('--here', 'use this directory, even if a directory above has openspec/')
      .addOption(
        new Option('--ci [host]', 'write a workflow that runs verify and sync')
          .choices(['github'])
          .preset('github'),
      )
      .option('--merge-driver', 'let git merge ledgers and lock files with opsx in this clone'),
  writes: () => 'directory',
  run: (context, _, options) => init(context, options),
}

export async function init(context: Context, options: InitOptions): Promise<Report> {
  const facts = await runInit({ ...portsOf(context), ask: askOf(context, options) }, options)
  return {
    schema: 'opsx/init@1',
    exitCode: EXIT.ok,
    document: { root: facts.root, ...initDocument(facts) },
    text: style => formatInit(facts, style),
  }
}

function portsOf(context: Context) {
  const { directory, version, workspace, workspaceAt, git, runGit, shipped } = context
  const { hasCredential, tracker, serveLocal } = context
  return {
    directory,
    version,
    workspace,
    workspaceAt,
    git,
    runGit,
    shipped,
    hasCredential,
    tracker,
    serveLocal,
  }
}

function askOf({ terminal }: Context, options: GlobalOptions): Parameters<typeof runInit>[0]['ask'] {
  if (!terminal.interactive || options.json || options.format === 'json') return null
  return proposed => {
    const { shown, question } = formatQuestion(proposed, styleOf(terminal))
    terminal.err(shown)
    return terminal.ask(question)
  }
}
