import { fileTimes } from './file-times.ts'
import type { Stage } from './stage.ts'

/** What a command costs, and the files of the repository before and after it. */
export async function costOf(stage: Stage, args: string[]) {
  const { counters } = stage.linear
  const counted = { ...counters }
  const before = fileTimes(stage.directory)
  const { code, err } = await stage.run(args)
  return {
    code,
    err,
    requests: counters.requests - counted.requests,
    mutations: counters.mutations - counted.mutations,
    before,
    after: fileTimes(stage.directory),
  }
}
