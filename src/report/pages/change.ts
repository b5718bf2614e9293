import type { CodesOf, Pages } from './page.ts'

export const CHANGE_PAGES: Pages<CodesOf<'change' | 'schema'>> = {
  'change/archived-twin': {
    means: 'A change of this name stands among the active ones and in the archive.',
    why: 'opsx counts the archived one as the change, so what happens in the active directory is not seen.',
    fix: 'Remove the active directory, or take the archived change back with opsx reopen.',
    example: `openspec/changes/add-dark-mode/
openspec/changes/archive/2026-06-11-add-dark-mode/`,
  },
  'change/unreadable': {
    means:
      'A file of the change cannot be read: no permission, not UTF-8, a broken link, or bad YAML in .openspec.yaml.',
    why: 'The change is shown without what that file says; the other changes are not affected.',
    fix: 'Repair the file that the message names.',
    example: `$ file openspec/changes/add-dark-mode/tasks.md
tasks.md: ISO-8859 text
$ iconv -f latin1 -t utf-8 tasks.md > t && mv t tasks.md`,
  },
  'schema/unknown': {
    means: 'The change names a workflow schema that is neither built in nor in openspec/schemas/.',
    why: 'opsx cannot tell which artifacts the change has to have, so it does not check for them.',
    fix: 'Correct the name in .openspec.yaml or openspec/config.yaml, or add the schema.',
    example: `# openspec/changes/add-dark-mode/.openspec.yaml
schema: spec-driven`,
  },
}
