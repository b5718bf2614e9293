import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Ran, type RunOptions, runOpsx } from '../support/cli.ts'
import type { Files, Repository } from '../support/git-repository.ts'
import { changeOf, createBase, requirement, scenario, TWO_SCENARIOS } from '../verify-cli/subject.ts'

/** `checks` is 26 after 27, `names` two names, `start` 240 of 250 ms; each is read from a file of its own. */
export const FIGURES = `figures:
  checks: { unit: checks, nouns: ["checks?"], measure: { run: "touch ran && cat measured/checks" }, inputs: [measured/checks] }
  names: { kind: set, measure: { run: "touch ran && cat measured/names" }, inputs: [measured/names] }
  start: { unit: ms, budget: "<= 250", measure: { run: "touch ran && cat measured/start" }, inputs: [measured/start] }
history: ["**/brainstorm.md"]
`

export const VALUES: Files = {
  'measured/checks': '26\n',
  'measured/names': 'cargo-lock-sync\nfmt\n',
  'measured/start': '200\n',
}

export interface Measured {
  repository: Repository
  opsx(args: string[], options?: Partial<RunOptions>): Promise<Ran>
  /** Runs the figures' commands, accepted, and takes away what they leave behind. */
  measure(values?: Files): Promise<Ran>
}

/** Main has the figures with their measured values, and `base`; a branch `feature` is checked out. */
export async function createMeasured(base: Files = {}): Promise<Measured> {
  const { repository } = createBase({
    'openspec/figures.yaml': FIGURES,
    '.gitignore': 'ran\nhome/\n',
    ...VALUES,
    'measured/checks': '27\n',
    ...base,
  })
  const env = { PATH: process.env.PATH, HOME: `${repository.path}/home` }
  const opsx: Measured['opsx'] = (args, options) => runOpsx(args, { cwd: repository.path, env, ...options })
  async function measure(values: Files = {}) {
    repository.write(values)
    const ran = await opsx(['figures', 'measure', '--trust', '--json'])
    rmSync(join(repository.path, 'ran'), { force: true })
    return ran
  }
  await measure()
  await measure({ 'measured/checks': '26\n' })
  repository.commit('Measure')
  repository.branch('feature')
  return { repository, opsx, measure }
}

/** The delta of the change, with `then` as its last step. */
export function deltaSaying(then: string): string {
  return `## MODIFIED Requirements\n\n${requirement('Palette', scenario('Chosen', then), TWO_SCENARIOS[1])}`
}

/** A change that passes, with the code it asks for, and these files over it. */
export function workOf(files: Files = {}): Files {
  return { ...changeOf(), 'src/theme.ts': 'export const dark = 1\n', ...files }
}

export interface Told {
  code: string
  severity: string
  file: string | null
  line: number | null
  message: string
  [key: string]: unknown
}

/** The findings about figures and gates of a JSON document. */
export function figureFindings(ran: Ran): Told[] {
  return ran.json().findings.filter(({ code }: Told) => /^(?:figure|gate)\//.test(code))
}
