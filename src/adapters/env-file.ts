import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The Linear key of a `.env` file at the root; undefined without file or key. Other variables are not read. */
export function readEnvFileKey(root: string): string | undefined {
  const text = readText(join(root, '.env'))
  return /^[ \t]*(?:export[ \t]+)?LINEAR_API_(?:KEY|TOKEN)[ \t]*=[ \t]*["']?([^"'\s#]+)/m.exec(text)?.[1]
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
