import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { gitEnvironment, temporaryDirectory } from './support/git-repository.ts'
import { commandsIn, TerminalSession, type Typed, terminalHere } from './support/terminal-session.ts'

const ROOT = join(import.meta.dirname, '..')
const place = temporaryDirectory()
const home = join(place, 'home')
const work = join(place, 'work')
const prefix = join(place, 'global')
const env = {
  ...gitEnvironment,
  PATH: [join(prefix, 'bin'), process.env.PATH ?? ''].join(delimiter),
  HOME: home,
  LANG: 'C.UTF-8',
  TERM: 'xterm',
  npm_config_prefix: prefix,
  npm_config_cache: join(place, 'cache'),
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
}
afterAll(() => rmSync(place, { recursive: true, force: true }))

/** The shell blocks between the two comments of the README. */
function newcomerCommands(): string[] {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const [, path = ''] = /^<!-- newcomer -->$([\s\S]*?)^<!-- \/newcomer -->$/m.exec(readme) ?? []
  const blocks = [...path.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(match => match[1] ?? '')
  return commandsIn(blocks.join('\n'))
}

function pack(): void {
  for (const directory of [home, work, prefix]) mkdirSync(directory)
  const words = ['pack', '--ignore-scripts', '--silent', '--pack-destination', work]
  execFileSync('npm', words, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] })
}

async function typeAll(commands: string[]): Promise<{ typed: Typed[]; onTerminal: boolean }> {
  const terminal = terminalHere()
  if (terminal.kind === 'pipe')
    console.log(
      'No pseudo-terminal: neither script of util-linux nor Python is here, so the shell has pipes.',
    )
  const session = new TerminalSession(terminal, { directory: work, env })
  onTestFinished(() => session.close())
  const typed: Typed[] = []
  await session.open()
  const { exitCode } = await session.type('test -t 0 && test -t 1')
  for (const command of commands) {
    const one = await session.type(command)
    typed.push(one)
    if (one.exitCode !== 0) break
  }
  return { typed, onTerminal: exitCode === 0 }
}

test.skipIf(process.platform === 'win32')(
  'a newcomer types the commands of the README, from the tarball in an empty directory to an issue that is Done',
  async () => {
    pack()
    expect(readdirSync(work)).toHaveLength(1)
    const commands = newcomerCommands()
    expect(commands.length).toBeGreaterThan(15)
    const { typed, onTerminal } = await typeAll(commands)
    const failed = typed.filter(({ exitCode }) => exitCode !== 0)
    expect(failed.map(({ command, shown }) => `$ ${command}\n${shown}`).join('\n')).toBe('')
    expect(onTerminal).toBe(terminalHere().kind !== 'pipe')

    const opsx = (...args: string[]) => {
      const options = { cwd: join(work, 'dark-mode'), env, encoding: 'utf8' as const }
      return JSON.parse(execFileSync(join(prefix, 'bin', 'opsx'), [...args, '--json'], options))
    }
    expect(opsx('local', 'board').issues).toMatchObject([{ identifier: 'LOC-1', state: 'Done' }])
    expect(opsx('status', '--archived', '--remote').changes).toMatchObject([
      {
        change: 'add-dark-mode',
        archived: true,
        phase: 'Done',
        board: { state: 'Done', relation: 'in-step' },
      },
    ])
    const crossings = opsx('ledger').entries.map(
      ({ transition, outcome }: Record<string, string>) => `${transition} ${outcome}`,
    )
    expect(crossings).toEqual([
      'Backlog->Todo posted',
      'Todo->In Progress posted',
      'In Progress->In Review posted',
      'review->approve posted',
      'In Review->Done posted',
    ])
    for (const name of ['opsx', 'opsx/dist/core.js']) {
      const asked = ['--input-type=module', '-e', `await import(${JSON.stringify(name)})`]
      const options = { cwd: join(prefix, 'lib'), encoding: 'utf8' as const }
      expect(spawnSync(process.execPath, asked, options).stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED')
    }
    const last = typed.findLast(({ command }) => command.startsWith('opsx status'))
    expect(last?.shown).toMatch(/add-dark-mode.*Done/)
  },
  600_000,
)
