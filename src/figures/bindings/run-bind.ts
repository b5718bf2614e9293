import type { Workspace } from '../../ports/workspace.ts'
import { formerIndexOf } from '../former-values/former-index.ts'
import { readFigureSources } from '../reading/read-figure-sources.ts'
import { applyProposals, type BindingProposal, proposeBindings } from './propose-bindings.ts'

export interface ProposedFile {
  file: string
  text: string
  proposals: BindingProposal[]
}

export interface BindPorts {
  workspace: Workspace
  /** Asks whether to write the bindings of one file. */
  confirm(file: string, count: number): Promise<boolean>
}

/** Proposes bindings in the texts of the named changes, or of the whole repository. Writes them after confirmation. */
export async function runBind(
  { workspace, confirm }: BindPorts,
  { names, write }: { names: string[]; write: boolean },
): Promise<{ files: ProposedFile[]; writes: string[] }> {
  const files = readFigureSources(workspace, names).flatMap((source): ProposedFile[] => {
    const proposals = proposeBindings(source, formerIndexOf(source.measured))
    return proposals.length === 0 ? [] : [{ file: source.file, text: source.text, proposals }]
  })
  const writes: string[] = []
  for (const { file, text, proposals } of write ? files : []) {
    if (!(await confirm(file, proposals.length))) continue
    workspace.write(file, applyProposals(text, proposals), text)
    writes.push(file)
  }
  return { files, writes }
}
