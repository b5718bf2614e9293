import type { Context } from '../adapters/context.ts'
import { archive } from '../commands/archive.ts'
import { sync } from '../commands/sync.ts'
import { CHANGE } from './demo-files.ts'
import { commit, type Teller } from './demo-story.ts'

/** T4: the specs are folded, the change moves to the archive, and the board follows once that is on the default branch. */
export async function archiveStory(context: Context, teller: Teller): Promise<void> {
  teller.chapter('T4: archived, the specs are mirrored, the issue is done')
  await commit(context, 'Record the review')
  teller.ran(`opsx archive ${CHANGE}`, await archive(context, CHANGE, {}))
  teller.says('The files are archived. The board waits until the default branch has them:')
  await commit(context, 'Archive: the specs are folded')
  teller.ran('opsx sync', await sync(context, [], {}))
  await commit(context, 'Record Done')
}
