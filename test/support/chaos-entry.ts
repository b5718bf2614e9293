import { run } from '../../src/run.ts'

run(process).then(code => {
  process.exitCode = code
})
