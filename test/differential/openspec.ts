import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { GeneratedCase } from '../support/generated-specs.ts'

/** An issue of the pinned OpenSpec's validator. */
export interface PeerIssue {
  level: 'ERROR' | 'WARNING' | 'INFO'
  path: string
  message: string
  line?: number
}

interface PeerValidator {
  validateChangeDeltaSpecs(
    directory: string,
    options: { mainSpecsDir: string },
  ): Promise<{ issues: PeerIssue[] }>
  validateSpecContent(name: string, text: string): Promise<{ issues: PeerIssue[] }>
}

interface PeerUpdate {
  id: string
  exists: boolean
}

interface PeerMerge {
  findSpecUpdates(changeDirectory: string, mainSpecs: string): Promise<PeerUpdate[]>
  buildUpdatedSpec(
    update: PeerUpdate,
    change: string,
    options: { silent: boolean },
  ): Promise<{ rebuilt: string; warnings: string[]; noRequirementBlocks: boolean }>
}

const CORE = new URL('../../node_modules/@fission-ai/openspec/dist/core/', import.meta.url)

/** The pinned OpenSpec, in process: its `exports` refuse deep imports, a file URL does not. */
export async function peer(): Promise<{ validator: PeerValidator; merge: PeerMerge }> {
  const { Validator } = await import(new URL('validation/validator.js', CORE).href)
  const merge: PeerMerge = await import(new URL('specs-apply.js', CORE).href)
  return { validator: new Validator(false), merge }
}

export const CHANGE = 'openspec/changes/one'
export const DELTA = `${CHANGE}/specs/access/spec.md`
export const MAIN = 'openspec/specs/access/spec.md'

/** The files of a case, paths relative to the repository. */
export function filesOf({ main, delta, metadata, stray }: GeneratedCase): Record<string, string> {
  const files: Record<string, string> = { 'openspec/config.yaml': 'schema: spec-driven\n', [DELTA]: delta }
  if (main !== null) files[MAIN] = main
  if (metadata !== null) files[`${CHANGE}/.openspec.yaml`] = metadata
  if (stray) files[join(dirname(DELTA), stray.path)] = stray.text
  return files
}

/** Lays files out in a directory of their own for as long as `use` runs. */
export async function inDirectory<T>(
  files: Record<string, string>,
  use: (root: string) => Promise<T>,
): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'opsx-differential-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    return await use(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
