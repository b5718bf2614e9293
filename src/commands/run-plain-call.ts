import type { Context } from '../context.ts'
import { MACHINE_FORMATS } from '../report/report.ts'
import type { ArchiveOptions } from './archive.ts'
import { type Call, performWith } from './perform-with.ts'
import type { PlainCall } from './plain-call.ts'
import type { StatusOptions } from './status.ts'
import type { VerifyOptions } from './verify.ts'

/** Runs what the command line asks for, as its verb declares it; resolves to the exit code. */
export async function runPlainCall(context: Context, { verb, names, options }: PlainCall): Promise<number> {
  if (verb === 'status') {
    const { status } = await import('./status.ts')
    const call: Call<StatusOptions> = { verb, formats: [], options }
    return performWith(context, call, given => status(context, names[0], given))
  }
  if (verb === 'archive') {
    const { archive } = await import('./archive.ts')
    const call: Call<ArchiveOptions> = { verb, formats: [], options }
    return performWith(context, call, given => archive(context, names[0] ?? '', given))
  }
  const { verify } = await import('./verify.ts')
  const call: Call<VerifyOptions> = { verb, formats: MACHINE_FORMATS, options }
  return performWith(context, call, given => verify(context, names, given))
}
