// The floor of any checker: reads every file below the directory once, in this process, and does nothing with it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

let characters = 0
function readBelow(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) readBelow(path)
    else characters += readFileSync(path, 'utf8').length
  }
}
readBelow(process.argv[2])
process.stdout.write(`${characters}\n`)
