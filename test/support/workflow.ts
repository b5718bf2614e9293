import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gitEnvironment } from './git-repository.ts'

/** A step of a workflow's job, or of a composite action. */
export interface Step {
  name?: string
  id?: string
  if?: string
  uses?: string
  shell?: string
  run?: string
  env?: Record<string, string>
  with?: Record<string, unknown>
}

/** The exit code of a step's script, and its output for the runner. */
export interface Stepped {
  code: number | null
  out: string
  err: string
  /** Content of the file that GITHUB_OUTPUT names. */
  output: string
  /** Content of the file that GITHUB_PATH names. */
  path: string
}

/** What `uses` names besides a local path or a full commit SHA. */
export function unpinned(steps: Step[]): string[] {
  return steps
    .flatMap(({ uses }) => uses ?? [])
    .filter(uses => !/^\.\/|^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses))
}

/** Scripts into which GitHub would paste text before a shell reads them. */
export function interpolated(steps: Step[]): string[] {
  return steps.flatMap(({ run }) => run ?? []).filter(run => run.includes('${{'))
}

export function stepNamed(steps: Step[], name: string): Step & { run: string } {
  const step = steps.find(candidate => candidate.name === name)
  if (step?.run === undefined) throw new Error(`there is no script called ${name}`)
  return { ...step, run: step.run }
}

/** Runs a step's script the way a runner does, with the files and variables that a runner gives it. */
export async function runStep(
  { run }: { run: string },
  { cwd, env }: { cwd: string; env: Record<string, string> },
): Promise<Stepped> {
  const home = mkdtempSync(join(tmpdir(), 'opsx-step-'))
  const [script, output, path] = ['step.sh', 'output', 'path'].map(name => join(home, name)) as [
    string,
    string,
    string,
  ]
  writeFileSync(script, run)
  for (const file of [output, path]) writeFileSync(file, '')
  const runner = { RUNNER_TEMP: home, GITHUB_OUTPUT: output, GITHUB_PATH: path, CI: 'true' }
  const ended = await bash(script, {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: home, ...gitEnvironment, ...runner, ...env },
  })
  const told = { output: readFileSync(output, 'utf8'), path: readFileSync(path, 'utf8') }
  rmSync(home, { recursive: true, force: true })
  return { ...ended, ...told }
}

function bash(script: string, options: { cwd: string; env: Record<string, string> }) {
  return new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
    const flags = ['--noprofile', '--norc', '-eo', 'pipefail']
    const child = spawn('bash', [...flags, script], { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', text => {
      out += text
    })
    child.stderr.setEncoding('utf8').on('data', text => {
      err += text
    })
    child.on('error', reject)
    child.on('close', code => resolve({ code, out, err }))
  })
}
