import type { Context } from '../adapters/context.ts'
import { runDoctor } from '../doctor/run-doctor.ts'
import { EXIT } from '../errors.ts'
import { doctorDocument, formatDoctor } from '../report/doctor.ts'
import type { Report } from '../report/report.ts'
import type { GlobalOptions, Verb } from './verb.ts'

export const doctorVerb: Verb = {
  usage: 'doctor',
  summary: 'check files, git, the Linear key, workspace, teams, projects and issues',
  about:
    'Reads files, git and Linear, and changes nothing. Each problem is shown with its fix. opsx explain CODE shows more about one.',
  exits: '1 a critical problem (with --strict: a warning)',
  example: 'opsx doctor\nopsx doctor --offline --json',
  roots: true,
  run: (context, _, options) => doctor(context, options),
}

async function doctor(context: Context, options: GlobalOptions): Promise<Report> {
  const checks = await runDoctor(context, { offline: options.offline === true })
  const failed = checks
    .flatMap(check => check.findings)
    .some(({ severity }) => severity === 'critical' || (options.strict && severity === 'warning'))
  return {
    schema: 'opsx/doctor@1',
    exitCode: failed ? EXIT.findings : EXIT.ok,
    document: doctorDocument(checks),
    text: style => formatDoctor(checks, style),
  }
}
