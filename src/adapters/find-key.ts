import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isMissing, OpsxError, reasonOf } from '../errors.ts'

/** The Linear API key of the environment, else of `.env`. Throws ENV_FILE_NOT_IGNORED when git would commit that file. */
export async function findKey(
  env: Record<string, string | undefined>,
  root: string | undefined,
): Promise<string | undefined> {
  const key = env.LINEAR_API_KEY || env.LINEAR_API_TOKEN
  if (key || !root) return key || undefined
  const stored = storedKey(root)
  if (stored === undefined || !(await exposesKey(root))) return stored
  throw new OpsxError(
    'ENV_FILE_NOT_IGNORED',
    `${join(root, '.env')} contains a Linear key, and git does not ignore it.`,
    {
      hint: 'Add .env to .gitignore, and revoke the key if it was ever committed.',
    },
  )
}

/** True when a `.env` at the root contains a key and git would commit it, even when another key is in use. */
export async function exposesKey(root: string): Promise<boolean> {
  if (storedKey(root) === undefined) return false
  const { isIgnored } = await import('./git/repository.ts')
  return !isIgnored(root, '.env')
}

/** The key in the `.env` file at the root. Other variables of the file are ignored. */
function storedKey(root: string): string | undefined {
  const path = join(root, '.env')
  const text = readEnvFile(path)
  return /^[ \t]*(?:export[ \t]+)?LINEAR_API_(?:KEY|TOKEN)[ \t]*=[ \t]*["']?([^"'\s#]+)/m.exec(text)?.[1]
}

/** Empty when there is no such file. Throws FILE_UNREADABLE for a pipe, a device and a file that may not be read. */
function readEnvFile(path: string): string {
  try {
    if (statSync(path).isFile()) return readFileSync(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return ''
    throw unreadable(path, reasonOf(error))
  }
  throw unreadable(path, 'it is not a file')
}

function unreadable(path: string, reason: string): OpsxError {
  return new OpsxError('FILE_UNREADABLE', `${path} cannot be read for a Linear key: ${reason}.`, {
    hint: 'Make it a readable file, or set LINEAR_API_KEY.',
  })
}
