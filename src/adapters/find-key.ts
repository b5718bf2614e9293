import { join } from 'node:path'
import { OpsxError } from '../errors.ts'

/** The Linear key of the environment, else of an ignored `.env`. Throws ENV_FILE_NOT_IGNORED when git would commit the file. */
export async function findKey(
  env: Record<string, string | undefined>,
  root: string | undefined,
): Promise<string | undefined> {
  const key = env.LINEAR_API_KEY || env.LINEAR_API_TOKEN
  if (key || !root) return key || undefined
  const { readEnvFileKey } = await import('./env-file.ts')
  const stored = readEnvFileKey(root)
  if (stored === undefined) return undefined
  if (!(await isExposed(root))) return stored
  throw new OpsxError(
    'ENV_FILE_NOT_IGNORED',
    `${join(root, '.env')} contains a Linear key, and git does not ignore it.`,
    {
      hint: 'Add .env to .gitignore, and revoke the key if it was ever committed.',
    },
  )
}

/** True when a `.env` at the root has a key and git would commit it, whether that key is used or not. */
export async function exposesKey(root: string): Promise<boolean> {
  const { readEnvFileKey } = await import('./env-file.ts')
  return readEnvFileKey(root) !== undefined && (await isExposed(root))
}

async function isExposed(root: string): Promise<boolean> {
  const { isIgnored } = await import('./git/repository.ts')
  return !isIgnored(root, '.env')
}
