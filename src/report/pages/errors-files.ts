import type { ErrorCode } from '../../errors.ts'
import type { Pages } from './page.ts'

/** Errors about reading and writing files, exit code 2. */
export type FileErrors = Extract<
  ErrorCode,
  'PATH_ESCAPES' | 'FILE_UNREADABLE' | 'FILE_NOT_WRITTEN' | 'EDIT_REFUSED' | 'FRONTMATTER_UNREADABLE'
>

export const FILE_ERROR_PAGES: Pages<FileErrors> = {
  PATH_ESCAPES: {
    means: 'A path, or a link in it, leads out of the repository.',
    why: 'A repository must not make opsx read or write files elsewhere on your machine.',
    fix: 'Use a path inside the directory that holds openspec/, and no link that leaves it.',
    example: `$ ls -l openspec/changes/add-dark-mode
proposal.md -> /home/ada/notes.md`,
  },
  FILE_UNREADABLE: {
    means: 'A file cannot be read, is not UTF-8, or was removed while opsx was running.',
    why: 'opsx does not go on with half of what it needs.',
    fix: 'Check that it is a file you may read, and save it as UTF-8.',
    example: `$ file openspec/linear.yaml
$ chmod u+r openspec/linear.yaml`,
  },
  FILE_NOT_WRITTEN: {
    means: 'A file could not be written; it keeps its old content.',
    why: 'Missing permissions, a full disk, or something in the way.',
    fix: 'Remove the cause that the message names, then run again: nothing is done twice.',
    example: `$ df -h . && ls -ld openspec`,
  },
  EDIT_REFUSED: {
    means: 'A file cannot be edited at the place in question without damage to it.',
    why: 'opsx splices text and checks the result; block scalars, anchors and duplicate keys are left alone.',
    fix: 'Edit that place by hand into plain YAML, then run again.',
    example: `attempt_log: *shared    as it is
attempt_log: []         as it should be`,
  },
  FRONTMATTER_UNREADABLE: {
    means: 'The frontmatter of proposal.md is not valid YAML, and the command would have to edit it.',
    why: 'An edit could destroy what it says.',
    fix: 'Correct the YAML between the --- lines; a value with a colon in it needs quotes.',
    example: `---
linear_story_title: "Dark mode: first part"
---`,
  },
}
